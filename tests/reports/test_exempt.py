"""What is exempt: nothing of it is where the public looks. Cases 33, 81 and 83.

Every exempt thing is full of words that stand nowhere else, so each place is simply searched for them.
"""

import csv
import io
import json
import re
import zipfile
from datetime import date
from functools import cache

import pikepdf
import pytest
from django.core import mail
from django.test import Client

from improvement.models import Change
from reports import data, document, formats, pages, pdf
from reports.models import Audience, Clearance, Format, Publication, PublishedFile, Report
from reports.workflow import clearance, publication
from tests.cast import NORTHMOOR_PAGES, Cast
from tests.conftest import signed_in
from tests.factories import MembershipFactory, UserFactory
from tests.reports.publishing import SECRETS, clear, hide_something, published, run_jobs
from tests.reports.reading import Paper

pytestmark = pytest.mark.pdf

REPORT = f"{NORTHMOOR_PAGES}reports/board/"
DAY = date(2025, 6, 20)


@pytest.fixture
def hiding(short_report: Report) -> Report:
    """A report of Northmoor with an exempt section and an exempt enclosure, ready to be published."""
    return clear(hide_something(short_report))


@pytest.fixture
def reader(hiding: Report) -> Client:
    """Somebody of Northmoor who leaves when the public does."""
    user = UserFactory(email="reader@northmoor.example", name="Reader of Northmoor")
    MembershipFactory(user=user, council=hiding.council, role="reader")
    return signed_in(user)


@pytest.fixture
def issued(hiding: Report, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Publication:
    monkeypatch.setattr(pdf, "render", lambda source, on_step=None: rendered(source))
    return published(hiding, cast.northmoor_administrator, on=DAY)


@cache
def rendered(source: str) -> pdf.Pdf:
    """The PDF as it is really made, each once for all tests of this file."""
    return REALLY(source)


REALLY = pdf.render


def content(issued: Publication, audience: Audience, form: Format) -> bytes:
    return publication.content_of(issued.files.get(audience=audience, format=form))


def secrets_in(text: str) -> list[str]:
    return [word for word in SECRETS if word.casefold() in text.casefold()]


def unpacked(content: bytes) -> str:
    """A page or data as they are; of a Word file every part, and their names."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return "\n".join(
            name + opened.read(name).decode("utf-8", errors="replace") for name in opened.namelist()
        )


def everything_in(content: bytes) -> str:
    """All that a PDF holds: every string of every object, every stream unpacked, its metadata and its names."""
    held = []
    with pikepdf.open(io.BytesIO(content)) as opened:
        for thing in opened.objects:
            held.append(repr(thing))
            if isinstance(thing, pikepdf.Stream):
                held.append(thing.read_bytes().decode("latin-1"))
        held.append(repr(dict(opened.docinfo)))
    return "\n".join(held)


# What is published


@pytest.mark.parametrize("form", [form for form in formats.FORMATS if form != Format.PDF])
def test_the_other_open_forms_hold_no_exempt_word(issued: Publication, form: Format) -> None:
    """Case 81."""
    assert secrets_in(unpacked(content(issued, Audience.OPEN, form))) == []
    assert SECRETS[1] in unpacked(content(issued, Audience.EXEMPT, form))


@pytest.mark.pdf
def test_the_open_pdf_holds_no_exempt_word(issued: Publication) -> None:
    """Case 81: text, outline, metadata, tags, attachments."""
    open_pdf = content(issued, Audience.OPEN, Format.PDF)
    paper = Paper(open_pdf)

    assert secrets_in(paper.text) == []
    assert secrets_in(" ".join(title for _, title in paper.bookmarks)) == []
    assert secrets_in(paper.tree.words) == []
    assert secrets_in(everything_in(open_pdf)) == []
    assert list(paper.pdf.attachments) == []


@pytest.mark.pdf
def test_the_exempt_pdf_holds_it_all_with_its_paragraphs_on_every_page(issued: Publication) -> None:
    """Case 83."""
    paper = Paper(content(issued, Audience.EXEMPT, Format.PDF))

    assert [word for word in SECRETS[:-1] if word in paper.text] == list(SECRETS[:-1])
    assert ["Exempt: paragraphs 3, 5" in page.text for page in paper.pages] == [True] * len(paper.pages)


def test_the_open_document_has_no_gap(hiding: Report) -> None:
    """Case 81: what is open is counted as if nothing else were there."""
    open_paper = document.of(hiding)
    page = pages.source_of(open_paper)

    assert [part.title for part in open_paper.parts] == [
        "Northmoor's plan",
        "Appendix A: How the plan goes",
        "Appendix B: Index of changes",
    ]
    assert list(dict.fromkeys(re.findall(r"Section (\d+)", page))) == ["1", "2", "3", "4"]
    assert "Appendix C" not in page
    assert {row.label: row.lines for row in open_paper.head}["Exempt"] == ("No",)
    assert (open_paper.exempt_paragraphs, open_paper.marking) == ((), "Draft – Open")


def test_the_open_document_is_the_one_of_a_report_without_exempt_matter(
    short_report: Report, cast: Cast
) -> None:
    """Case 33: not a byte tells whether there is another."""
    before = [data.of(document.of(short_report)), formats.as_html(document.of(short_report), lambda *_: None)]

    hide_something(short_report)

    after = [data.of(document.of(short_report)), formats.as_html(document.of(short_report), lambda *_: None)]
    assert after == before


# What the public can reach


def test_a_reader_finds_the_open_documents_and_nothing_else(issued: Publication, reader: Client) -> None:
    """Case 33: titles, counts, file names, addresses, lists."""
    addresses = [
        NORTHMOOR_PAGES,
        f"{NORTHMOOR_PAGES}reports/",
        REPORT,
        f"{REPORT}publications/",
        f"{NORTHMOOR_PAGES}actions.csv",
        f"{NORTHMOOR_PAGES}evidence.csv",
        f"{NORTHMOOR_PAGES}actions/?q=Zanzibar",
        "/northmoor/clearances/",
        "/northmoor/",
    ]
    for address in addresses:
        answer = reader.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode().replace("q=Zanzibar", "").replace('value="Zanzibar"', "")
        assert [word for word in secrets_in(text) if address.find(word) < 0] == [], address
        assert "xempt document" not in text, address
        for file in issued.files.filter(audience=Audience.EXEMPT):
            assert file.sha256 not in text, address


def test_the_exempt_address_is_not_found_as_if_it_never_was(issued: Publication, reader: Client) -> None:
    """Cases 33 and 103: for the reader a 404 like any other, in the log a refusal."""
    never_was = reader.get(f"{NORTHMOOR_PAGES}reports/never/")

    exempt = reader.get(f"{REPORT}exempt/")

    assert exempt.status_code == 404
    assert _without_reference(exempt.content) == _without_reference(never_was.content)


def test_exempt_bytes_are_not_found_by_a_reader(issued: Publication, reader: Client) -> None:
    """Case 33."""
    never_was = reader.get(f"{REPORT}publications/{'0' * 64}.pdf")

    for file in issued.files.filter(audience=Audience.EXEMPT):
        answer = reader.get(f"{REPORT}publications/{file.sha256}.{file.format}")
        assert answer.status_code == 404
        assert _without_reference(answer.content) == _without_reference(never_was.content)
        assert "ETag" not in answer


def test_open_bytes_are_named_without_a_hint(issued: Publication, reader: Client) -> None:
    names = [
        reader.get(f"{REPORT}publications/{file.sha256}.{file.format}")["Content-Disposition"]
        for file in issued.files.filter(audience=Audience.OPEN)
    ]

    assert names == [
        f'attachment; filename="northmoor-board-version-1.{ending.value}"' for ending in formats.FORMATS
    ]


def test_reading_and_refusals_are_logged_by_number(
    issued: Publication, reader: Client, as_northmoor_administrator: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """Case 103."""
    file = PublishedFile.objects.get(audience=Audience.EXEMPT, format=Format.DATA)
    address = f"{REPORT}publications/{file.sha256}.json"

    with caplog.at_level("INFO"):
        assert as_northmoor_administrator.get(address).status_code == 200
        assert as_northmoor_administrator.get(f"{REPORT}exempt/").status_code == 200
        assert reader.get(address).status_code == 404
        assert reader.get(f"{REPORT}exempt/").status_code == 404

    number = issued.report_id
    said = [message for message in caplog.messages if "exempt_" in message]
    assert [
        (("exempt_read" in message), f"report={number}" in message, secrets_in(message)) for message in said
    ] == [(True, True, []), (True, True, []), (False, True, []), (False, True, [])]


def test_a_wholly_exempt_report_is_not_there_for_a_reader(
    hiding: Report, reader: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """Cases 33 and 103."""
    Report.objects.filter(pk=hiding.pk).update(
        title="Zanzibar closes", exempt_paragraph="3", public_interest="Periwinkle."
    )

    for address in (REPORT, f"{REPORT}exempt/", f"{REPORT}clearance/", f"{REPORT}publications/"):
        assert reader.get(address).status_code == 404
    listed = reader.get(f"{NORTHMOOR_PAGES}reports/").content.decode()

    assert "No reports yet" in listed
    assert secrets_in(listed) == []
    assert [message for message in caplog.messages if "exempt_refused" in message]


def test_versions_without_an_open_document_are_not_counted(
    hiding: Report, reader: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case 33: a report that was wholly exempt once, and is not now."""
    monkeypatch.setattr(pdf, "render", lambda source, on_step=None: pdf.Pdf(b"%PDF-1.7 %%EOF", 1))
    Report.objects.filter(pk=hiding.pk).update(exempt_paragraph="3", public_interest="Periwinkle.")
    published(Report.objects.with_plan().get(pk=hiding.pk), cast.northmoor_administrator, on=DAY)
    Report.objects.filter(pk=hiding.pk).update(exempt_paragraph="", public_interest="")

    assert "Nothing is published yet" in reader.get(f"{REPORT}publications/").content.decode()
    assert "Draft" in reader.get(f"{NORTHMOOR_PAGES}reports/").content.decode()


# What is sent and written down


def test_mails_hold_no_exempt_word(hiding: Report, cast: Cast) -> None:
    asked = UserFactory(email="officer@northmoor.example")
    MembershipFactory(user=asked, council=hiding.council, role="board_member")
    clearance.void(report=hiding, by=cast.northmoor_administrator, on=DAY, what="Zanzibar was changed.")
    first = Clearance.objects.with_report().filter(report=hiding)[0]
    clearance.ask(clearance=first, of=asked, by=cast.northmoor_administrator, on=DAY)
    run_jobs()
    clearance.give(clearance=first, seen=clearance.as_read(hiding), by=asked, on=DAY)
    clearance.void(report=hiding, by=cast.northmoor_administrator, on=DAY, what="Zanzibar was changed.")
    run_jobs()

    assert [message.subject for message in mail.outbox] == [
        "Your clearance of a report is asked for",
        "Your clearance of a report no longer holds",
    ]
    assert [
        secrets_in(f"{message.subject} {message.body} {message.from_email}") for message in mail.outbox
    ] == [[], []]


def test_the_ledger_of_a_publication_holds_no_exempt_word(issued: Publication) -> None:
    for change in Change.objects.filter(verb__in=("publish_report", "issue_publication")):
        assert secrets_in(json.dumps([change.before, change.after, change.reason])) == []


def test_csv_holds_no_exempt_word(issued: Publication, as_northmoor_administrator: Client) -> None:
    """No export holds what reports say, so not even those who may read exempt matter find it there."""
    for name in ("actions", "due-dates", "evidence", "questions", "risks", "costs", "reports"):
        answer = as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}{name}.csv")
        text = b"".join(answer).decode("utf-8-sig")
        assert list(csv.reader(io.StringIO(text)))
        assert secrets_in(text) == []


def test_versions_as_csv_are_the_files_that_the_page_shows(
    issued: Publication, reader: Client, as_northmoor_administrator: Client
) -> None:
    """A reader without clearance is told of the open document only."""
    for client, documents in (
        (reader, {"Open document"}),
        (as_northmoor_administrator, {"Open document", "Exempt document"}),
    ):
        page = client.get(f"{REPORT}publications/").content.decode()

        text = client.get(f"{REPORT}publications.csv").content.decode("utf-8-sig")

        rows = list(csv.DictReader(io.StringIO(text)))
        assert [row["sha256"] for row in rows] == re.findall(r'SHA-256"><code[^>]*>([0-9a-f]{64})<', page)
        captions = set(re.findall(r"<caption[^>]*>([^<]*)<", page))
        assert captions == documents
        assert len({row["document"] for row in rows}) == len(documents)
        assert secrets_in(text) == []


def _without_reference(page: bytes) -> bytes:
    return re.sub(rb"[A-HJ-NP-Z2-9]{8}|nonce=\"[^\"]+\"|csrfmiddlewaretoken\" value=\"[^\"]+\"", b"", page)
