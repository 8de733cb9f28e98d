"""Values that somebody put right in the preview: typed as a plan would print them, and read by the rules of the file.

A key names a value as the preview does: "S2/theme", "S2 (1)/due", "S2 (1)/standing/2" for an earlier entry of several; and
"post/SM QA" for which of the council's posts an abbreviation is.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from recommendations.intake.due_dates import read_due
from recommendations.intake.heard import UNSAID
from recommendations.intake.known import Known
from recommendations.intake.marks import band_of, phase_of
from recommendations.intake.numbers import clean_number
from recommendations.intake.plan_read import (
    ActionRead,
    PlanRead,
    PostRead,
    RecommendationRead,
    Said,
    Standing,
    Sureness,
)
from recommendations.intake.posts import Posts
from recommendations.intake.rows import Kind, Notice, Source
from recommendations.intake.standings import Key
from recommendations.models import Phase, Stage, Timescale

KEY = re.compile(r"(?P<subject>.+)/(?P<part>standing/[0-9]{1,4}|[a-z]+)", re.DOTALL)
POST = "post/"
MENDED, CONFIRMED = "Put right by hand", "Found to be right"
GONE = "The file no longer has this value. Look at the preview again."
LEFT_OUT = (
    "What was put right by hand and is left out, since with these columns something else stands there: {}"
)


class NotMended(Exception):
    """What was typed cannot be taken. Its sentence says why."""


def mended(read: PlanRead, mends: Iterable[tuple[str, str]], known: Known) -> PlanRead:
    """The plan with values put right, one after the other: a key holds for the plan as the ones before left it."""
    mending = _Mending(read, known)
    for key, value in mends:
        mending.take(key, value)
    return mending.plan()


def typed(read: PlanRead, key: str, value: str, known: Known) -> list[Any]:
    """What was typed as an intake keeps it: the key, the value, and the table and the row of what the key names."""
    row = _Mending(read, known).row_of(key)
    return [key, value, row] if row else [key, value]


def still_mended(read: PlanRead, mends: Iterable[Sequence[Any]], known: Known) -> PlanRead:
    """As `mended`, where the file is understood anew: what was typed of another row than a key now names is left out."""
    mending, left_out = _Mending(read, known), 0
    for key, value, *row in mends:
        try:
            if row and mending.row_of(key) != row[0]:
                raise NotMended(GONE)
            mending.take(key, value)
        except NotMended:
            left_out += 1
    plan = mending.plan()
    notices = (*plan.notices, Notice(LEFT_OUT.format(left_out))) if left_out else plan.notices
    return replace(plan, notices=notices)


class _Mending:
    """A plan while it is being put right."""

    def __init__(self, read: PlanRead, known: Known) -> None:
        self._read, self._known = read, known
        self._posts = list(read.posts)
        self._recommendations = [(each, list(each.actions)) for each in read.recommendations]
        self._places = dict(self._names())

    def plan(self) -> PlanRead:
        # What nobody touched stays the very same.
        recommendations = tuple(
            replace(each, actions=tuple(actions))
            if any(now is not was for now, was in zip(actions, each.actions, strict=True))
            else each
            for each, actions in self._recommendations
        )
        themes = dict.fromkeys(
            (*self._read.themes, *(r.theme.value for r in recommendations if r.theme.value))
        )
        used = {each.theme.value for each in recommendations}
        return replace(
            self._read,
            recommendations=recommendations,
            themes=tuple(theme for theme in themes if theme in used),
            posts=tuple(self._posts),
        )

    def take(self, key: str, value: str) -> None:
        if key.startswith(POST) and any(post.abbreviation == key.removeprefix(POST) for post in self._posts):
            self._take_post(key.removeprefix(POST), value.strip())
            return
        found = KEY.fullmatch(key)
        place = self._places.get(found["subject"]) if found else None
        if not found or place is None:
            raise NotMended(GONE)
        self._take(place, found["part"], value)

    def row_of(self, key: str) -> list[int] | None:
        """The table and the row of the recommendation or the action that a key names."""
        found = KEY.fullmatch(key)
        place = self._places.get(found["subject"]) if found else None
        if place is None:
            return None
        each, actions = self._recommendations[place[0]]
        texts = (
            [each.text, *(action.text for action in actions)]
            if place[1] is None
            else [actions[place[1]].text]
        )
        return next(([at.table, at.row] for text in texts for at in text.places), None)

    def _names(self) -> Iterator[tuple[str, tuple[int, int | None]]]:
        # The first of a name is the one that is meant, so it is written last.
        for place, (each, actions) in reversed(list(enumerate(self._recommendations))):
            for other, action in reversed(list(enumerate(actions))):
                yield f"{each.reference.value} ({action.number.value})", (place, other)
            yield each.reference.value, (place, None)

    def _take(self, place: tuple[int, int | None], part: str, value: str) -> None:
        each, actions = self._recommendations[place[0]]
        if place[1] is None:
            self._recommendations[place[0]] = (_recommendation(each, part, value), actions)
        else:
            actions[place[1]] = self._action(actions[place[1]], part, value)
        if part in ("reference", "number"):
            self._places = dict(self._names())

    def _action(self, read: ActionRead, part: str, value: str) -> ActionRead:
        if part == "leads":
            return replace(read, leads=_put(read.leads, self._leads(value)))
        if part.partition("/")[0] in ("standing", "stage", "rating"):
            return replace(read, standings=self._standings(read, part, value))
        readers: dict[str, Callable[[str], Any]] = {
            "number": clean_number,
            "text": _words,
            "phase": _phase,
            "due": lambda text: read_due(text.strip()).value,
        }
        if part not in readers:
            raise NotMended("This value cannot be changed here.")
        changed: dict[str, Any] = {part: _put(getattr(read, part), readers[part](value))}
        return replace(read, **changed)

    def _leads(self, value: str) -> tuple[str, ...]:
        """Posts as the cells name them; one that nobody knows yet is a new post."""
        pairs = dict((*self._known.posts, *((post.abbreviation, post.title) for post in self._posts)))
        known = replace(self._known, posts=tuple(pairs.items()))
        posts = Posts.of(Source(Kind.CSV, ()), (), known, own=False)
        found = posts.read(value.strip()).value
        there = {post.abbreviation for post in self._posts}
        self._posts += [post for post in posts.named() if post.abbreviation not in there]
        return found

    def _standings(self, read: ActionRead, part: str, value: str) -> tuple[Said[Standing], ...]:
        said = list(read.standings) or [Said(Standing(Stage.NOT_STARTED, "", ""))]
        what, _, number = part.partition("/")
        place = int(number) - 1 if number else len(said) - 1
        if not 0 <= place < len(said):
            raise NotMended("The file no longer has this entry. Look at the preview again.")
        if what == "standing" and not value.strip():
            return tuple(said[:place] + said[place + 1 :])
        said[place] = _put(said[place], self._standing(said[place].value, what, value))
        return tuple(said)

    def _standing(self, now: Standing, what: str, value: str) -> Standing:
        key = Key.of(self._known, ())
        if what == "rating":
            slugs = {slug for slug, *_ in self._known.ratings}
            rating = value if value in slugs else key.rating(value)
            if value.strip() and not rating:
                raise NotMended("Choose a rating from the plan's own key.")
            return replace(now, rating=rating)
        if what == "stage":
            stage = value if value in Stage.values else key.column(value, "").stage
            if stage not in Stage.values:
                raise NotMended("Choose one of the stages.")
            return replace(now, stage=str(stage))
        if value.split() == now.narrative.split():
            return now
        heard = key.words(value)
        stage = now.stage if heard.how == UNSAID else heard.stage or now.stage
        return replace(now, narrative=value.strip(), stage=str(stage))

    def _take_post(self, abbreviation: str, value: str) -> None:
        """Take an abbreviation for another post wherever it leads; with nothing typed it is a new post."""
        means = value or abbreviation
        there = {post.abbreviation: post for post in self._posts}
        if means not in there:
            title = dict(self._known.posts).get(means, "")
            self._posts.append(PostRead(means, title, in_key=False, written=there[abbreviation].written))
        if means != abbreviation:
            self._posts = [post for post in self._posts if post.abbreviation != abbreviation]
        for _, actions in self._recommendations:
            for place, action in enumerate(actions):
                if abbreviation in action.leads.value:
                    leads = dict.fromkeys(
                        means if each == abbreviation else each for each in action.leads.value
                    )
                    actions[place] = replace(action, leads=_put(action.leads, tuple(leads)))


def _recommendation(read: RecommendationRead, part: str, value: str) -> RecommendationRead:
    readers: dict[str, Callable[[str], str]] = {
        "reference": lambda text: " ".join(text.split()),
        "theme": lambda text: " ".join(text.split()),
        "timescale": _timescale,
        "text": _words,
        "outcome": str.strip,
    }
    if part not in readers:
        raise NotMended("This value cannot be changed here.")
    changed: dict[str, Any] = {part: _put(getattr(read, part), readers[part](value))}
    return replace(read, **changed)


def _put(said: Said[Any], value: Any) -> Said[Any]:
    """The value in place of the one that was read, from the same cells; nobody need look at it again."""
    how = CONFIRMED if value == said.value else MENDED
    return replace(said, value=value, how=how, sure=Sureness.CERTAIN)


def _words(text: str) -> str:
    if not text.strip():
        raise NotMended("Write what it should say.")
    return text.strip()


def _phase(text: str) -> str:
    phase = text if text in Phase.values else phase_of(text)
    if phase is None:
        raise NotMended("Choose one of the phases.")
    return phase


def _timescale(text: str) -> str:
    band = text if text in Timescale.values else band_of(text)
    if band is None:
        raise NotMended("Choose one of the timescales.")
    return band
