from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from improvement.models import User


def signed_in(request: HttpRequest) -> User:
    """The user of a page that only signed-in people reach."""
    if not isinstance(request.user, User):
        raise PermissionDenied("Sign in first.")
    return request.user
