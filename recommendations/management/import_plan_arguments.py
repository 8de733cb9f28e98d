"""How `import_plan` is written on the command line, and what its help says beside that."""

from pathlib import Path

from django.core.management.base import CommandParser

EPILOG = """
what it does:
  Reads a Word (.docx), Excel (.xlsx) or CSV file, or the JSON that export_plan makes, says what it understood, and
  loads it: all of it or nothing, with a row in the ledger for each change. Into a plan that is there only what the file
  says otherwise is taken over, as updates, requests for another due date and additions; nothing that people wrote in
  Waymark is overwritten. The file is kept. The same file loaded twice changes nothing. What it is unsure of is named,
  cell by cell: a value is never guessed in silence. With --stop-if-unsure nothing is loaded then, and the file waits
  for somebody in the browser.

examples:
  manage.py import_plan plan.docx --council harrow --plan children-2012 --name "Children's plan" --dry-run
  manage.py import_plan plan.docx --council harrow --plan children-2012 --name "Children's plan"
  manage.py import_plan returned.xlsx --council harrow --plan children-2012 --choose additions

exit codes:
  0  loaded, or there was nothing to do
  1  refused: nothing was loaded; every place that has to be mended is listed
  2  the command was not written as it has to be
  3  somebody has to look first: values are unsure, and --stop-if-unsure was given; nothing was loaded
"""


def add(parser: CommandParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the file that the plan is in")
    parser.add_argument(
        "--council",
        required=True,
        metavar="SLUG",
        help="the council's short name in addresses, such as harrow",
    )
    parser.add_argument(
        "--plan",
        required=True,
        metavar="SLUG",
        help="the plan's short name in addresses; a new one is made",
    )
    parser.add_argument(
        "--name", default="", help="the name of a new plan; without it made of its short name"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument(
        "--as",
        dest="email",
        default="",
        metavar="EMAIL",
        help="the plan administrator who brings it in; needed where the council has several",
    )
    parser.add_argument(
        "--choose",
        choices=["all", "none", "additions"],
        help="which differences are taken over into a plan that is there; without it those that a person would find "
        "ticked: all but other words, other lead officers, what is unsure and what was changed on both sides",
    )
    parser.add_argument(
        "--stop-if-unsure",
        action="store_true",
        help="load nothing where values are unsure; somebody looks at them in the browser first",
    )
    parser.add_argument(
        "--kept-because",
        default="",
        metavar="REASON",
        help="why words that look like a child's record may be kept; written into the ledger",
    )
