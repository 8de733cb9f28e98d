"""The three councils that the cast does not have, loaded once for each module of tests."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction

from improvement.demonstration import SHIPPED
from improvement.models import Council, Inspection, Plan


@pytest.fixture(scope="module")
def papers(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Everything is taken back when the module ends."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        call_command("loaddata", *SHIPPED, "haringey", "herefordshire", "hillingdon", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def herefordshire(papers: None, db: None) -> Plan:
    return _plan("herefordshire", "supporting-and-protecting-children-2012")


@pytest.fixture
def haringey(papers: None, db: None) -> Plan:
    return _plan("haringey", "safeguarding-plan")


@pytest.fixture
def hillingdon(papers: None, db: None) -> Plan:
    return _plan("hillingdon", "childrens-services-2014")


def _plan(council: str, slug: str) -> Plan:
    return Plan.objects.select_related("council", "rating_scale").get(council__slug=council, slug=slug)


def grades(inspection: Inspection) -> dict[str, str]:
    """What was judged, by the area's slug."""
    return {row.area.slug: row.grade.name for row in inspection.judgements.select_related("area", "grade")}


def stands(council: Council) -> tuple[date | None, str]:
    return council.stands_at, council.stands_because
