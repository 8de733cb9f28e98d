"""Harrow's plan on every day of 2012, against a plain recount of what had been said, decided and added by then."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from improvement.models import Plan
from recommendations import progress
from tests.cast import HARROW_PAGES, Cast
from tests.recommendations.recount import expected, figures_in, recount
from tests.recommendations.steps import agree, ask, claim, load, refuse, reopen, show, sign_off, withdraw

DAYS = [date(2012, 1, 1) + timedelta(days=n) for n in range(366)]
RATINGS = (("red", "Red"), ("amber", "Amber"), ("green", "Green"))
# A tile of the dashboard: what it counts and how many.
TILE = re.compile(
    r'wm-figure__link" href="[^"]*">([^<]+)</a></span>\s*<span class="wm-figure__value">(\d+) <span'
)


@pytest.fixture
def moved(harrow: Plan, cast: Cast) -> Plan:
    """Harrow's plan after some weeks of work: dates moved and refused, an action closed, reopened and closed again."""
    own, other = load("S5", "4"), load("S2", "1")
    for new_on, asked_on, decided_on in (
        (date(2012, 11, 20), date(2012, 9, 20), date(2012, 9, 28)),
        (date(2012, 12, 10), date(2012, 11, 15), date(2012, 11, 15)),
    ):
        agree(ask(own, cast.lead_officer, new_on=new_on, on=asked_on), cast.board_member, on=decided_on)
    refuse(
        ask(other, cast.board_member, on=date(2012, 10, 30)), cast.plan_administrator, on=date(2012, 11, 2)
    )
    show(own, cast.lead_officer, on=date(2012, 11, 16))
    claim(own, cast.lead_officer, on=date(2012, 11, 19))
    sign_off(own, cast.board_member, on=date(2012, 11, 26))
    reopen(own, cast.board_member, on=date(2012, 12, 3))
    claim(own, cast.lead_officer, on=date(2012, 12, 12))
    sign_off(own, cast.plan_administrator, on=date(2012, 12, 14))
    withdraw(other, cast.plan_administrator, on=date(2012, 12, 20))
    return harrow


def test_the_figures_of_every_day_of_2012_are_a_recount(moved: Plan) -> None:
    figures = {
        on: {figure.label: figure.count for figure in figures_in(progress.of_plan(moved, on=on))}
        for on in DAYS
    }
    again = {
        on: {label: len(keys) for label, keys in expected(recount(moved, on), on, RATINGS).items()}
        for on in DAYS
    }

    assert figures == again
    # The recount has something to count: days on which the plan differs from the day before.
    assert len([on for on in DAYS[1:] if again[on] != again[on - timedelta(days=1)]]) > 20


@pytest.mark.parametrize("month", range(1, 13))
def test_the_pages_of_the_first_day_of_each_month_are_a_recount(
    as_reader: Client, moved: Plan, month: int
) -> None:
    on = date(2012, month, 1)
    again = expected(recount(moved, on), on, RATINGS)

    dashboard = as_reader.get(f"{HARROW_PAGES}?on={on}")
    tiles = {label: int(count) for label, count in TILE.findall(dashboard.content.decode())}
    lists = {
        query: as_reader.get(f"{HARROW_PAGES}actions/?on={on}&{query}").context["table"].paginator.count
        for query in ("", "overdue=yes", "moved=yes")
    }

    assert lists == {
        "": len(again["Actions"]),
        "overdue=yes": len(again["Overdue"]),
        "moved=yes": len(again["Due date moved"]),
    }
    if again["Actions"]:
        assert tiles == {label: len(keys) for label, keys in again.items() if label in tiles}
        assert len(tiles) == 5
    else:
        assert tiles == {}
