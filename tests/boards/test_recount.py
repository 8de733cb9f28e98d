"""Every figure of the dashboard's charts and tables, held against a count of the raw rows that knows nothing of them."""

import calendar
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from boards import trends
from boards.models import NoChange, Round
from boards.workflow import rounds as rounds_workflow
from improvement.models import LeadOfficer, Plan, Rating
from recommendations import workflow
from recommendations.models import Action, ActionLead, DueDateChange, ProgressUpdate, Reading, Recommendation
from tests.cast import HARROW_PAGES, Cast
from tests.factories import MeasureFactory, ProgressUpdateFactory, ReadingFactory
from tests.pages import text

DAYS = ("2012-09-20", "2012-10-31", "2012-11-14")
LATEST = date(2012, 11, 14)
MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Raw:
    """An action on a day, from its rows alone."""

    pk: int
    recommendation: int
    phase: str
    stage: str
    rating: int | None
    due: date | None
    first_due: date | None
    said_on: date | None
    moves: int
    on: date

    @property
    def is_open(self) -> bool:
        return self.stage not in ("complete", "withdrawn")

    @property
    def counts(self) -> tuple[int, ...]:
        """What a row of a table counts of it, in the order of the columns."""
        due = self.due
        passed = due is not None and due < self.on
        soon = due is not None and self.on <= due <= self.on + MONTH
        silent = self.said_on is None or self.said_on < self.on - MONTH
        return (
            1,
            int(self.stage == "complete"),
            int(passed and self.stage != "withdrawn"),
            int(passed and self.is_open),
            int(soon and self.is_open),
            int(silent and self.is_open),
        )

    @property
    def promised(self) -> bool:
        return self.first_due is not None and self.first_due < self.on and self.stage != "withdrawn"

    @property
    def later(self) -> int:
        return max(0, (self.due - self.first_due).days) if self.due and self.first_due else 0


def raw(plan: Plan, on: date) -> list[Raw]:
    asked = set(Recommendation.objects.filter(plan=plan).values_list("pk", flat=True))
    updates, changes = list(ProgressUpdate.objects.values()), list(DueDateChange.objects.values())
    found = []
    for row in Action.objects.values():
        if row["recommendation_id"] not in asked or row["added_on"] > on:
            continue
        said = [one for one in updates if one["action_id"] == row["id"] and one["on"] <= on]
        last: dict[str, Any] = max(said, key=lambda one: (one["on"], one["sequence"]), default={})
        moved = [
            one
            for one in changes
            if one["action_id"] == row["id"] and one["decision"] == "agreed" and one["decided_on"] <= on
        ]
        move: dict[str, Any] = max(moved, key=lambda one: (one["decided_on"], one["id"]), default={})
        found.append(
            Raw(
                pk=row["id"],
                recommendation=row["recommendation_id"],
                phase=row["phase"],
                stage=last.get("stage", "not-started"),
                rating=last.get("rating_id"),
                due=move.get("new_on", row["original_due_on"]),
                first_due=row["original_due_on"],
                said_on=last.get("on"),
                moves=len(moved),
                on=on,
            )
        )
    return found


def summed(actions: Iterable[Raw]) -> list[int]:
    return [sum(column) for column in zip(*(action.counts for action in actions), strict=True)]


@pytest.fixture(autouse=True)
def lively(harrow: Plan, cast: Cast) -> None:
    """What makes the figures of each month differ: progress, a reopening, a withdrawal, ratings, a date that moved."""
    actions = list(Action.objects.for_plan(harrow).in_plan_order())
    red, amber = Rating.objects.filter(scale=harrow.rating_scale).order_by("position", "pk")[:2]
    said = (
        (0, date(2012, 10, 3), "complete", red),
        (0, date(2012, 10, 20), "in-progress", amber),
        (1, date(2012, 10, 9), "withdrawn", None),
        (2, date(2012, 10, 31), "complete", amber),
        (3, date(2012, 11, 1), "on-hold", red),
        (4, date(2012, 11, 14), "complete", None),
    )
    for place, on, stage, rating in said:
        last = ProgressUpdate.objects.filter(action=actions[place]).order_by("-sequence").first()
        sequence = last.sequence + 1 if last else 1
        ProgressUpdateFactory(action=actions[place], on=on, stage=stage, rating=rating, sequence=sequence)
    for place, on in ((0, date(2012, 10, 22)), (5, date(2012, 11, 2))):
        asked = workflow.request_due_date(
            action=actions[place],
            new_on=date(2013, 1, 31),
            reason="More time.",
            by=cast.plan_administrator,
            on=on,
        )
        workflow.agree_due_date(change=asked, reason="Agreed.", by=cast.board_member, on=on)


def shown(client: Client, day: str) -> Any:
    return client.get(f"{HARROW_PAGES}?on={day}" if day != DAYS[-1] else HARROW_PAGES).context


@pytest.mark.parametrize("day", DAYS)
def test_tiles_and_bars(harrow: Plan, as_reader: Client, day: str) -> None:
    page, actions = shown(as_reader, day), raw(harrow, date.fromisoformat(day))
    stages, ratings = (Counter(getattr(one, name) for one in actions) for name in ("stage", "rating"))

    (bar,), (rated,) = page["stage_chart"].rows, page["rating_chart"].rows

    assert [(one.pattern, one.count) for one in bar.segments] == [
        (one.pattern, stages[one.pattern]) for one in bar.segments
    ]
    assert sum(one.count for one in bar.segments) == bar.total == len(actions)
    words = {None: "Not rated", **dict(Rating.objects.values_list("pk", "word"))}
    assert {one.label: one.count for one in rated.segments if one.count} == {
        words[rating]: count for rating, count in ratings.items()
    }
    _, complete, _, overdue, soon, silent = summed(actions)
    assert [tile.value for tile in page["tiles"]][:4] == [overdue, soon, silent, complete]


@pytest.mark.parametrize("day", DAYS)
def test_bars_are_as_long_as_their_figures(as_reader: Client, day: str) -> None:
    page = shown(as_reader, day)

    for chart in (page["stage_chart"], page["rating_chart"], page["theme_chart"]):
        for row in chart.rows:
            for one in row.segments:
                assert one.width == pytest.approx(100 * one.count / row.total, abs=0.06), (chart.title, one)


@pytest.mark.parametrize("day", DAYS)
def test_parts(harrow: Plan, as_reader: Client, day: str) -> None:
    page, actions = shown(as_reader, day), raw(harrow, date.fromisoformat(day))
    tables = {heat.title: heat.rows for heat in page["heats"]}
    themes = dict(Recommendation.objects.values_list("pk", "theme__name"))
    leads: dict[int, set[tuple[str, str]]] = {}
    for pk, post, body in ActionLead.objects.values_list(
        "action", "lead_officer__abbreviation", "lead_officer__organisation__name"
    ):
        leads.setdefault(pk, set()).add((post, body))

    def counted(title: str) -> dict[str, list[int]]:
        return {row.label: [cell.count for cell in row.cells] for row in tables[title]}

    assert counted("By theme") == {
        name: summed(one for one in actions if themes[one.recommendation] == name)
        for name in {themes[one.recommendation] for one in actions}
    }
    posts = {post for one in actions for post, _ in leads.get(one.pk, set())}
    by_post = counted("By lead officer")
    assert {post: by_post[post] for post in posts} == {
        post: summed(one for one in actions if post in {lead for lead, _ in leads.get(one.pk, set())})
        for post in posts
    }
    bodies = {body for one in actions for _, body in leads.get(one.pk, set())}
    by_body = counted("By organisation")
    assert {body: by_body[body] for body in bodies} == {
        body: summed(one for one in actions if body in {whose for _, whose in leads.get(one.pk, set())})
        for body in bodies
    }
    assert [sum(column) for column in zip(*counted("By phase").values(), strict=True)] == summed(actions)


def test_months(harrow: Plan, as_reader: Client) -> None:
    page = shown(as_reader, DAYS[-1])
    first = min(Action.objects.filter(recommendation__plan=harrow).values_list("added_on", flat=True))
    days, day = [], first
    while day.replace(day=calendar.monthrange(day.year, day.month)[1]) < LATEST:
        days.append(day.replace(day=calendar.monthrange(day.year, day.month)[1]))
        day = days[-1] + timedelta(days=1)
    months = [raw(harrow, end) for end in (*days, LATEST)]
    stages, ratings = page["trends"]

    labels = {
        "Not rated": None,
        **dict(Rating.objects.filter(scale=harrow.rating_scale).values_list("word", "pk")),
    }
    values = {"Complete": "complete", "In progress": "in-progress", "On hold": "on-hold"}
    values |= {
        "Not started": "not-started",
        "Awaiting sign-off": "awaiting-sign-off",
        "Withdrawn": "withdrawn",
    }
    for chart, known, name in ((stages, values, "stage"), (ratings, labels, "rating")):
        counts = [Counter(getattr(one, name) for one in month) for month in months]
        assert [[cell.value for cell in line.cells] for line in chart.lines] == [
            [*(count[known[head.label]] for head in chart.heads), len(month)]
            for count, month in zip(counts, months, strict=True)
        ]
        most = max(len(month) for month in months)
        for column, line in zip(chart.columns, chart.lines, strict=True):
            drawn = [round(block.height * most / (trends.FLOOR - trends.TOP)) for block in column.blocks]
            assert drawn == [cell.value for cell in line.cells[:-1] if cell.value]
    assert [[cell.value for cell in line.cells] for line in page["completion"].lines] == [
        [
            sum(one.promised for one in month),
            summed(month)[2],
            summed(month)[1],
            summed(month)[3],
            sum(one.moves > 0 for one in month),
            sum(one.later for one in month),
        ]
        for month in months
    ]
    ends = [course.last for course in page["completion"].courses]
    assert ends == [cell.value for cell in page["completion"].lines[-1].cells[:3]]


def test_what_the_page_writes_is_what_was_counted(harrow: Plan, as_reader: Client) -> None:
    page = as_reader.get(HARROW_PAGES).content.decode()
    actions = raw(harrow, LATEST)

    columns = [int(total) for total in re.findall(r'class="wm-trend__total"[^>]*>(\d+)<', page)]
    assert columns[-1] == len(actions)
    ends = [int(end) for end in re.findall(r'class="wm-trend__value">(\d+)<', page)]
    assert ends == [sum(one.promised for one in actions), summed(actions)[2], summed(actions)[1]]


def test_a_round(harrow: Plan, cast: Cast, as_plan_administrator: Client) -> None:
    asked = rounds_workflow.open_round(
        plan=harrow,
        label="Board",
        for_meeting_on=date(2012, 12, 10),
        cut_off_on=date(2012, 11, 30),
        by=cast.plan_administrator,
        on=LATEST,
    )
    opened = [one for one in raw(harrow, LATEST) if one.is_open]
    action = Action.objects.select_related("recommendation__plan__council").get(pk=opened[0].pk)
    last = ProgressUpdate.objects.filter(action=action).order_by("-sequence").first()
    rounds_workflow.say_no_change(
        asked=asked,
        action=action,
        version=last.sequence if last else 0,
        reason="Nothing new.",
        by=cast.plan_administrator,
        on=LATEST,
    )

    words = text(as_plan_administrator.get(f"{HARROW_PAGES}rounds/{asked.number}/"))

    left = NoChange.objects.filter(round=Round.objects.get()).count()
    assert f"{left} of {len(opened)} answered" in words
    assert f"0 updated, {left} without change, {len(opened) - left} not answered." in words
    for post in LeadOfficer.objects.filter(council=harrow.council, abbreviation="SM QA"):
        pks = set(ActionLead.objects.filter(lead_officer=post).values_list("action", flat=True))
        theirs = [one for one in opened if one.pk in pks]
        assert f"SM QA Service Manager, Quality Assurance {len(theirs)} 0 " in words


def test_a_measure(harrow: Plan, as_reader: Client) -> None:
    measure = MeasureFactory(plan=harrow, slug="visits", name="Visits", target=100)
    for month, value in ((7, 20), (8, 45), (10, 70)):
        ReadingFactory(measure=measure, on=date(2012, month, 1), value=value)
    ReadingFactory(measure=measure, on=date(2012, 9, 1), value=90, whose="england")

    (number,) = as_reader.get(f"{HARROW_PAGES}scorecard/").context["scorecard"].numbers
    chart = number.chart

    rows = Reading.objects.filter(measure=measure).order_by("on").values_list("whose", "on", "value")
    drawn = [(point.x, point.y) for point in chart.points], list(chart.elsewhere[0].points)
    for points, whose in zip(drawn, ("council", "england"), strict=True):
        known = [(on, value) for who, on, value in rows if who == whose]
        assert [round(100 * (134 - y) / 100) for _, y in points] == [int(value or 0) for _, value in known]
        days = [(on - date(2012, 7, 1)).days for on, _ in known]
        assert [round((x - 28) * 92 / 304) for x, _ in points] == days
    assert [(line.reading.on.month, line.value) for line in number.lines] == [
        (7, "20"),
        (8, "45"),
        (9, "90"),
        (10, "70"),
    ]
