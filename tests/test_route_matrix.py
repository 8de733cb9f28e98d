"""Every address by every role and method, of one's own council and of another's. Case 22.

An address that is missing here fails: who may reach it has to be written down before it is served.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from improvement.models import User
from tests.cast import HARROW_PAGES, Cast

MEMBERS = ("reader", "scrutiny_officer", "lead_officer", "board_member", "plan_administrator")
OUTSIDERS = ("stranger", "staff", "northmoor_administrator")
SIGNED_IN = (*MEMBERS, *OUTSIDERS)
PAPER = f"{HARROW_PAGES}reports/overview-and-scrutiny-2012-11-14/"
ACTION = f"{HARROW_PAGES}actions/S2/1/"
UPDATE = f"{ACTION}update/"
EVIDENCE = f"{HARROW_PAGES}evidence/00000000-0000-4000-8000-000000000000/"
BOARD = "/harrow/boards/improvement-board/"
MEETING = f"{BOARD}meetings/2012-09-10/"
INTAKE = "/harrow/intake/1000000/"
RISK = f"{HARROW_PAGES}risks/new-framework/"
Statuses = dict[str, int]


def everybody(status: int, *, signed_out: int = 302, **others: int) -> Statuses:
    return {"signed_out": signed_out, **dict.fromkeys(SIGNED_IN, status), **others}


def members(status: int, outsiders: int = 404, **others: int) -> Statuses:
    """The council's own, everybody else, and whoever differs."""
    return {
        "signed_out": 302,
        **dict.fromkeys(MEMBERS, status),
        **dict.fromkeys(OUTSIDERS, outsiders),
        **others,
    }


@dataclass(frozen=True)
class Route:
    """An address of Harrow's, or of nobody's, and what GET and an empty POST answer to each."""

    path: str
    get: Statuses
    post: Statuses


SIGNERS = {"reader": 403, "scrutiny_officer": 403, "lead_officer": 403}
INSPECTION = "/harrow/inspections/safeguarding-and-looked-after-2012/"
STATEMENT = f"{INSPECTION}duties/written-statement/"
UPDATERS = {"reader": 403, "scrutiny_officer": 403, "lead_officer": 403}
READERS = {"reader": 403, "scrutiny_officer": 403}
# Only plan administrators change what a plan says.
KEEPERS = {**UPDATERS, "board_member": 403}
# Only scrutiny officers and plan administrators write reports and publish them.
NO_AUTHORS = {"reader": 403, "lead_officer": 403, "board_member": 403}
READ_ONLY = everybody(405)
NOBODY, CLOSED = everybody(404, signed_out=404), everybody(405, signed_out=405)
MATRIX = {
    "health": Route("/healthz", everybody(200, signed_out=200), everybody(405, signed_out=405)),
    "gallery": Route("/gallery/", everybody(404, staff=200), READ_ONLY),
    "home": Route(
        "/",
        everybody(302, lead_officer=200, stranger=200, staff=200),
        READ_ONLY,
    ),
    "framework_list": Route("/frameworks/", everybody(200), READ_ONLY),
    "framework_page": Route("/frameworks/sif-2013/", everybody(200), READ_ONLY),
    "add_framework": Route("/frameworks/add/", everybody(403, staff=200), everybody(403, staff=422)),
    "council": Route("/harrow/", members(200), READ_ONLY),
    "member_list": Route("/harrow/members/", members(200, **KEEPERS), members(405, **KEEPERS)),
    "reports:members_csv": Route("/harrow/members.csv", members(200, **KEEPERS), READ_ONLY),
    "add_member": Route("/harrow/members/add/", members(200, **KEEPERS), members(422, **KEEPERS)),
    # Each member's own number is in the tests of these pages.
    "change_member": Route("/harrow/members/0/", members(404, **KEEPERS), members(404, **KEEPERS)),
    "end_member": Route("/harrow/members/0/end/", members(404, **KEEPERS), members(404, **KEEPERS)),
    "recommendations:rating_key_list": Route("/harrow/rating-keys/", members(200), READ_ONLY),
    "recommendations:add_rating_key": Route(
        "/harrow/rating-keys/add/", members(200, **KEEPERS), members(422, **KEEPERS)
    ),
    # A key that came with Waymark: the page says why its words stay.
    "recommendations:edit_rating_key": Route(
        "/harrow/rating-keys/rag/edit/", members(200, **KEEPERS), members(409, **KEEPERS)
    ),
    "recommendations:intake_list": Route("/harrow/intake/", members(200, **KEEPERS), READ_ONLY),
    "recommendations:begin_intake": Route(
        "/harrow/intake/begin/", members(200, **KEEPERS), members(422, **KEEPERS)
    ),
    # Nobody has begun one here; each view's own tests show those that were.
    "recommendations:intake_page": Route(f"{INTAKE}", members(404, **KEEPERS), READ_ONLY),
    "recommendations:intake_columns": Route(
        f"{INTAKE}columns/", members(404, **KEEPERS), members(404, **KEEPERS)
    ),
    "recommendations:intake_preview": Route(
        f"{INTAKE}preview/", members(404, **KEEPERS), members(404, **KEEPERS)
    ),
    "recommendations:intake_load": Route(f"{INTAKE}load/", members(404, **KEEPERS), members(404, **KEEPERS)),
    "recommendations:intake_file": Route(f"{INTAKE}file/", members(404, **KEEPERS), READ_ONLY),
    "recommendations:leave_intake": Route(f"{INTAKE}leave/", READ_ONLY, members(404, **KEEPERS)),
    "recommendations:choose_rating_key": Route(
        f"{HARROW_PAGES}rating-key/", members(200, **KEEPERS), members(422, **KEEPERS)
    ),
    "inspection_page": Route(INSPECTION, members(200), READ_ONLY),
    "add_inspection": Route("/harrow/inspections/add/", members(200, **KEEPERS), members(422, **KEEPERS)),
    # Harrow's day of receipt is recorded already.
    "record_receipt": Route(f"{INSPECTION}received/", members(404, **KEEPERS), members(404, **KEEPERS)),
    "record_duty_met": Route(f"{STATEMENT}met/", members(200, **KEEPERS), members(422, **KEEPERS)),
    "override_duty": Route(f"{STATEMENT}override/", members(200, **KEEPERS), members(422, **KEEPERS)),
    "add_intervention": Route("/harrow/interventions/add/", members(200, **KEEPERS), members(422, **KEEPERS)),
    # Harrow has none.
    "change_intervention": Route(
        "/harrow/interventions/notice/", members(404, **KEEPERS), members(404, **KEEPERS)
    ),
    "boards:plan_dashboard": Route(HARROW_PAGES, members(200), READ_ONLY),
    "boards:organisation": Route(f"{HARROW_PAGES}organisations/nhs-harrow/", members(200), READ_ONLY),
    "boards:lead_officer": Route(f"{HARROW_PAGES}lead-officer/?lead=SM+QA", members(200), READ_ONLY),
    "boards:add_measure": Route(
        f"{HARROW_PAGES}scorecard/add/", members(200, **KEEPERS), members(422, **KEEPERS)
    ),
    # Harrow's paper has no measure.
    "boards:add_reading": Route(
        f"{HARROW_PAGES}scorecard/none/readings/add/", members(404, **KEEPERS), members(404, **KEEPERS)
    ),
    "boards:correct_reading": Route(
        f"{HARROW_PAGES}scorecard/none/readings/1/correct/", members(404, **KEEPERS), members(404, **KEEPERS)
    ),
    "boards:raise_risk": Route(f"{HARROW_PAGES}risks/add/", members(200, **SIGNERS), members(422, **SIGNERS)),
    "boards:risk_page": Route(RISK, members(200), READ_ONLY),
    "boards:assess_risk": Route(f"{RISK}assess/", members(200, **SIGNERS), members(422, **SIGNERS)),
    "boards:change_risk": Route(f"{RISK}change/", members(200, **SIGNERS), members(422, **SIGNERS)),
    "boards:add_cost": Route(f"{HARROW_PAGES}costs/add/", members(200, **SIGNERS), members(422, **SIGNERS)),
    "boards:correct_cost": Route(
        f"{HARROW_PAGES}costs/none/change/", members(404, **SIGNERS), members(404, **SIGNERS)
    ),
    "boards:drop_cost": Route(
        f"{HARROW_PAGES}costs/none/drop/", members(404, **SIGNERS), members(404, **SIGNERS)
    ),
    "boards:close_risk": Route(f"{RISK}close/", members(200, **SIGNERS), members(422, **SIGNERS)),
    "boards:scorecard": Route(f"{HARROW_PAGES}scorecard/", members(200), READ_ONLY),
    "meetings:board_list": Route("/harrow/boards/", members(200), READ_ONLY),
    "meetings:add_board": Route("/harrow/boards/add/", members(200, **KEEPERS), members(422, **KEEPERS)),
    "meetings:board_page": Route(BOARD, members(200), READ_ONLY),
    "meetings:change_terms": Route(f"{BOARD}terms/", members(200, **KEEPERS), members(422, **KEEPERS)),
    "meetings:add_seat": Route(f"{BOARD}seats/add/", members(200, **KEEPERS), members(422, **KEEPERS)),
    "meetings:end_seat": Route(
        f"{BOARD}seats/director-of-nursing-10/end/", members(200, **KEEPERS), members(422, **KEEPERS)
    ),
    "reports:log_csv": Route(f"{BOARD}actions.csv", members(200), READ_ONLY),
    "reports:decisions_csv": Route(f"{BOARD}decisions.csv", members(200), READ_ONLY),
    "reports:attendance_csv": Route(f"{MEETING}attendance.csv", members(200), READ_ONLY),
    # The fixtures tell of no action of the board's own, and of no pack.
    "meetings:end_action": Route(
        f"{BOARD}actions/1/end/", members(404, **UPDATERS), members(404, **UPDATERS)
    ),
    "meetings:arrange_meetings": Route(
        f"{BOARD}meetings/arrange/", members(200, **KEEPERS), members(422, **KEEPERS)
    ),
    "meetings:meeting_page": Route(MEETING, members(200), READ_ONLY),
    "meetings:add_item": Route(f"{MEETING}items/add/", members(200, **KEEPERS), members(422, **KEEPERS)),
    "meetings:add_paper": Route(f"{MEETING}papers/add/", members(200, **KEEPERS), members(422, **KEEPERS)),
    "meetings:set_paper": Route(f"{MEETING}papers/1/", members(404, **KEEPERS), members(404, **KEEPERS)),
    # What stood on the agenda of that meeting is not known, so there is nothing to move.
    "meetings:move_item": Route(f"{MEETING}items/1/move/", READ_ONLY, members(404, **KEEPERS)),
    "meetings:move_meeting": Route(f"{MEETING}move/", members(200, **KEEPERS), members(422, **KEEPERS)),
    "meetings:record_attendance": Route(
        f"{MEETING}attendance/", members(200, **KEEPERS), members(422, **KEEPERS)
    ),
    # The meeting is closed, so its live page leads back to it.
    "meetings:live": Route(f"{MEETING}live/1/", members(302, **UPDATERS), members(302, **UPDATERS)),
    "meetings:call_off": Route(f"{MEETING}call-off/", members(200, **KEEPERS), members(422, **KEEPERS)),
    "meetings:close_meeting": Route(f"{MEETING}close/", READ_ONLY, members(302, **KEEPERS)),
    "meetings:minutes_page": Route(f"{MEETING}minutes/", members(200), members(422, **KEEPERS)),
    "meetings:agree_minutes": Route(f"{MEETING}minutes/agree/", READ_ONLY, members(302, **KEEPERS)),
    "boards:risks": Route(f"{HARROW_PAGES}risks/", members(200), READ_ONLY),
    "boards:told": Route("/account/told/", everybody(200), READ_ONLY),
    "boards:renew_calendar": Route("/account/calendar/", READ_ONLY, everybody(302)),
    "boards:chaser_times": Route(f"{HARROW_PAGES}chasers/", members(200, **KEEPERS), members(422, **KEEPERS)),
    "boards:follow_plan": Route(f"{HARROW_PAGES}follow/", members(200), members(422)),
    "boards:follow_recommendation": Route(
        f"{HARROW_PAGES}recommendations/S2/follow/", members(200), members(422)
    ),
    "boards:follow_action": Route(f"{ACTION}follow/", members(200), members(422)),
    "boards:owner_link_list": Route("/harrow/owner-links/", members(200, **KEEPERS), READ_ONLY),
    "boards:owner_links_csv": Route("/harrow/owner-links.csv", members(200, **KEEPERS), READ_ONLY),
    "boards:add_owner_link": Route(
        "/harrow/owner-links/add/", members(200, **KEEPERS), members(422, **KEEPERS)
    ),
    "boards:revoke_owner_link": Route(
        "/harrow/owner-links/0/revoke/", members(404, **KEEPERS), members(404, **KEEPERS)
    ),
    # Open to whoever has a secret address, and to nobody by a role.
    "boards:owner_enter": Route("/owner/nobody-has-this/", NOBODY, CLOSED),
    "boards:owner_actions": Route("/owner/", NOBODY, CLOSED),
    "boards:owner_update": Route("/owner/actions/1/", NOBODY, NOBODY),
    "boards:own_calendar": Route("/calendar/nobody-has-this.ics", NOBODY, CLOSED),
    "boards:plan_calendar": Route(f"/calendar/nobody-has-this{HARROW_PAGES}dates.ics", NOBODY, CLOSED),
    "recommendations:action_list": Route(f"{HARROW_PAGES}actions/", members(200), members(405)),
    # Nobody has opened a round yet; the tests of each view do.
    "boards:round_list": Route(f"{HARROW_PAGES}rounds/", members(200), READ_ONLY),
    "boards:open_round": Route(
        f"{HARROW_PAGES}rounds/open/", members(200, **KEEPERS), members(422, **KEEPERS)
    ),
    "boards:round_page": Route(f"{HARROW_PAGES}rounds/1/", members(404), READ_ONLY),
    "boards:close_round": Route(
        f"{HARROW_PAGES}rounds/1/close/", members(404, **KEEPERS), members(404, **KEEPERS)
    ),
    "boards:round_meeting": Route(
        f"{HARROW_PAGES}rounds/1/meeting/", members(404, **KEEPERS), members(404, **KEEPERS)
    ),
    "boards:round_answers": Route(f"{HARROW_PAGES}rounds/1/answers/", members(404, **READERS), READ_ONLY),
    "boards:answer_action": Route(
        f"{HARROW_PAGES}rounds/1/answers/S2/1/", members(404, **READERS), members(404, **READERS)
    ),
    "reports:rounds_csv": Route(f"{HARROW_PAGES}rounds.csv", members(200), READ_ONLY),
    "reports:round_csv": Route(f"{HARROW_PAGES}rounds/1.csv", members(404), READ_ONLY),
    # With nothing ticked, both lead back to the list.
    "recommendations:bulk_update": Route(
        f"{HARROW_PAGES}actions/update/", members(302, **READERS), members(302, **READERS)
    ),
    "recommendations:action_page": Route(f"{HARROW_PAGES}actions/S2/1/", members(200), READ_ONLY),
    "recommendations:update_action": Route(UPDATE, members(200, **UPDATERS), members(422, **UPDATERS)),
    "recommendations:claim_complete": Route(
        f"{ACTION}complete/", members(302, **UPDATERS), members(422, **UPDATERS)
    ),
    "recommendations:sign_off": Route(f"{ACTION}sign-off/", members(200, **SIGNERS), members(422, **SIGNERS)),
    "recommendations:reopen": Route(f"{ACTION}reopen/", members(302, **UPDATERS), members(422, **UPDATERS)),
    "recommendations:withdraw": Route(
        f"{ACTION}withdraw/", members(403, plan_administrator=200), members(403, plan_administrator=422)
    ),
    "recommendations:request_due_date": Route(
        f"{ACTION}due-date/", members(200, **UPDATERS), members(422, **UPDATERS)
    ),
    "recommendations:due_date_list": Route(f"{HARROW_PAGES}due-dates/", members(200), READ_ONLY),
    "recommendations:decide_due_date": Route(
        f"{HARROW_PAGES}due-dates/1/", members(404, **SIGNERS), members(404, **SIGNERS)
    ),
    "reports:due_date_csv": Route(f"{HARROW_PAGES}due-dates.csv", members(200), READ_ONLY),
    "recommendations:recommendation_list": Route(f"{HARROW_PAGES}recommendations/", members(200), READ_ONLY),
    "recommendations:recommendation_page": Route(
        f"{HARROW_PAGES}recommendations/S2/", members(200), READ_ONLY
    ),
    "recommendations:evidence_tracker": Route(f"{HARROW_PAGES}evidence/", members(200), READ_ONLY),
    # Nothing has this key; the tests of each view ask for evidence that is there.
    "recommendations:evidence_page": Route(EVIDENCE, members(404), READ_ONLY),
    "recommendations:evidence_file": Route(f"{EVIDENCE}file/", members(404), READ_ONLY),
    "recommendations:withdraw_evidence": Route(f"{EVIDENCE}withdraw/", members(404), members(404)),
    "recommendations:add_evidence_of_action": Route(
        f"{HARROW_PAGES}actions/S2/1/evidence/", members(200, **UPDATERS), members(422, **UPDATERS)
    ),
    "recommendations:add_evidence_of_recommendation": Route(
        f"{HARROW_PAGES}recommendations/S2/evidence/", members(200, **UPDATERS), members(422, **UPDATERS)
    ),
    "recommendations:review_action": Route(
        f"{HARROW_PAGES}actions/S2/1/review/", members(200, **UPDATERS), members(422, **UPDATERS)
    ),
    "recommendations:review_recommendation": Route(
        f"{HARROW_PAGES}recommendations/S2/review/", members(200, **UPDATERS), members(422, **UPDATERS)
    ),
    "recommendations:add_action": Route(
        f"{HARROW_PAGES}recommendations/S2/add-action/", members(200, **KEEPERS), members(422, **KEEPERS)
    ),
    "recommendations:reword_action": Route(
        f"{HARROW_PAGES}actions/S2/1/words/", members(200, **KEEPERS), members(422, **KEEPERS)
    ),
    "recommendations:hand_over": Route(
        f"{HARROW_PAGES}actions/S2/1/hand-over/", members(200, **KEEPERS), members(422, **KEEPERS)
    ),
    # Nothing ticked is an answer: the action leaves the index.
    "recommendations:index_action": Route(
        f"{HARROW_PAGES}actions/S2/1/index/", members(200, **KEEPERS), members(302, **KEEPERS)
    ),
    "recommendations:index_of_changes": Route(f"{HARROW_PAGES}index-of-changes/", members(200), READ_ONLY),
    "recommendations:index_csv": Route(f"{HARROW_PAGES}index-of-changes.csv", members(200), READ_ONLY),
    "recommendations:compare": Route(f"{HARROW_PAGES}compare/", members(200), READ_ONLY),
    "recommendations:compare_csv": Route(f"{HARROW_PAGES}compare.csv", members(200), READ_ONLY),
    "recommendations:version_list": Route(f"{HARROW_PAGES}versions/", members(200), READ_ONLY),
    "recommendations:version_page": Route(f"{HARROW_PAGES}versions/2.01/", members(200), READ_ONLY),
    "recommendations:agree_version": Route(
        f"{HARROW_PAGES}versions/agree/", members(200, **KEEPERS), members(422, **KEEPERS)
    ),
    "recommendations:sign_version_off": Route(
        f"{HARROW_PAGES}versions/2.01/sign-off/", members(200, **KEEPERS), members(422, **KEEPERS)
    ),
    "recommendations:close_plan": Route(
        f"{HARROW_PAGES}close/", members(200, **KEEPERS), members(422, **KEEPERS)
    ),
    "recommendations:question_list": Route(f"{HARROW_PAGES}questions/", members(200), READ_ONLY),
    "recommendations:question_settings": Route(
        f"{HARROW_PAGES}questions/settings/",
        members(403, plan_administrator=200),
        members(403, plan_administrator=422),
    ),
    # Nobody asks a question with this fingerprint: GET finds none, and a POST is told that it has changed.
    "recommendations:dismiss_question": Route(
        f"{HARROW_PAGES}questions/{'0' * 64}/dismiss/",
        members(404, **SIGNERS),
        members(409, **SIGNERS),
    ),
    "recommendations:take_back_dismissal": Route(
        f"{HARROW_PAGES}questions/{'0' * 64}/take-back/",
        members(404, **SIGNERS),
        members(409, **SIGNERS),
    ),
    "reports:question_csv": Route(f"{HARROW_PAGES}questions.csv", members(200), READ_ONLY),
    "reports:plans_csv": Route("/harrow/plans.csv", members(200), READ_ONLY),
    "recommendations:intakes_csv": Route("/harrow/intake.csv", members(200, **KEEPERS), READ_ONLY),
    "reports:inspections_csv": Route("/harrow/inspections.csv", members(200), READ_ONLY),
    "reports:interventions_csv": Route("/harrow/interventions.csv", members(200), READ_ONLY),
    "reports:rating_keys_csv": Route("/harrow/rating-keys.csv", members(200), READ_ONLY),
    "reports:layouts_csv": Route("/harrow/layouts.csv", members(200), READ_ONLY),
    "reports:boards_csv": Route("/harrow/boards.csv", members(200), READ_ONLY),
    "reports:meetings_csv": Route(f"{BOARD}meetings.csv", members(200), READ_ONLY),
    "reports:seats_csv": Route(f"{BOARD}seats.csv", members(200), READ_ONLY),
    "reports:recommendations_csv": Route(f"{HARROW_PAGES}recommendations.csv", members(200), READ_ONLY),
    "reports:parts_csv": Route(f"{HARROW_PAGES}by-theme.csv", members(200), READ_ONLY),
    "reports:lead_officers_csv": Route(f"{HARROW_PAGES}lead-officers.csv", members(200), READ_ONLY),
    "reports:versions_csv": Route(f"{HARROW_PAGES}versions.csv", members(200), READ_ONLY),
    "reports:version_csv": Route(f"{HARROW_PAGES}versions/2.01.csv", members(200), READ_ONLY),
    "reports:openings_csv": Route(f"{HARROW_PAGES}openings.csv", members(200), READ_ONLY),
    "reports:reports_csv": Route(f"{HARROW_PAGES}reports.csv", members(200), READ_ONLY),
    "reports:publications_csv": Route(f"{PAPER}publications.csv", members(200), READ_ONLY),
    "reports:frameworks_csv": Route("/frameworks.csv", everybody(200), READ_ONLY),
    "reports:duties_csv": Route("/frameworks/sif-2013.csv", everybody(200), READ_ONLY),
    "reports:inspection_recommendations_csv": Route(
        f"{INSPECTION}recommendations.csv", members(200), READ_ONLY
    ),
    "reports:clock_csv": Route(f"{INSPECTION}clock.csv", members(200), READ_ONLY),
    "reports:councils_csv": Route("/councils.csv", everybody(200), READ_ONLY),
    "reports:follows_csv": Route("/followed.csv", everybody(200), READ_ONLY),
    "reports:found_csv": Route("/found.csv?q=S2", everybody(200), READ_ONLY),
    "reports:take_out": Route(f"{HARROW_PAGES}take-out/", members(200), READ_ONLY),
    # A file that is light is not made as a job, so there is nothing to ask for.
    "reports:taken_out": Route(f"{HARROW_PAGES}take-out/plan.csv", members(200), members(302)),
    "reports:plan_schema": Route(
        "/schemas/plan-1.json", everybody(200, signed_out=200), everybody(405, signed_out=405)
    ),
    "reports:action_csv": Route(f"{HARROW_PAGES}actions.csv", members(200), READ_ONLY),
    "reports:evidence_csv": Route(f"{HARROW_PAGES}evidence.csv", members(200), READ_ONLY),
    "reports:scorecard_csv": Route(f"{HARROW_PAGES}scorecard.csv", members(200), READ_ONLY),
    "reports:risks_csv": Route(f"{HARROW_PAGES}risks.csv", members(200), READ_ONLY),
    "reports:risk_scores_csv": Route(f"{RISK.rstrip('/')}.csv", members(200), READ_ONLY),
    "reports:costs_csv": Route(f"{HARROW_PAGES}costs.csv", members(200), READ_ONLY),
    "reports:layout_list": Route("/harrow/layouts/", members(200), READ_ONLY),
    "reports:add_layout": Route("/harrow/layouts/add/", members(200, **KEEPERS), members(422, **KEEPERS)),
    "reports:layout_page": Route("/harrow/layouts/plain/", members(200), READ_ONLY),
    # A layout that came with Waymark: the page says why it stays as it is.
    "reports:edit_layout": Route(
        "/harrow/layouts/plain/edit/", members(200, **KEEPERS), members(409, **KEEPERS)
    ),
    "reports:report_list": Route(f"{HARROW_PAGES}reports/", members(200), READ_ONLY),
    "reports:report_page": Route(PAPER, members(200), READ_ONLY),
    "reports:start_report": Route(
        f"{HARROW_PAGES}reports/add/", members(200, **NO_AUTHORS), members(422, **NO_AUTHORS)
    ),
    "reports:write_report": Route(f"{PAPER}write/", members(200, **NO_AUTHORS), READ_ONLY),
    "reports:change_details": Route(
        f"{PAPER}write/details/", members(200, **NO_AUTHORS), members(422, **NO_AUTHORS)
    ),
    "reports:fill_rows": Route(f"{PAPER}write/head/", members(200, **NO_AUTHORS), members(422, **NO_AUTHORS)),
    "reports:mark_report_exempt": Route(
        f"{PAPER}write/exempt/", members(200, **NO_AUTHORS), members(422, **NO_AUTHORS)
    ),
    # A section and an enclosure have a number of the database's own, and none has this one.
    **{
        f"reports:{name}": Route(
            f"{PAPER}write/{path}", members(404, **NO_AUTHORS), members(404, **NO_AUTHORS)
        )
        for name, path in {
            "write_section": "0/",
            "mark_section": "0/state/",
            "mark_section_exempt": "0/exempt/",
            "add_section": "0/add/",
            "rename_section": "0/heading/",
            "remove_section": "0/remove/",
            "change_enclosure": "enclosures/0/",
            "remove_enclosure": "enclosures/0/remove/",
            "mark_enclosure_exempt": "enclosures/0/exempt/",
            "add_enclosure": "enclosures/add/map/",
        }.items()
    },
    **{
        f"reports:{name}": Route(f"{PAPER}write/{path}", READ_ONLY, members(404, **NO_AUTHORS))
        for name, path in {
            "preview_section": "0/preview/",
            "move_section": "0/move/",
            "move_enclosure": "enclosures/0/move/",
        }.items()
    },
    "reports:section_presence": Route(f"{PAPER}write/0/presence/", members(404, **NO_AUTHORS), READ_ONLY),
    "reports:enclosure_list": Route(f"{PAPER}write/enclosures/", members(200, **NO_AUTHORS), READ_ONLY),
    "reports:enclosure_file": Route(f"{PAPER}enclosures/0.pdf", members(404), READ_ONLY),
    # No file has been asked for yet: GET leads back to the page, and no file is there to be read.
    "reports:exempt_report_page": Route(f"{PAPER}exempt/", members(404), READ_ONLY),
    "reports:report_make": Route(f"{PAPER}files/", members(302), members(302)),
    "reports:paper_list": Route(f"{HARROW_PAGES}papers/", members(200), READ_ONLY),
    "reports:lead_sheet": Route(f"{HARROW_PAGES}papers/lead-officer/?lead=SM+QA", members(200), members(302)),
    "reports:board_pack": Route(f"{HARROW_PAGES}papers/board-pack/", members(200), members(422)),
    "reports:paper_page": Route(f"{HARROW_PAGES}papers/easy-read/", members(200), members(302)),
    "reports:pack_page": Route(f"{MEETING}pack/", members(200), members(302)),
    "reports:choose_paper": Route(f"{MEETING}pack/choose/", members(200, **KEEPERS), members(422, **KEEPERS)),
    "reports:file_making": Route(f"{HARROW_PAGES}files/1/", members(404), READ_ONLY),
    "reports:file_bytes": Route(f"{HARROW_PAGES}files/{'0' * 64}.pdf", members(404), READ_ONLY),
    "reports:waiting_list": Route("/harrow/clearances/", members(200), READ_ONLY),
    "reports:clearance_page": Route(f"{PAPER}clearance/", members(200, **NO_AUTHORS), READ_ONLY),
    # Both were cleared on paper: nobody is asked, so an answer is told how the clearance stands.
    "reports:ask_clearance": Route(
        f"{PAPER}clearance/1/ask/", members(200, **NO_AUTHORS), members(422, **NO_AUTHORS)
    ),
    "reports:answer_clearance": Route(
        f"{PAPER}clearance/1/answer/", members(409, **NO_AUTHORS), members(409, **NO_AUTHORS)
    ),
    # The meeting is on the day at which Harrow stands, so publishing asks for a reason.
    "reports:publish_report": Route(
        f"{PAPER}publish/", members(200, **NO_AUTHORS), members(422, **NO_AUTHORS)
    ),
    "reports:publication_list": Route(f"{PAPER}publications/", members(200), READ_ONLY),
    "reports:withdraw_publication": Route(
        f"{PAPER}publications/1/withdraw/", members(404, **NO_AUTHORS), members(404, **NO_AUTHORS)
    ),
    "reports:published_file": Route(f"{PAPER}publications/{'0' * 64}.pdf", members(404), READ_ONLY),
    # Nothing of Harrow is open to the public: a 404 to all alike.
    **{
        f"reports:{name}": Route(
            f"/public{HARROW_PAGES}{path}", everybody(404, signed_out=404), everybody(405, signed_out=405)
        )
        for name, path in {
            "public_plan": "",
            "public_data": "data/",
            "public_feed": "changes.atom",
            "public_json": "plan.json",
            "public_csv": "actions.csv",
            "public_style": "colour.css",
            "public_file": f"reports/{'0' * 64}.pdf",
        }.items()
    },
    "reports:search_page": Route("/search/?q=S2", everybody(200), READ_ONLY),
    "reports:search_quick": Route("/search/quick/?q=S2", everybody(200), READ_ONLY),
    "reports:public_status": Route(f"{HARROW_PAGES}public/", members(200), READ_ONLY),
    "reports:public_preview": Route(
        f"{HARROW_PAGES}public/preview/?version=2.01&words=without",
        members(200, **KEEPERS),
        members(422, **KEEPERS),
    ),
    "reports:public_close": Route(
        f"{HARROW_PAGES}public/close/", members(404, **KEEPERS), members(404, **KEEPERS)
    ),
    "account_login": Route("/account/login/", everybody(302, signed_out=200), everybody(302, signed_out=200)),
    "account_logout": Route(
        "/account/logout/", everybody(200, signed_out=302), everybody(302, signed_out=302)
    ),
    "account_inactive": Route(
        "/account/inactive/", everybody(200, signed_out=200), everybody(405, signed_out=405)
    ),
    "account_signup": Route(
        "/account/signup/", everybody(302, signed_out=200), everybody(302, signed_out=200)
    ),
    "account_reauthenticate": Route("/account/reauthenticate/", everybody(200), everybody(200)),
    "account_email": Route("/account/email/", everybody(200), everybody(302)),
    "account_email_verification_sent": Route(
        "/account/confirm-email/", everybody(200, signed_out=200), everybody(405, signed_out=405)
    ),
    "account_change_password": Route("/account/password/change/", everybody(200), everybody(200)),
    "account_set_password": Route("/account/password/set/", everybody(302), everybody(302)),
    "account_reset_password": Route(
        "/account/password/reset/", everybody(200, signed_out=200), everybody(200, signed_out=200)
    ),
    "account_confirm_login_code": Route("/account/login/code/confirm/", everybody(302), everybody(302)),
    "account_confirm_email": Route(
        "/account/confirm-email/x/", everybody(200, signed_out=200), everybody(404, signed_out=404)
    ),
    "account_reset_password_from_key": Route(
        "/account/password/reset/key/1-x/", everybody(200, signed_out=200), everybody(200, signed_out=200)
    ),
    "account_reset_password_from_key_done": Route(
        "/account/password/reset/key/done/", everybody(200, signed_out=200), everybody(405, signed_out=405)
    ),
    "account_reset_password_done": Route(
        "/account/password/reset/done/", everybody(200, signed_out=200), everybody(405, signed_out=405)
    ),
}


def routes(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            yield from routes(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


def ask(cast: Cast, who: str, method: str, path: str) -> int:
    client = Client()
    if who != "signed_out":
        user: User = getattr(cast, who)
        client.force_login(user)
    return int(getattr(client, method)(path).status_code)


@pytest.mark.once
def test_every_address_is_in_the_matrix() -> None:
    """Case 22."""
    assert sorted(MATRIX) == sorted(set(routes(get_resolver())))


@pytest.mark.once
@pytest.mark.parametrize("name", MATRIX)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_is_answered_as_the_matrix_says(cast: Cast, name: str, method: str) -> None:
    """Cases 22 and 23."""
    route = MATRIX[name]
    expected = route.get if method == "get" else route.post

    answers = {who: ask(cast, who, method, route.path) for who in ("signed_out", *SIGNED_IN)}

    assert answers == expected


@pytest.mark.parametrize("name", MATRIX)
def test_each_page_opens_on_every_database(cast: Cast, name: str) -> None:
    """What a page asks is asked otherwise by each; the tests of most views run on one alone."""
    route = MATRIX[name]

    assert ask(cast, "plan_administrator", "get", route.path) == route.get["plan_administrator"]


@pytest.mark.once
@pytest.mark.parametrize(
    "name", [name for name, route in MATRIX.items() if route.path.startswith(HARROW_PAGES)]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_same_address_of_the_other_council_is_closed_to_all_of_harrow(
    cast: Cast, name: str, method: str
) -> None:
    """Case 23: with Northmoor's own plan, recommendation and action in the address."""
    path = MATRIX[name].path.replace(HARROW_PAGES, "/northmoor/improvement-2025/").replace("/S2/", "/N1/")

    answers = {who: ask(cast, who, method, path) for who in MEMBERS}

    assert set(answers.values()) <= {404, 405}
    # What is only ever sent answers every GET alike.
    assert method == "post" or set(answers.values()) == {404} or MATRIX[name].get == READ_ONLY


@pytest.mark.once
@pytest.mark.parametrize("name", [name for name in MATRIX if not name.startswith("account_")])
def test_no_address_knows_other_methods(cast: Cast, name: str) -> None:
    """Case 40."""
    path = MATRIX[name].path

    answers = {
        method: ask(cast, "plan_administrator", method, path)
        for method in ("put", "patch", "delete", "trace")
    }

    assert {method: status for method, status in answers.items() if status not in (404, 405)} == {}
