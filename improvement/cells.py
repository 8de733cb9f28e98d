"""Text in a cell of a file that a spreadsheet opens: what it would run is marked as text, and the mark comes off again.

Imports nothing of Django, so that the process that reads such files can use it.
"""

import re

# A spreadsheet would run a cell that begins so; with an apostrophe it is text.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Text that begins with apostrophes and then so gets one more: else nobody could tell whose apostrophe the first is.
MARKED = re.compile(f"'*[{re.escape(''.join(RISKY))}]")


def as_text(cell: str) -> str:
    return f"'{cell}" if MARKED.match(cell) else cell


def from_text(cell: str) -> str:
    """What `as_text` was given. Only for cells that it wrote: elsewhere an apostrophe may be meant."""
    return cell[1:] if cell.startswith("'") and MARKED.match(cell) else cell
