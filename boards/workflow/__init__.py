"""Every change to boards, their meetings and what they decide, one module for each theme."""
