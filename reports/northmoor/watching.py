"""What Northmoor's plan is watched by: measures with a reading for each month, and risks that are scored again."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from boards.models import Risk
from boards.workflow import risks
from recommendations.models import Better, Measure, MeasureKind, Reading, ReadingPrecision, Whose
from recommendations.workflow import measures
from reports.northmoor import texts
from reports.northmoor.days import DAY, VERSIONS, working
from reports.northmoor.ground import READ, Event, Ground

# Figures of a month are there some days into the next one.
LAG = timedelta(days=9)
BENCHMARKS = {"england": Whose.ENGLAND, "neighbours": Whose.NEIGHBOURS}
ASKED_AT = (6, 16)
SCORED_EVERY = 6
CLOSED_AT = 17
# How far a month may lie from the course of its measure, as a share of the way that the measure went.
NOISE = 0.09
CORRECTED = 4


class Watch:
    def __init__(self, ground: Ground) -> None:
        self.ground, self.days, self.by = ground, ground.story.days, ground.administrator
        self.said = texts.read("board")
        self.begun = self.days.meeting(VERSIONS["1.0"]) + 3 * DAY
        self.measures: dict[str, Measure] = {}
        self.risks: dict[str, Risk] = {}

    def events(self) -> Iterator[Event]:
        yield Event(self.begun, READ, self.begin)
        for row in self.said["measure"]:
            yield from self._readings(row)
        for row in self.said["statement"]:
            for number, words in zip(ASKED_AT, row["said"], strict=True):
                on = self.days.meeting(number) - 4 * DAY
                yield Event(on, READ, lambda row=row, words=words, on=on: self.hear(row["name"], words, on))  # type: ignore[misc]
        for row in self.said["risk"]:
            yield from self._scores(row)

    def begin(self) -> None:
        """Measures and risks are taken in after the plan was agreed."""
        for row in self.said["measure"]:
            self.measures[row["name"]] = self._add(row, row["kind"], row["better"])
        for row in self.said["statement"]:
            self.measures[row["name"]] = self._add(row, MeasureKind.STATEMENT, Better.HIGHER)
        for row in self.said["risk"]:
            self.risks[row["title"]] = self._raise(row)

    def _add(self, row: dict[str, Any], kind: str, better: str) -> Measure:
        recommendation = self.ground.recommendations.get(row.get("proves", ""))
        return measures.add_measure(
            plan=self.ground.plan,
            name=row["name"],
            kind=kind,
            unit=row.get("unit", ""),
            better=better,
            target=_decimal(row.get("target")),
            tolerance=_decimal(row.get("tolerance")),
            recommendation=recommendation,
            asked=row["asked"],
            by=self.by,
            on=self.begun,
        )

    # Readings

    def _readings(self, row: dict[str, Any]) -> Iterator[Event]:
        """A reading for every month that is over; what others reach is known for the first month and a year later."""
        months = self._months()
        values = _course(row, len(months), self.ground.story.chance(row["name"]))
        for place, (month, value) in enumerate(zip(months, values, strict=True)):
            known = max(self.begun, working(_after(month) + LAG))
            others = [
                (whose, row[name]) for name, whose in BENCHMARKS.items() if name in row and place in (0, 12)
            ]
            every = [(Whose.COUNCIL, value), *others]
            yield Event(known, READ, lambda m=month, e=every, k=known: self.take(row, m, e, k))  # type: ignore[misc]

    def _months(self) -> list[date]:
        """The first days of the months from the inspection on whose figures are out."""
        month, found = self.days.inspected[0].replace(day=1), []
        while working(_after(month) + LAG) <= self.days.today:
            found.append(month)
            month = _after(month)
        return found

    def take(self, row: dict[str, Any], month: date, every: list[tuple[Whose, Any]], on: date) -> None:
        for whose, value in every:
            reading = measures.add_reading(
                measure=self.measures[row["name"]],
                whose=whose,
                taken_on=month,
                precision=ReadingPrecision.MONTH,
                value=_decimal(value),
                source=row["source"]
                if whose == Whose.COUNCIL
                else "National statistics, as the council reads them",
                note="",
                by=self.by,
                on=on,
            )
            if row["name"] == self.said["correction"]["measure"] and month == self._months()[CORRECTED]:
                self._correct(reading, on + 5 * DAY)

    def _correct(self, reading: Reading, on: date) -> None:
        told = self.said["correction"]
        if reading.value is not None:
            measures.correct_reading(
                reading=reading,
                value=reading.value + _number(told["by"]),
                source=told["source"],
                note="",
                reason=told["reason"],
                by=self.by,
                on=on,
            )

    def hear(self, name: str, words: str, on: date) -> None:
        measure = self.measures[name]
        measures.add_reading(
            measure=measure,
            whose=Whose.COUNCIL,
            taken_on=on,
            precision=ReadingPrecision.DAY,
            value=None,
            source=measure.asked.partition(".")[0],
            note=words,
            by=self.by,
            on=on,
        )

    # Risks

    def _raise(self, row: dict[str, Any]) -> Risk:
        (likelihood, impact), (less, milder) = row["before"], row["after"][0]
        return risks.raise_risk(
            plan=self.ground.plan,
            title=row["title"],
            description=row["description"],
            response=row["response"],
            owner=self.ground.posts[row["owner"]],
            cost_text=row["cost"],
            funded=row["funded"],
            actions=[self.ground.actions[what] for what in row["answers"]],
            likelihood_before=likelihood,
            impact_before=impact,
            likelihood_after=less,
            impact_after=milder,
            by=self.by,
            on=self.begun,
        )

    def _scores(self, row: dict[str, Any]) -> Iterator[Event]:
        for place, (score, note) in enumerate(zip(row["after"][1:], row["notes"], strict=True), start=1):
            on = self.days.meeting(1 + SCORED_EVERY * place) - 5 * DAY
            yield Event(on, READ, lambda p=place, s=score, n=note, on=on: self.assess(row, p, s, n, on))  # type: ignore[misc]
        if "closed" in row:
            on = self.days.meeting(CLOSED_AT) - 5 * DAY
            yield Event(on, READ, lambda: self.close(row, on))

    def assess(self, row: dict[str, Any], place: int, score: list[int], note: str, on: date) -> None:
        (likelihood, impact), (less, milder) = row["before"], score
        risks.assess_risk(
            risk=self.risks[row["title"]],
            version=risks.AS_RAISED + place - 1,
            likelihood_before=likelihood,
            impact_before=impact,
            likelihood_after=less,
            impact_after=milder,
            note=note,
            by=self.by,
            on=on,
        )

    def close(self, row: dict[str, Any], on: date) -> None:
        risks.close_risk(risk=self.risks[row["title"]], reason=row["closed"], by=self.by, on=on)


def _course(row: dict[str, Any], count: int, rng: Random) -> list[Decimal]:
    """From where it began to where it stands: slowly, then faster, then slowly again, and never straight."""
    first, last = row["course"]
    way, values = last - first, []
    for place in range(count):
        share = place / max(count - 1, 1)
        smooth = share * share * (3 - 2 * share)
        value = first + way * smooth + rng.gauss(0, NOISE) * max(abs(way), 2)
        values.append(_number(round(min(value, 100), 1) if row["kind"] == "percentage" else round(value, 1)))
    return values


def _after(month: date) -> date:
    return (month.replace(day=28) + 4 * DAY).replace(day=1)


def _number(value: float) -> Decimal:
    return Decimal(str(value))


def _decimal(value: float | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
