"""Which rating keys a council has, which plans use them, and whether anything was rated by them yet."""

from dataclasses import dataclass
from datetime import date

from improvement.models import Council, Plan, RatingScale, User
from recommendations.models import ProgressUpdate


@dataclass(frozen=True)
class KeyInCouncil:
    """A key as a council has it: its plans that use it, and whether an update was rated by it."""

    scale: RatingScale
    plans: tuple["PlanOfKey", ...]
    used: bool


@dataclass(frozen=True)
class PlanOfKey:
    """A plan that uses a key; once an update of it is rated, its key stays."""

    plan: Plan
    rated: bool


def of_council(council: Council, user: User) -> list[KeyInCouncil]:
    """Every key that the council's plans may use, shipped ones first."""
    scales = RatingScale.objects.visible_to(user).for_council(council).in_order().prefetch_related("ratings")
    rated = ProgressUpdate.objects.visible_to(user).filter(rating__isnull=False).order_by()
    used = set(rated.values_list("rating__scale_id", flat=True).distinct())
    rated_plans = set(rated.values_list("action__recommendation__plan_id", flat=True).distinct())
    plans: dict[int, list[PlanOfKey]] = {}
    for plan in Plan.objects.visible_to(user).filter(council=council).order_by("name", "pk"):
        plans.setdefault(plan.rating_scale_id, []).append(PlanOfKey(plan, plan.pk in rated_plans))
    return [KeyInCouncil(scale, tuple(plans.get(scale.pk, ())), scale.pk in used) for scale in scales]


def is_used(scale: RatingScale) -> bool:
    """Whether an update was ever rated by this key."""
    return ProgressUpdate.objects.filter(rating__scale=scale).exists()


@dataclass(frozen=True)
class Rated:
    """How many updates of a plan carry a rating, and when the first was given."""

    count: int
    first_on: date


def rated_in(plan: Plan) -> Rated | None:
    """None while nobody has rated anything in the plan."""
    rated = ProgressUpdate.objects.filter(action__recommendation__plan=plan, rating__isnull=False)
    first = rated.order_by("on", "pk").first()
    return Rated(rated.count(), first.on) if first else None
