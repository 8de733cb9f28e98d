"""What a comparison compares: an agreed version, or the plan on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Count

from improvement.clock import EARLIEST
from improvement.models import Plan, PlanVersion
from recommendations import contents, versions
from recommendations.contents import Contents, NotAsAgreed
from recommendations.models import Action, ProgressUpdate, Recommendation

# As many days of updates as a reader still looks through; any other day can be typed.
UPDATE_DAYS = 10


@dataclass(frozen=True)
class Side:
    """One side of a comparison. `value` is how an address names it: v2.01 or 2012-09-10."""

    value: str
    words: str
    on: date
    contents: Contents


@dataclass(frozen=True)
class KnownDay:
    """A day that means something in a plan, and what."""

    on: date
    what: str

    @property
    def value(self) -> str:
        return self.on.isoformat()

    @property
    def words(self) -> str:
        return f"{_day(self.on)}: {self.what}"


def read(plan: Plan, text: str, *, on: date) -> Side:
    """The side that an address names. Nothing later than `on` is read. Raises ValidationError with what is wrong."""
    if text.startswith("v"):
        return _version(plan, text.removeprefix("v"), on)
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise ValidationError("Choose a version or a day from the list, or write a day.") from error
    if not EARLIEST <= day <= on:
        raise ValidationError(f"Choose a day from {EARLIEST.year} up to {_day(on)}.")
    return Side(day.isoformat(), _day(day), day, contents.of(plan, on=day))


def _version(plan: Plan, label: str, on: date) -> Side:
    version = PlanVersion.objects.for_plan(plan).agreed_by(on=on).filter(label=label).first()
    if version is None:
        raise ValidationError(f"This plan has no version {label}.")
    try:
        kept = contents.of_version(version)
    except NotAsAgreed as altered:
        raise ValidationError(f"{altered} Nothing is compared with it.") from altered
    words = f"version {version.label} (agreed on {_day(version.agreed_on)})"
    return Side(f"v{version.label}", words, version.agreed_on, kept)


def first_choice(plan: Plan, *, on: date) -> str:
    """Where a comparison starts unless told: the latest agreed version, or else the day before the plan began."""
    agreed = versions.agreed(plan, on=on)
    if agreed:
        return f"v{agreed[0].version.label}"
    begun = [
        action.added_on
        for action in Action.objects.for_plan(plan).filter(added_on__lte=on).order_by("added_on", "pk")[:1]
    ]
    return (begun[0] - timedelta(days=1) if begun else on).isoformat()


def choices(plan: Plan, *, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a reader may choose from, in groups, the latest first."""
    agreed = [
        (
            f"v{standing.version.label}",
            f"Version {standing.version.label}, agreed {_day(standing.version.agreed_on)}",
        )
        for standing in versions.agreed(plan, on=on)
    ]
    days = [(day.value, day.words) for day in known_days(plan, on=on)]
    return [("Versions", agreed), ("Days", days)] if agreed else [("Days", days)]


def known_days(plan: Plan, *, on: date) -> list[KnownDay]:
    """Days up to one on which something happened that a reader may want to compare with, the latest first."""
    found: dict[date, list[str]] = {on: ["the day shown"]}

    def tell(rows: Iterable[tuple[date, str]]) -> None:
        for day, what in rows:
            if day <= on:
                found.setdefault(day, []).append(what)

    for standing in versions.agreed(plan, on=on):
        label = standing.version.label
        tell([(standing.version.agreed_on, f"version {label} agreed")])
        tell((signed.on, f"{signed.body} signed version {label} off") for signed in standing.sign_offs)
    updates = ProgressUpdate.objects.filter(action__recommendation__plan=plan, on__lte=on)
    latest = updates.order_by("-on").values("on").annotate(count=Count("pk"))[:UPDATE_DAYS]
    tell((row["on"], f"{row['count']} update{'' if row['count'] == 1 else 's'}") for row in latest)
    raised = Recommendation.objects.for_plan(plan).order_by("raised_on").values_list("raised_on", flat=True)
    tell((day, "recommendations published") for day in raised.distinct())
    added = Action.objects.for_plan(plan).order_by("added_on").values_list("added_on", flat=True)
    tell((day, "actions taken in") for day in added.distinct())
    return [KnownDay(day, ", ".join(found[day])) for day in sorted(found, reverse=True)]


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
