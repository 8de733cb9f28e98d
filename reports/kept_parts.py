"""Printed parts of papers, kept so that a part which did not change is not printed again.

A part lies under the hash of everything that it was printed from, beside a signature by which a file that was altered
or is half written is known; such a one is thrown away and the part printed anew. What was not used for longest goes
first. The files are for the server's own user alone: a part may be exempt.
"""

import hashlib
import hmac
import os
import time
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import structlog
from django.conf import settings
from django.utils.crypto import salted_hmac

log = structlog.get_logger(__name__)

MOST_BYTES = 300 * 1024 * 1024
# What a worker was writing when it was killed.
UNFINISHED = ".unfinished"
LONGEST_WRITING = 3600


def _place() -> Path:
    place = Path(settings.VAR_DIR / "parts")
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def _signature(key: str, content: bytes) -> bytes:
    value = f"{key} {hashlib.sha256(content).hexdigest()}"
    return bytes(salted_hmac("reports.kept_parts", value, algorithm="sha256").digest())


def find(key: str) -> bytes | None:
    """The part that was printed from just this, if it is kept and whole."""
    path = _place() / key
    try:
        kept = path.read_bytes()
    except FileNotFoundError:
        return None
    length = hashlib.sha256().digest_size
    if not hmac.compare_digest(kept[:length], _signature(key, kept[length:])):
        log.warning("kept_part_altered", key=key)
        path.unlink(missing_ok=True)
        return None
    with suppress(FileNotFoundError):
        os.utime(path)
    return kept[length:]


def keep(key: str, content: bytes) -> None:
    """Put a printed part away. It is there whole or not at all, whoever else writes the same."""
    place = _place()
    with NamedTemporaryFile(dir=place, suffix=UNFINISHED, delete=False) as unfinished:
        unfinished.write(_signature(key, content) + content)
    Path(unfinished.name).replace(place / key)
    sweep()


def sweep() -> None:
    """Throw away what there is no room for, and what nobody finished writing."""
    found = []
    for path in _place().iterdir():
        with suppress(FileNotFoundError):
            state = path.stat()
            if path.suffix == UNFINISHED:
                if time.time() - state.st_mtime > LONGEST_WRITING:
                    path.unlink()
                continue
            found.append((state.st_mtime, state.st_size, path))
    room = MOST_BYTES
    for _, size, path in sorted(found, key=lambda each: each[:2], reverse=True):
        room -= size
        if room < 0:
            path.unlink(missing_ok=True)
