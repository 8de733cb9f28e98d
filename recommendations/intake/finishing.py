"""Gathered recommendations and actions turned into those of a plan."""

from dataclasses import dataclass, field, replace
from datetime import date

from recommendations.intake.agreeing import agreed
from recommendations.intake.counting import first_bands, numbers_of, references_of
from recommendations.intake.dates import days_in
from recommendations.intake.drafts import Bit, Draft, Group, run_together
from recommendations.intake.due_dates import is_date, own_due, read_due
from recommendations.intake.entries import Entry, entries_of
from recommendations.intake.headings import Meaning
from recommendations.intake.known import Known
from recommendations.intake.numbers import covered_by
from recommendations.intake.plan_read import (
    ActionRead,
    Due,
    RecommendationRead,
    Said,
    Standing,
    Sureness,
    Unplaced,
    worse,
)
from recommendations.intake.posts import Posts
from recommendations.intake.rows import Place
from recommendations.intake.standings import NOTHING, UNHEARD, Heard, Key
from recommendations.intake.status_words import is_status
from recommendations.models.progress_update import Stage

NO_THEME = "All recommendations"


@dataclass
class Finish:
    """Makes the recommendations of a plan from what was gathered. `headings` are those of the columns, by their place."""

    known: Known
    posts: Posts
    key: Key
    own: bool
    headings: dict[tuple[int, int], str]
    dated: bool = False
    unplaced: list[Unplaced] = field(default_factory=list)

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
            number, draft.phase, words, self._leads(draft), self._due(draft), self._standings(draft)
        )

    # Who and by when

    def _leads(self, draft: Draft) -> Said[tuple[str, ...]]:
        bits = draft.bits.get(Meaning.LEADS, [])
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

    # How it stands

    def _standings(self, draft: Draft) -> tuple[Said[Standing], ...]:
        column = self._columns(draft)
        on = self._day(draft, Meaning.UPDATED_ON)
        told = [
            (entry, bit)
            for bit in run_together(draft.bits.get(Meaning.PROGRESS, []))
            for entry in self._entries(bit)
        ]
        told.sort(key=lambda one: one[0].on or date.min)
        found = [self._told(entry, bit) for entry, bit in told]
        if column.value == NOTHING and not column.places:
            found = [self._coloured(one, bit) for one, (_, bit) in zip(found, told, strict=True)]
        if not found and column.value == NOTHING:
            self._lonely(draft, on)
            return self._not_understood(draft, column)
        if (
            self.dated
            and not found
            and on is None
            and column.value.stage == Stage.NOT_STARTED
            and not column.value.rating
        ):
            return ()
        last = found.pop() if found else Said(Standing("", "", self._words_of_columns(draft)))
        if last.value.narrative and last.value.stage:
            self._words_of_columns(draft, beside=True)
        found.append(self._with_columns(last, column, on, draft))
        return tuple(found)

    @staticmethod
    def _not_understood(draft: Draft, column: Said[Heard]) -> tuple[Said[Standing], ...]:
        """A status that nobody understood and nothing else: somebody has to say what it means."""
        words = "\n".join(
            bit.text
            for meaning in (Meaning.STAGE, Meaning.RATING)
            for bit in draft.bits.get(meaning, ())
            if bit.text
        )
        if not words:
            return ()
        how = f"{UNHEARD}: in progress until somebody says"
        return (Said(Standing(Stage.IN_PROGRESS.value, "", words), column.places, how, Sureness.UNSURE),)

    def _entries(self, bit: Bit) -> list[Entry]:
        if self.own or self.dated:
            return [Entry(None, bit.text)]
        return entries_of(bit.text, self.known.on, self._heading(bit))

    def _heading(self, bit: Bit) -> str:
        return self.headings.get((bit.place.table, bit.place.column), "")

    def _told(self, entry: Entry, bit: Bit) -> Said[Standing]:
        heard = self.key.words(entry.text, self._heading(bit))
        how = "; ".join(one for one in (heard.how, entry.how, bit.how) if one)
        standing = Standing(heard.stage or Stage.IN_PROGRESS.value, heard.rating, entry.text, entry.on)
        return Said(standing, (bit.place,), how, worse(heard.sure, bit.sure))

    def _coloured(self, one: Said[Standing], bit: Bit) -> Said[Standing]:
        rating = "" if one.value.rating else self.key.by_colour(bit.cell.colour)
        if not rating:
            return one
        return replace(
            one,
            value=replace(one.value, rating=rating),
            how=f"{one.how}; rated by the colour of its cell",
            sure=Sureness.UNSURE,
        )

    def _columns(self, draft: Draft) -> Said[Heard]:
        """What the status and rating columns say together."""
        heard = NOTHING
        places: list[Place] = []
        for meaning in (Meaning.STAGE, Meaning.RATING):
            for bit in draft.bits.get(meaning, [])[-1:]:
                one = self.key.column(bit.text, self._heading(bit))
                places.append(bit.place)
                if not one.rating and (coloured := self.key.coloured(bit.cell.colour)).rating:
                    one = coloured if not one.stage else replace(one, rating=coloured.rating)
                if bit.text and one.how == UNHEARD:
                    self.unplaced.append(Unplaced(bit.place, bit.text, one.how))
                hows = "; ".join(how for how in (heard.how, one.how, bit.how) if how)
                heard = Heard(
                    heard.stage or one.stage,
                    one.rating or heard.rating,
                    hows,
                    worse(heard.sure, one.sure, bit.sure),
                    weak=heard.weak if heard.stage else one.weak,
                )
        said_nothing = not heard.stage and not heard.rating
        return Said(NOTHING if said_nothing else heard, tuple(places), heard.how, heard.sure)

    def _with_columns(
        self, last: Said[Standing], column: Said[Heard], on: date | None, draft: Draft
    ) -> Said[Standing]:
        value = last.value
        stage, how, sure = column.value.stage or value.stage, column.how, column.sure
        rating = column.value.rating or ("" if self.own else value.rating)
        if not self.own:
            stage, how, sure = agreed(column, last, done=self.key.counts(rating) == "done")
        standing = replace(
            value,
            stage=stage or Stage.IN_PROGRESS.value,
            rating=rating,
            on=on or value.on,
            forecast_on=self._day(draft, Meaning.FORECAST),
            number=next((bit.text for bit in draft.bits.get(Meaning.UPDATE_NUMBER, ())), ""),
        )
        more = [
            bit.place
            for meaning in (Meaning.UPDATED_ON, Meaning.FORECAST, Meaning.UPDATE_NUMBER)
            for bit in draft.bits.get(meaning, ())
        ]
        return Said(standing, (*last.places, *column.places, *more), how, sure)

    def _words_of_columns(self, draft: Draft, *, beside: bool = False) -> str:
        """What a status or rating column says in more words than a status has: the update where there is none else."""
        long = [
            bit
            for meaning in (Meaning.STAGE, Meaning.RATING)
            for bit in draft.bits.get(meaning, ())
            if len(bit.text.split()) > 3 and not is_status(bit.text)
        ]
        if beside:
            why = "More than a status is said in its column; the update is in another"
            self.unplaced += [Unplaced(bit.place, bit.text, why) for bit in long]
        return "\n".join(bit.text for bit in long)

    def _day(self, draft: Draft, meaning: Meaning) -> date | None:
        for bit in draft.bits.get(meaning, ()):
            if bit.cell.day and bit.text == bit.cell.text.strip():
                return bit.cell.day
            found = [one for one in days_in(bit.text) if one.on]
            if len(found) == 1 and is_date(bit.text):
                return found[0].on
            if len(found) == 1:
                self.unplaced.append(Unplaced(bit.place, bit.text, "Only its day has a place in an update"))
                return found[0].on
            if bit.text:
                self.unplaced.append(Unplaced(bit.place, bit.text, "No day was recognised"))
        return None

    def _lonely(self, draft: Draft, on: date | None) -> None:
        """Days and numbers of an update that is not there."""
        for meaning in (Meaning.FORECAST, Meaning.UPDATED_ON, Meaning.UPDATE_NUMBER):
            for bit in draft.bits.get(meaning, ()):
                if bit.text and not (meaning == Meaning.UPDATE_NUMBER and bit.text == "0"):
                    self.unplaced.append(Unplaced(bit.place, bit.text, "There is no update beside it"))
