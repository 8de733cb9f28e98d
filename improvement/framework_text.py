"""A framework as an administrator types it: areas, grades and duties one a line; and the same text from a framework.

Safeguarding services: Overall effectiveness        an area in one of two parallel sets
Looked after children and permanence
> Adoption performance                              a sub-judgement of the line above; an indent does the same
Capacity to improve [capacity]                      judged on the scale of that name
Findings [no grade]                                 reported in words alone

Good                                                grades, best first
Capacity:                                           starts another scale

70 working days: Publish a written statement | The council | SI 2007/462, regulation 3 | Only if asked
30 calendar days from publication: Write to partners
At an interval: Report to the department
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from improvement.models import Area, CountedFrom, Duty, Framework, Grade, Unit
from improvement.models.framework import GRADES

NO_GRADE = "no grade"
MOST_LINES = 80
UNITS = {
    "working day": Unit.WORKING_DAYS,
    "calendar day": Unit.CALENDAR_DAYS,
    "week": Unit.WEEKS,
    "month": Unit.MONTHS,
}
STARTS = {
    "receiving": CountedFrom.RECEIVED,
    "publication": CountedFrom.PUBLISHED,
    "the end": CountedFrom.ENDED,
}
DUTY = re.compile(
    r"(?P<amount>\d{1,3})\s+(?P<unit>(?:working|calendar)\s+day|week|month)s?"
    r"(?:\s+from\s+(?P<start>receiving|publication|the\s+end))?\s*:\s*(?P<rest>.+)",
    re.IGNORECASE,
)
INTERVAL = re.compile(r"at\s+an\s+interval\s*:\s*(?P<rest>.+)", re.IGNORECASE)
AREA = re.compile(r"(?P<words>.*?)\s*(?:\[(?P<scale>[^\[\]]+)\])?")


@dataclass(frozen=True)
class AreaLine:
    slug: str
    group: str
    name: str
    part_of: str
    scale: str


@dataclass(frozen=True)
class GradeLine:
    slug: str
    name: str
    scale: str


@dataclass(frozen=True)
class DutyLine:
    slug: str
    name: str
    who: str
    amount: int | None
    unit: str
    counted_from: str
    condition: str
    source: str


@dataclass(frozen=True)
class FrameworkText:
    """What the three boxes of the form say, understood."""

    areas: tuple[AreaLine, ...]
    grades: tuple[GradeLine, ...]
    duties: tuple[DutyLine, ...]


def read_grades(text: str) -> tuple[GradeLine, ...]:
    """Grades, best first. Raises ValidationError with a sentence for each line that cannot be understood."""
    grades: list[GradeLine] = []
    scale, taken, faults = GRADES, _Slugs(), []
    for number, line in _lines(text):
        if line.strip().endswith(":"):
            scale = slugify(line)[:50]
            if not scale:
                faults.append(f"Line {number}: name the scale before the colon, for example “Capacity:”.")
            continue
        name = line.strip()
        if _too_long(name, Grade, "name"):
            faults.append(f"Line {number}: a grade has at most 240 characters.")
        elif any(grade.scale == scale and grade.name.lower() == name.lower() for grade in grades):
            faults.append(f"Line {number}: “{name}” stands in this scale already.")
        else:
            first = not grades or scale == grades[0].scale
            grades.append(GradeLine(taken.new(name if first else f"{scale} {name}"), name, scale))
    _raise(faults)
    return tuple(grades)


def read_areas(text: str, scales: tuple[str, ...]) -> tuple[AreaLine, ...]:
    """Areas in order. Without a scale in brackets an area takes the first; with no scales at all it takes none."""
    areas: list[AreaLine] = []
    taken, faults, above = _Slugs(), [], ""
    for number, line in _lines(text):
        found = AREA.fullmatch(line.strip().lstrip(">").strip())
        group, name = _group_and_name(found["words"] if found else "")
        scale, fault = _scale(found["scale"] if found else None, scales)
        part = line[:1].isspace() or line.startswith(">")
        if not name:
            fault = "write the name of the area."
        elif part and not above:
            fault = "a sub-judgement needs an area above it."
        elif _too_long(name, Area, "name") or _too_long(group, Area, "group"):
            fault = "an area has at most 160 characters, and its group 120."
        elif any((area.group, area.name) == (group, name) for area in areas):
            fault = f"“{line.strip()}” stands here already."
        if fault:
            faults.append(f"Line {number}: {fault}")
            continue
        areas.append(AreaLine(taken.new(f"{group} {name}"), group, name, above if part else "", scale))
        above = above if part else areas[-1].slug
    _raise(faults)
    return tuple(areas)


def read_duties(text: str) -> tuple[DutyLine, ...]:
    """Duties in order, each with its time first."""
    taken, duties, faults = _Slugs(), [], []
    for number, line in _lines(text):
        duty = _duty(line.strip(), taken)
        if isinstance(duty, DutyLine):
            duties.append(duty)
        else:
            faults.append(f"Line {number}: {duty}")
    _raise(faults)
    return tuple(duties)


def _duty(line: str, taken: "_Slugs") -> DutyLine | str:
    """The duty, or the sentence that says what is wrong with the line."""
    timed, repeated = DUTY.fullmatch(line), INTERVAL.fullmatch(line)
    found = timed or repeated
    if found is None:
        if re.match(r"\d+\s+days?\b", line, re.IGNORECASE):
            return "say whether these are working days or calendar days."
        return "begin with the time and a colon, for example “70 working days: Publish a written statement”."
    if timed and int(timed["amount"]) < 1:
        return "a deadline is at least one day away."
    name, who, source, condition, *more = [*(part.strip() for part in found["rest"].split("|")), "", "", ""][
        :7
    ]
    fields = {"name": name, "who": who, "source": source, "condition": condition}
    if any(more) or not name or any(_too_long(value, Duty, field) for field, value in fields.items()):
        return "after the colon come what must be done, who, the regulation and the condition, with | between them."
    return DutyLine(
        slug=taken.new(name),
        name=name,
        who=who or "The council",
        amount=int(timed["amount"]) if timed else None,
        unit=UNITS[_plain(timed["unit"])] if timed else Unit.WORKING_DAYS,
        counted_from=STARTS[_plain(timed["start"] or "receiving")] if timed else CountedFrom.INTERVENTION,
        condition=condition,
        source=source,
    )


def written(framework: Framework) -> dict[str, str]:
    """A framework's areas, grades and duties as the form's text, to start the next one from."""
    grades = list(framework.grades.all())
    areas = list(framework.areas.all())
    scales = list(dict.fromkeys(area.scale for area in areas if area.scale))
    lines: list[str] = []
    for scale in scales:
        if scale != GRADES or scale != scales[0]:
            lines.append(f"{scale.capitalize()}:")
        lines += [grade.name for grade in grades if grade.scale == scale]
    return {
        "grades": "\n".join(lines),
        "areas": "\n".join(_area_line(area, scales) for area in areas),
        "duties": "\n".join(_duty_line(duty) for duty in framework.duties.all()),
    }


def _area_line(area: Area, scales: list[str]) -> str:
    bracket = f" [{area.scale or NO_GRADE}]" if scales and area.scale != scales[0] else ""
    return f"{'> ' if area.part_of_id else ''}{area}{bracket}"


def _duty_line(duty: Duty) -> str:
    if duty.amount is None:
        time = "At an interval"
    else:
        unit = next(words for words, value in UNITS.items() if value == duty.unit)
        start = next((words for words, value in STARTS.items() if value == duty.counted_from), "receiving")
        time = f"{duty.amount} {unit}{'' if duty.amount == 1 else 's'}"
        time += "" if start == "receiving" else f" from {start}"
    rest = f"{duty.name} | {duty.who} | {duty.source} | {duty.condition}"
    return f"{time}: {rest.rstrip(' |')}"


def _scale(asked: str | None, scales: tuple[str, ...]) -> tuple[str, str]:
    """The scale of an area, and a fault if there is none of that name."""
    if asked is None:
        return (scales[0] if scales else ""), ""
    if asked.strip().lower() == NO_GRADE:
        return "", ""
    scale = slugify(asked)
    return (scale, "") if scale in scales else ("", f"no grades stand under “{asked.strip()}:” below.")


def _group_and_name(words: str) -> tuple[str, str]:
    if words.endswith(":"):
        return words[:-1].strip(), ""
    group, colon, name = words.partition(": ")
    return (group.strip(), name.strip()) if colon else ("", words.strip())


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with something on them, and their numbers."""
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise ValidationError(f"Keep to {MOST_LINES} lines.")
    return ((number, line.rstrip()) for number, line in enumerate(lines, start=1) if line.strip())


def _too_long(value: str, model: type[Area | Grade | Duty], field: str) -> bool:
    limit: int = getattr(model._meta.get_field(field), "max_length")  # noqa: B009 - Django's types leave it out
    return len(value) > limit


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _raise(faults: list[str]) -> None:
    if faults:
        raise ValidationError(faults)


class _Slugs:
    """Slugs that are each used once."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def new(self, words: str) -> str:
        bare = slugify(words)[:44].strip("-") or "item"
        slug, count = bare, 1
        while slug in self.taken:
            count += 1
            slug = f"{bare}-{count}"
        self.taken.add(slug)
        return slug
