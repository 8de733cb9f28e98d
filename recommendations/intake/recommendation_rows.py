"""The rows of a plan that begin its themes and recommendations."""

import re
from dataclasses import dataclass, field, replace

from recommendations.intake.drafts import Draft, Group, joined, said
from recommendations.intake.headings import Meaning
from recommendations.intake.label_rows import with_outcome
from recommendations.intake.marks import band_of, phase_of, without_bands
from recommendations.intake.numbers import (
    NAMED,
    clean_number,
    reference_alone,
    reference_first,
    without_continued,
)
from recommendations.intake.plan_read import Said, Sureness, Unplaced
from recommendations.intake.rows import Cell, Place, Source
from recommendations.models.action import Phase
from recommendations.models.recommendation import Timescale

# What a plan never calls a theme.
CALLED = re.compile(r"\s*(?:recommendation|rec|finding|area for improvement)\W{0,2}\s*\d", re.IGNORECASE)
LETTERED = re.compile(r"\s*([A-Z])[.):]\s+(?=[A-Z][a-z])")
OF_TABLE = "The name of its table"
Found = dict[Meaning, list[tuple[Place, Cell]]]


@dataclass
class RecommendationRows:
    """What has been gathered so far, and where in the plan the reading stands.

    `band` and `phase` hold for what follows; `next_band` for the next recommendation alone. A file that this program
    wrote (`own`) is taken word for word.
    """

    source: Source
    own: bool = False
    many: bool = False
    banners: frozenset[str] = frozenset()
    mapped: frozenset[int] = frozenset()
    groups: list[Group] = field(default_factory=list)
    by_reference: dict[str, list[Group]] = field(default_factory=dict)
    sections: list[tuple[str, Place]] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    used: set[Place] = field(default_factory=set)
    theme: Said[str] = field(default_factory=lambda: Said(""))
    band: Said[str] = field(default_factory=lambda: Said(Timescale.NONE.value))
    next_band: Said[str] | None = None
    phase: Said[str] = field(default_factory=lambda: Said(Phase.NONE.value))
    next_phase: bool = False
    # What numbers the recommendation whose words stand in the row below.
    called: Said[str] | None = None
    group: Group | None = None
    draft: Draft | None = None
    # Of the table that is read.
    columns: tuple[Meaning, ...] = ()
    guessed: bool = False
    headed: int = 0
    doubt: str = ""
    branches: dict[int, tuple[str, str]] = field(default_factory=dict)
    title: Said[str] | None = None
    above: dict[int, tuple[Place, Cell]] = field(default_factory=dict)
    shapes: dict[str, str] = field(default_factory=dict)

    def _keep(self, place: Place, text: str, why: str) -> None:
        if text.strip():
            self.unplaced.append(Unplaced(place, text.strip(), why))

    # Recommendations

    def _open(
        self,
        reference: str,
        text: str,
        places: tuple[Place, ...],
        how: str = "",
        sure: Sureness = Sureness.CERTAIN,
        outcome: str = "",
    ) -> Group:
        band = self.next_band or self.band
        group = Group(said(reference, places), self.theme, band, said(text, places, how, sure))
        if outcome:
            group.outcome = said(
                outcome, places, "Behind its label, below the recommendation", Sureness.LIKELY
            )
        self.groups.append(group)
        if reference:
            self.by_reference.setdefault(reference, []).append(group)
        self.group, self.draft, self.next_band = group, None, None
        if not self.next_phase:
            self.phase = Said(Phase.NONE.value)
        self.next_phase = False
        return group

    def _recommendation(self, found: Found) -> bool:
        """Whether a row begins another recommendation than the one before it."""
        self._theme_of(found)
        for place, cell in found.get(Meaning.TIMESCALE, ()):
            if (band := band_of(cell.text)) is not None:
                self.next_band = said(band, place)
            else:
                self._keep(place, cell.text, "This is none of the bands of time that a plan has")
        cells, references = found.get(Meaning.RECOMMENDATION, []), found.get(Meaning.REFERENCE, [])
        text, places = "\n".join(cell.text.strip() for _, cell in cells), tuple(place for place, _ in cells)
        if not self.own:
            band, phase, text = without_bands(text)
            if band is not None:
                self.next_band = said(band, places)
                if not text and not references:
                    self.group = self.draft = None
                    self.next_phase = False
            if phase is not None:
                self.phase, self.next_phase = said(phase, places), True
        reference = (
            clean_number(references[0][1].text)
            if references and not self.own
            else references[0][1].text.strip()
            if references
            else ""
        )
        if text and not self.own:
            reference, text = self._referred(reference, text)
        places += tuple(place for place, _ in references[:1])
        new = bool(text or reference) and self._begins(reference, text, places)
        self._outcome(found, new)
        return new

    def _referred(self, reference: str, text: str) -> tuple[str, str]:
        """A reference and words; where the words say that they go on from above, those of the recommendation meant."""
        if not reference and text in self.by_reference:
            # A measure or a partner's action says by its reference what it belongs to.
            return text, ""
        words, goes_on = without_continued(text)
        if not goes_on:
            return (reference, text) if reference else (_lettered_first(text) or reference_first(text))
        first, rest = reference_first(words)
        reference = reference or reference_alone(words) or first
        rest = "" if reference == reference_alone(words) else rest
        current = self.group
        if current is not None and reference in ("", current.reference.value):
            begun = current.text.value.casefold().startswith(rest.rstrip(" .…").casefold())
            return (current.reference.value, "") if begun else (reference, rest)
        return reference, rest

    def _theme_of(self, found: Found) -> None:
        for place, cell in found.get(Meaning.THEME, [])[:1]:
            name = " ".join(cell.text.split())
            name = name if self.own else without_continued(name)[0]
            if name != self.theme.value:
                self.theme, self.group, self.draft = said(name, place), None, None
                self.band, self.next_band = Said(Timescale.NONE.value), None

    def _begins(self, reference: str, text: str, places: tuple[Place, ...]) -> bool:
        current = self.group
        if (
            current is not None
            and (reference or current.reference.value) in ("", current.reference.value)
            and (not text or text == current.text.value)
        ):
            return False
        if current is not None and text and not reference and text[0].islower():
            current.text = joined(current.text, said(text, places), "It runs over several rows")
            return False
        earlier = [
            group
            for group in self.by_reference.get(reference, ())
            if text in ("", group.text.value) and self._is_of_here(group, text)
        ]
        if earlier:
            self.group, self.draft = earlier[0], None
            return True
        words, outcome = ("", "") if self.own else with_outcome(text)
        self._open(reference, words or text, places, outcome=outcome)
        return True

    def _is_of_here(self, group: Group, text: str) -> bool:
        """Whether a recommendation is of the theme that the reading is in; what is only a table's name keeps none apart."""
        if group.theme.value == self.theme.value:
            return True
        listed = not group.theme.value and bool(group.text.value)
        return self.theme.how == OF_TABLE and (listed or bool(text))

    def _outcome(self, found: Found, new: bool) -> None:
        cells = found.get(Meaning.OUTCOME, [])
        if not cells:
            return
        if self.group is None:
            self._without_recommendation(found)
        if self.group is None:
            for place, cell in cells:
                self._keep(place, cell.text, "No recommendation stands beside it")
            return
        known = self.group.outcome.value.split("\n\n")
        for place, cell in cells:
            text = cell.text.strip()
            if text and text not in known:
                more = said(text, place)
                how = "All that is printed beside its actions"
                outcome = self.group.outcome
                self.group.outcome = (
                    Said(f"{outcome.value}\n\n{text}", (*outcome.places, place), how, Sureness.LIKELY)
                    if outcome.value
                    else more
                )
                known.append(text)
            else:
                self.group.outcome = replace(self.group.outcome, places=(*self.group.outcome.places, place))

    def _without_recommendation(self, found: Found) -> None:
        """A row that no recommendation stands above: what the table is called stands for it."""
        if not (found.get(Meaning.ACTION) or found.get(Meaning.OUTCOME)) or (
            all(phase_of(cell.text) for _, cell in found.get(Meaning.ACTION, ()))
            and Meaning.OUTCOME not in found
        ):
            return
        self._open_titled()

    def _open_titled(self) -> Group:
        """Begin the recommendation that a table is called."""
        theme = said(self.theme.value, self.theme.places)
        # A theme beside each row says more than what the whole table is called.
        title = theme if theme.value and Meaning.THEME in self.columns else self.title or theme
        reference, text = reference_first(" ".join(title.value.split()))
        how = "No recommendation is printed above it; what it stands under was taken"
        sure = Sureness.UNSURE
        if reference and NAMED.match(title.value):
            how, sure = title.how, Sureness.LIKELY
        self.used |= set(title.places)
        return self._open(reference, text, title.places, how, sure)


def _lettered_first(text: str) -> tuple[str, str] | None:
    """The letter that numbers a recommendation in its column, and its words: “A. Assess in time”."""
    match = LETTERED.match(text)
    return (match[1], text[match.end() :].strip()) if match else None
