"""The forms in which a plan is taken out: what each is for, and what makes it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.conf import settings

from reports.making import OnStep, ReportFailed, surroundings
from reports.models import Format
from reports.taking_out import excel, plan_table, word, words
from reports.taking_out.excel import TooLongForExcel
from reports.taking_out.plan_table import PlanTable

# A plan with more actions is not made while somebody waits for the page.
LIGHT = 1000


@dataclass(frozen=True)
class Form:
    """A form of the table. `kept_as` is how a heavy one is kept as a file; the others are light always."""

    ending: str
    name: str
    is_for: str
    content_type: str
    make: Callable[[PlanTable], bytes]
    kept_as: Format | None = None


@dataclass(frozen=True)
class Made:
    """A finished file. How many pages it has, the program that opens it works out."""

    content: bytes
    pages: int = 0

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Maker:
    """Makes a form as a job, from the table as it was when somebody asked."""

    form: Form

    def fingerprint(self, source: str) -> str:
        """SHA-256 of everything that decides the file's bytes."""
        programs = sorted(Path(__file__).parent.glob("*.py"))
        return hashlib.sha256(f"{surroundings(programs, ['openpyxl'])}{source}".encode()).hexdigest()

    def render(self, source: str, on_step: OnStep = lambda words, percent: None) -> Made:
        """Raises ReportFailed."""
        table = plan_table.from_source(source)
        on_step(f"Writing {len(table.rows):,} rows", 20)
        try:
            return Made(self.form.make(table))
        except TooLongForExcel as too_long:
            raise ReportFailed("said", words=str(too_long)) from too_long


def _as_json(table: PlanTable) -> bytes:
    return words.as_json(table, settings.PUBLIC_URL)


FORMS = (
    Form(
        "xlsx",
        "Excel",
        "To sort and filter, or to be filled in by somebody without an account and brought back: stage, rating, latest "
        "update and expected date can be written over, with lists to choose from.",
        excel.CONTENT_TYPE,
        excel.made,
        Format.EXCEL,
    ),
    Form(
        "docx",
        "Word",
        "To print, send round or paste from: one table across the page with its headings on every page, and the key.",
        word.CONTENT_TYPE,
        word.made,
        Format.WORD,
    ),
    Form(
        "csv",
        "CSV",
        "For any spreadsheet and for other programs: the same rows and columns as plain text.",
        words.CSV_TYPE,
        words.as_csv,
    ),
    Form(
        "json",
        "JSON",
        "For programs: recommendations with their actions and the key, checked by a published schema.",
        words.JSON_TYPE,
        _as_json,
    ),
)
MAKERS = {form.kept_as.value: Maker(form) for form in FORMS if form.kept_as}


def form_of(ending: str) -> Form | None:
    return next((form for form in FORMS if form.ending == ending), None)
