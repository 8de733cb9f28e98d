"""Settings come from the environment; what does not make sense is refused in a sentence."""

import stat
from pathlib import Path

import pytest

from tests.processes import last_line, run

pytestmark = pytest.mark.once

STRONG = "3kZr9QpX7vLm2Ns8Wt4Ybc6Hd1Jf5Ga0RuEiTqPoVxCzBnMlKs"
READ_THEM = ("-c", "import improvement.settings")
REFUSED = "django.core.exceptions.ImproperlyConfigured: Waymark cannot start: "


def refusal(var: Path, **environment: str) -> str:
    ended = run(*READ_THEM, var=var, **environment)
    assert ended.returncode == 1
    line = last_line(ended.stderr)
    assert line.startswith(REFUSED)
    return line.removeprefix(REFUSED)


def value(name: str, var: Path, **environment: str) -> str:
    ended = run("-c", f"from improvement import settings; print(settings.{name})", var=var, **environment)
    assert ended.stderr == ""
    return ended.stdout.strip()


@pytest.mark.parametrize("key", ["short", "a" * 60, "django-insecure-" + STRONG])
def test_a_weak_key_is_refused(tmp_path: Path, key: str) -> None:
    """Case 85."""
    said = refusal(tmp_path, SECRET_KEY=key)

    assert said == "SECRET_KEY is weak: give at least 50 random characters, or none to have one made."


def test_debug_and_a_weak_key_together_are_refused(tmp_path: Path) -> None:
    """Case 85."""
    said = refusal(tmp_path, SECRET_KEY="short", DEBUG="true")

    assert said == (
        "SECRET_KEY is weak: give at least 50 random characters, or none to have one made. "
        "DEBUG is on as well, which would show it to anyone."
    )


def test_debug_is_refused_at_a_public_address(tmp_path: Path) -> None:
    said = refusal(tmp_path, SECRET_KEY=STRONG, DEBUG="true", PUBLIC_URL="https://waymark.example")

    assert (
        said
        == "DEBUG shows settings and data to visitors, so it works only while PUBLIC_URL is this machine's"
    )


@pytest.mark.parametrize("address", ["http://waymark.example", "http://127.0.0.1.waymark.example"])
def test_a_public_address_without_https_is_refused(tmp_path: Path, address: str) -> None:
    said = refusal(tmp_path, PUBLIC_URL=address)

    name = address.removeprefix("http://")
    assert said == f"PUBLIC_URL for {name} must begin with https://, or passwords would travel in clear"


@pytest.mark.parametrize("address", ["waymark.example", "ftp://waymark.example", "https://", "https:waymark"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, address: str) -> None:
    said = refusal(tmp_path, PUBLIC_URL=address)

    assert said == "PUBLIC_URL must be a whole address such as https://waymark.example.gov.uk"


@pytest.mark.parametrize(
    ("name", "nonsense"),
    [
        ("SESSION_HOURS", "0"),
        ("SESSION_HOURS", "25"),
        ("SESSION_HOURS", "twelve"),
        ("SESSION_HOURS", "1.5"),
        ("REPORT_SECONDS", "4"),
        ("REPORT_SECONDS", "-1"),
        ("REPORT_MEMORY_MB", "255"),
        ("REPORT_MEMORY_MB", "lots"),
        ("LOG_LEVEL", "LOUD"),
        ("DEBUG", "perhaps"),
    ],
)
def test_nonsense_is_refused_by_its_name(tmp_path: Path, name: str, nonsense: str) -> None:
    said = refusal(tmp_path, **{name: nonsense})

    assert said.startswith("a setting in the environment does not make sense. ")
    assert name in said


@pytest.mark.parametrize("address", ["mysql://root@127.0.0.1/waymark", "oracle://waymark"])
def test_another_database_is_refused(tmp_path: Path, address: str) -> None:
    said = refusal(tmp_path, DATABASE_URL=address)

    assert said == "DATABASE_URL must begin with sqlite:/// or postgres://"


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = value("SECRET_KEY", tmp_path / "var")
    second = value("SECRET_KEY", tmp_path / "var")

    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    """Case 85: a fresh install has nothing that another has too."""
    keys = {value("SECRET_KEY", tmp_path / name) for name in ("one", "two")}

    assert len(keys) == 2


def test_without_settings_it_serves_this_machine_only(tmp_path: Path) -> None:
    hosts = value("ALLOWED_HOSTS", tmp_path)
    debug = value("DEBUG", tmp_path)

    assert (hosts, debug) == ("['127.0.0.1', 'localhost', '[::1]']", "False")


def test_a_public_address_switches_on_what_a_public_server_needs(tmp_path: Path) -> None:
    """Case 17."""
    names = (
        "ALLOWED_HOSTS",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE",
        "CSRF_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
        "SECURE_PROXY_SSL_HEADER",
    )
    script = f"from improvement import settings; print([getattr(settings, n, None) for n in {names}])"

    ended = run("-c", script, var=tmp_path, PUBLIC_URL="https://waymark.example/")

    assert ended.stdout.strip() == str(
        [["waymark.example"], True, 31536000, "__Host-session", True, True, "Lax", "__Host-csrf", True, None]
    )


def test_deployment_checks_are_clean(tmp_path: Path) -> None:
    """Case 85."""
    ended = run(
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        var=tmp_path,
        PUBLIC_URL="https://waymark.example",
    )

    assert (ended.returncode, ended.stderr) == (0, "")


def test_models_and_migrations_agree(tmp_path: Path) -> None:
    ended = run("manage.py", "makemigrations", "--check", "--dry-run", var=tmp_path)

    assert (ended.returncode, ended.stdout) == (0, "No changes detected\n")


def test_refusals_reach_whoever_starts_it_in_words(tmp_path: Path) -> None:
    ended = run("manage.py", "check", var=tmp_path, PUBLIC_URL="http://waymark.example")

    assert ended.returncode == 1
    assert "PUBLIC_URL for waymark.example must begin with https://" in ended.stderr
