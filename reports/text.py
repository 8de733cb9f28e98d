"""Words that officers write, made into safe HTML: paragraphs, lists, bold, italics and quotations, nothing else."""

from collections.abc import Callable, Iterable
from html import escape

import nh3
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"blockquote", "br", "em", "li", "ol", "p", "span", "strong", "ul"}
Number = Callable[[], str]

# Rules that could bring in an address, an image, markup or a heading out of order are not loaded at all.
_markdown = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False}).enable(
    ["blockquote", "list", "newline", "escape", "entity", "emphasis", "balance_pairs", "fragments_join"]
)


def as_html(markdown: str, number: Number | None = None) -> SafeString:
    """Safe HTML of some Markdown. What is not allowed stays as the characters that were typed.

    `number` gives each paragraph that is not in a list or a quotation its number.
    """
    tokens = _markdown.parse(markdown)
    if number:
        tokens = _numbered(tokens, number)
    html = nh3.clean(
        _markdown.renderer.render(tokens, _markdown.options, {}),
        tags=TAGS,
        attributes={"ol": {"start"}},
        allowed_classes={"p": {"rp-counted"}, "span": {"rp-count"}},
        url_schemes=set(),
    )
    return mark_safe(html)  # noqa: S308 - nh3 has just cleaned it


def lines_as_html(lines: Iterable[str], number: Number | None = None) -> SafeString:
    """One paragraph of lines in which nothing is Markdown, such as the titles of enclosures."""
    count = format_html('<span class="rp-count">{}</span> ', number()) if number else ""
    kind = SafeString(' class="rp-counted"') if number else ""
    return format_html(
        "<p{}>{}{}</p>", kind, count, format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines))
    )


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a field that holds one thing a line, without empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _numbered(tokens: list[Token], number: Number) -> list[Token]:
    shown: list[Token] = []
    for token in tokens:
        shown.append(token)
        if token.type == "paragraph_open" and token.level == 0:
            token.attrSet("class", "rp-counted")
            # The one token that the renderer does not escape, and it holds nothing that anybody wrote.
            shown.append(
                Token("html_inline", "", 0, content=f'<span class="rp-count">{escape(number())}</span> ')
            )
    return shown
