"""How much of a file is written while it is loaded, for its page to show.

Loading is one transaction, of which nobody sees anything before it is whole, and SQLite lets nobody else write meanwhile. So
the count is kept in a small file beside the database, and nothing depends on it: without one the page shows no count.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from improvement import clock

# A count that has not moved for so long is one of a worker that was killed: what it had written is taken back.
FRESH = timedelta(seconds=60)


@dataclass(frozen=True)
class Count:
    done: int
    of: int

    def __str__(self) -> str:
        return f"{self.done:,} of {self.of:,}"


def keep(number: int, count: Count) -> None:
    """Keep the count of the intake of that number, in place of the one before."""
    path = _path(number)
    beside = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps([count.done, count.of]))
        beside.replace(path)


def kept(number: int) -> Count | None:
    path = _path(number)
    try:
        moved = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        done, of = json.loads(path.read_text())
    except (OSError, ValueError):
        return None
    return Count(done, of) if clock.now() - moved < FRESH else None


def forget(number: int) -> None:
    with suppress(OSError):
        _path(number).unlink()


def _path(number: int) -> Path:
    return Path(settings.VAR_DIR) / "loading" / str(number)
