"""Reading a page as its reader does."""

import html
import re

from django.http import HttpResponse

REFERENCE = re.compile(r"Reference <strong>([A-HJ-NP-Z2-9]{8})</strong>")


def text(response: HttpResponse) -> str:
    """A page's words without its tags, in one line."""
    source = response.content.decode()
    bare = re.sub(r"(?s)<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>", " ", source)
    return " ".join(html.unescape(bare).split())


def heading(response: HttpResponse) -> str:
    found = re.search(r"(?s)<h1[^>]*>(.*?)</h1>", response.content.decode())
    assert found, response.content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", found[1])).split())


def reference(response: HttpResponse) -> str:
    """The reference number of an error page."""
    found = REFERENCE.findall(response.content.decode())
    assert len(found) == 1
    return str(found[0])


def apart_from_reference(response: HttpResponse) -> tuple[int, str]:
    """An error page's status and source, without what differs each time."""
    return response.status_code, REFERENCE.sub("", response.content.decode())


def without_tokens(response: HttpResponse) -> str:
    """A page's source without what is new on each request."""
    source = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", response.content.decode())
    return re.sub(r'nonce="[^"]*"', "", source)


def links(response: HttpResponse) -> list[str]:
    return [
        html.unescape(found) for found in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', response.content.decode())
    ]


def navigation(response: HttpResponse) -> list[tuple[str, str]]:
    """The words and addresses of the navigation, in order."""
    part = response.content.decode().split('<nav class="wm-nav"')[1].split("</nav>")[0]
    return [
        (words, html.unescape(href))
        for href, words in re.findall(r'<a[^>]*href="([^"]*)"[^>]*>([^<]*)</a>', part)
    ]
