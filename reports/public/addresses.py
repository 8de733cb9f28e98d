"""Where a plan stands in public."""

from django.conf import settings
from django.urls import reverse

from improvement.models import Plan


def of(plan: Plan, name: str, *more: str) -> str:
    """The address of one of a plan's public pages on this site."""
    return reverse(f"reports:{name}", args=[plan.council.slug, plan.slug, *more])


def whole(plan: Plan, name: str, *more: str) -> str:
    """The same with the site's own address before it, for files that leave the site."""
    return f"{settings.PUBLIC_URL}{of(plan, name, *more)}"
