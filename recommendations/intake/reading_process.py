"""The child process that reads a plan's file into rows. Started by `recommendations.intake.reading`.

It reads a JSON task from standard input and says the rows on standard output, or why there are none.
"""

import json
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

from lxml import etree

# Started alone, it knows only Python's own places; the project is not one that it may read later.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from improvement.confinement import BROKEN, NO_MEMORY, close_doors, give_up, say, set_limits
from recommendations.intake import read_csv, read_excel, read_json, read_word
from recommendations.intake.gathering import Unreadable
from recommendations.intake.rows import Kind, Source
from recommendations.intake.written_rows import source_as_json

sys.path.pop(0)

READERS: dict[Kind, Callable[[Path], Source]] = {
    Kind.WORD: read_word.read,
    Kind.EXCEL: read_excel.read,
    Kind.CSV: read_csv.read,
    Kind.JSON: read_json.read,
}


def main() -> None:
    task = json.load(sys.stdin)
    set_limits(task["megabytes"], task["seconds"])
    path = Path(task["path"])
    close_doors(path.parent)
    warnings.simplefilter("ignore")
    # openpyxl prints what it stumbles over; only the answer goes out.
    sys.stdout = sys.stderr
    try:
        say(source=source_as_json(READERS[Kind(task["kind"])](path)))
    except Unreadable as refused:
        say(refused=str(refused))
    except MemoryError:
        give_up(NO_MEMORY, "")
    except Exception as error:  # noqa: BLE001 - whatever a file does to its reader, it is not taken in
        # Not what the error says: it may quote the file.
        give_up(NO_MEMORY if is_of_memory(error) else BROKEN, type(error).__name__)


def is_of_memory(error: Exception) -> bool:
    """lxml says in its own way that it got no more."""
    return isinstance(error, etree.XMLSyntaxError) and error.code == etree.ErrorTypes.ERR_NO_MEMORY


if __name__ == "__main__":
    main()
