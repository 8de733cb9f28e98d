"""Chasing by e-mail: what is due to be said to whom as of a day, put into words, and sent once."""
