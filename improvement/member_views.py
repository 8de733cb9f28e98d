"""Who may see and change a council's plans: its members, for plan administrators."""

from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from improvement import workflow
from improvement.member_forms import AddMemberForm, ChangeMemberForm, MemberFilter
from improvement.models import Membership
from improvement.models.user import MembershipQuerySet
from improvement.pages import CouncilPage, council_page
from improvement.permissions import CLOSED_PART, Verb, may, require

PAGE_SIZE = 50
LIST = "member_list"
forms_of = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Row:
    """A member as the list shows them."""

    membership: Membership

    @property
    def posts(self) -> tuple[str, ...]:
        held = getattr(self.membership.user, "held", ())
        return tuple(holding.lead_officer.abbreviation for holding in held)

    @property
    def reads_exempt(self) -> bool:
        return self.membership.role in CLOSED_PART


class MemberTable(tables.Table):  # type: ignore[misc]
    """Head and sorting of a council's members; rows are written by the template."""

    email = tables.Column("Member", order_by=("user__email", "pk"))
    role = tables.Column("Role", order_by=("role", "user__email", "pk"))

    class Meta:
        order_by = ("email",)
        empty_text = ""


class MemberPaginator(Paginator[Any]):
    """Of one size: django-tables2 hands on whatever number the address has."""

    def __init__(self, object_list: Any, per_page: int, **options: Any) -> None:
        super().__init__(object_list, PAGE_SIZE, **options)


class MemberList(SingleTableMixin, FilterView):  # type: ignore[misc]
    """A council's members, narrowed and sorted by what the address says."""

    http_method_names = ["get", "head"]
    table_class = MemberTable
    filterset_class = MemberFilter
    template_name = "improvement/member_list.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page: CouncilPage = keeping(request, kwargs["council"])

    def get_queryset(self) -> MembershipQuerySet:
        return listed(self.page)

    def get_table_pagination(self, table: MemberTable) -> dict[str, Any]:
        return {"paginator_class": MemberPaginator}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = [Row(row.record) for row in context["table"].paginated_rows]
        return {**context, **self.page.context(("Members", "")), "rows": rows}


def keeping(request: HttpRequest, council: str) -> CouncilPage:
    """The council's page for those who decide who may see what; there are no members of another day."""
    page = council_page(request, council)
    require(page.user, Verb.KEEP_MEMBERS, page.council)
    page.refuse_changes_to_the_past()
    return page


def listed(page: CouncilPage) -> MembershipQuerySet:
    """The council's members as the list and its CSV show them, before anything narrows them."""
    members = Membership.objects.visible_to(page.user).for_council(page.council)
    return members.with_posts(page.council, on=page.day.now).order_by("user__email", "pk")


@forms_of
def add_member(request: HttpRequest, council: str) -> HttpResponse:
    page = keeping(request, council)
    form = AddMemberForm(request.POST if request.method == "POST" else None, council=page.council)
    if form.is_valid():
        try:
            added = workflow.add_member(
                council=page.council, by=page.user, on=page.day.now, **form.cleaned_data
            )
        except workflow.AlreadyMember as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, f"{added.user.email} is in, as {added.get_role_display().lower()}.")
            return redirect(page.url(LIST))
    context = page.context(_list(page), ("Add a member", ""), form=form)
    return render(request, "improvement/member_form.html", context, status=422 if form.errors else 200)


@forms_of
def change_member(request: HttpRequest, council: str, number: int) -> HttpResponse:
    page = keeping(request, council)
    membership = _load(page, number)
    form, status = _change_form(request.POST if request.method == "POST" else None, membership), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            said = {"membership": membership, "by": page.user, "on": page.day.now, **form.cleaned_data}
            try:
                workflow.change_member(**said)
                messages.success(request, f"{membership.user.email} is changed.")
                return _back(page)
            except ValidationError as refused:
                form.add_error(None, refused)
            except workflow.MemberChangedMeanwhile as clash:
                form, status = _change_form(_seen_now(request, membership), membership), 409
                form.add_error(None, str(clash))
    context = page.context(_list(page), (membership.user.email, ""), form=form, row=Row(membership))
    return render(request, "improvement/member_form.html", context, status=status)


def _change_form(data: Any, membership: Membership) -> ChangeMemberForm:
    posts = [holding.lead_officer for holding in getattr(membership.user, "held", ())]
    seen = {"role": membership.role, "posts": posts, "version": workflow.version_of(membership)}
    return ChangeMemberForm(data, council=membership.council, initial=seen)


def _seen_now(request: HttpRequest, membership: Membership) -> Any:
    """What was typed stays; sending it again says that the page as it is now was seen."""
    typed = request.POST.copy()
    typed["version"] = str(workflow.version_of(membership))
    return typed


@forms_of
def end_member(request: HttpRequest, council: str, number: int) -> HttpResponse:
    page = keeping(request, council)
    membership = _load(page, number)
    if request.method == "POST":
        try:
            workflow.end_member(membership=membership, by=page.user, on=page.day.now)
            messages.success(
                request, f"{membership.user.email} is out and sees nothing of {page.council} any more."
            )
        except workflow.LastAdministrator as refused:
            messages.warning(request, refused.message)
        return _back(page)
    crumbs = (_list(page), ("End a membership", ""))
    context = page.context(*crumbs, row=Row(membership))
    return render(request, "improvement/member_end.html", context)


def _load(page: CouncilPage, number: int) -> Membership:
    found: Membership = get_object_or_404(listed(page), pk=number)
    return found


def _back(page: CouncilPage) -> HttpResponse:
    """To the list, or home for somebody who has just lost the right to it."""
    keeps = may(page.user, Verb.KEEP_MEMBERS, page.council)
    return redirect(page.url(LIST) if keeps else reverse("home"))


def _list(page: CouncilPage) -> tuple[str, str]:
    return "Members", page.url(LIST)
