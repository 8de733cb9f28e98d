from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When

from boards.models.board import Board
from improvement.models import Organisation, User


class SeatRole(models.TextChoices):
    """What somebody is there for, in the order in which a list of those present is read."""

    INDEPENDENT_CHAIR = "independent-chair", "Independent chair"
    CHAIR = "chair", "Chair"
    MEMBER = "member", "Member"
    ADVISER = "adviser", "Adviser"
    SUPPORT = "support", "Support"


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(board__council__memberships__user=user)

    def for_board(self, board: Board) -> Self:
        return self.filter(board=board)

    def sitting(self, *, on: date) -> Self:
        """Seats that are taken on a day."""
        return self.filter(
            Q(from_on=None) | Q(from_on__lte=on), Q(until_on=None) | Q(until_on__gte=on)
        ).select_related("organisation")

    def in_order(self) -> Self:
        roles = [When(role=role, then=Value(place)) for place, role in enumerate(SeatRole.values)]
        return self.order_by(Case(*roles, output_field=IntegerField()), "position", "pk")

    def get_by_natural_key(self, council: str, board: str, slug: str) -> "Seat":
        return self.get(board__council__slug=council, board__slug=board, slug=slug)


class Seat(models.Model):
    """A place on a board for a post, never for a person, from a day to a day; an empty day means no limit."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="seats")
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160, help_text="The post, not the person.")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="seats", null=True, blank=True
    )
    role = models.CharField(max_length=20, choices=SeatRole, default=SeatRole.MEMBER)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["board", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "slug"], name="seat_slug_once_on_board"),
            models.CheckConstraint(condition=Q(role__in=SeatRole.values), name="seat_role_is_known"),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="seat_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.board.natural_key(), self.slug)

    natural_key.dependencies = ["boards.board", "improvement.organisation"]  # type: ignore[attr-defined]
