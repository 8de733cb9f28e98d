"""Publishing a report: what is missing, the versions with their digests, withdrawing one, and the bytes themselves."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from improvement import clock, errors
from improvement.permissions import Verb, may, require
from improvement.stored_files import FileAltered
from improvement.who import signed_in
from reports import document, formats, gaps, notice
from reports.models import Audience, Publication, PublishedFile, Publishing, Withdrawal
from reports.publication_forms import CorrectForm, PublishForm, WithdrawForm
from reports.standing import withdrawal_by
from reports.views import exempt_access
from reports.views.clearance import now_of
from reports.views.reading import ReportPage, report_of
from reports.workflow import publication as workflow

# After so many seconds in the queue, the page says that something may be wrong.
LONG_WAIT = 60


@dataclass(frozen=True)
class Version:
    """A publication as a reader may see it: its documents for each audience, or the notice that took its place."""

    publication: Publication
    withdrawal: Withdrawal | None
    documents: tuple[tuple[Audience, tuple[PublishedFile, ...]], ...]


@require_http_methods(["GET", "HEAD", "POST"])
def publish_report(request: HttpRequest, council: str, plan: str, report: str) -> HttpResponse:
    shown = now_of(request, council, plan, report)
    require(shown.page.user, Verb.PUBLISH_REPORT, shown.report.council)
    last = shown.report.publications.latest_first().first()
    warned = notice.of(shown.report.meeting_on, on=shown.page.day.now)
    asked = CorrectForm if last else PublishForm
    form = asked(request.POST if request.method == "POST" else None, late=warned.is_past and not last)
    if form.is_valid():
        begun = form.attempt(lambda: _publish(form, shown, last))
        if begun:
            return redirect(shown.url("publication_list"))
    context = shown.context(
        shown.crumb,
        ("Publish", ""),
        form=form,
        last=last,
        notice=warned,
        gaps=gaps.of(shown.report),
        documents=[_contents(shown, audience) for audience in document.audiences_of(shown.report)],
        formats=[form.label for form in formats.FORMATS],
    )
    return render(request, "reports/publish_page.html", context, status=422 if form.errors else 200)


@require_safe
def publication_list(request: HttpRequest, council: str, plan: str, report: str) -> HttpResponse:
    """The versions, the last first; while one is being made, htmx asks for only that part."""
    shown = report_of(request, council, plan, report)
    user = shown.page.user
    publishes = may(user, Verb.PUBLISH_REPORT, shown.report.council) and not shown.asked
    going = Publishing.objects.visible_to(user).for_report(shown.report).latest_first().first()
    if going and publishes and request.headers.get("HX-Request") == "true":
        part = render(request, "reports/_publishing.html", shown.context(going=going, **_waits(going)))
        if not going.is_unfinished:
            part["HX-Refresh"] = "true"  # the new version belongs into the list
        return part
    mine = Publication.objects.visible_to(user).for_report(shown.report).with_files().latest_first()
    context = shown.context(
        shown.crumb,
        ("Published versions", ""),
        versions=[_version(publication, shown) for publication in mine.made_by(on=shown.as_of)],
        publishes=publishes,
        going=going if publishes and going and not going.publication_id else None,
        **(_waits(going) if going else {}),
    )
    return render(request, "reports/publication_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_publication(
    request: HttpRequest, council: str, plan: str, report: str, number: int
) -> HttpResponse:
    shown = now_of(request, council, plan, report)
    user = shown.page.user
    require(user, Verb.PUBLISH_REPORT, shown.report.council)
    mine = Publication.objects.visible_to(user).for_report(shown.report).with_files()
    publication = get_object_or_404(mine, number=number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        if form.attempt(
            lambda: workflow.withdraw(publication=publication, by=user, on=shown.page.day.now, **said)
        ):
            messages.success(request, f"Version {number} is withdrawn. A notice stands in its place.")
            return redirect(shown.url("publication_list"))
    context = shown.context(
        shown.crumb,
        ("Published versions", shown.url("publication_list")),
        (f"Withdraw version {number}", ""),
        form=form,
        publication=publication,
        withdrawal=withdrawal_by(publication, shown.page.day.now),
    )
    return render(request, "reports/publication_withdraw.html", context, status=422 if form.errors else 200)


@require_safe
def published_file(
    request: HttpRequest, council: str, plan: str, report: str, sha256: str, ending: str
) -> HttpResponse:
    """The bytes that were published, to whoever may read them; a notice where they were withdrawn."""
    user = signed_in(request)
    asked = PublishedFile.objects.at(council, plan, report, sha256, ending)
    file = next(iter(asked.visible_to(user)[:1]), None)
    if file is None:
        if refused := asked.first():
            exempt_access.note_refused(user, refused.publication.report, "published file")
        raise Http404
    if hasattr(file.publication, "withdrawal"):
        shown = report_of(request, council, plan, report)
        context = shown.context(shown.crumb, ("Withdrawn", ""), publication=file.publication)
        return render(request, "reports/publication_withdrawn.html", context, status=410)
    if file.audience == Audience.EXEMPT:
        exempt_access.note_read(user, file.publication.report, "published file")
    return _bytes(request, file)


def _bytes(request: HttpRequest, file: PublishedFile) -> HttpResponse:
    etag = f'"{file.sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            content = workflow.content_of(file)
        except FileAltered:
            return errors.page(request, 500)
        response = HttpResponse(content, content_type=formats.CONTENT_TYPES[file.format])
        response["Content-Disposition"] = content_disposition_header(True, file.shown_name) or ""
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _publish(form: PublishForm, shown: ReportPage, last: Publication | None) -> Publishing:
    said, user, on = form.cleaned_data, shown.page.user, shown.page.day.now
    if last:
        return workflow.correct(report=shown.report, by=user, on=on, **said)
    return workflow.publish(report=shown.report, by=user, on=on, **said)


def _contents(shown: ReportPage, audience: Audience) -> tuple[Audience, tuple[str, ...]]:
    """A document to be made, and the parts that it will have."""
    paper = document.of(shown.report, audience=audience)
    return audience, tuple(part.title for part in paper.parts)


def _version(publication: Publication, shown: ReportPage) -> Version:
    exempt_too = Audience.EXEMPT in shown.readable
    files = sorted(publication.files.all(), key=lambda file: file.pk)
    readable = [Audience.OPEN, Audience.EXEMPT] if exempt_too else [Audience.OPEN]
    grouped = (
        (audience, tuple(file for file in files if file.audience == audience)) for audience in readable
    )
    return Version(
        publication,
        withdrawal_by(publication, shown.as_of),
        tuple((audience, found) for audience, found in grouped if found),
    )


def _waits(going: Publishing) -> dict[str, bool]:
    now = clock.now()
    waited = (now - going.requested_at).total_seconds()
    return {
        "abandoned": going.is_abandoned(now),
        "waits_long": waited > LONG_WAIT and not going.started_at,
    }
