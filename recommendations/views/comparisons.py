from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from improvement.pages import plan_page
from improvement.spreadsheet import Columns, list_file, number
from recommendations import comparison
from recommendations.comparison import Comparison, Kind
from recommendations.plan_forms import CompareForm
from recommendations.sides import Side

COLUMNS = Columns(
    shown=("change", "ref", "number", "action", "theme", "leads", "due", "before", "after", "days_moved"),
    more=("phase", "stage", "rating", "recommendation_text", "outcome", "timescale", "organisations"),
)


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
        csv_query="&".join(part for part in (_encoded(query), page.day.query) if part),
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
    return list_file(request, name, COLUMNS, _rows(compared.shown))


def _compare(form: CompareForm) -> Compared | None:
    if not form.is_valid():
        return None
    before, after = form.read["from"], form.read["to"]
    whole = comparison.of(before.contents, after.contents)
    return Compared(before, after, whole, whole.only(**form.narrowing))


def _rows(shown: Comparison) -> Iterator[list[str]]:
    """One row for each way in which an action changed, then one for each recommendation that one side lacks."""
    for one in shown.differences:
        action = one.action
        yield [
            str(one.kind.label),
            *action.place,
            action.text,
            one.theme,
            "; ".join(one.leads),
            action.due_words if one.kind is Kind.ADDED else "",
            one.before,
            one.after,
            number(one.days),
            action.phase_words,
            action.stage_words,
            action.rating,
            *[""] * 4,
        ]
    for what, found in (
        ("New recommendation", shown.new_recommendations),
        ("Recommendation not there", shown.former_recommendations),
    ):
        for new in found:
            said = [new.text, new.outcome, new.timescale_words, "; ".join(new.organisations)]
            yield [what, new.reference, "", new.title, new.theme, *[""] * 8, *said]


def _query(form: CompareForm, compared: Compared) -> dict[str, Any]:
    """What an address says to show this again."""
    narrowing = {name: form.cleaned_data[name] for name in ("kind", "theme", "lead")}
    return {"from": compared.before.value, "to": compared.after.value, **narrowing}


def _encoded(query: dict[str, Any]) -> str:
    return urlencode({name: value for name, value in query.items() if value})
