"""The process that makes PDFs and Word documents. Started by `reports.press`; imports nothing of Django.

It has WeasyPrint, the fonts and the style sheet loaded. For each task it makes a fork of itself, which gives up its
right to memory, time, network and other programs before it reads what somebody wrote, makes that one file and is gone.
It reads the paths of tasks from standard input and says how far it is on standard output, one JSON object a line; when
nobody is left at the other end it ends, and so does its fork.
"""

import gc
import json
import os
import select
import shutil
import signal
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

# Started alone, it knows only Python's own places; the project is not one that its forks may read later.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


from improvement.confinement import (
    BROKEN,
    INCOMPLETE,
    NO_MEMORY,
    REFUSED,
    Refused,
    close_doors,
    end_with_parent,
    give_up,
    say,
    set_limits,
)
from reports import checking, folios, merging
from reports.rendering import Incomplete, Workshop, open_workshop, spell_out
from reports.word_making import task as word_task

sys.path.pop(0)


@dataclass(frozen=True)
class Part:
    """A part as the task names it: the sheets of its pieces, or the one to take where an uploaded PDF cannot be joined."""

    key: str
    title: str
    pieces: list[str]
    apart: str = ""
    upload: str = ""


@dataclass(frozen=True)
class Task:
    """A paper that is to be made: its parts, and the sheets of HTML that they are printed from."""

    title: str
    author: str
    about: str
    language: str
    running: str
    marking: str
    titles: dict[str, str]
    parts: list[dict[str, Any]]
    sheets: dict[str, dict[str, str]]
    folio: str
    output: str
    producer: str
    megabytes: int
    seconds: int


def main() -> None:
    os.setpgid(0, 0) if os.getpgid(0) != os.getpid() else None
    surroundings = json.loads(sys.stdin.readline())
    try:
        workshop = open_workshop(surroundings["css"], surroundings["fonts"])
    except Incomplete as incomplete:
        give_up(INCOMPLETE, str(incomplete))
    except Refused as refused:
        give_up(REFUSED, str(refused))
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        while line := sys.stdin.readline():
            print_one(workshop, Path(line.rstrip("\n")))
    finally:
        shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)


def print_one(workshop: Workshop, task: Path) -> None:
    """Have a fork do it, and say how that ended; without anybody to hear of it, stop."""
    child = os.fork()
    if child == 0:
        work_alone(workshop, task)
    watch = os.pidfd_open(child)
    ready = select.select([watch, sys.stdin], [], [])[0]
    if watch not in ready:
        os.kill(child, signal.SIGKILL)
    os.close(watch)
    _, status = os.waitpid(child, 0)
    say(ended=os.waitstatus_to_exitcode(status))


def work_alone(workshop: Workshop, path: Path) -> None:
    """In the fork: make the file, and be gone whatever happens."""
    try:
        end_with_parent()
        errors = os.open(path.parent / "errors", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(errors, 2)
        asked = json.loads(path.read_text(encoding="utf-8"))
        task_class, make_it = FORMS[asked.pop("form")]
        task = task_class(**asked)
        os.chdir(path.parent)
        tempfile.tempdir = str(path.parent)
        set_limits(task.megabytes, task.seconds)
        close_doors(path.parent)
        pages = make_it(workshop, task)
    except MemoryError:
        give_up(NO_MEMORY, "")
    except Refused as refused:
        give_up(REFUSED, str(refused))
    except Incomplete as incomplete:
        give_up(INCOMPLETE, str(incomplete))
    except BaseException as error:  # noqa: BLE001 - the parent turns whatever it is into a sentence, and logs it
        give_up(BROKEN, f"{type(error).__name__}: {error}")
    say(pages=pages)
    # Nothing is tidied up: the memory goes with the process, and what the fork shares must stay.
    os._exit(0)


def make(workshop: Workshop, task: Task) -> int:
    """Print the sheets that are not there yet, join the parts, write the file; return its number of pages."""
    sources, keeps_ua = [], True
    parts = [Part(**part) for part in task.parts]
    done, of = 0, sum(len(part.pieces) for part in parts)
    for part in parts:
        found = checking.look_at(Path(part.upload)) if part.upload else {}
        joins = bool(part.upload) and found.get("tagged") and not found["found"]
        for at, sheet in enumerate([part.apart] if part.upload and not joins else part.pieces):
            say(part=done, of=of)
            path = printed(workshop, task, sheet, f"{part.key}-{at}")
            sources.append(merging.Source(part.key, part.title, path, runs_on=bool(at)))
            done += 1
        if joins:
            sources.append(merging.Source(f"{part.key}-file", part.title, Path(part.upload), brought=True))
            keeps_ua = keeps_ua and bool(found["keeps_ua"])
    carrier = printed(workshop, task, task.folio, "folio")
    say(step="Joining")
    joined = merging.join(sources)
    merging.join_links(joined, task.titles)
    regular, bold = folios.fonts_from(carrier, joined.pdf)
    running, marking, author = (
        spell_out(words, workshop.known) for words in (task.running, task.marking, task.author)
    )
    folios.draw(joined, folios.Folio(running, marking, author, regular, bold))
    merging.complete(
        joined,
        title=task.title,
        author=task.author,
        about=task.about,
        language=task.language,
        producer=task.producer,
        keeps_ua=keeps_ua,
    )
    say(step="Writing")
    save(joined.pdf, task.output)
    return len(joined.pdf.pages)


def printed(workshop: Workshop, task: Task, sheet: str, key: str) -> Path:
    """Where the PDF of a sheet lies, which may be there from an earlier time."""
    path = Path(task.output).with_name(f"{sheet}.pdf")
    if not path.exists():
        gc.collect()  # the sheet before, which only then leaves the memory
        path.write_bytes(workshop.render(task.sheets[sheet]["html"], key))
    return path


def save(pdf: Any, output: str) -> None:
    pikepdf.settings.set_flate_compression_level(9)
    pdf.save(
        output,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )


# What each form is made from, and what makes it.
FORMS: dict[str, tuple[Any, Any]] = {"pdf": (Task, make), "docx": (word_task.Task, word_task.make)}


if __name__ == "__main__":
    main()
