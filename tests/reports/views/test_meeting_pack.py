"""A meeting's pack: the agenda and each ready paper in one file, in one click; the rest named with the reason."""

import json
from datetime import date

import pytest
from django.test import Client

from boards.models import Meeting, PackPaper, Readiness
from boards.workflow import at_meeting, meetings, minutes, pack
from boards.workflow.rounds import open_round
from improvement.models import Change, Plan
from reports.models import Paragraph, Report, ReportFile
from tests.boards.meetings import BOARD, HELD, MEETING, TODAY, arranged, board
from tests.cast import Cast
from tests.pages import links, text
from tests.recommendations.views.doors import assert_methods, assert_only_for_keepers, assert_signed_out

pytestmark = pytest.mark.once

PACK, CHOOSE = f"{MEETING}pack/", f"{MEETING}pack/choose/"


@pytest.fixture
def meeting(harrow: Plan, cast: Cast) -> Meeting:
    return arranged(cast)


def parts() -> list[str]:
    return [part["key"] for part in json.loads(ReportFile.objects.get().source)["parts"]]


def words_of_file() -> str:
    source = json.loads(ReportFile.objects.get().source)
    return " ".join(piece for part in source["parts"] for piece in part["pieces"])


def set_paper(meeting: Meeting, source: str, readiness: Readiness, reason: str, cast: Cast) -> None:
    paper = PackPaper.objects.get(meeting=meeting, source=source)
    pack.set_paper(paper=paper, readiness=readiness, reason=reason, by=cast.plan_administrator, on=TODAY)


def test_one_click_on_the_meeting_makes_the_pack(as_reader: Client, meeting: Meeting) -> None:
    page = as_reader.get(MEETING)

    response = as_reader.post(PACK, {"format": "pdf"})

    file = ReportFile.objects.get()
    assert f'action="{PACK}"' in page.content.decode()
    assert response.status_code == 302
    assert (file.title, file.paper) == ("Board pack", "improvement-board-2012-11-14")
    assert parts() == [
        *("contents", "paper-1-paper"),
        *("paper-2-highlights", "paper-2-exceptions"),
        "paper-3-paper",
    ]


def test_what_waymark_makes_is_ready_and_the_rest_waits(as_reader: Client, meeting: Meeting) -> None:
    words = text(as_reader.get(MEETING))

    assert "Highlight and exception report Ready" in words
    assert "Minutes of the last meeting Not ready" in words
    assert "The board's action log Ready" in words


def test_what_stays_out_is_named_with_the_reason(as_reader: Client, meeting: Meeting, cast: Cast) -> None:
    set_paper(meeting, "highlights", Readiness.EXCLUDED, "Figures are late.", cast)
    pack.add_paper(meeting=meeting, title="Supervision audit", by=cast.plan_administrator, on=TODAY)
    brought = PackPaper.objects.get(title="Supervision audit")
    ready = {"readiness": Readiness.READY, "by": cast.plan_administrator, "on": TODAY}
    pack.set_paper(paper=brought, **ready)

    words = text(as_reader.get(PACK))

    assert "Highlight and exception report Excluded Figures are late." in words
    assert "Minutes of the last meeting Not ready –" in words
    assert "Supervision audit Ready Brought by its author; it is sent apart from this file." in words
    assert "Children and Families Improvement Board, 14 November 2012" in words


def test_the_pack_holds_the_last_minutes_the_log_and_the_round(
    as_reader: Client, harrow: Plan, cast: Cast
) -> None:
    keeper = {"by": cast.plan_administrator, "on": TODAY}
    before = Meeting.objects.get(board=board(), on=date(2012, 9, 10))
    minutes.save_minutes(
        meeting=before, version=0, text="## Progress\n\nAll <agreed>.\n\n- One\n- Two", **keeper
    )
    when = [meetings.When(date(2012, 11, 21))]
    meeting = meetings.arrange_meetings(board=board(), when=when, **keeper)[0]
    at_meeting.raise_action(
        meeting=arranged(cast),
        what="Ask the hospital.",
        who="SM QA",
        due_on=None,
        by=cast.board_member,
        on=TODAY,
    )
    open_round(plan=harrow, meeting=meeting, **keeper)
    set_paper(meeting, "minutes", Readiness.READY, "", cast)

    as_reader.post(f"{BOARD}meetings/2012-11-21/pack/", {"format": "pdf"})

    words = words_of_file()
    assert "A draft: the board has not agreed them yet." in words
    assert "All &lt;agreed&gt;." in words
    assert "<ul><li>One</li><li>Two</li></ul>" in words
    assert "Ask the hospital." in words
    assert "0 of 79 answered" in words


def test_what_is_new_is_what_happened_since_the_last_meeting(as_reader: Client, meeting: Meeting) -> None:
    as_reader.post(PACK, {"format": "pdf"})

    assert "What changed since 10 September 2012" in words_of_file()


def test_papers_are_chosen_from_what_the_plan_makes(
    as_plan_administrator: Client, as_reader: Client, report: Report, meeting: Meeting
) -> None:
    plan = "children-and-families-2012"

    shown = text(as_plan_administrator.get(CHOOSE))
    answers = [
        as_plan_administrator.post(CHOOSE, {"paper": chosen, "title": title}).status_code
        for chosen, title in (
            (f"easy-read@{plan}", ""),
            (f"report:{report.slug}@{plan}", "For scrutiny"),
            (f"easy-read@{plan}", ""),
            ("easy-read@another", ""),
        )
    ]

    added = list(PackPaper.objects.filter(meeting=meeting, position__gt=3).values_list("title", "source"))
    assert "Our plan: easy read" in shown
    assert answers == [302, 302, 422, 422]
    assert added == [("Our plan: easy read", "easy-read"), ("For scrutiny", f"report:{report.slug}")]
    paper = PackPaper.objects.get(title="For scrutiny")
    as_plan_administrator.post(f"{MEETING}papers/{paper.position}/", {"readiness": "ready"})
    as_reader.post(PACK, {"format": "pdf"})
    assert [part for part in parts() if part.startswith(("paper-4", "paper-5"))] == [
        "paper-4-easy-read",
        "paper-5-report",
        "paper-5-appendix-a",
        "paper-5-appendix-b",
    ]


def test_an_exempt_report_is_not_offered_and_not_joined(
    as_plan_administrator: Client, report: Report, meeting: Meeting, cast: Cast
) -> None:
    keeper = {"by": cast.plan_administrator, "on": TODAY}
    source = f"report:{report.slug}"
    paper = pack.add_paper(meeting=meeting, title="For scrutiny", source=source, plan=report.plan, **keeper)
    pack.set_paper(paper=paper, readiness=Readiness.READY, **keeper)
    Report.objects.filter(pk=report.pk).update(
        exempt_paragraph=Paragraph.FINANCE, public_interest="Talks go on."
    )

    choices = as_plan_administrator.get(CHOOSE).content.decode()
    as_plan_administrator.post(PACK, {"format": "pdf"})

    assert source not in choices
    assert [part for part in parts() if part.startswith("paper-4")] == []
    assert ReportFile.objects.get().audience == "open"


def test_a_pack_of_a_past_day_is_read_and_not_made(as_reader: Client, meeting: Meeting) -> None:
    assert as_reader.get(f"{HELD}pack/?on=2012-10-01").status_code == 200
    assert as_reader.post(f"{HELD}pack/?on=2012-10-01").status_code == 403
    assert as_reader.get(f"{PACK}?on=2012-10-01").status_code == 404


def test_a_board_without_a_plan_has_no_pack(as_reader: Client, meeting: Meeting) -> None:
    board().plans.clear()

    response = as_reader.post(PACK, follow=True)

    assert "The board keeps no plan yet" in text(response)
    assert not ReportFile.objects.exists()


def test_who_comes_in(request: pytest.FixtureRequest, signed_out: Client) -> None:
    assert_only_for_keepers(request, f"{HELD}pack/choose/")
    assert_signed_out(signed_out, f"{HELD}pack/")
    assert request.getfixturevalue("as_northmoor_administrator").get(f"{HELD}pack/").status_code == 404


def test_wrong_methods(as_plan_administrator: Client, meeting: Meeting) -> None:
    for page in (PACK, CHOOSE):
        assert_methods(as_plan_administrator, page, "GET, HEAD, POST")
    assert CHOOSE in links(as_plan_administrator.get(MEETING))
    assert Change.objects.filter(verb="add_paper").count() == 0
