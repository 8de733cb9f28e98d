"""The child process that turns one HTML page into one Word document. Started by `reports.word`.

It reads a JSON task from standard input, writes the document where it was told and says on standard output how it
ended. Its limits and its closed doors are those of the child that makes a PDF.
"""

import json
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from reports import confinement, rendering
from reports.word_making import pictures
from reports.word_making.body import Body, Known
from reports.word_making.package import Document, Properties, packed
from reports.word_making.xml import clean


@dataclass(frozen=True)
class Task:
    html: str
    properties: dict[str, str]
    ratings: dict[str, tuple[str, str]]
    widths: dict[str, float]
    fonts: dict[str, str]
    font_css: str
    output: str
    megabytes: int
    seconds: int


def main() -> None:
    task = Task(**json.load(sys.stdin))
    confinement.set_limits(task.megabytes, task.seconds)
    try:
        make(task)
    except MemoryError:
        confinement.give_up(confinement.NO_MEMORY, "")
    except confinement.Refused as refused:
        confinement.give_up(confinement.REFUSED, str(refused))
    except rendering.Incomplete as incomplete:
        confinement.give_up(confinement.INCOMPLETE, str(incomplete))
    except Exception as error:  # noqa: BLE001 - the parent turns whatever it is into a sentence, and logs it
        confinement.give_up(confinement.BROKEN, f"{type(error).__name__}: {error}")
    confinement.say(done=True)


def make(task: Task) -> None:
    import tinyhtml5  # noqa: PLC0415 - only after the limits are set, and only in this process

    draw = drawing(task) if pictures.is_drawn(task.html) else no_drawing
    # It served to load this program: from here on nothing of the project can be opened, its database least of all.
    sys.path.pop(0)
    confinement.close_doors(Path(task.output).parent)
    root = tinyhtml5.parse(clean(task.html), namespace_html_elements=False)
    found, content = pictures.pictures_of(root, draw)
    body = Body(Known(task.ratings, task.widths, found))
    written = body.write(root.find("body"))
    document = Document(Properties(**task.properties), written, body.starts, content)
    Path(task.output).write_bytes(packed(document))


def no_drawing(drawings: list[pictures.Drawing]) -> list[bytes]:
    return [b"" for _ in drawings]


def drawing(task: Task) -> pictures.Draw:
    """What draws: loaded before the doors are closed."""
    import PIL.Image  # noqa: PLC0415 - as above
    import pypdfium2  # noqa: PLC0415

    with warnings.catch_warnings():
        # There are meant to be no fonts but ours.
        warnings.simplefilter("ignore")
        import weasyprint  # noqa: PLC0415
        import weasyprint.text.fonts  # noqa: PLC0415
        import weasyprint.urls  # noqa: PLC0415
    PIL.Image.init()
    assets = {url: Path(path).read_bytes() for url, path in task.fonts.items()}
    fetcher = rendering.fetcher_of(weasyprint.urls, assets)
    known = rendering.printable(assets)

    def draw(drawings: list[pictures.Drawing]) -> list[bytes]:
        html, style = pictures.page_of(drawings)
        listener = pictures.Complaints()
        configuration: Any = weasyprint.text.fonts.FontConfiguration()
        sheet = weasyprint.CSS(string=task.font_css + style, url_fetcher=fetcher, font_config=configuration)
        page = weasyprint.HTML(string=rendering.spell_out(html, known), url_fetcher=fetcher)
        made = page.write_pdf(font_config=configuration, stylesheets=[sheet])
        if listener.heard:
            raise rendering.Incomplete("; ".join(listener.heard[:5]))
        return pictures.rasterised(made, pypdfium2)

    return draw


if __name__ == "__main__":
    main()
