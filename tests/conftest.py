"""What every test stands on: the databases with both councils in them, the cast and their browsers."""

import fcntl
import inspect
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, models
from django.test import Client, override_settings

from boards.models import (
    Attendance,
    BoardActionEnd,
    ChaserSettings,
    Decision,
    DigestItem,
    ItemNote,
    MeetingMove,
    Minutes,
    NoChange,
    PaperStep,
    RiskAssessment,
    RiskWording,
)
from improvement import triggers
from improvement.models import Change, Council, DutyMet, DutyOverride, Plan, PlanVersion, SignOff
from recommendations.models import (
    Action,
    ActionLead,
    ChallengeSettings,
    Dismissal,
    Handover,
    IndexEntry,
    ProgressUpdate,
    Reading,
    Review,
    Rewording,
)
from reports.models import ClearanceStep, Publication, PublicClosing, PublicOpening, PublishedFile, Withdrawal
from tests import cast as people
from tests.browser.site import prepared
from tests.cast import Cast

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
APPEND_ONLY: tuple[type[models.Model], ...] = (
    ActionLead,
    Attendance,
    BoardActionEnd,
    Change,
    ChallengeSettings,
    ChaserSettings,
    ClearanceStep,
    Decision,
    DigestItem,
    Dismissal,
    DutyMet,
    DutyOverride,
    Handover,
    IndexEntry,
    ItemNote,
    MeetingMove,
    Minutes,
    NoChange,
    PaperStep,
    PlanVersion,
    ProgressUpdate,
    PublicClosing,
    PublicOpening,
    Publication,
    PublishedFile,
    Reading,
    Review,
    Review.evidence.through,
    Rewording,
    RiskAssessment,
    RiskWording,
    SignOff,
    Withdrawal,
)


# Examples that hypothesis finds have no time limit of their own: a busy machine is not a fault.
hypothesis.settings.register_profile("waymark", deadline=None)
hypothesis.settings.load_profile("waymark")


# Settings


@pytest.fixture(scope="session", autouse=True)
def settings_for_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Quick passwords, and files and static files in a folder of the run's own."""
    var = tmp_path_factory.mktemp("var")
    (var / "static").mkdir()
    storages = {
        "default": {
            **settings.STORAGES["default"],
            "OPTIONS": {**settings.STORAGES["default"]["OPTIONS"], "location": var / "files"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STATIC_ROOT=var / "static",
        STORAGES=storages,
        VAR_DIR=var,
        LEDGER_HEAD_FILE=var / "ledger-head",
    ):
        yield


@pytest.fixture(autouse=True)
def head_file(settings: object, tmp_path: Path) -> Path:
    """Where this test's ledger keeps its head outside the database; nothing is there yet."""
    settings.LEDGER_HEAD_FILE = tmp_path / "ledger-head"  # type: ignore[attr-defined]
    return tmp_path / "ledger-head"


# Databases


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that takes its fixtures by name needs the database as well; its place is before those that flush it."""
    for item in items:
        if isinstance(item, pytest.Function) and "request" in inspect.signature(item.function).parameters:
            item.add_marker(pytest.mark.django_db)


class LongestFirst:
    """What takes long is begun first, so that no process works on alone at the end."""

    LONG = ("browser", "test_killed_while_saving.py", "test_route_matrix.py")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: not set(item.path.parts) & set(self.LONG))


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(LongestFirst())


@pytest.fixture(scope="session")
def django_db_setup(settings_for_tests: None, django_db_setup: None, django_db_blocker: object) -> None:
    """Both councils and the cast are loaded once; each test's changes are rolled back."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        call_command("createcachetable", verbosity=0)
        people.stage_everything()


@pytest.fixture(autouse=True)
def flushable(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transactional test ends with a flush, which the append-only tables would refuse; it sets them up again."""
    marker = request.node.get_closest_marker("django_db")
    transactional = bool(marker and marker.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server"} & set(request.fixturenames)
    )
    if transactional:
        request.getfixturevalue("transactional_db")
    yield
    if transactional:
        cache.clear()
        unprotect(*APPEND_ONLY)


def unprotect(*tables: type[models.Model]) -> None:
    """Take the triggers off, as somebody with full rights over the database could."""
    with connection.cursor() as cursor:
        for model in tables:
            for name in triggers.names(model):
                on = f" ON {model._meta.db_table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@pytest.fixture
def councils(db: None) -> None:
    """Both councils are there; after a transactional test they are loaded again."""
    if not Council.objects.exists():
        people.stage_everything()


@pytest.fixture
def harrow(councils: None) -> Plan:
    """Harrow's plan: 22 recommendations, 101 actions; the council stands at 14 November 2012."""
    return _plan(*people.HARROW)


@pytest.fixture
def northmoor(councils: None) -> Plan:
    """Northmoor's plan: one recommendation, N1, with four actions; the council lives today."""
    return _plan(*people.NORTHMOOR)


def _plan(council: str, slug: str) -> Plan:
    return Plan.objects.select_related("council", "rating_scale").get(council__slug=council, slug=slug)


@pytest.fixture
def action(harrow: Plan) -> Action:
    """S2 (1) of Harrow."""
    return Action.objects.with_recommendation().get_by_natural_key(*people.HARROW, "S2", "1")


# People


@pytest.fixture
def cast(councils: None) -> Cast:
    return people.called()


def signed_in(user: object) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(user)  # type: ignore[arg-type]
    return client


@pytest.fixture
def as_lead_officer(cast: Cast) -> Client:
    return signed_in(cast.lead_officer)


@pytest.fixture
def as_board_member(cast: Cast) -> Client:
    return signed_in(cast.board_member)


@pytest.fixture
def as_scrutiny_officer(cast: Cast) -> Client:
    return signed_in(cast.scrutiny_officer)


@pytest.fixture
def as_plan_administrator(cast: Cast) -> Client:
    return signed_in(cast.plan_administrator)


@pytest.fixture
def as_reader(cast: Cast) -> Client:
    return signed_in(cast.reader)


@pytest.fixture
def as_northmoor_administrator(cast: Cast) -> Client:
    return signed_in(cast.northmoor_administrator)


@pytest.fixture
def as_staff(cast: Cast) -> Client:
    return signed_in(cast.staff)


@pytest.fixture
def as_stranger(cast: Cast) -> Client:
    return signed_in(cast.stranger)


@pytest.fixture
def signed_out(councils: None) -> Client:
    return Client()


# The demonstration, as it is served


@pytest.fixture(scope="session")
def prepared_demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepared once for all processes of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    directory = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (directory / "demo-password").exists():
            prepared(directory)
    return directory


# Data handed round beside the repository


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the source papers are not handed round with the repository: no ../shared here")
    return SHARED
