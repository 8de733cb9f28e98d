"""Writing one section: its words, their preview, who else is at it, and how far it is."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from improvement import clock
from recommendations import progress
from reports import live_figures, typed, writing
from reports.models import Readiness, ReportSection
from reports.views.reading import ReportPage
from reports.views.writing import around, tell, writing_page
from reports.workflow import authoring
from reports.workflow.authoring import Saved, WrittenMeanwhile
from reports.workflow.written import LONGEST_BODY, Gone
from reports.writing_forms import MarkForm, SectionForm, put

READY = "ready"


def section_of(shown: ReportPage, number: int) -> ReportSection:
    """A section of the report by its number, which it keeps wherever it moves."""
    sections = ReportSection.objects.visible_to(shown.page.user).for_report(shown.report)
    found = get_object_or_404(sections.select_related("edited_by"), pk=number)
    found.report = shown.report
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def write_section(request: HttpRequest, council: str, plan: str, report: str, section: int) -> HttpResponse:
    """The section's page. Its button and the script that saves while somebody types post to the same address."""
    shown = writing_page(request, council, plan, report)
    found = section_of(shown, section)
    if request.method != "POST":
        return _section_page(request, shown, found, SectionForm(section=found))
    form = SectionForm(request.POST, section=found)
    try:
        saved = form.attempt(lambda: _save(request, shown, found, form)) if form.is_valid() else None
    except WrittenMeanwhile as clash:
        return _clash(request, shown, clash.theirs, form)
    except Gone as gone:
        return _gone(request, shown, str(gone))
    if saved is None:
        return _refused(request, shown, found, form)
    return _saved(request, shown, saved)


def _save(request: HttpRequest, shown: ReportPage, section: ReportSection, form: SectionForm) -> Saved:
    change = authoring.finish_section if request.POST.get("then") == READY else authoring.write_section
    return change(section=section, by=shown.page.user, on=shown.page.day.now, **form.cleaned_data)


def _by_script(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _saved(request: HttpRequest, shown: ReportPage, saved: Saved) -> HttpResponse:
    section = saved.section
    at = timezone.localtime(section.edited_at if saved.told.changed else clock.now())
    words = f"Saved {at:%H:%M}."
    done = request.POST.get("then") == READY
    if done:
        tell(request, f"“{section.heading}” is ready.", saved.told)
    if not _by_script(request):
        if not done:
            tell(request, words, saved.told)
        return redirect(shown.url("write_report") if done else shown.url("write_section", section.pk))
    if saved.was_ready and saved.told.changed and not done:
        words += " It was ready; now it has to be marked as ready again."
    about = render_to_string(
        "reports/_write_about.html", {"section": section, "length": writing.in_words(section.words)}
    )
    return JsonResponse(
        {
            "said": words,
            "told": saved.told.sentence,
            "version": section.version,
            "about": about,
            "next": shown.url("write_report") if done else "",
        }
    )


def _refused(
    request: HttpRequest, shown: ReportPage, section: ReportSection, form: SectionForm
) -> HttpResponse:
    if not _by_script(request):
        return _section_page(request, shown, section, form, status=422)
    problems = [str(error) for errors in form.errors.values() for error in errors]
    asks_why = form.has_error("kept_because")
    return JsonResponse({"said": " ".join(["Not saved.", *problems]), "asks_why": asks_why}, status=422)


def _clash(request: HttpRequest, shown: ReportPage, theirs: ReportSection, form: SectionForm) -> HttpResponse:
    """Both versions; what was typed stays in the form, and saving it again puts it after theirs."""
    put(form, "version", str(theirs.version))
    theirs.report = shown.report
    if not _by_script(request):
        return _section_page(request, shown, theirs, form, status=409, theirs=theirs)
    side = render_to_string("reports/_write_theirs.html", {"theirs": theirs, "council": shown.report.council})
    return JsonResponse({"said": "Not saved.", "theirs": side, "version": theirs.version}, status=409)


def _gone(request: HttpRequest, shown: ReportPage, words: str) -> HttpResponse:
    if _by_script(request):
        return JsonResponse({"said": f"Not saved. {words}"}, status=410)
    return render(request, "reports/write_gone.html", around(shown, ("Section", ""), words=words), status=410)


def _section_page(
    request: HttpRequest,
    shown: ReportPage,
    section: ReportSection,
    form: SectionForm,
    *,
    status: int = 200,
    theirs: ReportSection | None = None,
) -> HttpResponse:
    context = around(
        shown,
        (section.heading, ""),
        report_section=section,
        form=form,
        theirs=theirs,
        printed=writing.as_printed(section, _typed(form)),
        figures=live_figures.offered(progress.ratings_of(shown.page.plan)),
        paper=writing.plan_says(section),
        filled=writing.filled(section),
        writer=writing.writer_of(section, reader=shown.page.user, at=clock.now()),
        length=writing.in_words(section.words),
        longest=LONGEST_BODY,
        **writing.neighbours(section),
    )
    return render(request, "reports/write_section.html", context, status=status)


def _typed(form: SectionForm) -> str:
    """What stands in the form, so far as a page can show it."""
    return typed.text(str(form["body"].value() or ""))[:LONGEST_BODY]


@require_POST
def preview_section(request: HttpRequest, council: str, plan: str, report: str, section: int) -> HttpResponse:
    """What is typed, as the paper will print it. Nothing is kept."""
    shown = writing_page(request, council, plan, report)
    found = section_of(shown, section)
    body = typed.text(request.POST.get("body", ""))
    too_long = len(body) > LONGEST_BODY
    printed = writing.as_printed(found, "" if too_long else body)
    context = {"section": found, "printed": printed, "too_long": too_long}
    return render(request, "reports/_write_preview.html", context)


@require_safe
def section_presence(
    request: HttpRequest, council: str, plan: str, report: str, section: int
) -> HttpResponse:
    """Who else is writing the section now, and whether its words are newer than those on the reader's page."""
    shown = writing_page(request, council, plan, report)
    found = section_of(shown, section)
    context = {
        "council": shown.report.council,
        "plan": shown.page.plan,
        "report": shown.report,
        "section": found,
        "writer": writing.writer_of(found, reader=shown.page.user, at=clock.now()),
        "newer": request.GET.get("version", "") not in ("", str(found.version)),
    }
    return render(request, "reports/_write_presence.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mark_section(request: HttpRequest, council: str, plan: str, report: str, section: int) -> HttpResponse:
    shown = writing_page(request, council, plan, report)
    found = section_of(shown, section)
    form = MarkForm(request.POST if request.method == "POST" else None, section=found)
    theirs = None
    if form.is_valid():
        said = {"section": found, "by": shown.page.user, "on": shown.page.day.now, **form.cleaned_data}
        try:
            told = form.attempt(lambda: authoring.mark_section(**said))
        except WrittenMeanwhile as clash:
            told, theirs = None, clash.theirs
            put(form, "version", str(theirs.version))
        if told:
            state = Readiness(form.cleaned_data["readiness"]).label.lower()
            tell(request, f"“{found.heading}” is {state}.", told)
            return redirect(shown.url("write_report"))
    place = (found.heading, shown.url("write_section", found.pk))
    context = around(shown, place, ("How far it is", ""), report_section=found, form=form, theirs=theirs)
    status = (409 if theirs else 422) if form.is_bound else 200
    return render(request, "reports/write_mark.html", context, status=status)
