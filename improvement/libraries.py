"""What Waymark needs from the system beside Python."""

import ctypes

# Without libharfbuzz-subset0 PDFs still come out, at a third more cost; it is asked for like the others.
DEBIAN_PACKAGES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def missing() -> list[str]:
    """Debian packages to install before reports can be made."""
    return [package for library, package in DEBIAN_PACKAGES.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
