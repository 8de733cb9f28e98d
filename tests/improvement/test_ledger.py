"""The ledger: every change in one chain, and whatever was done to it afterwards is found."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from improvement import ledger
from improvement.models import Change, LedgerHead, Plan
from recommendations.models import Action
from tests.cast import Cast
from tests.conftest import unprotect

ON = date(2012, 11, 14)


def write(action: Action, cast: Cast, words: str) -> Change:
    with transaction.atomic():
        return ledger.record(
            by=cast.board_member,
            on=ON,
            council=action.recommendation.plan.council,
            verb="post_update",
            subject=action,
            before={"narrative": ""},
            after={"narrative": words, "forecast_on": date(2012, 12, 31)},
            reason="said at the board",
        )


@pytest.fixture
def five(
    action: Action, cast: Cast, django_capture_on_commit_callbacks: Callable[..., object]
) -> list[Change]:
    """A ledger of five changes, its head noted outside."""
    with django_capture_on_commit_callbacks(execute=True):
        return [write(action, cast, words) for words in ("one", "two", "three", "four", "five")]


def sql(statement: str, *values: object) -> None:
    """What somebody does who has the database but not the house's rules."""
    unprotect(Change)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def found() -> ledger.Fault | None:
    return ledger.verify()


def test_a_change_says_who_when_what_from_to_and_why(action: Action, cast: Cast) -> None:
    with time_machine.travel(datetime(2012, 11, 14, 9, 30, tzinfo=UTC), tick=False):
        write(action, cast, "Done")

    change = Change.objects.get()
    assert (change.by, change.at, change.on) == (
        cast.board_member,
        datetime(2012, 11, 14, 9, 30, tzinfo=UTC),
        ON,
    )
    assert (change.council.slug, change.verb) == ("harrow", "post_update")
    assert (change.subject, change.subject_id) == ("recommendations.action", action.pk)
    assert change.before == {"narrative": ""}
    assert change.after == {"narrative": "Done", "forecast_on": "2012-12-31"}
    assert change.reason == "said at the board"


def test_changes_form_one_chain(five: list[Change]) -> None:
    rows = list(Change.objects.all())

    assert [row.position for row in rows] == [1, 2, 3, 4, 5]
    assert [row.previous for row in rows] == ["0" * 64, *(row.digest for row in rows[:-1])]
    assert [row.digest for row in rows] == [ledger.digest_of(row) for row in rows]
    head = LedgerHead.objects.get()
    assert (head.position, head.digest) == (5, rows[-1].digest)


def test_the_head_is_noted_outside_too(five: list[Change], head_file: Path) -> None:
    lines = head_file.read_text().splitlines()

    assert lines == [f"{change.position} {change.digest}" for change in five]
    assert head_file.stat().st_mode & 0o777 == 0o600


def test_a_change_that_is_rolled_back_leaves_nothing(five: list[Change], action: Action, cast: Cast) -> None:
    with transaction.atomic():
        write(action, cast, "six")
        transaction.set_rollback(True)

    assert Change.objects.count() == 5
    assert LedgerHead.objects.get().position == 5
    assert found() is None


def test_the_names_of_people_are_outside_the_chain(five: list[Change], cast: Cast) -> None:
    cast.board_member.name = "Erased"
    cast.board_member.email = "erased@cast.example"
    cast.board_member.save()

    assert found() is None


def test_an_untouched_ledger_is_whole(five: list[Change]) -> None:
    """Case 99."""
    assert found() is None


def test_an_empty_ledger_is_whole(councils: None) -> None:
    assert found() is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "sign_off"),
        ("reason", ""),
        ("subject_id", 1),
        ("by_id", None),
        ("council_id", None),
        ('"on"', "2012-11-13"),
        ("at", "2012-11-13 09:00:00+00"),
        ("subject", "improvement.plan"),
        ("after", '{"narrative": "3"}'),
        ("before", '{"narrative": "x"}'),
    ],
)
def test_an_edited_change_is_found(five: list[Change], column: str, value: object) -> None:
    """Case 99."""
    sql(f"UPDATE improvement_change SET {column} = %s WHERE position = 3", value)

    fault = found()

    assert fault == ledger.Fault(3, "Change 3 was altered after it was written.")


def test_an_edited_change_with_a_digest_to_match_is_found_by_the_next(five: list[Change]) -> None:
    """Case 99."""
    sql("UPDATE improvement_change SET verb = 'sign_off' WHERE position = 3")
    digest = ledger.digest_of(Change.objects.get(position=3))
    sql("UPDATE improvement_change SET digest = %s WHERE position = 3", digest)

    assert found() == ledger.Fault(3, "Change 3 is not the one that was noted outside the database.")


def test_without_the_note_outside_it_is_found_one_later(five: list[Change], head_file: Path) -> None:
    """Case 99."""
    head_file.unlink()
    sql("UPDATE improvement_change SET verb = 'sign_off' WHERE position = 3")
    digest = ledger.digest_of(Change.objects.get(position=3))
    sql("UPDATE improvement_change SET digest = %s WHERE position = 3", digest)

    assert found() == ledger.Fault(4, "Change 4 does not follow from the one before it.")


def test_a_chain_written_afresh_is_found_by_the_note_outside(five: list[Change]) -> None:
    """Case 99: somebody edits the past and makes every digest again, the head included."""
    sql("UPDATE improvement_change SET verb = 'sign_off' WHERE position = 2")
    previous = Change.objects.get(position=1).digest
    for position in (2, 3, 4, 5):
        sql("UPDATE improvement_change SET previous = %s WHERE position = %s", previous, position)
        previous = ledger.digest_of(Change.objects.get(position=position))
        sql("UPDATE improvement_change SET digest = %s WHERE position = %s", previous, position)
    LedgerHead.objects.update(digest=previous)

    assert found() == ledger.Fault(2, "Change 2 is not the one that was noted outside the database.")


def test_a_removed_change_is_found(five: list[Change]) -> None:
    """Case 99."""
    sql("DELETE FROM improvement_change WHERE position = 2")

    assert found() == ledger.Fault(2, "Change 2 is missing; 3 stands in its place.")


def test_an_inserted_change_is_found(five: list[Change], cast: Cast) -> None:
    """Case 99."""
    unprotect(Change)
    last = Change.objects.get(position=5)
    Change.objects.bulk_create([Change(**{**_values(last), "position": 6, "digest": "f" * 64})])

    assert found() == ledger.Fault(6, "Change 6 does not follow from the one before it.")


def test_an_inserted_change_that_fits_is_found_by_the_head(five: list[Change]) -> None:
    """Case 99."""
    unprotect(Change)
    last = Change.objects.get(position=5)
    forged = Change(**{**_values(last), "position": 6, "previous": last.digest})
    forged.digest = ledger.digest_of(forged)
    Change.objects.bulk_create([forged])

    assert found() == ledger.Fault(7, "The ledger ends at 6, its head says 5.")


def test_changed_order_is_found(five: list[Change]) -> None:
    """Case 99."""
    sql("UPDATE improvement_change SET position = 99 WHERE position = 2")
    sql("UPDATE improvement_change SET position = 2 WHERE position = 3")
    sql("UPDATE improvement_change SET position = 3 WHERE position = 99")

    assert found() == ledger.Fault(2, "Change 2 does not follow from the one before it.")


def test_a_shortened_ledger_is_found_by_its_head(five: list[Change]) -> None:
    """Case 99."""
    sql("DELETE FROM improvement_change WHERE position > 3")

    assert found() == ledger.Fault(4, "The ledger ends at 3, its head says 5.")


def test_a_ledger_shortened_with_its_head_is_found_by_the_note_outside(five: list[Change]) -> None:
    """Case 99."""
    sql("DELETE FROM improvement_change WHERE position > 3")
    LedgerHead.objects.update(position=3, digest=five[2].digest)

    assert found() == ledger.Fault(4, "Changes after 3 are gone; the note outside the database has 5.")


def test_an_emptied_ledger_is_found(five: list[Change]) -> None:
    """Case 99."""
    sql("DELETE FROM improvement_change")
    LedgerHead.objects.update(position=0, digest="0" * 64)

    assert found() == ledger.Fault(1, "Changes after 0 are gone; the note outside the database has 5.")


def test_a_change_after_the_head_was_moved_back_is_refused(
    five: list[Change], action: Action, cast: Cast
) -> None:
    LedgerHead.objects.update(position=3, digest=five[2].digest)

    with pytest.raises(Exception, match=r"append-only|unique|UNIQUE|duplicate"):
        write(action, cast, "six")

    assert Change.objects.count() == 5


def test_the_command_says_that_it_is_whole(five: list[Change], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_ledger")

    assert capsys.readouterr().out == "The ledger is whole: 5 changes.\n"


def test_the_command_counts_one_as_one(
    action: Action, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    write(action, cast, "one")

    call_command("verify_ledger")

    assert capsys.readouterr().out == "The ledger is whole: 1 change.\n"


def test_the_command_fails_and_names_the_first_fault(five: list[Change]) -> None:
    """Case 99."""
    sql("UPDATE improvement_change SET verb = 'x' WHERE position IN (2, 4)")

    with pytest.raises(CommandError) as failed:
        call_command("verify_ledger")

    assert str(failed.value) == "The ledger was tampered with. Change 2 was altered after it was written."


def test_changes_are_read_by_their_council_only(five: list[Change], harrow: Plan, cast: Cast) -> None:
    counts = [
        Change.objects.visible_to(user).count()
        for user in (cast.reader, cast.northmoor_administrator, cast.stranger)
    ]

    assert counts == [5, 0, 0]


def test_changes_about_something(five: list[Change], action: Action, harrow: Plan) -> None:
    assert list(Change.objects.about(action)) == five
    assert list(Change.objects.about(harrow)) == []


def _values(change: Change) -> dict[str, object]:
    return {field.attname: getattr(change, field.attname) for field in Change._meta.concrete_fields}
