"""The colours of cells by the names that people have for them."""

import colorsys
import re

HUES = (
    ("red", 345, 361),
    ("red", 0, 18),
    ("amber", 18, 49),
    ("yellow", 49, 68),
    ("green", 68, 170),
    ("blue", 170, 262),
    ("purple", 262, 345),
)


def hue_of(colour: str) -> str:
    """The name of a cell's colour; empty for white, black and what is hardly tinted."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return ""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    if full < 0.15 or light > 0.95 or light < 0.08:
        return "grey" if 0.4 < light < 0.88 and full < 0.15 else ""
    return next((name for name, low, high in HUES if low <= hue * 360 < high), "")
