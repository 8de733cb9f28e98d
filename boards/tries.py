"""How often something was tried in a short while, so that nobody guesses secret addresses or floods a plan."""

import hashlib
from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest

WINDOW = timedelta(minutes=5)


def too_many(what: str, who: str, *, most: int) -> bool:
    """Whether it was tried this often in the last five minutes."""
    return int(cache.get(_key(what, who), 0)) >= most


def count(what: str, who: str) -> None:
    key = _key(what, who)
    tried = int(cache.get(key, 0))
    # Each try begins the wait anew, so hammering only makes it longer.
    cache.set(key, tried + 1, WINDOW.total_seconds())


def where(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _key(what: str, who: str) -> str:
    return f"tries:{what}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
