"""An organisation's page and a lead officer's: their share of a plan."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import LeadOfficer, Plan
from recommendations.models import Recommendation
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES
from tests.factories import ActionFactory, RiskFactory
from tests.pages import heading, links, text
from tests.recommendations.views.doors import assert_methods, assert_only_for_members, assert_signed_out

NHS = f"{HARROW_PAGES}organisations/nhs-harrow/"
LEAD = f"{HARROW_PAGES}lead-officer/?lead=SM+QA"


@pytest.mark.parametrize(
    ("page", "title", "sentence"),
    [
        (NHS, "NHS Harrow", "13 of 18 actions that should be finished are not"),
        (LEAD, "Service Manager, Quality Assurance", "4 of 11 actions that should be finished are not"),
    ],
)
def test_how_its_share_stands(as_reader: Client, page: str, title: str, sentence: str) -> None:
    response = as_reader.get(page)

    assert (response.status_code, heading(response)) == (200, title)
    assert sentence in text(response)


@pytest.mark.once
@pytest.mark.parametrize("page", [NHS, LEAD])
def test_every_figure_leads_to_a_list_of_as_many_actions(as_reader: Client, page: str) -> None:
    source = as_reader.get(page).content.decode()
    numbers = dict(re.findall(rf'<a [^>]*href="{HARROW_PAGES}actions/\?([^"]+)"[^>]*>(\d+)</a>', source))

    counts = {
        query: str(
            as_reader.get(f"{HARROW_PAGES}actions/?{query.replace('&amp;', '&')}")
            .context["table"]
            .paginator.count
        )
        for query in numbers
    }

    assert len(numbers) > 20
    assert counts == numbers


def test_an_organisation_leads_to_its_posts_and_they_to_it(as_reader: Client) -> None:
    assert f"{HARROW_PAGES}lead-officer/?lead=Des+Nurse" in links(as_reader.get(NHS))
    assert NHS in links(as_reader.get(f"{HARROW_PAGES}lead-officer/?lead=Des+Nurse"))
    assert {NHS, LEAD} <= set(links(as_reader.get(HARROW_PAGES)))


def test_its_questions_and_risks(as_reader: Client, harrow: Plan) -> None:
    RiskFactory(
        plan=harrow,
        title="Reviews wait",
        owner=LeadOfficer.objects.get(council=harrow.council, abbreviation="SM QA"),
    )

    response = as_reader.get(LEAD)

    count = response.context["share"].questions.count
    listed = as_reader.get(f"{HARROW_PAGES}questions/?lead=SM+QA")
    assert f"All {count} questions" in text(response)
    assert f"{HARROW_PAGES}questions/?lead=SM+QA" in links(response)
    assert f"{count} question" in text(listed)
    assert "Reviews wait" in text(response)


@pytest.mark.parametrize("page", [NHS, f"{LEAD}"])
def test_before_the_plan_began(as_reader: Client, page: str) -> None:
    words = text(as_reader.get(f"{page}{'&' if '?' in page else '?'}on=2012-09-01"))

    assert "led no action of this plan on this day" in words


@pytest.mark.parametrize("page", ["organisations/nobody/", "lead-officer/?lead=Nobody", "lead-officer/"])
def test_who_is_not_known_is_a_404(as_reader: Client, page: str) -> None:
    assert as_reader.get(f"{HARROW_PAGES}{page}").status_code == 404


@pytest.mark.parametrize("page", [NHS, LEAD])
def test_doors(
    request: pytest.FixtureRequest, signed_out: Client, as_plan_administrator: Client, page: str
) -> None:
    assert_only_for_members(request, page)
    assert_methods(as_plan_administrator, page, "GET, HEAD")
    assert signed_out.get(page).status_code == 302


def test_signed_out(signed_out: Client) -> None:
    assert_signed_out(signed_out, NHS)


@pytest.mark.parametrize("page", ["organisations/northmoor-council/", "lead-officer/?lead=SM+QA"])
def test_its_queries_do_not_grow(as_northmoor_administrator: Client, northmoor: Plan, page: str) -> None:
    only, post = (
        Recommendation.objects.get(plan=northmoor),
        LeadOfficer.objects.get(council=northmoor.council),
    )

    def asked() -> int:
        ActionFactory(recommendation=only, leads=[post], original_due_on=date(2025, 6, 30))
        RiskFactory(plan=northmoor, owner=post)
        with CaptureQueriesContext(connection) as queries:
            as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}{page}")
        return len(queries)

    assert asked() == asked() == asked()
