"""Every change to boards and to what goes out in their name. Forms, lists and commands call only these."""
