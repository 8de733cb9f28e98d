"""The project's settings and one page more: the floor that every measurement is held against."""

from improvement.settings import *  # noqa: F403 - a settings module is all names

ROOT_URLCONF = "tests.bench.urls"
