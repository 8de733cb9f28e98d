"""Every change to boards and what they ask for. Forms, lists and commands call only these."""
