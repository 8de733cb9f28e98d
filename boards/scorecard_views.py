"""The scorecard, and adding to it: measures, readings and their corrections."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from boards import scorecard as scorecards
from boards.scorecard_forms import CorrectionForm, MeasureForm, ReadingForm
from improvement.pages import PlanPage, plan_page
from improvement.permissions import Verb
from recommendations.models import Measure, Reading
from recommendations.views.keeping import keeper_page, offers
from recommendations.workflow import measures as workflow


@require_safe
def scorecard(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """What children say and what is counted, as of the day."""
    page = plan_page(request, council, plan)
    context = page.context(
        ("Scorecard", ""),
        section="dashboard",
        scorecard=scorecards.of_plan(page.plan, on=page.day.on),
        may_keep=offers(page, Verb.KEEP_MEASURES),
    )
    return render(request, "boards/scorecard.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_measure(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = keeper_page(request, council, plan, Verb.KEEP_MEASURES)
    form = MeasureForm(request.POST if request.method == "POST" else None, plan=page.plan)
    if form.is_valid():
        said = {"plan": page.plan, "by": page.user, "on": page.day.now, **form.cleaned_data}
        measure = form.attempt(lambda: workflow.add_measure(**said))
        if measure:
            messages.success(
                request, "The measure is on the scorecard. Add its first reading when there is one."
            )
            return _back(page, measure)
    context = page.context(_scorecard(page), ("Add a measure", ""), form=form)
    return render(request, "boards/measure_add.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def add_reading(request: HttpRequest, council: str, plan: str, measure: str) -> HttpResponse:
    page = keeper_page(request, council, plan, Verb.KEEP_MEASURES)
    about = _load(page, measure)
    form = ReadingForm(request.POST if request.method == "POST" else None, measure=about)
    if form.is_valid():
        said = {"measure": about, "by": page.user, "on": page.day.now, **form.cleaned_data}
        if form.attempt(lambda: workflow.add_reading(**said)):
            messages.success(request, f"Reading of “{about}” saved.")
            return _back(page, about)
    context = page.context(_scorecard(page), ("Add a reading", ""), form=form, measure=about)
    return render(request, "boards/reading_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_reading(
    request: HttpRequest, council: str, plan: str, measure: str, reading: int
) -> HttpResponse:
    page = keeper_page(request, council, plan, Verb.KEEP_MEASURES)
    about = _load(page, measure)
    stands = get_object_or_404(Reading.objects.visible_to(page.user).of_measure(about), pk=reading)
    form = CorrectionForm(request.POST if request.method == "POST" else None, reading=stands)
    theirs, status = None, 422 if form.is_bound else 200
    if form.is_valid():
        said = {"reading": stands, "by": page.user, "on": page.day.now, **form.cleaned_data}
        try:
            if form.attempt(lambda: workflow.correct_reading(**said)):
                messages.success(request, f"Reading of “{about}” corrected; the first stays in its history.")
                return _back(page, about)
        except workflow.CorrectedMeanwhile as clash:
            theirs, status = clash.theirs, 409
    context = page.context(_scorecard(page), ("Correct a reading", ""))
    context |= {"form": form, "measure": about, "reading": stands, "theirs": theirs}
    return render(request, "boards/reading_form.html", context, status=status)


def _load(page: PlanPage, slug: str) -> Measure:
    known = Measure.objects.visible_to(page.user).for_plan(page.plan).added_by(on=page.day.now)
    return get_object_or_404(known.select_related("plan__council"), slug=slug)


def _scorecard(page: PlanPage) -> tuple[str, str]:
    return "Scorecard", page.url("boards:scorecard")


def _back(page: PlanPage, measure: Measure) -> HttpResponse:
    return redirect(f"{page.url('boards:scorecard')}#measure-{measure.slug}")
