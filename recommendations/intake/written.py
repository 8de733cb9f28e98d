"""What the intake keeps as JSON, and back: a source, a plan as understood, how its columns are read."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from recommendations.intake.columns import TableMapping
from recommendations.intake.plan_read import PlanRead
from recommendations.intake.rows import Place, Source
from recommendations.intake.written_rows import source_as_json, source_from

__all__ = ["as_json", "mapping_from", "plan_changed", "plan_from", "source_from"]


def as_json(thing: Any) -> Any:
    """Dataclasses as objects without the fields that are as always, tuples as lists, days as 2012-09-30."""
    return _writer(thing.__class__)(thing)


def plan_from(json: Any) -> PlanRead:
    plan: PlanRead = _maker(PlanRead)(json)
    return plan


def plan_changed(json: Any, before: PlanRead, after: PlanRead) -> Any:
    """The JSON of a plan after a change, from that before it: of recommendations that stayed the same nothing is made anew."""
    now = as_json(replace(after, recommendations=()))
    written = zip(before.recommendations, json["recommendations"], strict=False)
    kept = {id(read): as_written for read, as_written in written}
    now["recommendations"] = [kept.get(id(each)) or as_json(each) for each in after.recommendations]
    return now


def mapping_from(json: Any) -> tuple[TableMapping, ...]:
    mapping: tuple[TableMapping, ...] = _maker(tuple[TableMapping, ...])(json)
    return mapping


@cache
def _writer(kind: Any) -> Callable[[Any], Any]:
    """What makes JSON of a thing of this type."""
    if issubclass(kind, Enum):
        return attrgetter("value")
    if issubclass(kind, str | int | float | NoneType):
        return _as_it_is
    if issubclass(kind, tuple | list):
        return lambda things: [as_json(each) for each in things]
    if issubclass(kind, date):
        return date.isoformat
    if kind is Place:
        return lambda place: [place.table, place.row, place.column]
    if kind is Source:
        return source_as_json
    # What has no default is always said: MISSING equals nothing.
    usual = tuple((field.name, field.default) for field in fields(kind))
    return lambda thing: {
        name: as_json(value)
        for name, default in usual
        if (value := getattr(thing, name)) is not default and value != default
    }


def _as_it_is(thing: Any) -> Any:
    return thing


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """What makes a thing of this type from its JSON."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind is Place:
        return lambda json: Place(*json)
    if kind is date:
        return date.fromisoformat
    if origin in (Union, UnionType):
        make = _maker(next(part for part in parts if part is not NoneType))
        return lambda json: None if json is None else make(json)
    if origin in (tuple, frozenset):
        make = _maker(parts[0])
        return lambda json: origin(make(each) for each in json)
    if is_dataclass(origin or kind):
        return _dataclass_maker(origin or kind, parts)
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else _as_it_is


def _dataclass_maker(kind: Any, parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    stands_for = dict(zip(getattr(kind, "__parameters__", ()), parts, strict=True)) if parts else {}
    makers = {name: _maker(_filled(hint, stands_for)) for name, hint in get_type_hints(kind).items()}
    # Most fields are words: those are not even looked at.
    makers = {name: make for name, make in makers.items() if make is not _as_it_is}

    def made(json: dict[str, Any]) -> Any:
        values = dict(json)
        for name in makers.keys() & values.keys():
            values[name] = makers[name](values[name])
        return kind(**values)

    return made


def _filled(hint: Any, stands_for: dict[Any, Any]) -> Any:
    """A generic's type with what it stands for here: the T of Said[T]."""
    return stands_for.get(hint, hint) if isinstance(hint, TypeVar) else hint
