from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from improvement.models.council import Council
from improvement.models.lead_officer import Holding
from improvement.models.organisation import Organisation


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in, with an e-mail address. What they may do follows from their memberships."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(
        default=False, help_text="Looks after this installation; sees the component gallery."
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["email"]

    def __str__(self) -> str:
        return self.name or self.email


class Role(models.TextChoices):
    READER = "reader", "Reader"
    LEAD_OFFICER = "lead_officer", "Lead officer"
    BOARD_MEMBER = "board_member", "Board member"
    SCRUTINY_OFFICER = "scrutiny_officer", "Scrutiny officer"
    PLAN_ADMINISTRATOR = "plan_administrator", "Plan administrator"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(council__memberships__user=user)

    def for_council(self, council: Council) -> Self:
        return self.filter(council=council)

    def in_role(self, role: str) -> Self:
        return self.filter(role=role)

    def administrators(self) -> Self:
        """Those who can let others in: plan administrators whose account is open."""
        return self.in_role(Role.PLAN_ADMINISTRATOR).filter(user__is_active=True)

    def with_words(self, words: str) -> Self:
        return self.filter(models.Q(user__name__icontains=words) | models.Q(user__email__icontains=words))

    def with_posts(self, council: Council, *, on: date) -> Self:
        """With the people, each with `held`: the posts of the council that they hold on a day."""
        held = Holding.objects.current(on=on).of_council(council).select_related("lead_officer")
        posts = models.Prefetch("user__holdings", held.order_by("lead_officer__abbreviation"), to_attr="held")
        return self.select_related("user", "organisation").prefetch_related(posts)


class Membership(models.Model):
    """A user belongs to a council in one role, perhaps on behalf of an organisation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["council__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "council"], name="membership_once_per_council"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} of {self.council}"
