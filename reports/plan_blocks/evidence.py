"""The evidence tracker: what is reported complete, how far that is proved, and what shows it.

An open paper is worked out without exempt evidence: it knows neither that there is any nor how much.
"""

from collections.abc import Iterator

from recommendations import assurance
from recommendations.assurance import PROOFS, Proof, Tracked, Tracker
from recommendations.models import Evidence
from reports.models import Audience
from reports.paper import Block, Cell, Column, Heading, Table, day
from reports.plan_blocks.asked import Asked
from reports.plan_blocks.saying import source, words

COMES_FROM = "from the evidence that was added and from the reviews of it."
PROOF = (
    Column("How far it is proved", 24),
    Column("What that means", 56),
    Column("Actions", 20, number=True),
)
STEPS = (Column("Step of assurance", 60), Column("Recommendations", 40, number=True))
TRACKER = (
    Column("Recommendation", 30),
    Column("Complete", 12),
    Column("Proved", 12),
    Column("Steps that hold", 18),
    Column("What is missing", 28),
)
EVIDENCE = (
    Column("What it is of", 12),
    Column("What it shows", 40),
    Column("How it was got", 16),
    Column("Gathered", 14),
    Column("What it supports", 18),
)


def of(asked: Asked) -> tuple[Block, ...]:
    return tuple(_blocks(asked))


def _blocks(asked: Asked) -> Iterator[Block]:
    exempt = asked.audience == Audience.EXEMPT
    yield source(asked.on, COMES_FROM)
    tracker = assurance.track_for_paper(asked.plan, exempt=exempt, on=asked.on)
    if not tracker.rows:
        yield words("The plan had no recommendations on this day.")
        return
    yield words(f"{tracker.headline}.")
    yield from sums(tracker)
    yield Heading("Recommendation by recommendation", 3)
    yield Table("What is said, what is proved, and what is missing", TRACKER, tuple(map(_row, tracker.rows)))
    yield Heading("The evidence", 3)
    every = Evidence.objects.all() if exempt else Evidence.objects.open()
    shown = every.for_plan(asked.plan).standing(on=asked.on).with_subject().latest_first()
    rows = tuple(map(_evidence, shown))
    yield Table("Evidence, the latest first", EVIDENCE, rows, "No evidence had been added by this day.")


def sums(tracker: Tracker) -> Iterator[Block]:
    yield Table(
        "How far the actions are proved",
        PROOF,
        tuple(
            (Cell(str(Proof(proof).label)), Cell(PROOFS[proof]), Cell(str(count)))
            for proof, count in tracker.counts
        ),
    )
    yield Table(
        "Of how many recommendations each step is proved",
        STEPS,
        tuple(
            (Cell(str(step.label)), Cell(f"{count} of {len(tracker.rows)}")) for step, count in tracker.steps
        ),
    )


def _row(row: Tracked) -> tuple[Cell, ...]:
    held = [str(standing.step.label) for standing in row.steps if standing.is_proved]
    return (
        Cell(row.recommendation.reference, row.recommendation.title, strong=True),
        Cell(f"{row.complete} of {len(row.claims)}" if row.claims else "No action"),
        Cell(f"{row.count(Proof.PROVED)} of {row.complete}" if row.complete else "–"),
        Cell("\n".join(held) or "None"),
        Cell("\n".join(row.gap) or "Nothing"),
    )


def _evidence(evidence: Evidence) -> tuple[Cell, ...]:
    about = evidence.recommendation.reference
    if evidence.action:
        about += f" ({evidence.action.number})"
    return (
        Cell(about, "Exempt" if evidence.exempt else "", strong=True),
        Cell(evidence.shows, str(evidence)),
        Cell(evidence.get_method_display()),
        Cell(day(evidence.gathered_on)),
        Cell(evidence.get_supports_display()),
    )
