"""Beginning a plan: the plan itself, its themes, and the organisations and posts that its work falls to."""

import re
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Max
from django.utils.text import slugify

from improvement import ledger
from improvement.models import Council, LeadOfficer, Organisation, Plan, RatingScale, Theme, User
from improvement.permissions import Verb, require
from recommendations.workflow import careful
from recommendations.workflow.access import require_in_plan
from recommendations.workflow.plan import from_file

# Addresses of a council's pages in which a plan's name would stand.
TAKEN = frozenset(
    {
        *("add", "boards", "clearances", "inspections", "intake", "layouts", "members"),
        *("owner-links", "rating-keys"),
    }
)
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?")
LONGEST_NAME = {Plan: 160, Theme: 120, Organisation: 120}
# Between the posts that lead an action, wherever Waymark writes them into one cell.
PARTS_LEADS = ";"
LONGEST_OF_POST = {"abbreviation": 40, "title": 160}


@transaction.atomic
def add_plan(
    *,
    council: Council,
    name: str,
    slug: str = "",
    rating_scale: RatingScale | None = None,
    file: str = "",
    by: User,
    on: date,
    kept_because: str = "",
) -> Plan:
    """Begin a plan, with the rating key of a new plan unless another is named. `file` is the SHA-256 of where it is from."""
    require(by, Verb.KEEP_PLAN, council)
    _require_name(name, Plan, "Give the plan a name.")
    slug = slug or free_slug(name, council.plans.all())
    check_slug(slug, "slug")
    scale = rating_scale or RatingScale.objects.default()
    if scale.council_id not in (None, council.pk):
        raise ValidationError({"rating_scale": "Choose a rating key that this council may use."})
    careful.check(name, kept_because=kept_because)
    taken = {"slug": f"{council} has a plan at the address {slug} already."}
    plan = _create(Plan(council=council, slug=slug, name=name.strip(), rating_scale=scale), taken)
    _record(
        "add_plan",
        plan,
        council,
        {"slug": slug, "name": plan.name, "rating_scale": scale.slug},
        file=file,
        by=by,
        on=on,
        reason=kept_because,
    )
    return plan


@transaction.atomic
def add_theme(*, plan: Plan, name: str, file: str = "", by: User, on: date, kept_because: str = "") -> Theme:
    """Add a part to a plan, behind those that it has."""
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    _require_name(name, Theme, "Give the theme a name.")
    careful.check(name, kept_because=kept_because)
    place = (plan.themes.aggregate(last=Max("position"))["last"] or 0) + 1
    theme = Theme(plan=plan, slug=free_slug(name, plan.themes.all()), name=name.strip(), position=place)
    _create(theme, {"name": "This plan has a theme of that name already."})
    _record(
        "add_theme",
        theme,
        plan.council,
        {"plan": plan.slug, "name": theme.name},
        file=file,
        by=by,
        on=on,
        reason=kept_because,
    )
    return theme


@transaction.atomic
def add_organisation(
    *, council: Council, name: str, slug: str = "", file: str = "", by: User, on: date
) -> Organisation:
    """Add a partner that owns work, or the council itself as one."""
    require(by, Verb.KEEP_PLAN, council)
    _require_name(name, Organisation, "Give the organisation a name.")
    made = Organisation(
        council=council, name=name.strip(), slug=slug or free_slug(name, council.organisations.all())
    )
    _create(made, {"name": f"{council} has an organisation of that name already."})
    _record(
        "add_organisation", made, council, {"slug": made.slug, "name": made.name}, file=file, by=by, on=on
    )
    return made


@transaction.atomic
def add_lead_officer(
    *,
    organisation: Organisation,
    abbreviation: str,
    title: str,
    in_key: bool = True,
    file: str = "",
    by: User,
    on: date,
    kept_because: str = "",
) -> LeadOfficer:
    """Add a post that leads actions, under the abbreviation that the plan's key gives it; a post, never a person."""
    council = organisation.council
    require(by, Verb.KEEP_PLAN, council)
    for field, text in (("abbreviation", abbreviation), ("title", title)):
        longest = LONGEST_OF_POST[field]
        if not text.strip() or len(text) > longest:
            raise ValidationError({field: f"Give the post's {field} in up to {longest} characters."})
    if PARTS_LEADS in abbreviation:
        raise ValidationError({"abbreviation": "Leave out the semicolon: it stands between two posts."})
    careful.check(abbreviation, title, kept_because=kept_because)
    made = LeadOfficer(
        council=council, organisation=organisation, abbreviation=abbreviation, title=title, in_key=in_key
    )
    _create(made, {"abbreviation": f"{council} has a post {abbreviation} already."})
    after = {
        "abbreviation": abbreviation,
        "title": title,
        "organisation": organisation.slug,
        "in_key": in_key,
    }
    _record("add_lead_officer", made, council, after, file=file, by=by, on=on, reason=kept_because)
    return made


def free_slug(name: str, taken: "models.QuerySet[Any]") -> str:
    """An address made from a name, that nothing has yet and that is no page's own."""
    bare = slugify(name)[:44].strip("-_").replace("_", "-") or "plan"
    used = {*TAKEN, *taken.filter(slug__startswith=bare).values_list("slug", flat=True)}
    return next(slug for slug in (bare, *(f"{bare}-{n}" for n in range(2, 10_000))) if slug not in used)


def check_slug(slug: str, field: str) -> None:
    """Whether a plan may stand at this address of its council. `field` is what the writer calls it."""
    if slug in TAKEN:
        raise ValidationError({field: f"“{slug}” is an address of Waymark's own; choose another."})
    if not SLUG.fullmatch(slug):
        raise ValidationError({field: "Write its address in small letters, digits and hyphens."})


def _require_name(name: str, of: type[Plan | Theme | Organisation], missing: str) -> None:
    longest = LONGEST_NAME[of]
    if not name.strip():
        raise ValidationError({"name": missing})
    if len(name.strip()) > longest:
        raise ValidationError({"name": f"Keep it under {longest} characters."})


Made = Plan | Theme | Organisation | LeadOfficer
Row = TypeVar("Row", bound=models.Model)


def _create(row: Row, taken: dict[str, str]) -> Row:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(taken) from error
    return row


def _record(
    verb: str,
    made: Made,
    council: Council,
    after: dict[str, Any],
    *,
    file: str,
    by: User,
    on: date,
    reason: str = "",
) -> None:
    ledger.record(
        by=by,
        on=on,
        council=council,
        verb=verb,
        subject=made,
        before={},
        after={**after, **from_file(file)},
        reason=reason,
    )
