"""The child process that looks at a PDF which somebody brought. Started by `reports.uploaded_pdf`.

It reads a JSON task from standard input and says on standard output what it found. Nothing of the file is run or shown.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

# Started alone, it knows only Python's own places; the project is not one that it may read later.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from improvement.confinement import BROKEN, NO_MEMORY, close_doors, give_up, say, set_limits

sys.path.pop(0)

SCRIPT, LAUNCH, INSIDE, FORM = "script", "launch", "inside", "form"
# What an action or an annotation does that a paper has no need of.
KINDS = {
    "/JavaScript": SCRIPT,
    "/Launch": LAUNCH,
    "/ImportData": FORM,
    "/SubmitForm": FORM,
    "/ResetForm": FORM,
    "/GoToR": LAUNCH,
    "/GoToE": INSIDE,
    "/Rendition": INSIDE,
    "/Movie": INSIDE,
    "/Sound": INSIDE,
    "/RichMedia": INSIDE,
    "/RichMediaExecute": SCRIPT,
    "/3D": INSIDE,
    "/Screen": INSIDE,
    "/FileAttachment": INSIDE,
    "/EmbeddedFile": INSIDE,
}
KEYS = {
    "/JS": SCRIPT,
    "/JavaScript": SCRIPT,
    "/AA": SCRIPT,
    "/EF": INSIDE,
    "/EmbeddedFiles": INSIDE,
    "/Collection": INSIDE,
    "/XFA": FORM,
}
DEEPEST = 200


def main() -> None:
    task = json.load(sys.stdin)
    set_limits(task["megabytes"], task["seconds"])
    path = Path(task["path"])
    close_doors(path.parent)
    try:
        say(**look_at(path))
    except MemoryError:
        give_up(NO_MEMORY, "")
    except pikepdf.PasswordError:
        say(found=["locked"])
    except Exception as error:  # noqa: BLE001 - whatever a file does to its reader, it is not taken in
        give_up(BROKEN, f"{type(error).__name__}: {error}")


def look_at(path: Path) -> dict[str, Any]:
    with pikepdf.open(path) as pdf:
        if pdf.is_encrypted:
            return {"found": ["locked"]}
        found = sorted({what for thing in pdf.objects for what in dangers(thing)})
        return {"found": found, "pages": len(pdf.pages), "tagged": is_tagged(pdf), "keeps_ua": keeps_ua(pdf)}


def dangers(thing: Any, depth: int = 0) -> Iterator[str]:
    """What in an object does something by itself, or holds another file. Looks into what stands inside it."""
    if depth > DEEPEST:
        raise RecursionError("The file is nested too deeply")
    if isinstance(thing, pikepdf.Array):
        children: list[Any] = list(thing)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        keys = set(thing.keys())
        yield from (KEYS[key] for key in keys & KEYS.keys())
        names = (thing.get(key) for key in ("/S", "/Subtype", "/Type"))
        yield from (
            KINDS[str(name)] for name in names if isinstance(name, pikepdf.Name) and str(name) in KINDS
        )
        children = [thing.get(key) for key in keys]
    else:
        return
    for child in children:
        # What stands elsewhere in the file is looked at there.
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from dangers(child, depth + 1)


def is_tagged(pdf: pikepdf.Pdf) -> bool:
    """Whether it has a structure that its pages take part in, and no fields or layers, which a joined file loses."""
    if pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/Fields") or "/OCProperties" in pdf.Root:
        return False
    tree = pdf.Root.get("/StructTreeRoot")
    marked = pdf.Root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False)
    return (
        isinstance(tree, pikepdf.Dictionary)
        and bool(marked)
        and "/K" in tree
        and "/ParentTree" in tree
        and all("/StructParents" in page.obj for page in pdf.pages)
    )


def keeps_ua(pdf: pikepdf.Pdf) -> bool:
    """Whether it says of itself that it keeps to PDF/UA-1."""
    metadata = pdf.Root.get("/Metadata")
    return isinstance(metadata, pikepdf.Stream) and b"pdfuaid:part" in metadata.read_bytes()


if __name__ == "__main__":
    main()
