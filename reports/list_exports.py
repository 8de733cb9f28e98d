"""The lists of a plan as CSV, each as its page shows it; `columns=all` adds what the page leaves out."""

from collections.abc import Callable, Iterable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from improvement.models import LeadOfficer
from improvement.pages import plan_page
from improvement.spreadsheet import Columns, day, file_name, list_file
from recommendations import contents, progress, versions
from recommendations.contents import ActionContent, RecommendationContent
from recommendations.models import Recommendation
from recommendations.progress import Figure, Figures, Part
from recommendations.views.plan_versions import load_version

FIGURES: dict[str, Callable[[Figures], Figure]] = {
    "actions": lambda figures: figures.actions,
    "complete": lambda figures: figures.complete,
    "should_be_finished": lambda figures: figures.should_be_finished,
    "overdue": lambda figures: figures.overdue,
    "due_in_30_days": lambda figures: figures.due_soon,
    "not_updated_for_30_days": lambda figures: figures.silent,
    "without_due_date": lambda figures: figures.undated,
    "due_date_moved": lambda figures: figures.moved,
}
COUNTS = ("actions", "complete", "overdue")
MORE_COUNTS = tuple(name for name in FIGURES if name not in COUNTS)
# The columns of the dashboard's tables, and what is counted besides.
SHADED, BESIDES = tuple(FIGURES)[:6], tuple(FIGURES)[6:]
RECOMMENDATIONS = Columns(
    shown=("theme", "reference", "recommendation", "timescale", *COUNTS),
    more=(*MORE_COUNTS, "text", "outcome", "raised_on", "raised_by", "inspection", "organisations"),
)
PARTS = {
    part: Columns(shown=(part, *SHADED), more=BESIDES)
    for part in ("theme", "phase", "timescale", "organisation")
}
LEAD_OFFICERS = Columns(
    shown=("post", "title", *SHADED), more=(*BESIDES, "organisation", "in_the_plans_key", "note")
)
VERSIONS = Columns(shown=("version", "agreed_on", "signed_off", "digest"), more=("note",))
VERSION = Columns(
    shown=(
        "theme",
        "reference",
        "recommendation",
        "text",
        "timescale",
        "organisations",
        "outcome",
        "number",
        "action",
        "phase",
        "leads",
        "due",
        "stage_then",
        "rating_then",
    ),
    more=("due_on", "due_text"),
)


@require_safe
def recommendations_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per recommendation that had been made by the day, in plan order."""
    page = plan_page(request, council, plan)
    parts = progress.break_down(page.plan, on=page.day.on).recommendations
    figures = {part.key: part.figures for part in parts}
    raised = Recommendation.objects.visible_to(page.user).for_plan(page.plan).raised_by(on=page.day.on)
    shown = raised.in_order().select_related("theme", "inspection").prefetch_related("organisations")
    rows = (_recommendation(one, figures.get(one.reference)) for one in shown)
    return list_file(request, file_name(page, "recommendations"), RECOMMENDATIONS, rows)


def _recommendation(one: Recommendation, figures: Figures | None) -> list[str]:
    return [
        one.theme.name,
        one.reference,
        one.title,
        one.get_timescale_display(),
        *_counts(figures, (*COUNTS, *MORE_COUNTS)),
        one.text,
        one.outcome,
        day(one.raised_on),
        one.raised_by,
        one.inspection.name if one.inspection else "",
        "; ".join(organisation.name for organisation in one.organisations.all()),
    ]


@require_safe
def parts_csv(request: HttpRequest, council: str, plan: str, part: str) -> HttpResponse:
    """One row per theme, phase or timescale, or per organisation, for each of which an action counts once."""
    page = plan_page(request, council, plan)
    if part not in PARTS:
        raise Http404
    if part == "organisation":
        found = progress.by_organisation(page.plan, on=page.day.on)
    else:
        parts = progress.break_down(page.plan, on=page.day.on)
        found = {"theme": parts.themes, "phase": parts.phases, "timescale": parts.timescales}[part]
    rows = ([one.label, *_counts(one.figures, FIGURES)] for one in found)
    return list_file(request, file_name(page, f"by-{part}"), PARTS[part], rows)


@require_safe
def lead_officers_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per post that leads an action, first or beside others."""
    page = plan_page(request, council, plan)
    posts = LeadOfficer.objects.visible_to(page.user).filter(council=page.plan.council)
    known = {post.abbreviation: post for post in posts.select_related("organisation")}
    rows = (
        _lead_officer(part, known[part.key]) for part in progress.by_lead_officer(page.plan, on=page.day.on)
    )
    return list_file(request, file_name(page, "lead-officers"), LEAD_OFFICERS, rows)


def _lead_officer(part: Part, post: LeadOfficer) -> list[str]:
    return [
        part.label,
        part.hint,
        *_counts(part.figures, FIGURES),
        post.organisation.name,
        "yes" if post.in_key else "no",
        post.note,
    ]


def _counts(figures: Figures | None, names: Iterable[str]) -> list[str]:
    """The figures of these names; nothing where no action is."""
    return [str(FIGURES[name](figures).count) if figures else "0" for name in names]


@require_safe
def versions_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per version that had been agreed by the day, the latest first."""
    page = plan_page(request, council, plan)
    rows = (
        [
            one.version.label,
            day(one.version.agreed_on),
            "; ".join(f"{signed.body}, {day(signed.on)}" for signed in one.sign_offs),
            one.version.digest,
            one.version.note,
        ]
        for one in versions.of(page.plan, on=page.day.on).versions
    )
    return list_file(request, file_name(page, "versions"), VERSIONS, rows)


@require_safe
def version_csv(request: HttpRequest, council: str, plan: str, label: str) -> HttpResponse:
    """The frozen words of a version: one row per action, and per recommendation that none answered then."""
    page = plan_page(request, council, plan)
    version = load_version(page, label)
    try:
        kept = contents.of_version(version)
    except contents.NotAsAgreed as altered:
        raise BadRequest("What is stored of this version is not the text that was agreed.") from altered
    rows = (
        _frozen(theme, recommendation, action)
        for theme, recommendations in contents.by_theme(kept)
        for recommendation, actions in recommendations
        for action in actions or (None,)
    )
    return list_file(request, f"{page.plan.slug}-version-{version.label}", VERSION, rows)


def _frozen(theme: str, one: RecommendationContent, action: ActionContent | None) -> list[str]:
    asked = [one.reference, one.title, one.text, one.timescale_words, "; ".join(one.organisations)]
    answer = [""] * 9
    if action:
        answer = [
            action.number,
            action.text,
            action.phase_words,
            "; ".join(action.leads),
            action.due_words,
            action.stage_words,
            action.rating,
            action.due_on,
            action.due_text,
        ]
    return [theme, *asked, one.outcome, *answer]
