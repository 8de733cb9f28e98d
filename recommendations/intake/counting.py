"""References and numbers where none, or the same twice, are printed, and bands of time that can be nothing else."""

import re

from recommendations.intake.drafts import Draft, Group, said
from recommendations.intake.numbers import order
from recommendations.intake.plan_read import Said, Sureness
from recommendations.models.recommendation import Timescale
from recommendations.workflow.plan import NUMBER
from recommendations.workflow.recommending import REFERENCE

LONGEST_REFERENCE, LONGEST_NUMBER = 20, 10


def first_bands(groups: list[Group]) -> None:
    """Bands of time follow each other; what stands before the first “Immediate” of a theme can be nothing else."""
    for at, group in enumerate(groups[:-1]):
        begins = at == 0 or groups[at - 1].theme.value != group.theme.value
        after = groups[at + 1]
        if (
            begins
            and group.timescale.value == Timescale.NONE
            and after.theme.value == group.theme.value
            and after.timescale.value == Timescale.IMMEDIATE
        ):
            how = "None is printed; what follows it is the first band, and bands stand in their order"
            group.timescale = Said(Timescale.IMMEDIATE.value, after.timescale.places, how, Sureness.UNSURE)


def references_of(groups: list[Group]) -> list[Said[str]]:
    """A reference for each recommendation: as printed, by the numbers of its actions, or counted."""
    taken = {group.reference.value for group in groups if group.reference.value}
    met: set[str] = set()
    found: list[Said[str]] = []
    for at, group in enumerate(groups, start=1):
        reference = _legal(group.reference, REFERENCE, LONGEST_REFERENCE)
        prefix = _prefix(group)
        if not reference.value and prefix and prefix not in taken and prefix not in met:
            reference = Said(
                prefix,
                (),
                "No reference is printed; its actions are numbered under this one",
                Sureness.LIKELY,
            )
        elif not reference.value:
            count = next(number for number in range(at, at + 5000) if f"R{number}" not in taken | met)
            reference = said(
                f"R{count}", (), "No reference is printed: counted in their order", Sureness.LIKELY
            )
        elif reference.value in met:
            # Not “S1 (2)”, which is what an action of S1 is called.
            short = reference.value[: LONGEST_REFERENCE - 5]
            count = next(number for number in range(2, 5000) if f"{short}-{number}" not in taken | met)
            how = f"{reference.value} is printed for another recommendation too"
            reference = Said(f"{short}-{count}", reference.places, how, Sureness.UNSURE)
        met.add(reference.value)
        found.append(reference)
    return found


def _prefix(group: Group) -> str:
    """What the numbers of all its actions begin with: 2 where they are 2.1 and 2.2."""
    begins = {draft.number.rpartition(".")[0] for draft in group.drafts}
    return begins.pop() if len(begins) == 1 else ""


def numbers_of(drafts: list[Draft]) -> list[Said[str]]:
    """A number for each action of a recommendation, every one different."""
    taken = {draft.number for draft in drafts if draft.number}
    met: set[str] = set()
    found: list[Said[str]] = []
    last = 0
    for draft in drafts:
        number = _legal(Said(draft.number, draft.number_place), NUMBER, LONGEST_NUMBER)
        if not number.value:
            last = next(one for one in range(last + 1, last + 10000) if str(one) not in taken | met)
            sure = Sureness.UNSURE if taken else Sureness.LIKELY
            number = Said(str(last), (), "No number is printed: counted in their order", sure)
        elif number.value in met:
            short = number.value[: LONGEST_NUMBER - 5]
            count = next(one for one in range(2, 10000) if f"{short}.{one}" not in taken | met)
            how = f"{number.value} is printed for another action too"
            number = Said(f"{short}.{count}", draft.number_place, how, Sureness.UNSURE)
        else:
            digits = [part[1] for part in order(draft.number) if part[0] == 0]
            last = digits[0] if len(digits) == 1 and draft.number.isdigit() else last
        met.add(number.value)
        found.append(number)
    return found


def _legal(printed: Said[str], rule: re.Pattern[str], longest: int) -> Said[str]:
    """As it is printed, or made of its letters and digits where Waymark has no room for the rest; none where none are."""
    if not printed.value or rule.fullmatch(printed.value):
        return printed
    made = re.sub(r"[^0-9A-Za-z]+", ".", printed.value).strip(".")[:longest].rstrip(".")
    how = f"“{printed.value}” is printed, which is no short number"
    return Said(made, printed.places, how, Sureness.UNSURE)
