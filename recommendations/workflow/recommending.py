"""What is recommended: by the inspectors, or by the council itself as a priority of its own."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max

from improvement import ledger
from improvement.models import Inspection, Plan, Theme, User
from improvement.permissions import Verb
from recommendations.models import Recommendation, Timescale
from recommendations.workflow import careful
from recommendations.workflow.access import fit, require_in_plan, require_length, require_words
from recommendations.workflow.plan import from_file

# A reference stands in addresses.
REFERENCE = re.compile(r"[^\W_](?:[\w.\-() &]{0,18}[\w.)])?")
LONGEST_TITLE = 160
LONGEST_RAISED_BY = 80
NOT_SAID = "The inspectorate"
KEPT_IN_LEDGER = ("reference", "title", "text", "outcome", "timescale", "raised_on", "raised_by")
AT_ONCE = 500


@dataclass(frozen=True)
class NewRecommendation:
    """What is recommended. Without a `title` it is headed by its own first words, without `raised_by` by the inspection."""

    theme: Theme
    reference: str
    text: str
    raised_on: date
    title: str = ""
    outcome: str = ""
    timescale: str = Timescale.NONE.value
    raised_by: str = ""
    inspection: Inspection | None = None


def add_recommendation(
    *,
    plan: Plan,
    new: NewRecommendation,
    file: str = "",
    by: User,
    on: date,
    kept_because: str = "",
) -> Recommendation:
    """Add one recommendation, behind what its theme has already."""
    return add_recommendations(
        plan=plan, recommendations=[new], file=file, by=by, on=on, kept_because=kept_because
    )[0]


@transaction.atomic
def add_recommendations(
    *,
    plan: Plan,
    recommendations: Sequence[NewRecommendation],
    file: str = "",
    by: User,
    on: date,
    kept_because: str = "",
) -> list[Recommendation]:
    """Add recommendations in their order, behind what their themes have already.

    `file` is the SHA-256 of the file that they come from. Raises ValidationError where one of them breaks a rule.
    """
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    for new in recommendations:
        _check(plan, new, on)
        careful.check(new.text, new.title, new.outcome, kept_because=kept_because)
    made = _create(plan, recommendations)
    entries = [
        ledger.Entry(
            "add_recommendation",
            each,
            {},
            {
                "theme": each.theme.slug,
                **{name: getattr(each, name) for name in KEPT_IN_LEDGER},
                **from_file(file),
            },
            kept_because,
        )
        for each in made
    ]
    ledger.record_all(entries, by=by, on=on, council=plan.council)
    return made


def shortened(text: str) -> str:
    """The first words of a text, for a heading."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_TITLE:
        return line
    return line[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _check(plan: Plan, new: NewRecommendation, on: date) -> None:
    require_words("text", new.text, "Say what is recommended.")
    require_length("outcome", new.outcome)
    if new.theme.plan_id != plan.pk:
        raise ValidationError({"theme": "Choose a theme of this plan."})
    if not REFERENCE.fullmatch(new.reference):
        raise ValidationError({"reference": "Write a short reference, for example S2 or LAC 4."})
    if new.timescale not in Timescale.values:
        raise ValidationError({"timescale": "Choose one of the timescales."})
    if new.raised_on > on:
        raise ValidationError({"raised_on": "Choose a day that has come."})


def _create(plan: Plan, recommendations: Sequence[NewRecommendation]) -> list[Recommendation]:
    found = Recommendation.objects.for_plan(plan).order_by().values_list("theme")
    last = Counter(dict(found.annotate(last=Max("position"))))
    answered = list(plan.inspections.all()[:2])
    only = answered[0] if len(answered) == 1 else None
    rows = []
    for new in recommendations:
        last[new.theme.pk] += 1
        inspection = new.inspection or only
        raised_by = new.raised_by or (inspection.inspectorates if inspection else NOT_SAID)
        rows.append(
            Recommendation(
                plan=plan,
                theme=new.theme,
                reference=new.reference,
                position=last[new.theme.pk],
                title=shortened(fit(new.title or new.text)),
                text=fit(new.text),
                outcome=fit(new.outcome),
                timescale=new.timescale,
                raised_on=new.raised_on,
                raised_by=raised_by[:LONGEST_RAISED_BY],
                inspection=inspection,
            )
        )
    try:
        with transaction.atomic():
            return Recommendation.objects.bulk_create(rows, batch_size=AT_ONCE)
    except IntegrityError as error:
        raise ValidationError({"reference": _taken(plan, rows)}) from error


def _taken(plan: Plan, rows: Sequence[Recommendation]) -> str:
    """Which reference stands twice, in words."""
    seen = set(Recommendation.objects.for_plan(plan).order_by().values_list("reference", flat=True))
    for row in rows:
        if row.reference in seen:
            return f"This plan has a recommendation {row.reference} already."
        seen.add(row.reference)
    return "A recommendation of this reference is there already."
