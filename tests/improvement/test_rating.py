"""Letters on the colours of ratings can be read."""

import pytest

from improvement.models import Rating


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""

    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "colour", ["#000000", "#ffffff", "#b3261e", "#f0a202", "#1a7a43", "#2b5c9e", "#777777", "#767676"]
)
def test_text_stands_out_on_any_colour(colour: str) -> None:
    assert contrast(colour, Rating(colour=colour).text_colour) >= 4.5


@pytest.mark.parametrize(
    ("colour", "text"), [("#000000", "#ffffff"), ("#ffffff", "#000000"), ("#f0a202", "#000000")]
)
def test_black_or_white_whichever_stands_out_more(colour: str, text: str) -> None:
    assert Rating(colour=colour).text_colour == text


def test_ratings_of_the_fixtures_differ_in_letter_word_and_meaning(harrow: object) -> None:
    ratings = list(Rating.objects.filter(scale__slug="rag"))

    for field in ("letter", "word", "meaning", "colour"):
        assert len({getattr(rating, field) for rating in ratings}) == len(ratings)
