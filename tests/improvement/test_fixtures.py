"""The fixtures: loaded twice they change nothing, interrupted they leave nothing. Case 74."""

import json
from datetime import date

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command

from improvement import demonstration
from recommendations import workflow
from recommendations.models import Action
from tests.cast import FIXTURES, Cast
from tests.conftest import ROOT

OURS = ("improvement", "recommendations", "boards", "reports")


def dump() -> dict[str, list[dict[str, object]]]:
    """Every row of ours, numbers included."""
    return {
        model._meta.label: serializers.serialize("python", model._base_manager.order_by("pk"))
        for label in OURS
        for model in apps.get_app_config(label).get_models()
    }


def test_loaded_twice_they_change_nothing(councils: None) -> None:
    """Case 74."""
    before = dump()

    call_command("loaddata", *FIXTURES, verbosity=0)

    assert dump() == before


def test_loaded_again_after_an_update_they_change_nothing(action: Action, cast: Cast) -> None:
    """Case 74: what was typed since stays."""
    workflow.post_update(
        action=action,
        version=1,
        stage="on-hold",
        rating=None,
        narrative="Typed.",
        forecast_on=date(2012, 12, 31),
        by=cast.board_member,
        on=date(2012, 11, 14),
    )
    before = dump()

    call_command("loaddata", *FIXTURES, verbosity=0)

    assert dump() == before


def test_one_bad_row_and_nothing_is_loaded(councils: None, tmp_path: object) -> None:
    """Case 74."""
    rows = json.loads((ROOT / "fixtures" / "harrow.json").read_text())
    text = json.dumps(rows).replace('"harrow"', '"harrow-again"').replace("Harrow Council", "Harrow Again")
    broken = json.loads(text)
    broken.append({"model": "improvement.plan", "fields": {"council": ["nowhere"], "slug": "x"}})
    file = tmp_path / "broken.json"  # type: ignore[operator]
    file.write_text(json.dumps(broken))
    before = dump()

    with pytest.raises(Exception, match="Problem installing fixture"):
        call_command("loaddata", str(file), verbosity=0)

    assert dump() == before


def test_fixtures_name_no_row_by_its_number() -> None:
    """Natural keys only, so that they load beside other councils."""
    for name in demonstration.FIXTURES:
        rows = json.loads((ROOT / "fixtures" / f"{name}.json").read_text())
        assert [row["model"] for row in rows if "pk" in row] == []


def test_fixtures_bring_no_account(councils: None) -> None:
    """Case 85."""
    for name in demonstration.FIXTURES:
        rows = json.loads((ROOT / "fixtures" / f"{name}.json").read_text())
        models = {row["model"] for row in rows}
        assert models & {"improvement.user", "improvement.membership", "improvement.holding"} == set()
