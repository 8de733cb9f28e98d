"""PDFs that officers bring as enclosures: looked at before they are taken in, in a process that can be killed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat

from improvement import confined
from improvement.stored_files import FileRefused

PROGRAM = Path(__file__).with_name("checking.py")
SECONDS, MEGABYTES = 20, 512
MOST_PAGES = 500
# The first bytes of a PDF stand somewhere in the first of these.
HEAD = 1024

SENTENCES = {
    "locked": "It is locked with a password. Save it without one and choose it again.",
    "script": "It holds a script, and a paper must not run anything. Print it to a new PDF and choose that.",
    "launch": "It opens other programs or files. Print it to a new PDF and choose that.",
    "inside": "It has other files or media inside it. Print it to a new PDF and choose that.",
    "form": "It has a form that sends or loads data. Print it to a new PDF and choose that.",
}
UNREADABLE = "It cannot be read as a PDF. Open it on your computer; if it shows, print it to a new PDF and choose that."


@dataclass(frozen=True)
class Checked:
    """A PDF that may be taken in.

    A tagged one can be put into the PDF of a report without losing what a screen reader needs; another is sent as a
    file of its own. `keeps_ua` is whether it says of itself that it keeps to PDF/UA-1.
    """

    content: File[Any]
    size: int
    pages: int
    tagged: bool
    keeps_ua: bool


def check(content: bytes | File[Any]) -> Checked:
    """Look at an uploaded PDF. Raises FileRefused with a plain sentence for what is not taken in."""
    file: File[Any] = ContentFile(content) if isinstance(content, bytes) else content
    largest = settings.EVIDENCE_LARGEST
    size = file.size
    if not size:
        raise FileRefused("It is empty.")
    if size > largest:
        raise FileRefused(
            f"It is larger than {filesizeformat(largest)}, which is the most that one file may be."
        )
    file.seek(0)
    if b"%PDF-" not in file.read(HEAD):
        raise FileRefused("It is not a PDF, whatever its name says. Save it as a PDF and choose that.")
    said = confined.ask(PROGRAM, file, megabytes=MEGABYTES, seconds=SECONDS).said
    file.seek(0)
    for found in said.get("found", []):
        raise FileRefused(SENTENCES[found])
    if "pages" not in said or not said["pages"]:
        raise FileRefused(UNREADABLE)
    if said["pages"] > MOST_PAGES:
        raise FileRefused(
            f"It has {said['pages']} pages, and {MOST_PAGES} is the most that one enclosure may have."
        )
    return Checked(file, size, said["pages"], said["tagged"], said["keeps_ua"])
