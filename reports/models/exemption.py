from typing import Any

from django.db import models
from django.db.models import Q


class Paragraph(models.TextChoices):
    """The paragraphs of Part 1 of Schedule 12A to the Local Government Act 1972, by which matter is exempt."""

    INDIVIDUAL = "1", "1: information about an individual"
    IDENTITY = "2", "2: likely to reveal who an individual is"
    FINANCE = "3", "3: financial or business affairs"
    LABOUR = "4", "4: consultations or negotiations on labour relations"
    LEGAL = "5", "5: legal professional privilege"
    NOTICE = "6", "6: a notice, order or direction that is intended"
    CRIME = "7", "7: preventing, investigating or prosecuting crime"


class Audience(models.TextChoices):
    """Whom a document is for: everybody, or those who stay when the public leaves."""

    OPEN = "open", "Open"
    EXEMPT = "exempt", "Exempt"


class Exemptible(models.Model):
    """What may be kept for the part of a meeting that the public leaves, and why that outweighs publishing it."""

    exempt_paragraph = models.CharField(
        "Paragraph of Schedule 12A",
        max_length=1,
        choices=Paragraph,
        blank=True,
        help_text="Empty while it is open.",
    )
    public_interest = models.TextField(
        blank=True, help_text="Why keeping it back serves the public better than publishing it."
    )

    class Meta:
        abstract = True

    @property
    def is_exempt(self) -> bool:
        return bool(self.exempt_paragraph)


def exemption_is_reasoned(name: str) -> Any:
    """Nothing is exempt without its paragraph and the reasoning."""
    return models.CheckConstraint(
        condition=Q(exempt_paragraph="")
        | (Q(exempt_paragraph__in=Paragraph.values) & ~Q(public_interest="")),
        name=name,
    )
