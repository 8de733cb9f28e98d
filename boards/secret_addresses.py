"""Addresses that let in whoever knows them: the link of an owner from outside, and a calendar feed.

The database keeps a seed and a digest. The secret part of an address is made of the seed and of this installation's own
key, so that neither a copy of the database nor anything but the address itself opens the door, and a mail can still be
written with it on any day.
"""

import base64
import hashlib
import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "boards.secret_addresses"


def new_seed() -> str:
    return secrets.token_hex(16)


def secret_of(purpose: str, seed: str) -> str:
    """The part of an address that nobody can guess: 43 letters, digits, hyphens and underscores."""
    made = salted_hmac(f"{SALT}.{purpose}", seed, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def digest_of(secret: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def fits(secret: str, digest: str) -> bool:
    """Whether it is the one that was kept; takes equally long for any other."""
    return constant_time_compare(digest_of(secret), digest)
