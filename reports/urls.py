from django.urls import include, path

from reports import (
    board_exports,
    council_exports,
    exports,
    inspection_exports,
    list_exports,
    meeting_exports,
    own_exports,
    paper_exports,
    question_exports,
    round_exports,
)
from reports.models import Audience
from reports.views import (
    clearance,
    enclosures,
    files,
    layouts,
    meeting_pack,
    papers,
    public,
    public_opening,
    publication,
    reading,
    report_details,
    searching,
    sections,
    structure,
    taking_out,
    writing,
)

app_name = "reports"
# What belongs to one report.
paper = [
    path("clearance/", clearance.clearance_page, name="clearance_page"),
    path("clearance/<int:position>/ask/", clearance.ask_clearance, name="ask_clearance"),
    path("clearance/<int:position>/answer/", clearance.answer_clearance, name="answer_clearance"),
    path("publish/", publication.publish_report, name="publish_report"),
    path("publications/", publication.publication_list, name="publication_list"),
    path(
        "publications/<int:number>/withdraw/", publication.withdraw_publication, name="withdraw_publication"
    ),
    path("publications/<str:sha256>.<str:ending>", publication.published_file, name="published_file"),
]
# Writing one report. A section and an enclosure keep their number wherever they move.
write = [
    path("", writing.write_report, name="write_report"),
    path("details/", report_details.change_details, name="change_details"),
    path("head/", report_details.fill_rows, name="fill_rows"),
    path("exempt/", report_details.mark_exempt, name="mark_report_exempt"),
    path("<int:section>/", sections.write_section, name="write_section"),
    path("<int:section>/preview/", sections.preview_section, name="preview_section"),
    path("<int:section>/presence/", sections.section_presence, name="section_presence"),
    path("<int:section>/state/", sections.mark_section, name="mark_section"),
    path("<int:section>/exempt/", report_details.mark_exempt, name="mark_section_exempt"),
    path("<int:section>/add/", structure.add_section, name="add_section"),
    path("<int:section>/heading/", structure.rename_section, name="rename_section"),
    path("<int:section>/move/", structure.move_section, name="move_section"),
    path("<int:section>/remove/", structure.remove_section, name="remove_section"),
    path("enclosures/", enclosures.enclosure_list, name="enclosure_list"),
    path("enclosures/add/<slug:kind>/", enclosures.add_enclosure, name="add_enclosure"),
    path("enclosures/<int:enclosure>/", enclosures.change_enclosure, name="change_enclosure"),
    path("enclosures/<int:enclosure>/exempt/", report_details.mark_exempt, name="mark_enclosure_exempt"),
    path("enclosures/<int:enclosure>/move/", enclosures.move_enclosure, name="move_enclosure"),
    path("enclosures/<int:enclosure>/remove/", enclosures.remove_enclosure, name="remove_enclosure"),
]
# What everybody may read of a plan that was opened to the public.
everybody = [
    path("", public.public_plan, name="public_plan"),
    path("data/", public.public_data, name="public_data"),
    path("changes.atom", public.public_feed, name="public_feed"),
    path("plan.json", public.public_json, name="public_json"),
    path("actions.csv", public.public_csv, name="public_csv"),
    path("colour.css", public.public_style, name="public_style"),
    path("reports/<str:sha256>.<str:ending>", public.public_file, name="public_file"),
]
# Every list as CSV, before the pages of plans.
plan_lists = [
    path("actions.csv", exports.action_csv, name="action_csv"),
    path("due-dates.csv", exports.due_date_csv, name="due_date_csv"),
    path("evidence.csv", exports.evidence_csv, name="evidence_csv"),
    path("questions.csv", question_exports.question_csv, name="question_csv"),
    path("scorecard.csv", board_exports.scorecard_csv, name="scorecard_csv"),
    path("risks.csv", board_exports.risks_csv, name="risks_csv"),
    path("risks/<slug:risk>.csv", board_exports.risk_scores_csv, name="risk_scores_csv"),
    path("costs.csv", board_exports.costs_csv, name="costs_csv"),
    path("rounds.csv", round_exports.rounds_csv, name="rounds_csv"),
    path("rounds/<int:round_number>.csv", round_exports.round_csv, name="round_csv"),
    path("recommendations.csv", list_exports.recommendations_csv, name="recommendations_csv"),
    path("by-<slug:part>.csv", list_exports.parts_csv, name="parts_csv"),
    path("lead-officers.csv", list_exports.lead_officers_csv, name="lead_officers_csv"),
    path("versions.csv", list_exports.versions_csv, name="versions_csv"),
    path("versions/<str:label>.csv", list_exports.version_csv, name="version_csv"),
    path("openings.csv", paper_exports.openings_csv, name="openings_csv"),
    path("reports.csv", paper_exports.reports_csv, name="reports_csv"),
    path(
        "reports/<slug:report>/publications.csv",
        paper_exports.publications_csv,
        name="publications_csv",
    ),
]
board_lists = [
    path("meetings.csv", meeting_exports.meetings_csv, name="meetings_csv"),
    path("seats.csv", meeting_exports.seats_csv, name="seats_csv"),
    path("actions.csv", meeting_exports.log_csv, name="log_csv"),
    path("decisions.csv", meeting_exports.decisions_csv, name="decisions_csv"),
    path("meetings/<str:held_on>/attendance.csv", meeting_exports.attendance_csv, name="attendance_csv"),
]
inspection_lists = [
    path(
        "recommendations.csv",
        inspection_exports.inspection_recommendations_csv,
        name="inspection_recommendations_csv",
    ),
    path("clock.csv", inspection_exports.clock_csv, name="clock_csv"),
]
lists = [
    path("councils.csv", own_exports.councils_csv, name="councils_csv"),
    path("followed.csv", own_exports.follows_csv, name="follows_csv"),
    path("found.csv", own_exports.found_csv, name="found_csv"),
    path("frameworks.csv", inspection_exports.frameworks_csv, name="frameworks_csv"),
    path("frameworks/<slug:framework>.csv", inspection_exports.duties_csv, name="duties_csv"),
    path("<slug:council>/members.csv", council_exports.members_csv, name="members_csv"),
    path("<slug:council>/plans.csv", council_exports.plans_csv, name="plans_csv"),
    path("<slug:council>/inspections.csv", inspection_exports.inspections_csv, name="inspections_csv"),
    path("<slug:council>/interventions.csv", inspection_exports.interventions_csv, name="interventions_csv"),
    path("<slug:council>/rating-keys.csv", council_exports.rating_keys_csv, name="rating_keys_csv"),
    path("<slug:council>/layouts.csv", council_exports.layouts_csv, name="layouts_csv"),
    path("<slug:council>/boards.csv", council_exports.boards_csv, name="boards_csv"),
    path("<slug:council>/boards/<slug:board>/", include(board_lists)),
    path("<slug:council>/inspections/<slug:inspection>/", include(inspection_lists)),
    path("<slug:council>/<slug:plan>/", include(plan_lists)),
]
urlpatterns = [
    *lists,
    path("search/", searching.search_page, name="search_page"),
    path("search/quick/", searching.search_quick, name="search_quick"),
    path("schemas/plan-1.json", taking_out.plan_schema, name="plan_schema"),
    path("public/<slug:council>/<slug:plan>/", include(everybody)),
    path("<slug:council>/<slug:plan>/public/", public_opening.public_status, name="public_status"),
    path("<slug:council>/<slug:plan>/public/preview/", public_opening.public_preview, name="public_preview"),
    path("<slug:council>/<slug:plan>/public/close/", public_opening.public_close, name="public_close"),
    path(
        "<slug:council>/boards/<slug:board>/meetings/<str:held_on>/pack/",
        meeting_pack.pack_page,
        name="pack_page",
    ),
    path(
        "<slug:council>/boards/<slug:board>/meetings/<str:held_on>/pack/choose/",
        meeting_pack.choose_paper,
        name="choose_paper",
    ),
    path("<slug:council>/clearances/", clearance.waiting_list, name="waiting_list"),
    path("<slug:council>/layouts/", layouts.layout_list, name="layout_list"),
    path("<slug:council>/layouts/add/", layouts.add_layout, name="add_layout"),
    path("<slug:council>/layouts/<slug:layout>/", layouts.layout_page, name="layout_page"),
    path("<slug:council>/layouts/<slug:layout>/edit/", layouts.edit_layout, name="edit_layout"),
    path("<slug:council>/<slug:plan>/reports/<slug:report>/", include(paper)),
    path("<slug:council>/<slug:plan>/take-out/", taking_out.take_out, name="take_out"),
    path("<slug:council>/<slug:plan>/take-out/plan.<str:ending>", taking_out.taken_out, name="taken_out"),
    path("<slug:council>/<slug:plan>/reports/", reading.report_list, name="report_list"),
    path("<slug:council>/<slug:plan>/reports/add/", writing.start_report, name="start_report"),
    path("<slug:council>/<slug:plan>/reports/<slug:report>/write/", include(write)),
    path(
        "<slug:council>/<slug:plan>/reports/<slug:report>/enclosures/<int:enclosure>.pdf",
        enclosures.enclosure_file,
        name="enclosure_file",
    ),
    path("<slug:council>/<slug:plan>/reports/<slug:report>/", reading.report_page, name="report_page"),
    path(
        "<slug:council>/<slug:plan>/reports/<slug:report>/exempt/",
        reading.report_page,
        {"audience": Audience.EXEMPT},
        name="exempt_report_page",
    ),
    path("<slug:council>/<slug:plan>/reports/<slug:report>/files/", files.report_make, name="report_make"),
    path("<slug:council>/<slug:plan>/papers/", papers.paper_list, name="paper_list"),
    path("<slug:council>/<slug:plan>/papers/lead-officer/", papers.sheet_page, name="lead_sheet"),
    path("<slug:council>/<slug:plan>/papers/board-pack/", papers.pack_page, name="board_pack"),
    path("<slug:council>/<slug:plan>/papers/<slug:paper>/", papers.paper_page, name="paper_page"),
    path("<slug:council>/<slug:plan>/files/<int:number>/", files.file_making, name="file_making"),
    path("<slug:council>/<slug:plan>/files/<str:sha256>.<str:ending>", files.file_bytes, name="file_bytes"),
]
