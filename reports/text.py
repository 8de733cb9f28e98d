"""Words that officers write, made into safe HTML: paragraphs, lists, bold, italics and quotations, nothing else."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"blockquote", "br", "em", "li", "ol", "p", "strong", "ul"}

# Rules that could bring in an address, an image, markup or a heading out of order are not loaded at all.
_markdown = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False}).enable(
    ["blockquote", "list", "newline", "escape", "entity", "emphasis", "balance_pairs", "fragments_join"]
)


def as_html(markdown: str) -> SafeString:
    """Safe HTML of some Markdown. What is not allowed stays as the characters that were typed."""
    html = nh3.clean(_markdown.render(markdown), tags=TAGS, attributes={"ol": {"start"}}, url_schemes=set())
    return mark_safe(html)  # noqa: S308 - nh3 has just cleaned it


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a field that holds one thing a line, without empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
