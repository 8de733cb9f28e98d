"""Northmoor: an invented council that lives today, for the demonstration.

It had an inspection nineteen months ago and has met about it every month since. What it says stands in `texts/`; when and
how each action goes is drawn from a seed and the day; everything is then done through the same functions by which people
do it, day after day, so that ledger, figures and pages of any day are as real as anybody's. It lies in the most
downstream room because it uses all of them.
"""
