"""What every answer carries, whatever it is. Cases 20, 84, 86, 87, 88 and 90."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve

from tests.cast import HARROW_PAGES
from tests.pages import links

pytestmark = pytest.mark.once

PAGES = [
    "/",
    "/harrow/",
    HARROW_PAGES,
    f"{HARROW_PAGES}?on=2012-10-01",
    f"{HARROW_PAGES}actions/",
    f"{HARROW_PAGES}actions/?overdue=yes",
    f"{HARROW_PAGES}actions/S2/1/",
    f"{HARROW_PAGES}actions/S2/1/update/",
    f"{HARROW_PAGES}recommendations/",
    f"{HARROW_PAGES}recommendations/S2/",
    "/account/password/change/",
]
REFUSED = ["/nowhere/", f"{HARROW_PAGES}?on=x"]
OPEN = ["/account/login/", "/account/password/reset/", "/account/signup/", "/account/inactive/", "/healthz"]


def directives(policy: str) -> dict[str, str]:
    return {
        name: rest for name, _, rest in (part.strip().partition(" ") for part in policy.split(";")) if name
    }


@pytest.mark.parametrize("path", [*PAGES, *REFUSED, f"{HARROW_PAGES}actions.csv"])
def test_every_answer_to_somebody_signed_in(as_board_member: Client, path: str) -> None:
    """Cases 20 and 84."""
    response = as_board_member.get(path)

    policy = directives(response["Content-Security-Policy"])
    assert {
        **policy,
        "script-src": _without_nonce(policy["script-src"]),
        "style-src": _without_nonce(policy["style-src"]),
    } == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("path", OPEN)
def test_every_answer_to_a_visitor(signed_out: Client, path: str) -> None:
    """Case 84."""
    response = signed_out.get(path)

    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert directives(response["Content-Security-Policy"])["object-src"] == "'none'"


def test_an_error_page_has_them_too(as_reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Case 84: a 500 as well."""
    from improvement import pages

    def fails(*arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(pages.clock, "day_shown", fails)
    as_reader.raise_request_exception = False

    response = as_reader.get("/harrow/")

    assert response.status_code == 500
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert directives(response["Content-Security-Policy"])["object-src"] == "'none'"


@pytest.mark.parametrize("path", [*PAGES, *REFUSED])
def test_no_page_runs_or_styles_inline_without_its_nonce(as_board_member: Client, path: str) -> None:
    """Case 87."""
    response = as_board_member.get(path)
    source = response.content.decode()
    nonces = set(re.findall(r"'nonce-([^']+)'", response["Content-Security-Policy"]))

    tags = re.findall(r"<(script|style)\b([^>]*)>", source)

    assert [
        tag for tag, attributes in tags if "src=" not in attributes and not _carries(attributes, nonces)
    ] == []
    assert re.findall(r"<[^>]+\s(on[a-z]+|style)=", source) == []
    assert re.findall(r'="\s*javascript:', source) == []


@pytest.mark.parametrize("path", [*PAGES, *REFUSED])
def test_nothing_comes_from_elsewhere(as_board_member: Client, path: str) -> None:
    """Case 87."""
    response = as_board_member.get(path)
    source = response.content.decode()

    loaded = re.findall(r'(?:src|href|action|data|poster|content)="((?:https?:)?//[^"]*)"', source)

    assert loaded == []


def test_stylesheets_load_nothing_from_elsewhere() -> None:
    """Case 87."""
    sheets = [*Path(settings.BASE_DIR, "static", "css").glob("*.css")]

    loaded = [
        found
        for sheet in sheets
        for found in re.findall(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//[^)'\"]*", sheet.read_text())
    ]

    assert sheets
    assert loaded == []


def test_each_nonce_is_new(as_board_member: Client) -> None:
    policies = {as_board_member.get("/harrow/")["Content-Security-Policy"] for _ in range(3)}

    assert len(policies) == 3


def test_links_of_every_kind_lead_somewhere(as_board_member: Client) -> None:
    """Case 87: a crawl; of links to the same page with the same parameters, one is followed."""
    found = {
        urljoin(page, path)
        for page in PAGES
        for path in links(as_board_member.get(page, follow=True))
        if not path.startswith("#")
    }
    kinds = {_kind(path): path for path in sorted(found)}

    statuses = {path: as_board_member.get(path, follow=True).status_code for path in kinds.values()}

    assert len(statuses) > 20
    assert {path: status for path, status in statuses.items() if status != 200} == {}


@pytest.mark.parametrize(
    "name", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "[::1", ""]
)
def test_an_unknown_host_is_refused(signed_out: Client, name: str) -> None:
    """Case 86."""
    response = signed_out.get("/account/login/", headers={"host": name})

    assert response.status_code == 400


@pytest.mark.parametrize(
    "header",
    [{"x-forwarded-host": "evil.example"}, {"x-forwarded-proto": "https"}, {"x-forwarded-port": "1"}],
)
def test_what_a_proxy_might_have_said_is_ignored(signed_out: Client, header: dict[str, str]) -> None:
    """Case 86."""
    response = signed_out.get(HARROW_PAGES, headers=header)

    assert response["Location"] == f"/account/login/?next={HARROW_PAGES}"


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.env",
        "/var/waymark.sqlite3",
        "/static/",
        "/static/../improvement/settings.py",
        "/static/%2e%2e/manage.py",
        "/static/..%2f..%2fetc/passwd",
        "/static//etc/passwd",
        "/../../etc/passwd",
        "/%00",
        "/admin/",
        "/robots.txt",
        "/sitemap.xml",
        "/metrics",
        "/server-status",
        "/healthz/",
    ],
)
def test_what_is_not_a_page_is_not_served(as_staff: Client, path: str) -> None:
    """Cases 88 and 90."""
    response = as_staff.get(path, follow=True)

    assert response.status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "DELETE", "PUT", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(as_board_member: Client, method: str) -> None:
    """Case 88."""
    response = as_board_member.generic(method, HARROW_PAGES)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_health_says_nothing_else(signed_out: Client) -> None:
    """Case 90."""
    response = signed_out.get("/healthz")

    assert response.content == b"ok"
    assert [name for name in response.headers if name in ("Server", "X-Powered-By", "Via")] == []


def test_static_files_that_pages_name_are_there(as_board_member: Client) -> None:
    source = as_board_member.get(HARROW_PAGES).content.decode()
    names = set(re.findall(r'="/static/([^"]+)"', source))

    assert len(names) > 4
    assert [name for name in names if not finders.find(name)] == []


def test_a_public_address_asks_for_https_for_a_year(signed_out: Client) -> None:
    """Case 84; the header itself is Django's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "SECURE_HSTS_SECONDS", 31_536_000)
        patch.setattr(settings, "SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
        patch.setattr(settings, "SECURE_SSL_REDIRECT", True)
        answer = Client().get("/account/login/")
        secure = Client().get("/account/login/", secure=True)

    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/account/login/")
    assert secure["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def _kind(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return resolve(parts.path).view_name, "&".join(name for name, _ in parse_qsl(parts.query))


def _without_nonce(sources: str) -> str:
    return re.sub(r"\s*'nonce-[^']+'", "", sources)


def _carries(attributes: str, nonces: set[str]) -> bool:
    return any(f'nonce="{nonce}"' in attributes for nonce in nonces)
