"""Which question an action asks on a day, and since when."""

from datetime import date

import pytest

from boards.chasing.due import Ask, ask_of
from boards.models import ChaserSettings, Occasion

TIMES = ChaserSettings(first_days=7, last_days=1, again_days=7, silent_days=42)
DUE = date(2025, 6, 30)
ADDED = date(2025, 6, 1)


def asked(on: date, *, due_on: date | None = DUE, updated_on: date | None = None) -> Ask | None:
    return ask_of(due_on=due_on, updated_on=updated_on, added_on=ADDED, times=TIMES, on=on)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 6, 22), None),
        (date(2025, 6, 23), Ask(Occasion.SOON, date(2025, 6, 23))),
        (date(2025, 6, 28), Ask(Occasion.SOON, date(2025, 6, 23))),
        (date(2025, 6, 29), Ask(Occasion.SOON, date(2025, 6, 29))),
        (date(2025, 6, 30), Ask(Occasion.SOON, date(2025, 6, 29))),
        (date(2025, 7, 1), Ask(Occasion.PASSED, date(2025, 7, 1))),
        (date(2025, 7, 7), Ask(Occasion.PASSED, date(2025, 7, 1))),
        (date(2025, 7, 8), Ask(Occasion.PASSED, date(2025, 7, 8))),
        (date(2025, 7, 25), Ask(Occasion.PASSED, date(2025, 7, 22))),
    ],
)
def test_a_due_date_asks_before_it_comes_once_it_has_passed_and_weekly_after(
    on: date, expected: Ask | None
) -> None:
    assert asked(on) == expected


def test_an_answer_to_the_first_word_spares_the_second_but_not_the_passing() -> None:
    answered = date(2025, 6, 24)

    assert asked(date(2025, 6, 29), updated_on=answered) is None
    assert asked(date(2025, 7, 1), updated_on=answered) == Ask(Occasion.PASSED, date(2025, 7, 1))


def test_an_answer_after_the_date_passed_ends_the_weekly_word_until_weeks_of_silence() -> None:
    answered = date(2025, 7, 2)

    assert asked(date(2025, 7, 8), updated_on=answered) is None
    assert asked(date(2025, 8, 12), updated_on=answered) is None
    assert asked(date(2025, 8, 13), updated_on=answered) == Ask(Occasion.SILENT, date(2025, 8, 13))
    assert asked(date(2025, 8, 20), updated_on=answered) == Ask(Occasion.SILENT, date(2025, 8, 20))


def test_without_a_due_date_only_silence_asks() -> None:
    assert asked(date(2025, 7, 12), due_on=None) is None
    assert asked(date(2025, 7, 13), due_on=None) == Ask(Occasion.SILENT, date(2025, 7, 13))


def test_a_time_that_is_nought_is_no_time() -> None:
    none = ChaserSettings(first_days=0, last_days=0, again_days=0, silent_days=0)

    def ask(on: date) -> Ask | None:
        return ask_of(due_on=DUE, updated_on=None, added_on=ADDED, times=none, on=on)

    assert ask(date(2025, 6, 30)) is None
    assert ask(date(2025, 9, 30)) == Ask(Occasion.PASSED, date(2025, 7, 1))
