"""The plan as it would be, beside its file; and mending it there."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Change, LeadOfficer
from recommendations.intake import written
from recommendations.intake.plan_read import PostRead
from recommendations.models import Action, Intake
from tests.cast import Cast
from tests.pages import heading, links, text
from tests.recommendations.views.doors import assert_methods, assert_signed_out
from tests.recommendations.views.intakes import LIST, certain, intake_of, long, read


@pytest.fixture
def intake(cast: Cast) -> Intake:
    return intake_of(cast.plan_administrator)


def page_of(intake: Intake, query: str = "") -> str:
    return f"{LIST}{intake.pk}/preview/{query}"


def due_of(intake: Intake) -> tuple[str, str]:
    intake.refresh_from_db()
    due = written.plan_from(intake.understood).recommendations[0].actions[0].due
    return str(due.value.on), due.sure.value


def test_what_is_unsure_comes_first_and_can_be_mended(as_plan_administrator: Client, intake: Intake) -> None:
    response = as_plan_administrator.get(page_of(intake))

    shown = response.context["page_obj"].object_list
    open_forms = [form["key"].value() for each in shown for row in each.rows for form in row.forms]
    assert (response.status_code, heading(response)) == (200, "The plan as it would be")
    assert [figure["value"] for figure in response.context["figures"]] == [2, 3, 2, 2]
    assert [each.item.name for each in shown] == ["S1 (1)", "S1 (2)"]
    assert open_forms == ["S1 (1)/due", "S1 (2)/stage"]
    assert "September has 30 days" in text(response)
    assert "Nothing is loaded yet." in text(response)


def test_everything_stands_beside_its_cells(as_plan_administrator: Client, intake: Intake) -> None:
    response = as_plan_administrator.get(page_of(intake, "?show=all"))

    shown = response.context["page_obj"].object_list
    due = next(row.value for row in shown[2].rows if row.value.part == "due")
    assert [each.item.name for each in shown] == ["S1", "S1 (1)", "S1 (2)", "S2", "S2 (1)"]
    assert due.shown == "March 2013, so by 31 March 2013"
    assert [(spot.where, spot.text) for spot in due.spots] == [("Table 1, row 3, “By when”", "March 2013")]
    assert [row.value.part for row in shown[0].absent] == ["theme", "timescale", "outcome"]
    assert "A comment is not part of the plan (Table 1, row 2)" in text(response)


def test_lead_officers_are_matched_to_posts(as_plan_administrator: Client, intake: Intake) -> None:
    response = as_plan_administrator.get(page_of(intake, "?show=leads"))

    leads = response.context["page_obj"].object_list
    assert [(lead.read.abbreviation, bool(lead.post), lead.actions) for lead in leads] == [
        ("HoS", False, 2),
        ("DCS", True, 2),
    ]


def test_lead_officers_stand_by_what_is_known_of_them(as_plan_administrator: Client, cast: Cast) -> None:
    plan = replace(read(), posts=(*read().posts, PostRead("HoP", "Head of Placements", True, ())))
    page = page_of(intake_of(cast.plan_administrator, plan), "?show=leads")

    response = as_plan_administrator.get(page)

    found = response.context["groups"]
    assert [(group.kind, group.count, group.is_open) for group in found] == [
        ("check", 1, True),
        ("new", 1, True),
        ("here", 1, False),
    ]
    assert [[lead.read.abbreviation for lead in group.leads] for group in found] == [
        ["HoS"],
        ["HoP"],
        ["DCS"],
    ]
    assert "To check (1)" in text(response)
    assert "New posts, named by the file’s own key (1)" in text(response)
    assert "Posts that are here already (1)" in text(response)


def test_later_pages_of_lead_officers_are_not_folded(as_plan_administrator: Client, cast: Cast) -> None:
    one = LeadOfficer.objects.get_by_natural_key("harrow", "DCS")
    LeadOfficer.objects.bulk_create(
        LeadOfficer(
            council=one.council, organisation=one.organisation, abbreviation=f"P{number}", title="Post"
        )
        for number in range(60)
    )
    plan = replace(read(), posts=tuple(PostRead(f"P{number}", "", False, ()) for number in range(60)))
    page = page_of(intake_of(cast.plan_administrator, plan), "?show=leads&page=2")

    response = as_plan_administrator.get(page)

    assert [(group.count, len(group.leads), group.is_open) for group in response.context["groups"]] == [
        (60, 10, True)
    ]
    assert "?show=leads&page=1#parts" in links(response)


def test_from_part_to_part_the_page_stays_where_the_parts_begin(
    as_plan_administrator: Client, intake: Intake
) -> None:
    response = as_plan_administrator.get(page_of(intake))

    addresses = [figure["url"] for figure in response.context["figures"]]
    addresses += [url for _, url, _ in response.context["parts"]]
    assert {address.partition("#")[2] for address in addresses} == {"parts"}
    assert 'id="parts"' in response.content.decode()


def test_what_has_no_place_is_shown(as_plan_administrator: Client, intake: Intake) -> None:
    response = as_plan_administrator.get(page_of(intake, "?show=kept"))

    kept = response.context["page_obj"].object_list
    assert [(each.where, each.text) for each in kept] == [("Table 1, row 2, “Notes”", "See file")]


def test_without_anything_to_look_at_it_begins_with_everything(
    as_plan_administrator: Client, cast: Cast
) -> None:
    response = as_plan_administrator.get(page_of(intake_of(cast.plan_administrator, certain())))

    assert response.context["show"] == "all"


def test_a_value_is_mended_where_it_stands(as_plan_administrator: Client, intake: Intake) -> None:
    sent = {"key": "S1 (1)/due", "version": 1, "value": "30.9.12"}

    response = as_plan_administrator.post(page_of(intake, "?show=look"), sent)

    assert (response.status_code, response["Location"]) == (
        302,
        page_of(intake, "?show=look&saved=S1+%281%29%2Fdue#saved"),
    )
    assert (due_of(intake), intake.version) == (("2012-09-30", "certain"), 2)
    assert "To look at (1)" in text(as_plan_administrator.get(page_of(intake)))
    assert Action.objects.filter(recommendation__plan__slug="our-plan").count() == 0


def test_what_was_saved_is_said_where_it_was_shown(as_plan_administrator: Client, intake: Intake) -> None:
    look = as_plan_administrator.get(page_of(intake, "?show=look&saved=S1+%281%29%2Fdue"))
    everything = as_plan_administrator.get(page_of(intake, "?show=all&saved=S1+%282%29%2Fstage"))
    renamed = as_plan_administrator.get(page_of(intake, "?show=all&saved=S1+%287%29%2Fnumber"))
    post = as_plan_administrator.get(page_of(intake, "?show=leads&saved=post%2FHoS"))

    found = [each.context["saved"] for each in (look, everything, renamed, post)]
    assert [each.words for each in found] == [
        "Due of S1 (1) is saved.",
        "Stage of S1 (2) is saved.",
        "What you wrote is saved.",
        "Which post HoS is, is saved.",
    ]
    assert [each.content.decode().count('id="saved"') for each in (look, everything, renamed)] == [1, 1, 1]
    assert (look.context["saved_in_place"], everything.context["saved_in_place"]) == (False, True)
    assert "2 values left to look at." in text(look)


def test_of_two_with_one_number_only_the_first_can_be_changed(
    as_plan_administrator: Client, cast: Cast
) -> None:
    plan = read()
    first, *others = plan.recommendations
    one, two = first.actions
    twins = (one, replace(two, number=one.number))
    plan = replace(plan, recommendations=(replace(first, actions=twins), *others))

    response = as_plan_administrator.get(page_of(intake_of(cast.plan_administrator, plan), "?show=look"))

    shown = [each for each in response.context["page_obj"].object_list if each.item.name == "S1 (1)"]
    forms = [[form["key"].value() for row in each.rows for form in row.forms] for each in shown]
    assert [each.is_second for each in shown] == [False, True]
    assert [bool(each) for each in forms] == [True, False]
    assert [row.mend_url for row in shown[1].rows] == [""] * len(shown[1].rows)
    assert "One above is S1 (1) as well." in text(response)


def test_after_the_last_value_the_way_goes_on(as_plan_administrator: Client, cast: Cast) -> None:
    page = page_of(intake_of(cast.plan_administrator, certain()), "?show=look")

    response = as_plan_administrator.get(page)

    assert (response.context["show"], response.context["ends_with_button"]) == ("look", True)
    assert "Nothing to look at" in text(response)


def test_what_was_typed_stays_though_somebody_else_put_it_right(
    as_plan_administrator: Client, cast: Cast
) -> None:
    """Case 104."""
    intake = intake_of(cast.plan_administrator, certain(), version=2)

    response = as_plan_administrator.post(
        page_of(intake), {"key": "S1 (1)/due", "version": 1, "value": "30.9.12"}
    )

    typed = [
        form["value"].value()
        for each in response.context["page_obj"].object_list
        for row in each.rows
        for form in row.forms
    ]
    assert (response.status_code, response.context["show"], typed) == (409, "look", ["30.9.12"])


def test_a_value_is_right_as_it_is(as_plan_administrator: Client, intake: Intake) -> None:
    as_plan_administrator.post(page_of(intake), {"key": "S1 (1)/due", "version": 1, "value": "31.9.12"})

    assert due_of(intake) == ("None", "certain")


def test_a_post_is_chosen(as_plan_administrator: Client, intake: Intake) -> None:
    as_plan_administrator.post(
        page_of(intake, "?show=leads"), {"key": "post/HoS", "version": 1, "value": "SM QA"}
    )

    intake.refresh_from_db()
    actions = written.plan_from(intake.understood).recommendations[0].actions
    assert [action.leads.value for action in actions] == [("DCS", "SM QA"), ("SM QA",)]


def test_a_post_that_somebody_else_changed_meanwhile_stays_open(
    as_plan_administrator: Client, cast: Cast
) -> None:
    page = page_of(intake_of(cast.plan_administrator, version=2), "?show=leads")

    response = as_plan_administrator.post(page, {"key": "post/DCS", "version": 1, "value": "SM QA"})

    here = response.context["groups"][-1]
    form = here.leads[0].form
    assert (response.status_code, here.is_open, bool(form.errors)) == (409, True, True)
    assert (form["value"].value(), form["version"].value()) == ("SM QA", "2")


def test_a_form_opens_where_it_was_asked_for(as_plan_administrator: Client, intake: Intake) -> None:
    response = as_plan_administrator.get(page_of(intake, "?show=all&mend=S1+%282%29%2Fstanding"))

    shown = response.context["page_obj"].object_list
    forms = [form["key"].value() for each in shown for row in each.rows for form in row.forms]
    assert forms == ["S1 (2)/stage", "S1 (2)/rating", "S1 (2)/standing"]


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("S1 (1)/text", "", "Write what it should say."),
        ("S1 (2)/stage", "never", "Choose one of the stages."),
        ("S9 (1)/due", "1.1.2013", "The file no longer has this value."),
        ("post/Nobody", "SM QA", "The file no longer has this value."),
        ("S1 (1)/version", "x", "This value cannot be changed here."),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    as_plan_administrator: Client, intake: Intake, key: str, value: str, sentence: str
) -> None:
    response = as_plan_administrator.post(
        page_of(intake, "?show=all"), {"key": key, "version": 1, "value": value}
    )

    intake.refresh_from_db()
    assert response.status_code == 422
    assert sentence in text(response)
    assert (intake.version, Change.objects.count()) == (1, 0)


def test_somebody_else_was_quicker(as_plan_administrator: Client, intake: Intake) -> None:
    Intake.objects.filter(pk=intake.pk).update(version=2)

    response = as_plan_administrator.post(
        page_of(intake, "?show=all"), {"key": "S1 (1)/due", "version": 1, "value": "30.9.12"}
    )

    form = next(
        form
        for each in response.context["page_obj"].object_list
        for row in each.rows
        for form in row.forms
        if form["key"].value() == "S1 (1)/due"
    )
    assert response.status_code == 409
    assert "Somebody changed this while you were looking at it." in text(response)
    assert (form["value"].value(), form["version"].value()) == ("30.9.12", "2")
    assert due_of(intake) == ("None", "unsure")


def test_a_long_plan_is_paged(as_plan_administrator: Client, cast: Cast) -> None:
    page = page_of(intake_of(cast.plan_administrator, long(60)), "?show=all")

    pages = [as_plan_administrator.get(f"{page}&page={number}").context["page_obj"] for number in (1, 7)]

    assert [len(each.object_list) for each in pages] == [10, 1]


def test_queries_do_not_grow(as_plan_administrator: Client, cast: Cast) -> None:
    counts = []
    for actions in (1, 3):
        page = page_of(
            intake_of(cast.plan_administrator, long(actions), sha256=f"{actions:064}"), "?show=all"
        )
        with CaptureQueriesContext(connection) as queries:
            as_plan_administrator.get(page)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_words_of_the_file_are_never_markup(as_plan_administrator: Client, cast: Cast) -> None:
    """Case 42."""
    evil = "<script>alert(1)</script>"
    plan = written.plan_from({**written.as_json(read()), "notices": [{"what": evil}]})

    response = as_plan_administrator.get(page_of(intake_of(cast.plan_administrator, plan)))

    assert evil not in response.content.decode()


def test_signed_out(signed_out: Client, intake: Intake) -> None:
    assert_signed_out(signed_out, page_of(intake))


def test_wrong_method(as_plan_administrator: Client, intake: Intake) -> None:
    """Case 40."""
    assert_methods(as_plan_administrator, page_of(intake), "GET, HEAD, POST")
