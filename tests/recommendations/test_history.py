"""What was said of an action, and what each word changed."""

from datetime import date

from improvement.models import Rating
from recommendations import history
from recommendations.models import Action
from tests.cast import HARROW
from tests.factories import ProgressUpdateFactory


def test_nothing_said_is_an_empty_history(harrow: object) -> None:
    action = Action.objects.get_by_natural_key(*HARROW, "LAC7", "4")

    assert history.of_action(action, on=date(2012, 11, 14)) == []


def test_the_latest_comes_first_with_what_it_changed(action: Action) -> None:
    green = Rating.objects.get_by_natural_key("rag", "green")
    first = action.updates.get()
    same = {"action": action, "narrative": first.narrative, "stage": first.stage}
    ProgressUpdateFactory(**same, sequence=2, on=date(2012, 10, 1))
    ProgressUpdateFactory(**same, sequence=3, on=date(2012, 10, 2), rating=green)
    ProgressUpdateFactory(**{**same, "stage": "complete"}, sequence=4, on=date(2012, 10, 3), rating=green)
    ProgressUpdateFactory(
        **{**same, "stage": "complete", "narrative": "New."},
        sequence=5,
        on=date(2012, 10, 3),
        forecast_on=date(2013, 1, 1),
    )

    said = history.of_action(action, on=date(2012, 11, 14))

    assert [(one.update.sequence, one.changed) for one in said] == [
        (5, ("Rating: Green to not rated", "Forecast: none to 1 January 2013", "New words")),
        (4, ("Stage: Awaiting sign-off to Complete",)),
        (3, ("Rating: not rated to Green",)),
        (2, ("No change",)),
        (1, ("First update",)),
    ]


def test_a_day_in_the_past_knows_no_later_word(action: Action) -> None:
    ProgressUpdateFactory(action=action, sequence=2, on=date(2012, 10, 2))

    said = history.of_action(action, on=date(2012, 10, 1))

    assert [one.update.sequence for one in said] == [1]
