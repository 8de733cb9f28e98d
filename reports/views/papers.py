"""The papers that a plan makes without an author: the list, each as a page or a file, and the board pack."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from improvement.models import LeadOfficer
from improvement.pages import PlanPage, plan_page
from reports import papers
from reports.pack_forms import BoardPackForm
from reports.paper import Paper
from reports.papers import Kind, board_pack, lead_sheet
from reports.plan_blocks import Asked
from reports.views.files import ask_for, chosen_format
from reports.views.reading import forms_of
from reports.workflow.files import Wanted

LEAD_SHEET = "lead-officer"
NO_SUCH_POST = "Choose a post that leads an action of this plan."


@dataclass(frozen=True)
class PapersPage:
    """Who looks at the papers of which plan."""

    page: PlanPage

    @cached_property
    def asked(self) -> Asked:
        return papers.asked(self.page.plan, self.page.day.on)

    @cached_property
    def posts(self) -> Mapping[str, LeadOfficer]:
        return papers.posts_of(self.page.plan)

    @property
    def list_url(self) -> str:
        return self.page.url("reports:paper_list")

    def kind(self, slug: str) -> Kind:
        """The paper of that name, if this plan makes it on this day."""
        kind = next((kind for kind in papers.offered(self.asked) if kind.slug == slug), None)
        if kind is None:
            raise Http404
        return kind

    def context(self, *crumbs: tuple[str, str], **more: object) -> dict[str, object]:
        """What every page of the papers shows around its content. A past day can be read, and nothing be made of it."""
        places = [("Reports", self.page.url("reports:report_list"))]
        if crumbs:
            places.append(("Papers in one click", self.list_url))
        trail = (*places, *(crumbs or (("Papers in one click", ""),)))
        return self.page.context(*trail, section="reports", offered=not self.page.day.asked, **more)


def _papers(request: HttpRequest, council: str, plan: str) -> PapersPage:
    shown = PapersPage(plan_page(request, council, plan))
    if request.method == "POST":
        shown.page.refuse_changes_to_the_past()
    return shown


@require_safe
def paper_list(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    shown = _papers(request, council, plan)
    rows = [(kind, shown.page.url("reports:paper_page", kind.slug)) for kind in papers.offered(shown.asked)]
    context = shown.context(
        rows=rows,
        posts=shown.posts.values(),
        sheet_url=shown.page.url("reports:lead_sheet"),
        pack_url=shown.page.url("reports:board_pack"),
    )
    return render(request, "reports/paper_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def paper_page(request: HttpRequest, council: str, plan: str, paper: str) -> HttpResponse:
    shown = _papers(request, council, plan)
    kind = shown.kind(paper)
    return _read_or_make(request, shown, kind.build(shown.asked), kind.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_page(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One lead officer's sheet; without a post, or with one that leads nothing here, the page asks for one."""
    shown = _papers(request, council, plan)
    lead = shown.posts.get(request.GET.get("lead", ""))
    if lead is None:
        crumb = (lead_sheet.TITLE, "")
        errors = [(NO_SUCH_POST, "#lead")] if "lead" in request.GET else []
        context = shown.context(crumb, posts=shown.posts.values(), sheet_url=request.path, errors=errors)
        return render(request, "reports/paper_lead.html", context, status=422 if errors else 200)
    name = f"{LEAD_SHEET}-{slugify(lead.abbreviation)}"
    return _read_or_make(request, shown, papers.sheet_of(shown.asked, lead), name)


def _read_or_make(request: HttpRequest, shown: PapersPage, paper: Paper, name: str) -> HttpResponse:
    """The paper as a page; by POST as a file."""
    wanted = Wanted(shown.page.plan, name, paper, format=chosen_format(request))
    if request.method == "POST":
        return ask_for(request, shown.page, wanted, back=request.get_full_path())
    context = shown.context(
        (paper.title, ""),
        paper=paper,
        linked=True,
        make_url=request.get_full_path(),
        forms=forms_of(wanted, shown.page),
    )
    return render(request, "reports/paper_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pack_page(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """Choose papers and their order, and have them made as one."""
    shown = _papers(request, council, plan)
    form = BoardPackForm(
        request.POST if request.method == "POST" else None, asked=shown.asked, user=shown.page.user
    )
    if request.method == "POST" and form.is_valid():
        pack = board_pack.of(shown.page.plan, on=shown.page.day.on, papers=form.papers())
        wanted = Wanted(shown.page.plan, board_pack.SLUG, pack, format=chosen_format(request))
        return ask_for(request, shown.page, wanted, back=request.path)
    context = shown.context((board_pack.TITLE, ""), form=form)
    return render(request, "reports/paper_pack.html", context, status=422 if form.is_bound else 200)
