"""Every change to a council's rating keys, and to which of them a plan uses.

A rating that was given keeps its meaning, so a key that was used is never reworded and a plan that was rated keeps
its key.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from improvement import ledger
from improvement.models import Council, Plan, Rating, RatingScale, User
from improvement.permissions import Verb, require
from recommendations import key_use

LEAST, MOST = 2, 6
LONGEST_NOTE = 500
DIFFER = ("letter", "word", "colour")
# In an address, `rating=none` asks for what nobody has rated.
TAKEN = ("", "none")
NAME_TAKEN = "There is a key of that name already. Choose another name."


class KeyIsUsed(Exception):
    """An update was rated by the key, so its words stay."""


class KeyIsShipped(Exception):
    """The key came with Waymark and is the same for every council."""


class PlanIsRated(Exception):
    """An update of the plan carries a rating, so the plan keeps its key."""


class ChangedMeanwhile(Exception):
    """Somebody else reworded the key, or chose another, since the page was opened."""


@dataclass(frozen=True)
class Wording:
    """One rating as somebody words it."""

    letter: str
    word: str
    colour: str
    meaning: str
    counts_as: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with ratings taken together: which of them (from 0), in which field, in a sentence."""

    place: int
    field: str
    sentence: str


def faults(ratings: Sequence[Wording]) -> list[Fault]:
    """Ratings of one key differ in letter, word and colour, so that none is taken for another."""
    found = []
    for field in DIFFER:
        first: dict[str, Wording] = {}
        for place, rating in enumerate(ratings):
            value = str(getattr(rating, field)).casefold()
            if value in first:
                found.append(
                    Fault(place, field, f"“{first[value].word}” has this {field} already. Choose another.")
                )
            first.setdefault(value, rating)
    return found


@transaction.atomic
def word_rating_key(
    *, council: Council, name: str, note: str, ratings: Sequence[Wording], by: User, on: date
) -> RatingScale:
    """Give a council a key of its own; the worst news stands first.

    Raises ValidationError when a rule is broken. The same key sent twice, as by a double click, makes one.
    """
    require(by, Verb.KEEP_KEYS, council)
    _check(name, note, ratings)
    wanted = _said(name, note, ratings)
    same = RatingScale.objects.for_council(council).filter(name__iexact=name).first()
    if same:
        if same.council_id == council.pk and _stands(same) == wanted:
            return same
        raise ValidationError({"name": NAME_TAKEN})
    try:
        with transaction.atomic():
            scale = RatingScale.objects.create(
                council=council, slug=_free_slug(f"{council.slug}-{name}"), name=name, note=note
            )
    except IntegrityError as taken:
        raise ValidationError({"name": NAME_TAKEN}) from taken
    _write(scale, ratings)
    ledger.record(
        by=by, on=on, council=council, verb="word_rating_key", subject=scale, before={}, after=wanted
    )
    return scale


@transaction.atomic
def reword_rating_key(
    *,
    scale: RatingScale,
    version: int,
    name: str,
    note: str,
    ratings: Sequence[Wording],
    by: User,
    on: date,
) -> RatingScale:
    """Word a council's own key anew. `version` is that of the key which the writer saw.

    Raises KeyIsShipped, KeyIsUsed, ChangedMeanwhile, and ValidationError when a rule is broken. The same words
    change nothing.
    """
    council = scale.council
    if council is None:
        raise KeyIsShipped(f"“{scale}” came with Waymark and is the same for every council.")
    require(by, Verb.KEEP_KEYS, council)
    _check(name, note, ratings)
    # Whoever rates an action by this key at the same moment waits for the rows, or is waited for.
    before = _stands(scale, lock=True)
    if key_use.is_used(scale):
        raise KeyIsUsed(f"Updates have been rated by “{scale}”, so its words stay as they are.")
    wanted = _said(name, note, ratings)
    if before == wanted:
        return scale
    others = RatingScale.objects.for_council(council).exclude(pk=scale.pk)
    if others.filter(name__iexact=name).exists():
        raise ValidationError({"name": NAME_TAKEN})
    mine = RatingScale.objects.filter(pk=scale.pk, version=version)
    if not mine.update(name=name, note=note, version=version + 1):
        raise ChangedMeanwhile("Somebody else reworded this key while you were writing.")
    scale.ratings.all().delete()
    _write(scale, ratings)
    ledger.record(
        by=by, on=on, council=council, verb="reword_rating_key", subject=scale, before=before, after=wanted
    )
    return scale


@transaction.atomic
def choose_rating_key(*, plan: Plan, seen: RatingScale, scale: RatingScale, by: User, on: date) -> None:
    """Have a plan's actions rated by another key. `seen` is the key that the chooser saw it use.

    Raises PlanIsRated and ChangedMeanwhile. The key that the plan has already changes nothing.
    """
    require(by, Verb.KEEP_KEYS, plan.council)
    if scale.council_id not in (None, plan.council_id):
        raise ValidationError({"key": "Choose one of this council's keys."})
    if key_use.rated_in(plan):
        raise PlanIsRated("Actions of this plan have been rated, so it keeps its key.")
    now = Plan.objects.select_for_update().select_related("rating_scale").get(pk=plan.pk).rating_scale
    if now == scale:
        return
    if now != seen:
        raise ChangedMeanwhile(f"Somebody else chose “{now}” for this plan meanwhile.")
    Plan.objects.filter(pk=plan.pk).update(rating_scale=scale)
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="choose_rating_key",
        subject=plan,
        before={"rating_key": now.slug},
        after={"rating_key": scale.slug},
    )


def _check(name: str, note: str, ratings: Sequence[Wording]) -> None:
    if not name.strip():
        raise ValidationError({"name": "Give the key a name."})
    if len(note) > LONGEST_NOTE:
        raise ValidationError({"note": f"Keep the note under {LONGEST_NOTE} characters."})
    if not LEAST <= len(ratings) <= MOST:
        raise ValidationError(f"A key has {LEAST} to {MOST} ratings.")
    for rating in ratings:
        Rating(**asdict(rating)).clean_fields(exclude=["scale", "slug", "position"])
    if found := faults(ratings):
        raise ValidationError([fault.sentence for fault in found])
    RatingScale(name=name).clean_fields(exclude=["slug", "note"])


def _write(scale: RatingScale, ratings: Sequence[Wording]) -> None:
    slugs: list[str] = []
    for position, rating in enumerate(ratings, start=1):
        wanted = (slugify(rating.word), *(f"rating-{n}" for n in range(position, position + MOST)))
        slugs.append(next(slug for slug in wanted if slug not in (*TAKEN, *slugs)))
        Rating.objects.create(scale=scale, slug=slugs[-1], position=position, **asdict(rating))


def _free_slug(words: str) -> str:
    """An address that no key has, of any council."""
    start = slugify(words)[:44].strip("-")
    taken = set(RatingScale.objects.filter(slug__startswith=start).values_list("slug", flat=True))
    return next(
        slug for slug in (start, *(f"{start}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )


def _said(name: str, note: str, ratings: Sequence[Wording]) -> dict[str, Any]:
    return {"name": name, "note": note, "ratings": [asdict(rating) for rating in ratings]}


def _stands(scale: RatingScale, *, lock: bool = False) -> dict[str, Any]:
    """The key as the database has it."""
    ratings = scale.ratings.select_for_update() if lock else scale.ratings
    fresh = RatingScale.objects.get(pk=scale.pk)
    return _said(fresh.name, fresh.note, [wording_of(rating) for rating in ratings.order_by("position")])


def wording_of(rating: Rating) -> Wording:
    return Wording(rating.letter, rating.word, rating.colour, rating.meaning, rating.counts_as)
