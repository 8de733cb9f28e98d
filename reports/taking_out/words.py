"""A plan as CSV and as JSON. The same table makes the same bytes."""

import io
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.urls import reverse

from improvement.spreadsheet import write_rows
from recommendations.intake.read_json import FORMAT, LEADS_PARTED_BY, OF_ACTION, OF_RECOMMENDATION, VERSION
from recommendations.models import Stage
from reports.taking_out.plan_table import COLUMNS, HEADINGS, PHASES, PlanTable, Value
from reports.word_making.xml import clean

CSV_TYPE, JSON_TYPE = "text/csv; charset=utf-8", "application/json"
SCHEMA = Path(__file__).with_name("plan-1.schema.json")


# CSV


def as_csv(table: PlanTable) -> bytes:
    """With the byte order mark, by which Excel knows that £ and dashes are UTF-8."""
    kept = io.StringIO(newline="")
    write_rows(HEADINGS, ([_words(value) for value in row] for row in table.rows), kept)
    return f"\ufeff{kept.getvalue()}".encode()


def _words(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    # A character that no page can show would make it a file that is not plain text.
    return "" if value is None else clean(str(value))


# JSON


def as_json(table: PlanTable, site: str) -> bytes:
    """`site` is the address of this installation, where the schema is published."""
    told = {
        "$schema": f"{site.rstrip('/')}{schema_path()}",
        "format": FORMAT,
        "version": VERSION,
        "council": {"slug": table.council_slug, "name": table.council},
        "plan": {"slug": table.plan_slug, "name": table.plan},
        "as_of": table.on.isoformat(),
        "only": table.only,
        "key": {
            "lead_officers": [
                {"abbreviation": post.abbreviation, "post": post.title, "organisation": post.organisation}
                for post in table.posts
            ],
            "ratings": [
                {"letter": one.letter, "word": one.word, "colour": one.colour, "meaning": one.meaning}
                for one in table.ratings
            ],
            "rating_note": table.rating_note,
            "stages": [str(stage.label) for stage in Stage],
            "phases": list(PHASES),
        },
        "recommendations": list(_recommendations(table)),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _recommendations(table: PlanTable) -> Iterator[dict[str, Any]]:
    rows = (dict(zip(HEADINGS, row, strict=True)) for row in table.rows)
    for _, together in groupby(rows, key=lambda row: row["Reference"]):
        said = list(together)
        yield {
            **{name: said[0][heading] for name, heading in OF_RECOMMENDATION.items()},
            "actions": [_action(row) for row in said if row["Update no."] is not None],
        }


def _action(row: dict[str, Value]) -> dict[str, Any]:
    told = {name: row[heading] for name, heading in OF_ACTION.items()}
    days = {name: told[name] for name, heading in OF_ACTION.items() if heading in DAYS}
    leads = str(told["lead_officers"] or "")
    return {
        **told,
        **{name: value.isoformat() if isinstance(value, date) else None for name, value in days.items()},
        "lead_officers": leads.split(LEADS_PARTED_BY) if leads else [],
    }


DAYS = frozenset(column.heading for column in COLUMNS if column.is_day)


def schema_path() -> str:
    return reverse("reports:plan_schema")


@cache
def schema() -> bytes:
    """What the JSON holds, said so that a program can check it (JSON Schema 2020-12)."""
    return SCHEMA.read_bytes()
