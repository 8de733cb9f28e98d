"""Gathered recommendations and actions turned into those of a plan."""

import re
from dataclasses import dataclass, field, replace

from recommendations.intake.calendars import due_by
from recommendations.intake.counting import first_bands, numbers_of, references_of
from recommendations.intake.drafts import Bit, Draft, Group
from recommendations.intake.due_dates import own_due, read_due
from recommendations.intake.headings import Meaning
from recommendations.intake.how_it_stands import HowItStands
from recommendations.intake.numbers import covered_by
from recommendations.intake.plan_read import (
    ActionRead,
    Due,
    RecommendationRead,
    Said,
    Sureness,
    Unplaced,
    worse,
)
from recommendations.intake.posts import Posts

# What is said of an action by pointing at the one above it.
AS_ABOVE = re.compile(r"\W*(?:as above|see above|ditto|same(?: as above)?)\W*|\s*[\"“”〃]\s*", re.IGNORECASE)
NO_THEME = "All recommendations"


@dataclass
class Finish:
    """Makes the recommendations of a plan from what was gathered."""

    posts: Posts
    stands: HowItStands
    own: bool
    unplaced: list[Unplaced] = field(default_factory=list)
    # Of the action before.
    led: Said[tuple[str, ...]] | None = None
    due: Said[Due] | None = None

    def recommendations(self, groups: list[Group]) -> tuple[RecommendationRead, ...]:
        first_bands(groups)
        references = references_of(groups)
        return tuple(
            self._recommendation(group, reference)
            for group, reference in zip(groups, references, strict=True)
        )

    def _recommendation(self, group: Group, reference: Said[str]) -> RecommendationRead:
        self._match(group)
        theme = (
            group.theme
            if group.theme.value
            else Said(NO_THEME, (), "The file names no theme", Sureness.LIKELY)
        )
        text = group.text
        if not text.value:
            text = Said(
                reference.value, text.places, "No words are printed for this recommendation", Sureness.UNSURE
            )
        actions = tuple(
            self._action(draft, number)
            for draft, number in zip(group.drafts, numbers_of(group.drafts), strict=True)
        )
        return RecommendationRead(reference, theme, group.timescale, text, group.outcome, actions)

    def _match(self, group: Group) -> None:
        """Gives updates that name their action by its number to it."""
        by_number: dict[str, Draft] = {}
        for draft in group.drafts:
            for number in (draft.number, *covered_by(draft.number)):
                by_number.setdefault(number, draft)
        for number, bit in group.waiting:
            if number in by_number:
                by_number[number].add(Meaning.PROGRESS, bit)
            else:
                self.unplaced.append(
                    Unplaced(bit.place, bit.text, f"There is no action {number} under this recommendation")
                )

    def _action(self, draft: Draft, number: Said[str]) -> ActionRead:
        bits = draft.text
        text = bits[0].text
        for bit in bits[1:]:
            text += (" " if bit.text[:1].islower() else "\n") + bit.text
        how = next((bit.how for bit in reversed(bits) if bit.how), "")
        words = Said(text, tuple(bit.place for bit in bits), how, worse(*(bit.sure for bit in bits)))
        return ActionRead(
            number, draft.phase, words, self._leads(draft), self._due(draft), self.stands.of(draft)
        )

    # Who and by when

    def _leads(self, draft: Draft) -> Said[tuple[str, ...]]:
        bits = draft.bits.get(Meaning.LEADS, [])
        if len(bits) == 1 and not self.own and self.led is not None and AS_ABOVE.fullmatch(bits[0].text):
            return replace(self.led, places=(bits[0].place,), how="As the action above", sure=Sureness.LIKELY)
        self.led = self._named(bits)
        return self.led

    def _named(self, bits: list[Bit]) -> Said[tuple[str, ...]]:
        read = [self.posts.read(bit.text) for bit in bits if bit.text] or [self.posts.read("")]
        leads = dict.fromkeys(lead for one in read for lead in one.value)
        how = "; ".join(
            dict.fromkeys(one for one in (*(one.how for one in read), *(bit.how for bit in bits)) if one)
        )
        sure = worse(*(one.sure for one in read), *(bit.sure for bit in bits))
        return Said(tuple(leads), tuple(bit.place for bit in bits), how, sure)

    def _due(self, draft: Draft) -> Said[Due]:
        bits = draft.bits.get(Meaning.DUE, [])
        printed = draft.bits.get(Meaning.DUE_AS_PRINTED, [])
        filled = [bit for bit in bits if bit.text or bit.cell.day]
        if self.own:
            return own_due(filled, printed)
        if len(filled) == 1 and self.due is not None and AS_ABOVE.fullmatch(filled[0].text):
            return replace(
                self.due, places=(filled[0].place,), how="As the action above", sure=Sureness.LIKELY
            )
        months = due_by(draft.bits.get(Meaning.MONTH, []), self.stands.headings)
        self.due = self._printed(bits, filled, months)
        return self.due

    def _printed(self, bits: list[Bit], filled: list[Bit], months: Said[Due] | None) -> Said[Due]:
        if not filled and months:
            return months
        if not filled:
            empty = read_due("")
            return replace(empty, sure=worse(empty.sure, *(bit.sure for bit in bits)))
        bit = filled[0]
        whole = bit.cell.day if bit.text == bit.cell.text.strip() else None
        due = read_due(bit.text, whole)
        how = "; ".join(one for one in (due.how, bit.how) if one)
        for other in filled[1:]:
            self.unplaced.append(Unplaced(other.place, other.text, "The action has a due date already"))
        return Said(due.value, (bit.place,), how, worse(due.sure, bit.sure))
