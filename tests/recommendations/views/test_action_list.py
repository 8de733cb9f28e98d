"""All actions of a plan: narrowed, sorted, paged."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import LeadOfficer, Plan, Rating
from recommendations.models import Action, Recommendation
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES
from tests.factories import ActionFactory, ProgressUpdateFactory
from tests.pages import apart_from_reference, heading, links, text, without_tokens

LIST = f"{HARROW_PAGES}actions/"


def shown(client: Client, query: str = "", path: str = LIST) -> list[str]:
    """The actions on one page of the list, as "S2 (1)"."""
    response = client.get(f"{path}?{query}" if query else path)
    assert response.status_code == 200
    return re.findall(r'wm-table__ref"[^>]*>([^<]+)</a>', response.content.decode())


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "who", ["as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_plan_administrator", "as_reader"]
)
def test_every_member_reads_it(request: pytest.FixtureRequest, who: str) -> None:
    response = request.getfixturevalue(who).get(LIST)

    assert (response.status_code, heading(response)) == (200, "101 actions")
    assert "Harrow Council stands at 14 November 2012" in text(response)


def test_the_first_page_in_the_plans_order(as_reader: Client) -> None:
    actions = shown(as_reader)

    assert len(actions) == 25
    assert actions[:4] == ["S1 (9)", "S1 (10)", "S1 (11)", "S2 (1)"]


def test_every_page_once_has_every_action(as_reader: Client, harrow: Plan) -> None:
    pages = [shown(as_reader, f"page={page}&per_page=50") for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [50, 50, 1]
    assert sum(pages, []) == [str(action) for action in Action.objects.for_plan(harrow).in_plan_order()]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "1–25 of 101 actions"),
        ("page=2", "26–50 of 101 actions"),
        ("page=5", "101 of 101 actions"),
        ("overdue=yes", "1–25 of 40 actions"),
    ],
)
def test_above_and_below_the_list_stands_which_part_it_is(as_reader: Client, query: str, words: str) -> None:
    assert text(as_reader.get(f"{LIST}?{query}")).count(f" {words} ") == 2


def test_a_list_of_one_page_names_no_part(as_reader: Client) -> None:
    assert "wm-range" not in as_reader.get(f"{LIST}?stage=complete").content.decode()


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(request: pytest.FixtureRequest, who: str) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)

    answer = client.get(LIST)

    assert answer.status_code == 404
    assert apart_from_reference(answer) == apart_from_reference(client.get("/never/was/actions/"))


def test_a_plan_under_the_other_councils_address_is_a_404(
    as_reader: Client, as_northmoor_administrator: Client
) -> None:
    """Case 24, both orders."""
    statuses = [
        client.get(path).status_code
        for client in (as_reader, as_northmoor_administrator)
        for path in ("/harrow/improvement-2025/actions/", "/northmoor/children-and-families-2012/actions/")
    ]

    assert statuses == [404, 404, 404, 404]


def test_signed_out(signed_out: Client) -> None:
    response = signed_out.get(LIST)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={LIST}")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_wrong_method(as_plan_administrator: Client, method: str) -> None:
    """Case 40."""
    response = getattr(as_plan_administrator, method)(LIST)

    assert (response.status_code, heading(response)) == (405, "This page does not work that way")


# Who may update where


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("as_board_member", True),
        ("as_plan_administrator", True),
        ("as_scrutiny_officer", False),
        ("as_reader", False),
    ],
)
def test_updates_of_open_work_are_offered_to_those_who_may(
    request: pytest.FixtureRequest, who: str, may: bool
) -> None:
    response = request.getfixturevalue(who).get(LIST)

    open_still = [row for row in response.context["rows"] if not row.standing.is_ended]
    offered = [path for path in links(response) if path.endswith("/update/")]
    assert len(offered) == (len(open_still) if may else 0)
    assert 0 < len(open_still) < 25


def test_a_lead_officer_is_offered_their_own(as_lead_officer: Client, harrow: Plan) -> None:
    response = as_lead_officer.get(f"{LIST}?per_page=100")

    offered = [tuple(path.split("/")[-4:-2]) for path in links(response) if path.endswith("/update/")]
    on = date(2012, 11, 14)
    own = Action.objects.for_plan(harrow).led_by(LeadOfficer.objects.filter(abbreviation="SM QA"), on=on)
    first_hundred = list(Action.objects.for_plan(harrow).in_plan_order().values_list("pk", flat=True)[:100])
    assert offered == [
        (action.recommendation.reference, action.number)
        for action in own.as_of(on).open().filter(pk__in=first_hundred).with_recommendation().in_plan_order()
    ]


def test_the_past_offers_none(as_board_member: Client) -> None:
    response = as_board_member.get(f"{LIST}?on=2012-10-01")

    assert [path for path in links(response) if path.endswith("/update/")] == []
    assert "as it stood on 1 October 2012" in text(response)


def test_the_day_stays_in_every_link_of_the_list(as_reader: Client) -> None:
    response = as_reader.get(f"{LIST}?on=2012-10-01&sort=due")

    leading = [path for path in links(response) if path.startswith((LIST, "?")) or "actions.csv" in path]
    without_day = [path for path in leading if "on=2012-10-01" not in path]
    assert len(leading) > 30
    assert without_day == [f"{LIST}?sort=due"]  # the banner's way back


# Narrowing


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("overdue=yes", "40 actions found"),
        ("due=passed", "62 actions found"),
        ("stage=complete", "22 actions found"),
        ("rating=green", "21 actions found"),
        ("rating=none", "80 actions found"),
        ("rating=red", "0 actions found"),
        ("recommendation=S1", "3 actions found"),
        ("lead=Midwife&recommendation=S1", "0 actions found"),
        ("q=LAC7", "5 actions found"),
    ],
)
def test_it_is_narrowed_by_its_address(as_reader: Client, query: str, count: str) -> None:
    response = as_reader.get(f"{LIST}?{query}")

    assert heading(response) == count


def test_one_is_one(as_reader: Client, harrow: Plan) -> None:
    response = as_reader.get(f"{LIST}?recommendation=S1&q=letter")

    assert heading(response) == "1 action found"


def test_what_narrows_it_can_be_taken_off_one_by_one(as_reader: Client) -> None:
    response = as_reader.get(f"{LIST}?stage=complete&rating=none&sort=due")

    assert f"{LIST}?rating=none&sort=due" in links(response)
    assert f"{LIST}?stage=complete&sort=due" in links(response)


def test_nothing_found_says_so(as_reader: Client) -> None:
    response = as_reader.get(f"{LIST}?q=zzzz")

    assert heading(response) == "0 actions found"
    assert shown(as_reader, "q=zzzz") == []


@pytest.mark.parametrize(
    "query",
    [
        "stage=asleep",
        "rating=blue",
        "lead=nobody",
        "organisation=x",
        "theme=front-door",
        "recommendation=N1",
        "overdue=no",
    ],
)
def test_bad_input_is_named_and_shows_nothing(as_reader: Client, query: str) -> None:
    """Case 25: what another council has is no choice here."""
    response = as_reader.get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert "There is a problem" in text(response)
    assert shown(as_reader, query) == []


@pytest.mark.parametrize("day", ["x", "2012-02-30", "31.9.12", "\x00", "9" * 500])
def test_a_bad_day_is_named(as_reader: Client, day: str) -> None:
    response = as_reader.get(LIST, {"not_updated_since": day})

    assert response.status_code == 200
    assert text(response).count("Write the day as day, month and year, for example 14/09/2012.") == 2
    assert 'type="date"' not in response.content.decode()
    assert f'name="not_updated_since" class="govuk-input" value="{day}"' in response.content.decode()


@pytest.mark.parametrize(
    ("query", "ticked"),
    [("", []), ("overdue=yes", ["overdue"]), ("silent=yes&overdue=yes", ["overdue", "silent"])],
)
def test_yes_is_a_tick(as_reader: Client, query: str, ticked: list[str]) -> None:
    source = as_reader.get(f"{LIST}?{query}").content.decode()

    boxes = re.findall(r'<input type="checkbox" name="(\w+)"[^>]*value="yes"[^>]*?(checked)?>', source)
    assert [name for name, _ in boxes] == ["overdue", "silent", "moved"]
    assert [name for name, checked in boxes if checked] == ticked


def test_what_is_ticked_is_taken_off_by_its_name(as_reader: Client) -> None:
    response = as_reader.get(f"{LIST}?overdue=yes&silent=yes&stage=in-progress")

    assert response.context["filter"].asked == [
        ("overdue", "Overdue", ""),
        ("silent", "Not updated for 30 days", ""),
        ("stage", "Stage", "In progress"),
    ]
    assert f"{LIST}?silent=yes&stage=in-progress" in links(response)


def test_choices_are_the_councils_own(as_reader: Client) -> None:
    """Case 25."""
    source = without_tokens(as_reader.get(LIST))

    assert [
        word for word in ("Northmoor", "northmoor", "front-door", "N1", "Quality lead") if word in source
    ] == []


@pytest.mark.parametrize(
    "search",
    [
        "100%",
        "a_b",
        "it's",
        'say "so"',
        "back\\slash",
        "; DROP TABLE x",
        "{{ 7*7 }}",
        "{event.__class__}",
        "%s",
        "<script>alert(1)</script>",
    ],
)
def test_signs_in_a_search_mean_themselves(
    as_northmoor_administrator: Client, northmoor: Plan, search: str
) -> None:
    """Cases 46 and 47."""
    path = f"{NORTHMOOR_PAGES}actions/"
    ActionFactory(
        recommendation=Recommendation.objects.get(plan=northmoor),
        number="9",
        position=9,
        original_text=f"Here: {search}.",
    )

    response = as_northmoor_administrator.get(path, {"q": search})

    found = re.findall(r'wm-table__ref"[^>]*>([^<]+)</a>', response.content.decode())
    assert found == ["N1 (9)"]
    assert f"Here: {search}." in text(response) or "<script>" in search
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("search", ["%", "_", "%%", "\\", "'", "*", ".*", "\u202e", "\x01"])
def test_signs_that_occur_nowhere_find_nothing(
    as_northmoor_administrator: Client, northmoor: Plan, search: str
) -> None:
    """Case 47."""
    response = as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}actions/", {"q": search})

    assert (response.status_code, heading(response)) == (200, "0 actions found")


@pytest.mark.parametrize("search", ["\x00", "a\x00b"])
def test_a_nul_in_a_search_is_refused_in_words(as_reader: Client, search: str) -> None:
    """Case 47."""
    response = as_reader.get(LIST, {"q": search})

    assert response.status_code == 200
    assert "There is a problem" in text(response)


def test_a_search_that_is_too_long_is_refused_in_words(as_reader: Client) -> None:
    """Case 92."""
    response = as_reader.get(LIST, {"q": "word " * 50})

    assert response.status_code == 200
    assert "There is a problem" in text(response)


def test_every_word_must_occur(as_reader: Client) -> None:
    both = set(shown(as_reader, "q=training+legal&per_page=100"))
    one = set(shown(as_reader, "q=training&per_page=100"))
    other = set(shown(as_reader, "q=legal&per_page=100"))

    assert both == one & other
    assert 0 < len(both) < len(one)


def test_parameters_that_are_none_of_its_own_change_nothing(as_reader: Client) -> None:
    """Cases 27 and 30."""
    asked = "stage__in=complete&_connector=OR&recommendation__plan=2&pk=1&council=northmoor&owner__password=x"

    assert shown(as_reader, asked) == shown(as_reader)


def test_of_a_parameter_given_twice_the_last_counts(as_reader: Client) -> None:
    """Case 27."""
    assert shown(as_reader, "recommendation=S1&recommendation=S2") == shown(as_reader, "recommendation=S2")


# Order


def test_by_due_date_and_backwards(as_reader: Client, harrow: Plan) -> None:
    dated = "due=passed&per_page=100"
    days = {
        str(action): action.original_due_on
        for action in Action.objects.for_plan(harrow).with_recommendation()
    }

    forwards = [days[name] for name in shown(as_reader, f"{dated}&sort=due")]
    backwards = [days[name] for name in shown(as_reader, f"{dated}&sort=-due")]

    assert forwards == sorted(forwards)
    assert backwards == sorted(backwards, reverse=True)
    assert len(forwards) == 62


@pytest.mark.parametrize("sort", ["reference", "lead", "due", "stage", "rating", "updated"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_every_order_has_every_action_once(as_reader: Client, sort: str, sign: str) -> None:
    pages = [shown(as_reader, f"sort={sign}{sort}&per_page=100&page={page}") for page in (1, 2)]

    assert [len(page) for page in pages] == [100, 1]
    assert len(set(sum(pages, []))) == 101


@pytest.mark.parametrize(
    "sort",
    [
        "owner__password",
        "-owner__password",
        "leads__lead_officer__holdings__user__password",
        "text",
        "pk",
        "id",
        "version",
        "first_lead",
        "recommendation__plan__council__name",
        "?",
        "-",
        "",
        "due_on; DROP TABLE x",
    ],
)
def test_an_unknown_order_is_the_plans_own(as_reader: Client, sort: str) -> None:
    """Case 30."""
    assert shown(as_reader, f"sort={sort}") == shown(as_reader)


# Pages


@pytest.mark.parametrize("size", ["100000", "-1", "0", "26", "x", "", "1e3", "100.0", "9" * 5000, "²5"])
def test_an_unknown_page_size_is_the_smallest(as_reader: Client, size: str) -> None:
    """Case 91."""
    assert len(shown(as_reader, f"per_page={size}")) == 25


@pytest.mark.parametrize(("size", "rows"), [("25", 25), ("50", 50), ("100", 100)])
def test_page_sizes(as_reader: Client, size: str, rows: int) -> None:
    assert len(shown(as_reader, f"per_page={size}")) == rows


@pytest.mark.parametrize("page", ["0", "-1", "6", "x", str(10**30), "9" * 5000, "1.5"])
def test_a_page_that_is_none_is_the_first_or_the_last(as_reader: Client, page: str) -> None:
    """Case 91."""
    actions = shown(as_reader, f"page={page}")

    assert actions in (shown(as_reader), shown(as_reader, "page=5"))


# Queries


def add_rows(plan: Plan, numbers: range) -> None:
    last = Recommendation.objects.get(plan=plan, reference="S11")
    post = LeadOfficer.objects.get(council=plan.council, abbreviation="SM QA")
    for number in numbers:
        made = ActionFactory(
            recommendation=last,
            number=str(number),
            position=number,
            original_text="Unmistakable.",
            leads=[post],
        )
        ProgressUpdateFactory(action=made, rating=Rating.objects.get_by_natural_key("rag", "green"))


@pytest.mark.parametrize("who", ["as_board_member", "as_lead_officer", "as_reader"])
def test_one_row_three_and_a_hundred_cost_the_same_queries(
    request: pytest.FixtureRequest, harrow: Plan, who: str
) -> None:
    """Case 95."""
    client: Client = request.getfixturevalue(who)
    path = f"{LIST}?q=unmistakable&per_page=100"

    add_rows(harrow, range(101, 102))
    one = queries(client, path)
    add_rows(harrow, range(102, 104))
    three = queries(client, path)
    add_rows(harrow, range(104, 201))
    hundred = queries(client, path)

    assert len(shown(client, "q=unmistakable&per_page=100")) == 100
    assert (three, hundred) == (one, one)
    assert one <= 20
