"""How an action stands: what its words, its status and its rating say, put together and never guessed in silence."""

from dataclasses import dataclass, field, replace
from datetime import date

from recommendations.intake.dates import days_in
from recommendations.intake.drafts import Bit, Draft, run_together
from recommendations.intake.due_dates import is_date
from recommendations.intake.entries import Entry, entries_of, ranks_of
from recommendations.intake.headings import Meaning
from recommendations.intake.heard import NOTHING, UNHEARD, Ground, Heard
from recommendations.intake.known import Known
from recommendations.intake.plan_read import Said, Standing, Sureness, Unplaced, worse
from recommendations.intake.rows import Place
from recommendations.intake.standings import EMPTY, Key
from recommendations.intake.status_words import is_status
from recommendations.intake.voices import Columns, Told, decided
from recommendations.models.progress_update import Stage

IN_COLUMNS = (Meaning.STAGE, Meaning.RATING)
NO_ORDER = "Several columns tell of progress, and nothing says which is the latest"
NO_FORECAST = "The day by which it is expected was not understood"


@dataclass
class HowItStands:
    """Makes the standings of an action from its cells. `headings` are those of the columns, by their place; `own` is a
    file that Waymark wrote, and `dated` one that says on which day each action was last spoken of."""

    known: Known
    key: Key
    own: bool
    headings: dict[tuple[int, int], str]
    dated: bool = False
    unplaced: list[Unplaced] = field(default_factory=list)

    def of(self, draft: Draft) -> tuple[Said[Standing], ...]:
        """What the file says of an action, the earliest first; nothing where it says nothing."""
        columns = self._columns(draft)
        on = self._day(draft, Meaning.UPDATED_ON)
        told, disordered = self._told(draft, columns)
        if not told and not columns.say_anything:
            self._lonely(draft, on)
            return ()
        rated_or_told = told or columns.rating or columns.doubts
        if self.dated and not rated_or_told and on is None and columns.stage == Stage.NOT_STARTED:
            return ()
        self._keep_words(columns, beside=bool(told))
        last = told.pop() if told else None
        found = [_earlier(one) for one in told]
        found.append(self._last(draft, last, columns, on))
        if disordered:
            found[-1] = replace(found[-1], how=_joined(found[-1].how, NO_ORDER), sure=Sureness.UNSURE)
        return tuple(found)

    # What is told in words

    def _told(self, draft: Draft, columns: Columns) -> tuple[list[Told], bool]:
        """The entries of the progress cells in the order in which they were made, and whether nothing gives their order."""
        rows = draft.bits.get(Meaning.UPDATED_ON, ())
        days = {bit.place.row: self._day_in(bit) for bit in rows} if len(rows) > 1 else {}
        told = [
            Told(entry, bit, self.key.words(entry.text, self._heading(bit.place)))
            for bit in run_together(draft.bits.get(Meaning.PROGRESS, []))
            if self.own or not EMPTY.fullmatch(bit.text)
            for entry in self._entries(bit, days.get(bit.place.row))
        ]
        if not columns.places:
            told = [self._coloured(one) for one in told]
        ranks: dict[int, int] = {}
        several = len({one.bit.place.column for one in told if one.entry.on is None}) > 1 and not self.own
        if several:
            ranks = ranks_of((one.bit.place.column, self._heading(one.bit.place)) for one in told)
            # Without an order what names a status comes last, so that no remark beside it takes its place.
            plainly = {one.bit.place.column: int(one.heard.ground == Ground.SAID) for one in told}
            told.sort(key=lambda one: (ranks or plainly)[one.bit.place.column])
        told.sort(key=lambda one: one.entry.on or date.min)
        return told, several and not ranks

    def _entries(self, bit: Bit, on: date | None) -> list[Entry]:
        """The entries of a cell; `on` is the day that its row says, where each of several rows tells of another."""
        if self.own or self.dated:
            return [Entry(on, bit.text)]
        return entries_of(bit.text, self.known.on, self._heading(bit.place))

    def _coloured(self, one: Told) -> Told:
        """Where there is no column for it, a cell of progress may have the colour of its rating."""
        rating = "" if one.heard.rating else self.key.by_colour(one.bit.cell.colour)
        if not rating:
            return one
        how = _joined(one.heard.how, "rated by the colour of its cell")
        return replace(
            one, heard=replace(one.heard, rating=rating, how=how, sure=Sureness.UNSURE), tinted=True
        )

    # What is said in the columns of status and rating

    def _columns(self, draft: Draft) -> Columns:
        heard: dict[Meaning, list[Heard]] = {meaning: [] for meaning in IN_COLUMNS}
        unheard: list[Bit] = []
        doubts: list[str] = [
            bit.how
            for bit in draft.bits.get(Meaning.PROGRESS, ())
            if bit.sure == Sureness.UNSURE and not bit.text
        ]
        places: list[Place] = []
        for meaning in IN_COLUMNS:
            for bit in draft.bits.get(meaning, ()):
                places.append(bit.place)
                one = self._heard(bit, meaning)
                if bit.text and one == NOTHING:
                    self.unplaced.append(Unplaced(bit.place, bit.text, UNHEARD))
                elif bit.text and one.how.startswith(UNHEARD):
                    unheard.append(bit)
                    what = "status" if meaning == Meaning.STAGE else "rating"
                    doubts.append(f"The {what} “{_cut(bit.text)}” was not understood")
                    one = replace(one, how="")
                elif bit.sure == Sureness.UNSURE and not bit.text:
                    doubts.append(bit.how)
                if one != NOTHING:
                    heard[meaning].append(one)
        long = [
            bit
            for meaning in IN_COLUMNS
            for bit in draft.bits.get(meaning, ())
            if len(bit.text.split()) > 3 and not (self.own or is_status(bit.text) or bit in unheard)
        ]
        # Of a rating for each month the last is how it stands.
        said = (*heard[Meaning.STAGE], *heard[Meaning.RATING][-1:])
        return Columns(said, tuple(places), tuple(dict.fromkeys(doubts)), tuple(unheard), tuple(long))

    def _heard(self, bit: Bit, meaning: Meaning) -> Heard:
        if self.own:
            return self.key.own(bit.text, is_stage=meaning == Meaning.STAGE)
        one = self.key.column(bit.text, self._heading(bit.place))
        coloured = self.key.of_colour(bit.cell.colour) if not one.rating else NOTHING
        if coloured != NOTHING:
            stage = one.stage or coloured.stage
            ground = one.ground if one.stage else coloured.ground
            sure = worse(one.sure, coloured.sure)
            one = Heard(stage, coloured.rating, one.how or coloured.how, sure, ground)
        return replace(one, how=_joined(one.how, bit.how), sure=worse(one.sure, bit.sure))

    def _keep_words(self, columns: Columns, *, beside: bool) -> None:
        """What a status says in more words than it has a place for is kept where the update is told elsewhere."""
        left = columns.unheard if beside else [bit for bit in columns.unheard if bit not in columns.words]
        self.unplaced += [Unplaced(bit.place, bit.text, UNHEARD) for bit in left]
        if beside:
            why = "More than a status is said in its column; the update is in another"
            self.unplaced += [Unplaced(bit.place, bit.text, why) for bit in columns.long]

    # All of it together

    def _last(self, draft: Draft, last: Told | None, columns: Columns, on: date | None) -> Said[Standing]:
        """The latest standing: the last words, with what the columns say."""
        rating = columns.rating or (last.heard.rating if last and not self.own else "")
        usual = self.key.meaning_of(rating) if rating and not self.own else NOTHING
        if last and last.tinted and usual.ground == Ground.USUAL:
            # A tint of the words themselves, as of every second row, says too little.
            usual = NOTHING
        slipping = self.key.counts(rating) in ("at-risk", "off-track")
        choice = decided(
            columns,
            last,
            rating,
            usual,
            careful=not self.own,
            slipping=slipping,
            another=bool(rating) and usual.stage != Stage.COMPLETE and self.key.has_one_for_complete,
        )
        entry = last.entry if last else Entry(None, columns.narrative)
        forecast_on = self._day(draft, Meaning.FORECAST)
        if self.own and forecast_on is None and draft.has(Meaning.FORECAST):
            # Ours says it by leaving it empty that no day is expected: words without a day say no such thing.
            choice = replace(choice, how=_joined(choice.how, NO_FORECAST), sure=Sureness.UNSURE)
        standing = Standing(
            choice.stage,
            rating,
            entry.text,
            entry.on or on,
            forecast_on,
            next((bit.text for bit in draft.bits.get(Meaning.UPDATE_NUMBER, ())), ""),
        )
        beside = (Meaning.UPDATED_ON, Meaning.FORECAST, Meaning.UPDATE_NUMBER)
        more = [bit.place for meaning in beside for bit in draft.bits.get(meaning, ())]
        places = ((last.bit.place,) if last else ()) + columns.places
        return Said(standing, (*places, *more), choice.how, choice.sure)

    def _heading(self, place: Place) -> str:
        return self.headings.get((place.table, place.column), "")

    def _day(self, draft: Draft, meaning: Meaning) -> date | None:
        days = (self._day_in(bit) for bit in draft.bits.get(meaning, ()))
        return next((day for day in days if day), None)

    def _day_in(self, bit: Bit) -> date | None:
        if bit.cell.day and bit.text == bit.cell.text.strip():
            return bit.cell.day
        found = [one for one in days_in(bit.text) if one.on]
        if len(found) == 1:
            if not is_date(bit.text):
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


def _earlier(one: Told) -> Said[Standing]:
    """An entry that a later one follows: it says what its own words say."""
    stage = one.heard.stage or Stage.IN_PROGRESS.value
    standing = Standing(stage, one.heard.rating, one.entry.text, one.entry.on)
    return Said(standing, (one.bit.place,), one.how, one.sure)


def _joined(*hows: str) -> str:
    return "; ".join(dict.fromkeys(how for how in hows if how))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
