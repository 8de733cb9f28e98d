from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from improvement.pages import plan_page
from improvement.spreadsheet import csv_file
from recommendations import comparison
from recommendations.comparison import Comparison
from recommendations.plan_forms import CompareForm
from recommendations.sides import Side

COLUMNS = ("change", "ref", "number", "theme", "leads", "action", "before", "after", "days_moved")


@dataclass(frozen=True)
class Compared:
    """Two sides, all that differs between them, and the part of it that was asked for."""

    before: Side
    after: Side
    whole: Comparison
    shown: Comparison

    @property
    def backwards(self) -> bool:
        return self.before.on > self.after.on


@require_safe
def compare(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    form = CompareForm(request.GET, plan=page.plan, on=page.day.on)
    compared = _compare(form)
    query = _query(form, compared) if compared else {}
    context = page.context(
        ("What changed", ""),
        form=form,
        compared=compared,
        narrowed=[name for name in ("kind", "theme", "lead") if query.get(name)],
        whole_query=_encoded({"from": query.get("from"), "to": query.get("to")}),
        csv_query=_encoded(query),
        turned_query=_encoded({**query, "from": query.get("to"), "to": query.get("from")}),
    )
    return render(request, "recommendations/compare.html", context, status=200 if compared else 422)


@require_safe
def compare_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The same differences as rows: the same sides, the same filters."""
    page = plan_page(request, council, plan)
    compared = _compare(CompareForm(request.GET, plan=page.plan, on=page.day.on))
    if compared is None:
        raise BadRequest("This cannot be compared. Go back to the page and choose again.")
    name = f"{page.plan.slug}-{compared.before.value}-to-{compared.after.value}"
    return csv_file(name, COLUMNS, _rows(compared.shown))


def _compare(form: CompareForm) -> Compared | None:
    if not form.is_valid():
        return None
    before, after = form.read["from"], form.read["to"]
    whole = comparison.of(before.contents, after.contents)
    return Compared(before, after, whole, whole.only(**form.narrowing))


def _rows(shown: Comparison) -> Iterator[list[str]]:
    for one in shown.differences:
        action, kind = one.action, str(one.kind.label)
        days = "" if one.days is None else str(one.days)
        leads = "; ".join(one.leads)
        yield [kind, *action.place, one.theme, leads, action.text, one.before, one.after, days]
    for what, found in (
        ("New recommendation", shown.new_recommendations),
        ("Recommendation not there", shown.former_recommendations),
    ):
        for recommendation in found:
            theme = recommendation.theme
            yield [what, recommendation.reference, "", theme, "", recommendation.text, "", "", ""]


def _query(form: CompareForm, compared: Compared) -> dict[str, Any]:
    """What an address says to show this again."""
    narrowing = {name: form.cleaned_data[name] for name in ("kind", "theme", "lead")}
    return {"from": compared.before.value, "to": compared.after.value, **narrowing}


def _encoded(query: dict[str, Any]) -> str:
    return urlencode({name: value for name, value in query.items() if value})
