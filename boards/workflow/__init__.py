"""Every change to what a board keeps. Forms, lists and commands call only these."""
