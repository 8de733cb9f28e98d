"""Posts of other organisations, and what a link in their name opens."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat

from boards.models import OwnerLink
from improvement.models import Council, LeadOfficer
from improvement.models.lead_officer import LeadOfficerQuerySet
from recommendations.models import Action, ActionLead
from recommendations.models.action import ActionQuerySet


def posts_outside(council: Council, *, on: date) -> LeadOfficerQuerySet:
    """Posts that lead actions on a day and belong to another organisation than the council itself."""
    own = Q(organisation__name=F("council__name")) | Q(
        organisation__slug=Concat(F("council__slug"), Value("-council"))
    )
    leads = Exists(ActionLead.objects.leading(on=on).filter(lead_officer=OuterRef("pk")))
    posts = LeadOfficer.objects.filter(leads, council=council).exclude(own)
    return posts.order_by("organisation__name", "abbreviation", "pk")


def actions_of(link: OwnerLink, *, on: date) -> ActionQuerySet:
    """A link's own door: the open actions of its post, in plans of its council that are not closed."""
    still = Q(recommendation__plan__closed_on=None) | Q(recommendation__plan__closed_on__gt=on)
    actions = Action.objects.led_by([link.post], on=on).filter(
        still, recommendation__plan__council=link.post.council
    )
    return actions.as_of(on).open()
