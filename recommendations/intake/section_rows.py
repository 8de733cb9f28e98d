"""The rows of one text that begin the parts of a plan: a theme, a band of time, a phase, a recommendation."""

from dataclasses import dataclass

from recommendations.intake.drafts import ENDED, said
from recommendations.intake.headings import Meaning
from recommendations.intake.label_rows import labelled, with_outcome
from recommendations.intake.lone_rows import alone_in, shape_of
from recommendations.intake.marks import band_of, phase_of
from recommendations.intake.numbers import is_number, reference_alone, reference_first, without_continued
from recommendations.intake.plan_read import Said
from recommendations.intake.recommendation_rows import CALLED, RecommendationRows
from recommendations.intake.rows import Place, Row
from recommendations.models.recommendation import Timescale


@dataclass
class SectionRows(RecommendationRows):
    """What has been gathered so far, with the parts that rows of their own begin."""

    def _is_section(self, column: int, text: str, spans: bool, following: Row | None) -> bool:
        meaning = self.columns[column] if column < len(self.columns) else Meaning.KEPT
        if self.own:
            return False
        if spans or (phase_of(text) is not None and meaning != Meaning.PHASE):
            return True
        if meaning == Meaning.RECOMMENDATION:
            if band_of(text) is not None:
                return True
            looks = text.isupper() or (
                len(text.split()) <= 6 and not text[0].islower() and not ENDED.search(text)
            )
            return looks and not reference_first(text)[0] and self._has_recommendation(following)
        if meaning in (Meaning.REFERENCE, Meaning.NUMBER, Meaning.KEPT):
            return column == 0 and not is_number(text)
        return meaning == Meaning.THEME and Meaning.RECOMMENDATION not in self.columns

    def _has_recommendation(self, row: Row | None) -> bool:
        column = self.columns.index(Meaning.RECOMMENDATION)
        return row is not None and column < len(row.cells) and bool(row.cells[column].text.strip())

    def _section(self, place: Place, text: str, following: Row | None) -> None:
        text, goes_on = without_continued(text)
        if goes_on and self._is_here(" ".join(text.split())):
            return
        if (band := band_of(text)) is not None:
            self.band = self.next_band = said(band, place)
            self.group = self.draft = None
        elif (phase := phase_of(text)) is not None:
            self.phase, self.next_phase = said(phase, place), self.group is None
            self.draft = None
        elif CALLED.match(text) and (number := reference_alone(text)) and self._part_below(following):
            self.called = said(number, place)
        elif Meaning.RECOMMENDATION in self.columns or self.branches or self._names_theme(text, following):
            self.theme = said(" ".join(text.split()), place)
            self.shapes["theme"] = shape_of(text)
            self.sections.append((self.theme.value, place))
            self.band, self.next_band = Said(Timescale.NONE.value), None
            self.group = self.draft = None
        else:
            self.shapes["recommendation"] = shape_of(text)
            words, outcome = with_outcome(text)
            reference, words = reference_first(" ".join(words.split()))
            named = self.called if self.called and not reference else Said("")
            self._open(reference or named.value, words, (place, *named.places), outcome=outcome)
            self.called = None

    def _is_here(self, text: str) -> bool:
        """Whether a row names the theme or the recommendation that the reading is in."""
        here = [self.theme.value]
        if self.group is not None:
            here += [self.group.text.value, self.group.reference.value]
        return bool(text) and (
            text in here or reference_first(text)[1] in here or reference_alone(text) in here[1:]
        )

    def _names_theme(self, text: str, following: Row | None) -> bool:
        """Where recommendations are rows of their own too, a theme is followed by another such row."""
        if CALLED.match(text):
            return False
        if below := self._part_below(following):
            return shape_of(below) != shape_of(text) or not self.groups
        return (
            shape_of(text)
            == self.shapes.get("theme")
            != self.shapes.get("recommendation", self.shapes.get("theme"))
        )

    def _part_below(self, following: Row | None) -> str:
        """What the row below says, where it begins a theme or a recommendation too; empty otherwise."""
        alone = alone_in(following) if following and not labelled(following) else None
        if alone is None or not self._is_section(*alone, None):
            return ""
        return alone[1] if phase_of(alone[1]) is None and band_of(alone[1]) is None else ""
