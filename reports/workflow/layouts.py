"""Every change to a council's layouts. Those that come with Waymark are the same for everybody and never change here."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from improvement import ledger
from improvement.models import Council, User
from improvement.permissions import Verb, require
from reports.models import (
    Layout,
    LayoutPost,
    LayoutRow,
    LayoutSection,
    Numbering,
    Place,
    SectionSource,
)

MOST_ROWS, MOST_SECTIONS, MOST_POSTS = 30, 60, 10
NAME_TAKEN = "There is a layout of that name already. Choose another name."
# What a paper says in one place only.
ONCE = (SectionSource.CLEARANCE, SectionSource.HEADLINE, SectionSource.MINUTE, SectionSource.ENCLOSURES)


class LayoutIsShipped(Exception):
    """The layout came with Waymark and is the same for every council."""


class UpdatedMeanwhile(Exception):
    """Somebody else changed the layout since the page was opened."""


@dataclass(frozen=True)
class RowWording:
    """A row of facts as somebody sets it out."""

    label: str
    place: str = Place.HEAD.value
    filled_from: str = "typed"
    required: bool = True


@dataclass(frozen=True)
class SectionWording:
    """A section as somebody sets it out."""

    heading: str
    level: int = 1
    filled_from: str = "typed"
    required: bool = True
    numbered: bool = True
    numbers_paragraphs: bool = False
    guidance: str = ""


@dataclass(frozen=True)
class PostWording:
    """A post on whose behalf papers are cleared."""

    post: str
    required: bool = True


@dataclass(frozen=True)
class Wording:
    """A whole layout as somebody sets it out."""

    name: str
    about: str = ""
    head_heading: str = ""
    numbering: str = Numbering.NONE.value
    first_number: int = 1
    appendices: str = "letters"
    capital_labels: bool = False
    capital_headings: bool = False
    has_cover: bool = False
    prints_clearance: bool = False
    rows: tuple[RowWording, ...] = ()
    sections: tuple[SectionWording, ...] = ()
    posts: tuple[PostWording, ...] = ()

    @property
    def itself(self) -> dict[str, Any]:
        """What the layout says beside its rows, sections and posts."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name not in PARTS}


PARTS: dict[str, type[Any]] = {"rows": LayoutRow, "sections": LayoutSection, "posts": LayoutPost}


@dataclass(frozen=True)
class Fault:
    """What is wrong with a part: of which list, which (from 0), in which field, in a sentence."""

    part: str
    place: int
    field: str
    sentence: str


def wording_of(layout: Layout) -> Wording:
    """A layout as it stands. Take it from `with_rows()`."""
    return Wording(
        **{name: getattr(layout, name) for name in Wording("").itself},
        rows=tuple(_part(RowWording, row) for row in layout.rows.all()),
        sections=tuple(_part(SectionWording, section) for section in layout.sections.all()),
        posts=tuple(_part(PostWording, post) for post in layout.posts.all()),
    )


def faults(wording: Wording) -> list[Fault]:
    """What each part alone cannot tell: levels that are skipped, what stands twice, and tables that nothing shows."""
    return [*_faults_of_levels(wording.sections), *_faults_of_sources(wording)]


def _faults_of_levels(sections: Sequence[SectionWording]) -> list[Fault]:
    found, above = [], 0
    for place, section in enumerate(sections):
        if section.level > above + 1:
            found.append(
                Fault("sections", place, "level", f"No heading of level {section.level - 1} stands above it.")
            )
        above = section.level
    return found


def _faults_of_sources(wording: Wording) -> list[Fault]:
    found, sources = [], [section.filled_from for section in wording.sections]
    for source in ONCE:
        first = sources.index(source) if source in sources else len(sources)
        found += [
            Fault("sections", place, "filled_from", f"“{source.label}” stands in another section already.")
            for place, other in enumerate(sources)
            if other == source and place > first
        ]
    for place, row in enumerate(wording.rows):
        if row.place == Place.HEADLINE and SectionSource.HEADLINE not in sources:
            found.append(Fault("rows", place, "place", "No section is filled with the headline table."))
    return found


@transaction.atomic
def copy_layout(*, council: Council, start: Layout, name: str, about: str, by: User, on: date) -> Layout:
    """Give a council a layout of its own that begins as another is: one of its own, or one that came with Waymark.

    Raises ValidationError when a rule is broken. The same copy asked for twice, as by a double click, is refused by
    its name.
    """
    require(by, Verb.KEEP_LAYOUTS, council)
    if start.council_id not in (None, council.pk):
        raise ValidationError({"start": "Choose one of this council's layouts."})
    stands = _stands(start)
    wording = Wording(**{**_shallow(stands), "name": name.strip(), "about": about.strip()})
    _check(wording)
    if Layout.objects.offered_to(council).filter(name__iexact=wording.name).exists():
        raise ValidationError({"name": NAME_TAKEN})
    try:
        with transaction.atomic():
            layout = Layout.objects.create(
                council=council, slug=_free_slug(council, wording.name), **wording.itself
            )
    except IntegrityError as taken:
        raise ValidationError({"name": NAME_TAKEN}) from taken
    _write(layout, wording)
    ledger.record(
        by=by,
        on=on,
        council=council,
        verb="copy_layout",
        subject=layout,
        before={},
        after={"from": start.slug, **asdict(wording)},
    )
    return layout


@transaction.atomic
def reword_layout(*, layout: Layout, version: int, wording: Wording, by: User, on: date) -> Layout:
    """Set a council's own layout out anew. `version` is that of the layout which the writer saw.

    Reports that were started in it keep their rows and sections; numbers, capitals, cover and the printing of
    clearances follow. Raises LayoutIsShipped, UpdatedMeanwhile, and ValidationError when a rule is broken. The same
    words change nothing.
    """
    council = layout.council
    if council is None:
        raise LayoutIsShipped(f"“{layout}” came with Waymark and is the same for every council.")
    require(by, Verb.KEEP_LAYOUTS, council)
    _check(wording)
    before = _stands(layout)
    if before == wording:
        return layout
    others = Layout.objects.offered_to(council).exclude(pk=layout.pk)
    if others.filter(name__iexact=wording.name).exists():
        raise ValidationError({"name": NAME_TAKEN})
    mine = Layout.objects.filter(pk=layout.pk, version=version)
    if not mine.update(version=version + 1, **wording.itself):
        raise UpdatedMeanwhile("Somebody else changed this layout while you were at it.")
    for part in PARTS.values():
        part.objects.filter(layout=layout).delete()
    _write(layout, wording)
    was, now = asdict(before), asdict(wording)
    changed = [name for name in now if was[name] != now[name]]
    ledger.record(
        by=by,
        on=on,
        council=council,
        verb="reword_layout",
        subject=layout,
        before={name: was[name] for name in changed},
        after={name: now[name] for name in changed},
    )
    return layout


def _check(wording: Wording) -> None:
    """Every field by its model's own rules, then the whole."""
    if not wording.name.strip():
        raise ValidationError({"name": "Give the layout a name."})
    Layout(**wording.itself).clean_fields(exclude=["slug", "council", "version"])
    if not wording.sections:
        raise ValidationError("A layout has at least one section.")
    for name, most in (("rows", MOST_ROWS), ("sections", MOST_SECTIONS), ("posts", MOST_POSTS)):
        if len(getattr(wording, name)) > most:
            raise ValidationError(f"A layout has at most {most} {name}.")
        for each in getattr(wording, name):
            PARTS[name](**asdict(each)).clean_fields(exclude=["layout", "position"])
    if {section.level for section in wording.sections} - {1, 2, 3}:
        raise ValidationError("A heading is of level 1, 2 or 3.")
    if found := faults(wording):
        raise ValidationError([fault.sentence for fault in found])


def _write(layout: Layout, wording: Wording) -> None:
    for name, model in PARTS.items():
        model.objects.bulk_create(
            model(layout=layout, position=position, **asdict(each))
            for position, each in enumerate(getattr(wording, name), start=1)
        )


def _stands(layout: Layout) -> Wording:
    """The layout as the database has it."""
    return wording_of(Layout.objects.with_rows().get(pk=layout.pk))


def _shallow(wording: Wording) -> dict[str, Any]:
    return {field.name: getattr(wording, field.name) for field in fields(wording)}


def _part(kind: type[Any], row: Any) -> Any:
    return kind(**{field.name: getattr(row, field.name) for field in fields(kind)})


def _free_slug(council: Council, name: str) -> str:
    """An address of the council's own, which no layout that comes with Waymark can ever have."""
    start = slugify(f"{council.slug}-{name}")[:54].strip("-")
    taken = set(Layout.objects.filter(council=council, slug__startswith=start).values_list("slug", flat=True))
    return next(
        slug for slug in (start, *(f"{start}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )
