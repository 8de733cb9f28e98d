from django.urls import include, path

from reports import board_exports, exports, question_exports
from reports.models import Audience
from reports.views import clearance, files, layouts, papers, publication, reading

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
urlpatterns = [
    path("<slug:council>/clearances/", clearance.waiting_list, name="waiting_list"),
    path("<slug:council>/layouts/", layouts.layout_list, name="layout_list"),
    path("<slug:council>/layouts/add/", layouts.add_layout, name="add_layout"),
    path("<slug:council>/layouts/<slug:layout>/", layouts.layout_page, name="layout_page"),
    path("<slug:council>/layouts/<slug:layout>/edit/", layouts.edit_layout, name="edit_layout"),
    path("<slug:council>/<slug:plan>/reports/<slug:report>/", include(paper)),
    path("<slug:council>/<slug:plan>/actions.csv", exports.action_csv, name="action_csv"),
    path("<slug:council>/<slug:plan>/due-dates.csv", exports.due_date_csv, name="due_date_csv"),
    path("<slug:council>/<slug:plan>/scorecard.csv", board_exports.scorecard_csv, name="scorecard_csv"),
    path("<slug:council>/<slug:plan>/risks.csv", board_exports.risks_csv, name="risks_csv"),
    path("<slug:council>/<slug:plan>/evidence.csv", exports.evidence_csv, name="evidence_csv"),
    path("<slug:council>/<slug:plan>/questions.csv", question_exports.question_csv, name="question_csv"),
    path("<slug:council>/<slug:plan>/reports/", reading.report_list, name="report_list"),
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
