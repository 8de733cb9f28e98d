"""Stops before text is saved that looks like a child's record; lets it pass with a reason, which is kept."""

from recommendations.child_records import Suspicion, suspicions


class LooksLikeChildRecord(Exception):
    """What somebody wrote looks like a child's record; carries what was found. Nothing was saved."""

    def __init__(self, found: tuple[Suspicion, ...]) -> None:
        super().__init__("This looks like it is about a child who could be recognised.")
        self.found = found


def kept(because: str) -> dict[str, str]:
    """Why such words were kept, for the ledger beside the reason that a change has of its own."""
    return {"kept_because": because} if because.strip() else {}


def check(*texts: str, kept_because: str, before: str = "") -> None:
    """Raise LooksLikeChildRecord unless the writer says why the words may be kept.

    Words that stood in the text `before` were looked at when they were first written.
    """
    if kept_because.strip():
        return
    known = {words for suspicion in suspicions(before) for words in suspicion.found}
    found = tuple(
        suspicion for text in texts for suspicion in suspicions(text) if not set(suspicion.found) <= known
    )
    if found:
        raise LooksLikeChildRecord(found)
