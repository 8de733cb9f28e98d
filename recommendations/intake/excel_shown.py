"""What Excel shows of the numbers, dates and colours that it keeps."""

import colorsys
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from defusedxml.ElementTree import fromstring
from openpyxl.styles.colors import COLOR_INDEX

# What a number format holds: quoted words, escaped signs, conditions, spaces, fillers, the digits, anything else.
PIECES = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|([#0?,.%]+)|(.)', re.DOTALL)
PLAIN = " -+():/$£€"
DIGITS = re.compile(r"(?P<whole>[#0?,]*)(?P<point>\.[0#?]*)?(?P<percent>%*)")
MOST_DECIMALS = 15
NOT_SHOWN = re.compile(r'"[^"]*"|\[(?!h+\]|m+\]|s+\])[^\]]*\]|\\.')
# The order in which a workbook's styles count the colours of its theme.
THEME = "lt1 dk1 lt2 dk2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink".split()  # noqa: SIM905 - a list to read


def number_shown(value: float, code: str) -> str:
    """By its format where that only sets digits and words; else as plainly as it can be written."""
    positive, *others = (code or "General").split(";")
    section = others[0] if value < 0 and others and others[0] else positive
    written = _formatted(abs(value) if section is not positive else value, section)
    if written is not None:
        return written
    return str(value) if isinstance(value, int) else format(value, ".15g")


def _formatted(value: float, code: str) -> str | None:
    shown, digits = "", None
    for quoted, escaped, pattern, other in PIECES.findall(code):
        if pattern:
            digits = digits or DIGITS.fullmatch(pattern)
            if digits is None or "\x00" in shown:
                return None
            shown += "\x00"
        elif other and other not in PLAIN:
            return None
        else:
            shown += quoted or escaped or other
    if digits is None:
        return None
    number = _digits(value, digits)
    return None if number is None else shown.replace("\x00", number).strip()


def _digits(value: float, pattern: re.Match[str]) -> str | None:
    whole, point, percent = pattern["whole"], (pattern["point"] or "")[1:], pattern["percent"]
    # A comma behind the last digit divides by a thousand, which no plan does.
    if whole.endswith(",") or len(point) > MOST_DECIMALS or abs(value) > 1e15:
        return None
    value *= 100 ** len(percent)
    written = f"{value:{',' if ',' in whole else ''}.{len(point)}f}"
    for _ in range(len(point) - len(point.rstrip("#?"))):
        written = written.removesuffix("0")
    sign, written = ("-", written[1:]) if written.startswith("-") else ("", written)
    least = whole.count("0")
    if "," not in whole:
        before, dot, after = written.partition(".")
        written = before.zfill(least) + dot + after
    return sign + written.removesuffix(".") + percent


def date_shown(value: Any, code: str) -> tuple[str, date | None]:
    """A date as words, and the day behind it: none where only a month, a year or a time is shown."""
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}", None
    if isinstance(value, time):
        return f"{value:%H:%M}", None
    # The first part of a format is for what is positive, and every date is.
    shows = NOT_SHOWN.sub("", (code or "").split(";")[0]).lower()
    clock = "h" in shows or "s" in shows
    if not clock and "d" not in shows and "m" in shows:
        return f"{value:{'%B %Y' if 'mmmm' in shows else '%b %Y' if 'mmm' in shows else '%m/%Y'}}", None
    if not clock and "d" not in shows and "y" in shows:
        return f"{value:%Y}", None
    day = value.date() if isinstance(value, datetime) else value
    at = f"{value:%H:%M}" if clock and isinstance(value, datetime) else "00:00"
    return f"{day:%d/%m/%Y}" + (f" {at}" if at != "00:00" else ""), day


class Colours:
    """The background of a cell as #rrggbb, whether its style names it itself, by number or by the workbook's theme."""

    def __init__(self, theme: bytes | None, indexed: list[str] | None) -> None:
        self._theme = _theme(theme) if theme else {}
        self._indexed = list(indexed or COLOR_INDEX)

    def of(self, fill: Any) -> str:
        if getattr(fill, "stop", None):
            return self._of(fill.stop[0].color)
        pattern = getattr(fill, "fill_type", None)
        if not pattern or pattern == "none":
            return ""
        return self._of(fill.fgColor if pattern == "solid" else fill.bgColor)

    def _of(self, colour: Any) -> str:
        if colour is None or colour.type == "auto":
            return ""
        if colour.type == "rgb":
            # Black that is seen through: nobody chose it.
            return "" if colour.rgb == "00000000" else _tinted(colour.rgb[-6:], colour.tint)
        if colour.type == "theme":
            return _tinted(self._theme.get(colour.theme, ""), colour.tint)
        known = 0 <= colour.indexed < len(self._indexed)
        return _tinted(self._indexed[colour.indexed][-6:], colour.tint) if known else ""


def named(element: Any, name: str) -> Iterator[Any]:
    """What is inside by this name, in whichever dialect it is written."""
    return (each for each in element.iter() if each.tag.rpartition("}")[2] == name)


def _theme(written: bytes) -> dict[int, str]:
    scheme = next(named(fromstring(written, forbid_dtd=True), "clrScheme"), None)
    if scheme is None:
        return {}
    colours = {
        each.tag.rpartition("}")[2]: each[0].get("lastClr") or each[0].get("val", "")
        for each in scheme
        if len(each)
    }
    return {number: colours.get(name, "") for number, name in enumerate(THEME)}


def _tinted(colour: str, tint: float) -> str:
    """Lighter where the tint is above nought, darker below (ECMA-376, part 1, 18.8.19)."""
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
        return ""
    if tint:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
        hue, light, full = colorsys.rgb_to_hls(red, green, blue)
        light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
        colour = "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, light, full))
    return f"#{colour.lower()}"
