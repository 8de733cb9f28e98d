"""How much of a plan a file holds, so that what it was never meant to hold is not called gone.

Waymark writes into its own files whose actions they hold. Of any other file that lacks most of the plan it is said in one
sentence, since hundreds of lines would say nothing more.
"""

from collections.abc import Sequence

from recommendations.intake.as_it_stands import ActionStands, PlanStands, plain
from recommendations.models import Stage

# Fewer are worth a line each, whatever share they are.
FEW = 10
NAMED = "The file holds only actions of {}, as it says itself. The plan’s other actions are not compared and stay as they are."
UNKNOWN = (
    "The file holds only actions of {}, as it says itself, but nobody who leads an action of the plan is called so now. "
    "What it does not hold is not compared and stays as it is."
)
PART = (
    "The file holds {} of the plan’s {} actions. The other {} are taken to have been left out of it on purpose: they are "
    "not listed and stay as they are."
)


def whose(stands: PlanStands, covers: str) -> frozenset[int]:
    """The actions of a partner or a post by the words of a file; none where nobody is called so."""
    return frozenset(
        each.action.pk
        for actions in stands.actions.values()
        for each in actions
        if plain(covers) in _leaders(each)
    )


def part(stands: PlanStands, gone: Sequence[ActionStands], covers: str) -> tuple[str, Sequence[ActionStands]]:
    """How much the file holds in a sentence, empty for all of the plan; and what it should hold and does not."""
    if covers:
        named = whose(stands, covers)
        sentence = (NAMED if named else UNKNOWN).format(covers)
        return sentence, [each for each in gone if each.action.pk in named]
    there = sum(each.stage != Stage.WITHDRAWN for actions in stands.actions.values() for each in actions)
    if len(gone) > FEW and len(gone) * 2 > there:
        return PART.format(there - len(gone), there, len(gone)), []
    return "", gone


def _leaders(each: ActionStands) -> set[str]:
    """What a file calls those who lead an action: their organisations, and their posts with abbreviation and title."""
    leads = [lead.lead_officer for lead in each.action.leads.all()]
    return {plain(lead.organisation.name) for lead in leads} | {
        plain(f"{lead.abbreviation}, {lead.in_full}") for lead in leads
    }
