"""Narrative as HTML: a few marks, and everything else as the characters that were typed."""

import pytest

from reports import text


def test_marks_that_are_allowed() -> None:
    html = text.as_html("A **bold** and *slanted* word.\n\n- one\n- two\n\n> Quoted")

    assert html == (
        "<p>A <strong>bold</strong> and <em>slanted</em> word.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
        "<blockquote>\n<p>Quoted</p>\n</blockquote>\n"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "[a link](http://evil.example/)",
        "![an image](http://evil.example/x.png)",
        "http://evil.example/",
        "# A heading out of order",
        "`code`",
        "{{ 7*7 }} {% now %} %s",
    ],
)
def test_anything_else_stays_as_typed(typed: str) -> None:
    assert text.as_html(typed) == f"<p>{typed}</p>\n"


def test_html_is_shown_and_not_obeyed() -> None:
    html = text.as_html("<script>alert(1)</script><img src=x onerror=alert(1)>")

    assert html == "<p>&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</p>\n"


def test_lines_of_a_field() -> None:
    assert text.lines_of("one\n\n two \r\n") == ("one", "two")
