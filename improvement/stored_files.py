"""Files that are kept outside the database: under a random key, known by their SHA-256, handed out only whole."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import structlog
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadhandler import FileUploadHandler

log = structlog.get_logger(__name__)

CHUNK = 64 * 1024


class FileRefused(Exception):
    """A file that is not taken in. Its sentences say what is wrong with it and what to do."""


class FileAltered(Exception):
    """The stored bytes are not those that were put away, or are gone."""


@dataclass(frozen=True)
class Stored:
    """Where bytes lie, how many they are, and their SHA-256."""

    name: str
    size: int
    sha256: str


def random_key(folder: str, ending: str = "") -> str:
    """Where bytes lie. Nothing that a user wrote is in it, and nobody can guess it."""
    return f"{folder}/{secrets.token_hex(20)}{ending}"


def store(content: File[Any], folder: str, ending: str = "") -> Stored:
    """Put a file away. Only one chunk of it is in memory at a time, however large it is."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks(content):
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return Stored(default_storage.save(random_key(folder, ending), content), size, digest.hexdigest())


def open_whole(name: str, sha256: str) -> File[Any]:
    """The stored file, found to be what was put away. Raises FileAltered, and notes it.

    Reading it through costs more than handing it out, so what one process found holds for it until the disk says that
    the file is another or was written to.
    """
    try:
        stored = default_storage.open(name, "rb")
        state = os.fstat(stored.fileno())
        found = _digest(
            name, (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
        )
    except OSError as error:
        log.exception("stored_file_missing", name=name)
        raise FileAltered("The stored file is gone.") from error
    if found != sha256:
        stored.close()
        log.error("stored_file_altered", name=name)
        raise FileAltered("The stored file is not the one that was put away.")
    return stored


@lru_cache(maxsize=1000)
def _digest(name: str, state: tuple[int, ...]) -> str:
    """Of a file as the disk describes it: nothing but the system's clock could hide that it was written to since."""
    digest = hashlib.sha256()
    with default_storage.open(name, "rb") as stored:
        for chunk in chunks(stored):
            digest.update(chunk)
    return digest.hexdigest()


def chunks(content: File[Any]) -> Iterator[bytes]:
    """A file from its beginning, a piece at a time."""
    content.seek(0)
    while chunk := content.read(CHUNK):
        yield chunk


class NoMoreThanNeeded(FileUploadHandler):
    """Lets one byte more than the largest of all uploads through and drops the rest.

    The form then says that the file is too large, with everything else that was typed still in it, and neither memory
    nor disk holds more than that, whatever length the browser promised.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        room = settings.UPLOAD_LARGEST + 1 - start
        return raw_data[:room] if room > 0 else None

    def file_complete(self, file_size: int) -> None:
        return None
