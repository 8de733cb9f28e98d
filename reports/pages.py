"""What a file of a paper is made from: pages of HTML that name no file and no address."""

from django.template.loader import render_to_string

from reports.paper import Paper


def source_of(paper: Paper) -> str:
    return render_to_string("reports/report_pdf.html", {"paper": paper})
