"""The forms of the clock: when the report was received, that a duty was met, another due day."""

from datetime import date

import pytest
from django.test import Client

from improvement.models import Change, Duty, DutyMet, DutyOverride, Inspection, Plan
from tests.pages import text

PAGE = "/harrow/inspections/safeguarding-and-looked-after-2012/"
MET = f"{PAGE}duties/written-statement/met/"
OVERRIDE = f"{PAGE}duties/written-statement/override/"
RECEIVED = f"{PAGE}received/"


@pytest.fixture
def inspection(harrow: Plan) -> Inspection:
    return Inspection.objects.get(council=harrow.council)


def test_a_duty_is_met(as_plan_administrator: Client, inspection: Inspection) -> None:
    said = {"met_on": "2012-10-03", "what": "Published.", "version": "0"}

    response = as_plan_administrator.post(MET, said, follow=True)

    assert response.redirect_chain == [(PAGE, 302)]
    assert "Met on time" in text(response)
    assert [(row.met_on, row.what) for row in DutyMet.objects.all()] == [(date(2012, 10, 3), "Published.")]
    assert Change.objects.count() == 1


def test_the_form_shows_the_arithmetic(as_plan_administrator: Client) -> None:
    words = text(as_plan_administrator.get(MET))

    assert "Counted 70 working days" in words
    assert "Record an override" not in words


def test_a_met_duty_can_be_taken_back(as_plan_administrator: Client, inspection: Inspection) -> None:
    duty = Duty.objects.get(framework=inspection.framework_id, slug="written-statement")
    DutyMet.objects.create(
        inspection=inspection,
        duty=duty,
        sequence=1,
        on=date(2012, 11, 1),
        met_on=date(2012, 10, 3),
        what="Done.",
    )

    form = text(as_plan_administrator.get(MET))
    response = as_plan_administrator.post(
        MET, {"met_on": "", "what": "Wrong report.", "version": "1"}, follow=True
    )

    assert "Leave it empty if it was not met after all." in form
    assert "Not met after all . Wrong report." in text(response)


def test_a_due_day_is_overridden(as_plan_administrator: Client) -> None:
    said = {"due_on": "19/10/2012", "reason": "Agreed with Ofsted.", "version": "0"}

    response = as_plan_administrator.post(OVERRIDE, said, follow=True)

    assert response.redirect_chain == [(PAGE, 302)]
    assert "Override Friday 19 October 2012 . Agreed with Ofsted." in text(response)
    assert DutyOverride.objects.get().due_on == date(2012, 10, 19)


@pytest.mark.parametrize(
    ("path", "said", "sentence"),
    [
        (MET, {"met_on": "", "what": "Typed with care."}, "Fill in “Day on which it was met”"),
        (MET, {"met_on": "soon", "what": "Typed with care."}, "Write the day as day, month and year"),
        (MET, {"met_on": "2013-01-01", "what": "Typed with care."}, "not in the future"),
        (OVERRIDE, {"due_on": "2012-01-01", "reason": "Typed with care."}, "It cannot be due before"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    as_plan_administrator: Client, path: str, said: dict[str, str], sentence: str
) -> None:
    response = as_plan_administrator.post(path, {**said, "version": "0"})

    assert response.status_code == 422
    assert sentence in text(response)
    assert "Typed with care." in response.content.decode()
    assert Change.objects.count() == 0


def test_an_override_without_a_reason(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.post(OVERRIDE, {"due_on": "2012-10-19", "reason": "", "version": "0"})

    assert response.status_code == 422
    assert "Fill in “Why it is another than the one counted”" in text(response)


def test_who_has_not_seen_the_last_record_sees_it_and_loses_no_word(
    as_plan_administrator: Client, inspection: Inspection
) -> None:
    duty = Duty.objects.get(framework=inspection.framework_id, slug="written-statement")
    DutyMet.objects.create(
        inspection=inspection,
        duty=duty,
        sequence=1,
        on=date(2012, 11, 1),
        met_on=date(2012, 10, 3),
        what="Theirs.",
    )
    mine = {"met_on": "2012-10-04", "what": "Mine.", "version": "0"}

    clash = as_plan_administrator.post(MET, mine)
    again = as_plan_administrator.post(MET, {**mine, "version": "1"})

    assert clash.status_code == 409
    words = text(clash)
    assert "Somebody else recorded something about this inspection while you were writing." in words
    assert "Theirs." in words
    assert "Mine." in clash.content.decode()
    assert 'name="version" value="1"' in clash.content.decode()
    assert again.status_code == 302
    assert [row.what for row in DutyMet.objects.all()] == ["Theirs.", "Mine."]


def test_the_day_of_receipt_starts_the_clock(as_plan_administrator: Client) -> None:
    Inspection.objects.update(received_on=None, received_note="")
    said = {"received_on": "2012-06-20", "received_note": "Covering e-mail"}

    response = as_plan_administrator.post(RECEIVED, said, follow=True)

    words = text(response)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "Day 0 Wednesday 20 June 2012, the report received. Covering e-mail" in words
    assert "Due Thursday 27 September 2012" in words


def test_the_day_of_receipt_is_recorded_once(as_plan_administrator: Client) -> None:
    assert as_plan_administrator.get(RECEIVED).status_code == 404
    assert as_plan_administrator.post(RECEIVED, {"received_on": "2012-06-20"}).status_code == 404


def test_a_day_of_receipt_in_the_future(as_plan_administrator: Client) -> None:
    Inspection.objects.update(received_on=None)

    response = as_plan_administrator.post(RECEIVED, {"received_on": "2012-11-15"})

    assert response.status_code == 422
    assert "The report is received after the inspection, and not in the future." in text(response)
