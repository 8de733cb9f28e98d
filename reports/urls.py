from django.urls import include, path

from reports import board_exports, exports, question_exports
from reports.models import Audience
from reports.views import enclosures, files, reading, report_details, sections, structure, writing

app_name = "reports"
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
urlpatterns = [
    path("<slug:council>/<slug:plan>/actions.csv", exports.action_csv, name="action_csv"),
    path("<slug:council>/<slug:plan>/due-dates.csv", exports.due_date_csv, name="due_date_csv"),
    path("<slug:council>/<slug:plan>/scorecard.csv", board_exports.scorecard_csv, name="scorecard_csv"),
    path("<slug:council>/<slug:plan>/risks.csv", board_exports.risks_csv, name="risks_csv"),
    path("<slug:council>/<slug:plan>/evidence.csv", exports.evidence_csv, name="evidence_csv"),
    path("<slug:council>/<slug:plan>/questions.csv", question_exports.question_csv, name="question_csv"),
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
    path("<slug:council>/<slug:plan>/files/<int:number>/", files.file_making, name="file_making"),
    path("<slug:council>/<slug:plan>/files/<str:sha256>.<str:ending>", files.file_bytes, name="file_bytes"),
]
