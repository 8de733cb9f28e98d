"""How a paper looks in Word: one set of styles, so that a clerk can change them all in one place."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from reports.word_making.xml import w

INK, QUIET, LINE, TINT = "1B2326", "4C575B", "CFC7B8", "F1EDE5"
FONT, OTHER_FONT = "Source Sans 3", "Arial"
# Twentieths of a point, as Word counts.
CELL_GAP, LIST_STEP, BAR_ROOM = 170, 360, 200
BULLETS, PLAIN, NUMBERS = 0, 1, 2  # the kinds of list
LEVELS = 9
LEAST_CONTRAST = 4.5


@dataclass(frozen=True)
class Style:
    """A paragraph style: sizes in points, distances in twentieths of one."""

    key: str
    name: str
    size: float = 10.5
    before: int = 0
    after: int = 120
    line: int = 276  # 240 is single
    bold: bool = False
    italic: bool = False
    colour: str = INK
    based_on: str = "Normal"
    then: str = ""
    keep_next: bool = False
    outline: int = 0  # of a heading: its level
    left: int = 0
    hanging: int = 0
    bar: bool = False  # a bar in the council's colour on the left, on a tint
    rule: bool = False  # a line of that colour above
    close: bool = False  # no distance between two of them
    right: bool = False


STYLES = (
    Style("Normal", "Normal", based_on=""),
    Style("Heading1", "heading 1", 28, 0, 80, 240, bold=True, then="Normal", keep_next=True, outline=1),
    Style(
        "Heading2",
        "heading 2",
        17,
        480,
        160,
        252,
        bold=True,
        then="Normal",
        keep_next=True,
        outline=2,
        rule=True,
    ),
    Style("Heading3", "heading 3", 12.5, 280, 80, 252, bold=True, then="Normal", keep_next=True, outline=3),
    Style("Heading4", "heading 4", 11, 200, 60, 252, bold=True, then="Normal", keep_next=True, outline=4),
    Style("Council", "Council", 13, after=40, bold=True, then="Heading1", keep_next=True),
    Style("Marking", "Marking", bold=True, after=0, right=True, keep_next=True),
    Style("Subtitle", "Subtitle", 14, after=320, colour=QUIET, then="Normal"),
    Style("AsOf", "As of", colour=QUIET),
    Style("Headline", "Headline", 24, after=160, line=252, bold=True),
    Style("Teaser", "Teaser", before=240, after=240, left=BAR_ROOM, bar=True),
    Style("Asked", "Asked", left=BAR_ROOM, bar=True),
    Style("AskedList", "Asked List", left=BAR_ROOM, bar=True, close=True),
    Style("AskedCounted", "Asked Numbered", left=720 + BAR_ROOM, hanging=720, bar=True),
    Style("Quote", "Quote", italic=True, left=340),
    Style("Counted", "Numbered paragraph", left=720, hanging=720),
    Style("Small", "Small", 8.5, after=80, colour=QUIET),
    Style("Compact", "Compact", 9, after=60, line=252),
    Style("ListParagraph", "List Paragraph", close=True),
    Style("ListCompact", "List Compact", 9, after=60, line=252, close=True),
    Style("TableText", "Table Text", 9.5, after=0, line=252),
    Style("TableDense", "Table Dense", 8, after=0, line=252),
    Style("Caption", "caption", 9, 160, 60, 252, colour=QUIET, keep_next=True),
    Style("Header", "header", 8.5, after=0, line=240, colour=QUIET),
    Style("Footer", "footer", 8.5, after=0, line=240, colour=QUIET),
    Style("TOCHeading", "TOC Heading", 12.5, 360, 80, 252, bold=True, keep_next=True),
    Style("TOC2", "toc 2", after=40),
    Style("Spacer", "Spacer", 4, after=0, line=240),
)


def heading_colour(colour: str) -> str:
    """The council's colour, where it can be read on white."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return colour if 1.05 / (light + 0.05) >= LEAST_CONTRAST else INK


def styles(colour: str) -> Element:
    """The council's colour is six digits."""
    defaults = w(
        "docDefaults",
        w(
            "rPrDefault",
            w(
                "rPr",
                w("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=OTHER_FONT),
                w("color", val=INK),
                w("sz", val=21),
                w("szCs", val=21),
                w("lang", val="en-GB", eastAsia="en-GB", bidi="ar-SA"),
            ),
        ),
        w("pPrDefault"),
    )
    return w("styles", defaults, *(_paragraph_style(style, colour) for style in STYLES), *_others(colour))


def _paragraph_style(style: Style, colour: str) -> Element:
    first = {"default": 1} if style.key == "Normal" else {}
    element = w("style", w("name", val=style.name), type="paragraph", styleId=style.key, **first)
    if style.based_on:
        element.append(w("basedOn", val=style.based_on))
    if style.then:
        element.append(w("next", val=style.then))
    element.append(w("qFormat"))
    element.append(_paragraph_marks(style, colour))
    own = heading_colour(colour) if style.outline or style.key == "Council" else style.colour
    size = round(style.size * 2)
    marks = w("rPr")
    if style.bold:
        marks.extend((w("b"), w("bCs")))
    if style.italic:
        marks.extend((w("i"), w("iCs")))
    marks.extend((w("color", val=own), w("sz", val=size), w("szCs", val=size)))
    element.append(marks)
    return element


def _paragraph_marks(style: Style, colour: str) -> Element:
    """In the order that the format lays down."""
    marks = w("pPr")
    if style.keep_next:
        marks.extend((w("keepNext"), w("keepLines")))
    marks.append(w("widowControl"))
    if style.bar or style.rule:
        side, size, space = ("left", 18, 8) if style.bar else ("top", 18, 8)
        marks.append(w("pBdr", w(side, val="single", sz=size, space=space, color=colour)))
    if style.bar:
        marks.append(w("shd", val="clear", color="auto", fill=TINT))
    if style.key in ("Header", "Footer", "TOC2", "Counted", "AskedCounted"):
        marks.append(_tabs(style))
    marks.append(w("spacing", before=style.before, after=style.after, line=style.line, lineRule="auto"))
    if style.left:
        marks.append(w("ind", left=style.left, hanging=style.hanging))
    if style.close:
        marks.append(w("contextualSpacing"))
    if style.right:
        marks.append(w("jc", val="right"))
    if style.outline:
        marks.append(w("outlineLvl", val=style.outline - 1))
    return marks


def _tabs(style: Style) -> Element:
    """The right margin of an upright page; a page that lies across sets its own."""
    if style.hanging:
        return w("tabs", w("tab", val="left", pos=style.left))
    leader = "dot" if style.key == "TOC2" else "none"
    return w("tabs", w("tab", val="right", leader=leader, pos=8731))


def _others(colour: str) -> list[Element]:
    """The style of tables, and of words within a paragraph."""
    plain = w(
        "style", w("name", val="Default Paragraph Font"), type="character", styleId="PlainWords", default=1
    )
    link = w(
        "style",
        w("name", val="Hyperlink"),
        w("rPr", w("color", val=heading_colour(colour)), w("u", val="single")),
        type="character",
        styleId="Hyperlink",
    )
    quiet = w(
        "style", w("name", val="Quiet"), w("rPr", w("color", val=QUIET)), type="character", styleId="Quiet"
    )
    none = w("style", w("name", val="No List"), type="numbering", styleId="NoList", default=1)
    return [plain, link, quiet, none, *_table_styles()]


def _table_styles() -> list[Element]:
    margins = w(
        "tblCellMar",
        w("top", w=0, type="dxa"),
        w("left", w=0, type="dxa"),
        w("bottom", w=0, type="dxa"),
        w("right", w=0, type="dxa"),
    )
    normal = w(
        "style",
        w("name", val="Normal Table"),
        w("tblPr", w("tblInd", w=0, type="dxa"), margins),
        type="table",
        styleId="TableNormal",
        default=1,
    )
    return [normal, _own_table_style()]


def _own_table_style() -> Element:
    lines = w(
        "tblBorders",
        w("bottom", val="single", sz=4, space=0, color=LINE),
        w("insideH", val="single", sz=4, space=0, color=LINE),
    )
    room = w(
        "tblCellMar",
        w("top", w=70, type="dxa"),
        w("left", w=0, type="dxa"),
        w("bottom", w=70, type="dxa"),
        w("right", w=CELL_GAP, type="dxa"),
    )
    head = w(
        "tblStylePr",
        w("rPr", w("b"), w("bCs")),
        w(
            "tcPr",
            w("tcBorders", w("bottom", val="single", sz=8, space=0, color=INK)),
            w("vAlign", val="bottom"),
        ),
        type="firstRow",
    )
    return w(
        "style",
        w("name", val="Paper Table"),
        w("basedOn", val="TableNormal"),
        w("tblPr", lines, room),
        head,
        type="table",
        styleId="PaperTable",
    )


def numbering(starts: list[tuple[int, int]]) -> Element:
    """The lists: bullets, those without a sign, and for each numbered list its level and the number it begins with."""
    element = w("numbering")
    for kind in (BULLETS, PLAIN, NUMBERS):
        levels = [_level(kind, level) for level in range(LEVELS)]
        element.append(
            w("abstractNum", w("multiLevelType", val="hybridMultilevel"), *levels, abstractNumId=kind)
        )
    element.append(w("num", w("abstractNumId", val=BULLETS), numId=BULLETS + 1))
    element.append(w("num", w("abstractNumId", val=PLAIN), numId=PLAIN + 1))
    for at, (level, start) in enumerate(starts):
        override = w("lvlOverride", w("startOverride", val=start), ilvl=level)
        element.append(w("num", w("abstractNumId", val=NUMBERS), override, numId=NUMBERS + 1 + at))
    return element


def _level(kind: int, level: int) -> Element:
    counted = ("decimal", "lowerLetter", "lowerRoman")[level % 3]
    shape, sign = {
        BULLETS: ("bullet", ("•", "–", "•")[level % 3]),
        PLAIN: ("bullet", ""),
        NUMBERS: (counted, f"%{level + 1}."),
    }[kind]
    step = LIST_STEP * (level + 1) if kind != PLAIN else LIST_STEP * level
    hanging = LIST_STEP if kind != PLAIN else 0
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=shape),
        *([w("suff", val="nothing")] if kind == PLAIN else []),
        w("lvlText", val=sign),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=step, hanging=hanging)),
        ilvl=level,
    )
