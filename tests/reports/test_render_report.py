"""`manage.py render_report`: the same bytes as the download."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports import making, pdf
from reports.models import Report
from tests.reports.reading import Paper


@pytest.mark.pdf
def test_pdf(short_report: Report, short_paper: Paper, tmp_path: Path) -> None:
    said = StringIO()

    call_command("render_report", "northmoor/board", format="pdf", output=tmp_path / "out.pdf", stdout=said)

    assert (tmp_path / "out.pdf").read_bytes() == short_paper.content
    assert said.getvalue() == f"Wrote {tmp_path / 'out.pdf'}, {len(short_paper.content):,} bytes.\n"


def test_html_stands_alone(short_report: Report, tmp_path: Path) -> None:
    call_command(
        "render_report", "northmoor/board", format="html", output=tmp_path / "out.html", stdout=StringIO()
    )

    html = (tmp_path / "out.html").read_text()
    assert '<h1 class="rp-title">Northmoor&#x27;s plan</h1>' in html
    assert "@page" in html


def test_an_unknown_report_is_answered_with_those_there_are(short_report: Report, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"no report called harrow/none\. These are: .*northmoor/board"):
        call_command("render_report", "harrow/none", output=tmp_path / "out.pdf")

    assert not (tmp_path / "out.pdf").exists()


def test_a_failure_is_said_in_words(
    short_report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> pdf.Pdf:
        raise making.ReportFailed("memory", megabytes=256)

    monkeypatch.setattr(pdf, "render", fail)

    with pytest.raises(CommandError, match="more memory than it may use"):
        call_command("render_report", "northmoor/board", output=tmp_path / "out.pdf")


def test_a_place_that_cannot_be_written_is_named(
    short_report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "render", lambda source: pdf.Pdf(b"%PDF", 1))

    with pytest.raises(CommandError, match=r"none/out\.pdf cannot be written: No such file or directory\."):
        call_command("render_report", "northmoor/board", output=tmp_path / "none" / "out.pdf")
