"""Files as councils bring them, made here: Word documents from their XML, workbooks by openpyxl and by hand."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from tests.files import office

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(**kinds: str) -> str:
    """A list of relations: the kind, and where it leads; `outside_` before a kind makes it one that leads away."""
    outside = ' TargetMode="External"'
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{TYPES}{kind.removeprefix("outside_")}" Target="{target}"'
        + (f"{outside}/>" if kind.startswith("outside_") else "/>")
        for number, (kind, target) in enumerate(kinds.items(), start=1)
    )
    return f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def part(kind: str, content: str) -> str:
    return f"<w:{kind} {NAMES}>{content}</w:{kind}>"


def word(body: str, *, more: Mapping[str, bytes | str] | None = None, **kinds: str) -> bytes:
    """A document of this body. `kinds` are its relations; `more` its other parts."""
    return office(
        "docx",
        {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": relations(**kinds),
            **(more or {}),
        },
    )


def p(text: str = "", *, properties: str = "") -> str:
    words = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{words}</w:p>"


def tc(content: str = "", *, properties: str = "") -> str:
    """A cell of a text, or of paragraphs."""
    inside = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    made = "".join(cell if cell.startswith(("<w:tc", "<w:sdt")) else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{made}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def excel(fill: Callable[[Worksheet], object], *, epoch_1904: bool = False) -> bytes:
    """A workbook of one sheet called Plan."""
    workbook = Workbook()
    if epoch_1904:
        workbook.epoch = CALENDAR_MAC_1904
    sheet = workbook.active
    sheet.title = "Plan"
    fill(sheet)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def sheet_of(rows: str, *, more: str = "") -> bytes:
    """A workbook whose one sheet is written by hand."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return office(
        "xlsx",
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                f'<Override PartName="/xl/workbook.xml" ContentType="{package}.sheet.main+xml"/>'
                f'<Override PartName="/xl/styles.xml" ContentType="{package}.styles+xml"/></Types>'
            ),
            "xl/workbook.xml": (
                f'<workbook xmlns="{main}" xmlns:r="{TYPES[:-1]}">'
                '<sheets><sheet name="Plan" sheetId="1" r:id="r1"/></sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": relations(worksheet="worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": (
                f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{more}</worksheet>'
            ),
        },
    )


def kept(directory: Path, content: bytes) -> Path:
    path = directory / "file"
    path.write_bytes(content)
    return path
