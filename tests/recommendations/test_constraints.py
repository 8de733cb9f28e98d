"""What the database does not let in, whoever writes."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from improvement.models import (
    Council,
    Holding,
    Inspection,
    LeadOfficer,
    Membership,
    Organisation,
    Plan,
    Rating,
    RatingScale,
    Theme,
)
from recommendations.models import Action, ActionLead, ProgressUpdate, Recommendation
from tests.cast import Cast


@pytest.mark.parametrize(
    ("model", "changed"),
    [
        (Action, {"phase": "later"}),
        (Action, {"due_precision": "fortnight"}),
        (Recommendation, {"timescale": "soon"}),
        (Membership, {"role": "mayor"}),
        (Inspection, {"ended_on": date(2012, 5, 1)}),
        (Holding, {"from_on": date(2012, 5, 2), "until_on": date(2012, 5, 1)}),
    ],
)
def test_a_value_that_makes_no_sense(councils: None, model: Any, changed: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**changed)


@pytest.mark.parametrize(
    "model",
    [
        Council,
        Organisation,
        LeadOfficer,
        Plan,
        Theme,
        Rating,
        RatingScale,
        Recommendation,
        Action,
        Membership,
        Holding,
    ],
)
def test_the_same_twice(councils: None, model: Any) -> None:
    row = model._default_manager.order_by("pk")[0]
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("changed", [{"stage": "finished"}, {"sequence": 1}])
def test_an_update_that_makes_no_sense(action: Action, changed: dict[str, Any]) -> None:
    values = {"sequence": 2, "stage": "complete", "on": date(2012, 11, 14), "narrative": "x", **changed}

    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressUpdate.objects.create(action=action, **values)


@pytest.mark.parametrize("again", ["position", "post"])
def test_a_lead_twice(action: Action, again: str) -> None:
    first, second = action.leads.all()
    values = {"position": first.position, "lead_officer": second.lead_officer}
    if again == "post":
        values["position"] = 9
    else:
        values["lead_officer"] = LeadOfficer.objects.get(council__slug="harrow", abbreviation="HR")

    with pytest.raises(IntegrityError), transaction.atomic():
        ActionLead.objects.create(action=action, **values)


@pytest.mark.parametrize(
    "model", [Council, Organisation, LeadOfficer, Plan, Theme, RatingScale, Recommendation, Action]
)
def test_what_others_stand_on_is_not_removed(councils: None, model: Any) -> None:
    with pytest.raises(ProtectedError):
        model._default_manager.order_by("pk")[0].delete()


def test_somebody_who_said_something_is_not_removed(action: Action, cast: Cast) -> None:
    ProgressUpdate.objects.create(
        action=action,
        sequence=2,
        stage="complete",
        on=date(2012, 11, 14),
        narrative="x",
        by=cast.board_member,
    )

    with pytest.raises(ProtectedError):
        cast.board_member.delete()
