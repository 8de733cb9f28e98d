"""A paper as data: what its dataclasses hold, as JSON that another program can read, and the fingerprint of that.

The same paper makes the same bytes. Of a record only what papers print is told, and never who somebody is.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from improvement.models import LeadOfficer, Rating, User
from recommendations.models import Action
from reports.models import Clearance
from reports.paper import Block, Paper

# What only a web page needs (where a figure leads, how a chart is drawn), and where a file lies on the server.
LEFT_OUT = frozenset({"query", "url", "chart", "key_of_file"})


def of(paper: Paper) -> bytes:
    return json.dumps(_plain(paper), ensure_ascii=False, indent=1).encode()


def fingerprint(paper: Paper, *, without: tuple[type[Block], ...] = ()) -> str:
    """SHA-256 of what a paper says, whether it is a draft or in which version; `without` blocks of some kinds."""
    said = _plain(replace(paper, draft=False, edition=""), without)
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _plain(value: Any, without: tuple[type, ...] = ()) -> Any:
    """As JSON knows it. Raises TypeError for anything else: what is not told of must not change unseen."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Model):
        return _record(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _dataclass(value, without)
    if isinstance(value, Mapping):
        return {str(key): _plain(each, without) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each, without) for each in value if not isinstance(each, without)]
    raise TypeError(f"A paper holds a {type(value).__name__}, and nothing says how that is written as data.")


def _dataclass(value: Any, without: tuple[type, ...]) -> dict[str, Any]:
    told = {
        field.name: _plain(getattr(value, field.name), without)  # the class's own fields, nobody's words
        for field in fields(value)
        if field.name not in LEFT_OUT
    }
    return {"kind": type(value).__name__, **told} if isinstance(value, Block) else told


def _action(action: Action) -> dict[str, Any]:
    return {"recommendation": action.recommendation.reference, "number": action.number, "note": action.note}


def _rating(rating: Rating) -> dict[str, Any]:
    return {"letter": rating.letter, "word": rating.word, "meaning": rating.meaning}


def _officer(officer: LeadOfficer) -> dict[str, Any]:
    return {"abbreviation": officer.abbreviation, "title": officer.title}


def _clearance(clearance: Clearance) -> dict[str, Any]:
    given = clearance.state == "given"  # type: ignore[attr-defined]  # from with_state()
    on = clearance.stated_on if given else None  # type: ignore[attr-defined]
    return {"post": clearance.post, "given_on": on.isoformat() if on else None}


RECORDS: dict[type[Model], Callable[[Any], dict[str, Any]]] = {
    Action: _action,
    Rating: _rating,
    LeadOfficer: _officer,
    Clearance: _clearance,
    User: lambda user: {},
}


def _record(record: Model) -> Any:
    told = RECORDS.get(type(record))
    return told(record) if told else str(record)
