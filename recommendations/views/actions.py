from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from improvement.pages import PlanPage, plan_page
from recommendations import challenge, history, index_of_changes, progress, slippage
from recommendations.filters import ActionFilter
from recommendations.models import Action, DueDateChange
from recommendations.models.action import ActionQuerySet
from recommendations.progress import Standing
from recommendations.tables import ActionTable
from recommendations.views.subjects import evidence_and_assurance
from recommendations.workflow import Offers, offers_to, updatable_by

PAGE_SIZES = (25, 50, 100)
# What narrowing the list leaves as it is.
KEPT = ("on", "per_page", "sort")


@dataclass(frozen=True)
class Row:
    """An action in a list, and whether the reader may update it there."""

    standing: Standing
    editable: bool


class ActionPaginator(Paginator[Any]):
    """Takes its page size from the list of sizes: django-tables2 hands on whatever number the address has."""

    def __init__(self, object_list: Any, per_page: int, **options: Any) -> None:
        super().__init__(object_list, per_page if per_page in PAGE_SIZES else PAGE_SIZES[0], **options)


class ActionList(SingleTableMixin, FilterView):  # type: ignore[misc]
    """A plan's actions, narrowed and sorted by what the address says."""

    http_method_names = ["get", "head"]
    table_class = ActionTable
    filterset_class = ActionFilter
    template_name = "recommendations/action_list.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page: PlanPage = plan_page(request, kwargs["council"], kwargs["plan"])

    def get_queryset(self) -> ActionQuerySet:
        return listed(self.page)

    def get_filterset_kwargs(self, filterset_class: type[ActionFilter]) -> dict[str, Any]:
        narrowing = super().get_filterset_kwargs(filterset_class)
        return {**narrowing, "plan": self.page.plan, "on": self.page.day.on}

    def get_table_pagination(self, table: ActionTable) -> dict[str, Any]:
        return {"paginator_class": ActionPaginator}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = [row.record for row in context["table"].paginated_rows]
        rows = rows_in(self.page, progress.standings(shown, on=self.page.day.on))
        more = {
            "rows": rows,
            "ticking": any(row.editable for row in rows),
            "tick_all": self.request.GET.get("tick") == "all",
            "kept": [(name, self.request.GET[name]) for name in KEPT if name in self.request.GET],
            "page_sizes": PAGE_SIZES,
            "ratings": progress.ratings_of(self.page.plan),
            "section": "actions",
        }
        return {**context, **self.page.context(("Actions", "")), **more}


def listed(page: PlanPage) -> ActionQuerySet:
    """The plan's actions as the list and its CSV show them, before anything narrows them."""
    actions = Action.objects.visible_to(page.user).for_plan(page.plan).as_of(page.day.on)
    return actions.with_recommendation().with_leads().with_sort_keys(on=page.day.on).in_plan_order()


@require_safe
def action_page(request: HttpRequest, council: str, plan: str, reference: str, number: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    action = load_action(page, reference, number)
    standing = progress.standings([action], on=page.day.on)[0]
    offers = offers_in(page, standing)
    if request.htmx:  # type: ignore[attr-defined]
        # The row of the list again, after its update form was left.
        return render(
            request, "recommendations/_action_row.html", page.context(row=Row(standing, offers.update))
        )
    changes = DueDateChange.objects.visible_to(page.user).of_action(action)
    context = page.context(
        (reference, page.url("recommendations:recommendation_page", reference)),
        (f"Action {number}", ""),
        standing=standing,
        recommendation=action.recommendation,
        history=history.of_action(action, on=page.day.on),
        offers=offers,
        moves=slippage.moves(changes.asked_by(on=page.day.on).with_people(), on=page.day.on),
        wordings=history.of_words(action, on=page.day.on),
        led=history.of_leads(action, on=page.day.on),
        indexed=index_of_changes.kinds_of(action, on=page.day.on),
        keeper=offers.keep_plan,
        ratings=progress.ratings_of(page.plan),
        questions=challenge.of_action(action, on=page.day.on),
        dismissible=offers.challenge,
        **evidence_and_assurance(page, action.recommendation, action),
    )
    return render(request, "recommendations/action_page.html", context)


def offers_in(page: PlanPage, standing: Standing) -> Offers:
    """The steps offered on a page: none on a day that is past."""
    if page.day.asked:
        return Offers()
    return offers_to(page.user, standing.action, stage=standing.stage, on=page.day.now)


def rows_in(page: PlanPage, standings: Iterable[Standing]) -> list[Row]:
    """Actions as a list shows them, each with whether the reader may update it there."""
    may = updatable_by(page.user, page.plan.council, on=page.day.now)
    open_now = not page.day.asked and not page.plan.is_closed(page.day.now)
    return [
        Row(standing, open_now and not standing.is_ended and may.covers(standing.action))
        for standing in standings
    ]


def load_action(page: PlanPage, reference: str, number: str) -> Action:
    actions = Action.objects.visible_to(page.user).for_plan(page.plan).as_of(page.day.on)
    return get_object_or_404(
        actions.with_recommendation().with_leads(), recommendation__reference=reference, number=number
    )
