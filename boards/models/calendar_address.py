from typing import Self

from django.conf import settings
from django.db import models

from boards import secret_addresses
from improvement.models import User

PURPOSE = "calendar"


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(user=user)


class CalendarAddress(models.Model):
    """The secret address at which somebody's calendar reads the days that concern them. Making another ends this one."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_address"
    )
    seed = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)

    objects = CalendarAddressQuerySet.as_manager()

    def __str__(self) -> str:
        return f"calendar address of user {self.user_id}"

    @property
    def secret(self) -> str:
        """The secret part of the address; empty where it was made under another key of the installation."""
        secret = secret_addresses.secret_of(PURPOSE, self.seed)
        return secret if secret_addresses.fits(secret, self.digest) else ""
