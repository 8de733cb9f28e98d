"""The table of a plan, one row for each action: what Excel, Word and CSV show, and what comes in again unchanged.

The headings are those that the intake takes for certain. Values keep their types; each format writes them its own way.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from improvement.models import LeadOfficer, Organisation, Plan
from recommendations import progress
from recommendations.intake import own_words
from recommendations.models import Action, DuePrecision, Phase, Recommendation, Stage, Timescale
from recommendations.models.action import ActionQuerySet
from recommendations.progress import Standing

Value = str | date | int | None
APRIL = 4


@dataclass(frozen=True)
class Only:
    """The part of a plan that goes to one partner: what the posts of an organisation lead, or what one post leads."""

    organisation: Organisation | None = None
    post: LeadOfficer | None = None

    @property
    def words(self) -> str:
        """Whose actions these are; empty for all of them."""
        if self.post:
            return f"{self.post.abbreviation}, {self.post.in_full}"
        return self.organisation.name if self.organisation else ""

    def of(self, actions: ActionQuerySet) -> ActionQuerySet:
        if self.post:
            return actions.led_by([self.post])
        return actions.for_organisation(self.organisation) if self.organisation else actions


@dataclass(frozen=True)
class Row:
    """One action as it stood on a day, or a recommendation that had none: then it ends with the outcome."""

    recommendation: Recommendation
    standing: Standing | None = None
    update_number: int | None = None


@dataclass(frozen=True)
class Column:
    """A column of the table. What is `filled_in` is what a partner writes; the rest is only shown to them."""

    heading: str
    holds: str
    value: Callable[[Row], Value]
    filled_in: bool = False
    is_day: bool = False


def _of_action(value: Callable[[Standing], Value]) -> Callable[[Row], Value]:
    return lambda row: value(row.standing) if row.standing else None


def _timescale(row: Row) -> str:
    recommendation = row.recommendation
    return "" if recommendation.timescale == Timescale.NONE else recommendation.get_timescale_display()


def _phase(standing: Standing) -> str:
    return "" if standing.action.phase == Phase.NONE else standing.action.get_phase_display()


def _printed(standing: Standing) -> str:
    """The first due date as the plan prints it; where only how exact it is is known, that in words."""
    action = standing.action
    if action.due_text or action.due_precision in (DuePrecision.DAY, DuePrecision.TO_BE_CONFIRMED):
        return action.due_text
    first = action.original_due_on
    if first is None:
        return str(action.get_due_precision_display())
    if action.due_precision == DuePrecision.MONTH:
        return f"{first:%B %Y}"
    # Councils count quarters from April.
    year = first.year if first.month >= APRIL else first.year - 1
    return f"Q{(first.month - APRIL) // 3 % 4 + 1} {year}/{(year + 1) % 100:02}"


COLUMNS = (
    Column("Theme", "The part of the plan.", lambda row: row.recommendation.theme.name),
    Column("Timescale", "How soon the inspectors want it; empty where they do not say.", _timescale),
    Column("Reference", "The recommendation’s reference.", lambda row: row.recommendation.reference),
    Column("Recommendation", "What is recommended.", lambda row: row.recommendation.text),
    Column(
        "Outcome required", "What should be different afterwards.", lambda row: row.recommendation.outcome
    ),
    Column(
        "Number",
        "The action’s number within its recommendation.",
        _of_action(lambda standing: standing.action.number),
    ),
    Column("Phase", "Must do or Embedding, where the plan has phases.", _of_action(_phase)),
    Column(
        "Lead officers",
        "The posts that lead it, the accountable one first, parted by semicolons.",
        _of_action(lambda standing: "; ".join(lead.abbreviation for lead in standing.leads)),
    ),
    Column("Action", "What is to be done.", _of_action(lambda standing: standing.text)),
    Column(
        "Due",
        "The day by which it is due; empty where there is none.",
        _of_action(lambda standing: standing.due_on),
        is_day=True,
    ),
    Column("Due as printed", "The first due date in the plan’s own words.", _of_action(_printed)),
    Column(
        "Stage",
        "How far it is. Choose from the list.",
        _of_action(lambda standing: str(standing.stage.label)),
        filled_in=True,
    ),
    Column(
        "Rating",
        "The plan’s own rating. Choose from the list, or leave it empty.",
        _of_action(lambda standing: standing.rating.word if standing.rating else ""),
        filled_in=True,
    ),
    Column(
        "Latest update",
        "What was last said of it. Write the news over it.",
        _of_action(lambda standing: standing.narrative),
        filled_in=True,
    ),
    Column(
        "Updated on",
        "The day on which that was said.",
        _of_action(lambda standing: standing.updated_on),
        is_day=True,
    ),
    Column(
        "Expected by",
        "The day by which it is now expected to be done; empty where nobody said.",
        _of_action(lambda standing: standing.forecast_on),
        filled_in=True,
        is_day=True,
    ),
    Column(
        "Update no.",
        "Which update this row shows, so that what others write meanwhile is not lost. Leave it as it is.",
        lambda row: row.update_number,
    ),
)
HEADINGS = tuple(column.heading for column in COLUMNS)
UPDATE_NUMBER = HEADINGS.index("Update no.")
STAGES = tuple(str(stage.label) for stage in Stage)
PHASES = own_words.phases()


@dataclass(frozen=True)
class KeyPost:
    """A post of the key."""

    abbreviation: str
    title: str
    organisation: str


@dataclass(frozen=True)
class KeyRating:
    """A rating of the key."""

    letter: str
    word: str
    colour: str
    meaning: str


@dataclass(frozen=True)
class PlanTable:
    """A plan's rows on a day, in the order of `COLUMNS`, with the key that explains them; nothing but plain values."""

    council_slug: str
    council: str
    colour: str
    plan_slug: str
    plan: str
    on: date
    only: str  # whose actions it holds, in words; empty where it holds all of them
    rows: tuple[tuple[Value, ...], ...]
    ratings: tuple[KeyRating, ...]
    rating_note: str
    posts: tuple[KeyPost, ...]

    @property
    def title(self) -> str:
        return f"{self.council}: {self.plan}"

    @property
    def as_of(self) -> str:
        """The day in words, and whose actions these are where they are not all."""
        return own_words.as_of(self.on, self.only)

    @property
    def count(self) -> int:
        """How many actions it has; a recommendation without any has a row of its own."""
        return sum(row[UPDATE_NUMBER] is not None for row in self.rows)


def plan_table(
    plan: Plan,
    on: date,
    *,
    only: Only | None = None,
    actions: ActionQuerySet | None = None,
) -> PlanTable:
    """The table of a plan as it stood on a day. `actions` are those that the reader may see, all without it.

    Take the plan with its council and its rating scale.
    """
    asked = only or Only()
    seen = Action.objects.all() if actions is None else actions
    found: Any = asked.of(seen.for_plan(plan).as_of(on)).with_update_number(on=on)
    shown = list(found.with_recommendation().with_leads().in_plan_order())
    standings = progress.standings(shown, on=on)
    numbers = [action.update_number for action in shown]
    rows = [Row(s.action.recommendation, s, number) for s, number in zip(standings, numbers, strict=True)]
    if not asked.words:
        rows = _with_bare(plan, on, rows)
    leads = {lead.pk: lead for standing in standings for lead in standing.leads}
    return PlanTable(
        council_slug=plan.council.slug,
        council=plan.council.name,
        colour=plan.council.colour,
        plan_slug=plan.slug,
        plan=plan.name,
        on=on,
        only=asked.words,
        rows=tuple(tuple(column.value(row) for column in COLUMNS) for row in rows),
        ratings=tuple(KeyRating(r.letter, r.word, r.colour, r.meaning) for r in progress.ratings_of(plan)),
        rating_note=plan.rating_scale.note,
        posts=tuple(
            KeyPost(lead.abbreviation, lead.title, lead.organisation.name)
            for lead in sorted(leads.values(), key=lambda lead: (lead.abbreviation.casefold(), lead.pk))
        ),
    )


def _with_bare(plan: Plan, on: date, rows: list[Row]) -> list[Row]:
    """The rows with those recommendations in their places that nobody has answered with an action yet."""
    answered: dict[int, list[Row]] = {}
    for row in rows:
        answered.setdefault(row.recommendation.pk, []).append(row)
    raised = Recommendation.objects.for_plan(plan).raised_by(on=on).select_related("theme").in_order()
    known = [row for one in raised for row in answered.pop(one.pk, [Row(one)])]
    # An action can stand in a plan before its recommendation was published.
    return [*known, *(row for left in answered.values() for row in left)]


# A table that waits for its turn to be made into a file


def as_source(table: PlanTable) -> str:
    """The table as JSON, from which `from_source` makes it again."""
    return json.dumps(asdict(table), ensure_ascii=False, default=date.isoformat)


def from_source(source: str) -> PlanTable:
    kept = json.loads(source)
    kept["on"] = date.fromisoformat(kept["on"])
    kept["rows"] = tuple(
        tuple(
            date.fromisoformat(value) if column.is_day and value else value
            for column, value in zip(COLUMNS, row, strict=True)
        )
        for row in kept["rows"]
    )
    kept["ratings"] = tuple(KeyRating(**rating) for rating in kept["ratings"])
    kept["posts"] = tuple(KeyPost(**post) for post in kept["posts"])
    return PlanTable(**kept)
