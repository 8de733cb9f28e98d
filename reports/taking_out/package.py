"""Zips whose bytes follow from what is in them alone: what a zip would say of the moment it was made is fixed."""

import io
import zipfile
from collections.abc import Iterable

# The earliest day that a zip can name.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
LEVEL = 6


def put(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a part, under a name that is ours."""
    info = zipfile.ZipInfo(name, LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    package.writestr(info, content, compresslevel=LEVEL)


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        for name, content in parts:
            put(package, name, content)
    return kept.getvalue()
