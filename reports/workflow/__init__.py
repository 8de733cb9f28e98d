"""Every change to reports: to their layouts, their words, their clearance, what is published, and their files."""
