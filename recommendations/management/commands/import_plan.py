from argparse import RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError, CommandParser

from improvement import clock
from improvement.models import Council, Plan, Role, User
from improvement.stored_files import FileRefused
from recommendations.evidence_files import shown_name
from recommendations.intake import checking, reading, written
from recommendations.intake.columns import propose
from recommendations.intake.comparing import Compared
from recommendations.intake.difference import Difference
from recommendations.intake.plan_read import PlanRead
from recommendations.intake.rows import Place
from recommendations.intake.seen import Beside
from recommendations.intake.understanding import understand
from recommendations.models import Intake, IntakeState
from recommendations.workflow import intake as workflow
from recommendations.workflow.careful import LooksLikeChildRecord
from recommendations.workflow.intake_reading import read_now

# So many cells that have no place in a plan are named unless all are asked for.
LISTED = 20
WRONG_USAGE, SOMEBODY_HAS_TO_LOOK = 2, 3
EPILOG = """
what it does:
  Reads a Word (.docx), Excel (.xlsx) or CSV file, says what it understood, and loads it: all of it or nothing, with a
  row in the ledger for each change. Into a plan that is there only what the file says otherwise is taken over, as
  updates, requests for another due date and additions; nothing that people wrote in Waymark is overwritten. The file
  is kept. The same file loaded twice changes nothing. What it is unsure of is named, cell by cell: a value is never
  guessed in silence. With --stop-if-unsure nothing is loaded then, and the file waits for somebody in the browser.

examples:
  manage.py import_plan plan.docx --council harrow --plan children-2012 --name "Children's plan" [--dry-run]
  manage.py import_plan returned.xlsx --council harrow --plan children-2012 --choose additions

exit codes:
  0  loaded, or there was nothing to do
  1  refused: nothing was loaded; every place that has to be mended is listed
  2  the command was not written as it has to be
  3  somebody has to look first: values are unsure, and --stop-if-unsure was given; nothing was loaded
"""


@dataclass(frozen=True)
class Found:
    """What a file was understood as, where its values stand, and what it says otherwise than the plan."""

    read: PlanRead
    beside: Beside
    compared: Compared
    intake: Intake

    @property
    def differences(self) -> tuple[Difference, ...]:
        return self.compared.differences


class Command(BaseCommand):
    help = (
        "Bring a plan in from a Word, Excel or CSV file, or take over what a newer version of its file says."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, epilog=EPILOG, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
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
            "ticked: all but other words and what was changed on both sides",
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

    def handle(self, *args: Any, **options: Any) -> None:
        self.told, self.at_length = options["verbosity"] > 0, options["verbosity"] > 1
        council = Council.objects.filter(slug=options["council"]).first()
        if council is None:
            raise CommandError(f"There is no council {options['council']}.", returncode=WRONG_USAGE)
        by, on = self._keeper(council, options["email"]), clock.day_of(council)
        plan = (
            Plan.objects.select_related("council", "rating_scale")
            .filter(council=council, slug=options["plan"])
            .first()
        )
        name = options["name"].strip() or options["plan"].replace("-", " ").capitalize()
        try:
            found = self._find(options, council, plan, name, by, on)
            self._say_what_was_found(found)
            chosen = self._choose(found, options["choose"])
            self._look(found, chosen, options)
            if options["dry_run"]:
                self.stdout.write("Nothing was loaded: this was a dry run.")
                return
            self._load(found, chosen, options["kept_because"], by, on)
        except (FileRefused, PermissionDenied, workflow.ChangedMeanwhile) as refused:
            raise CommandError(f"Nothing was loaded. {refused}") from refused
        except ValidationError as refused:
            raise CommandError(f"Nothing was loaded. {' '.join(refused.messages)}") from refused

    def _keeper(self, council: Council, email: str) -> User:
        """The administrator who is named, or the only one that the council has."""
        keepers = User.objects.filter(
            memberships__council=council, memberships__role=Role.PLAN_ADMINISTRATOR, is_active=True
        ).order_by("email")
        if email:
            found = keepers.filter(email__iexact=email).first()
            if found is None:
                raise CommandError(f"{email} is no plan administrator of {council}.", returncode=WRONG_USAGE)
            return found
        if len(keepers) == 1:
            return keepers[0]
        problem = "several plan administrators" if keepers else "no plan administrator"
        raise CommandError(
            f"{council} has {problem}. Say with --as EMAIL who brings the plan in.", returncode=WRONG_USAGE
        )

    def _find(
        self, options: dict[str, Any], council: Council, plan: Plan | None, name: str, by: User, on: date
    ) -> Found:
        path: Path = options["file"]
        try:
            with path.open("rb") as opened:
                content = File(opened, name=path.name)
                target = {"council": council, "plan": plan, "plan_slug": options["plan"], "plan_name": name}
                if options["dry_run"]:
                    return self._look_only(content, shown_name(path.name), target, by, on)
                intake = workflow.begin_intake(
                    **target, content=content, name=shown_name(path.name), by=by, on=on, at_once=True
                )
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=WRONG_USAGE) from error
        read_now(intake, on=on, tell=self._tell)
        if intake.state == IntakeState.FAILED:
            raise CommandError(f"Nothing was loaded. {intake.problem}")
        if intake.state != IntakeState.UNDERSTOOD:
            raise CommandError("Nothing was loaded. Somebody else is loading this file at this moment.")
        source, mapping = written.source_from(intake.source or {}), written.mapping_from(intake.mapping)
        read = workflow.understood(intake)
        compared = workflow.compared_of(intake, read, on=on)
        return Found(read, Beside(source, mapping), compared, intake)

    def _look_only(self, content: File[Any], name: str, target: dict[str, Any], by: User, on: date) -> Found:
        """The same without a trace."""
        intake = Intake(**target, name=name, by=by, begun_on=on)
        self._tell("Reading the file")
        source = reading.read(content, name)
        mapping = propose(source, workflow.remembered_by(intake.council))
        self._tell("Working out what it means")
        read = understand(source, mapping, workflow.known_of(intake, on=on))
        return Found(read, Beside(source, mapping), workflow.compared_of(intake, read, on=on), intake)

    def _say_what_was_found(self, found: Found) -> None:
        read = found.read
        actions = sum(len(each.actions) for each in read.recommendations)
        self.stdout.write(
            f"Understood {len(read.recommendations)} recommendations with {actions} actions and {len(read.posts)} posts."
        )
        for notice in read.notices:
            self.stdout.write(
                f"  In the file: {notice.what}" + (f" ({notice.place})" if notice.place else "")
            )
        listed = read.unplaced if self.at_length else read.unplaced[:LISTED]
        for unplaced in listed:
            where = found.beside.where(unplaced.place)
            self.stdout.write(f"  Not in the plan: {where}: “{_short(unplaced.text)}”. {unplaced.why}")
        if more := len(read.unplaced) - len(listed):
            self.stdout.write(f"  Not in the plan: {more} more cells, listed with --verbosity 2")
        if found.compared.part:
            self.stdout.write(f"  {found.compared.part}")
        for each in found.differences:
            mark = "+" if each.chosen else " "
            self.stdout.write(
                f"  {mark} {each.subject}: {each.kind.label}: {_short(each.after or each.before)}"
            )
            if each.note:
                self.stdout.write(f"      {each.note}")

    def _choose(self, found: Found, choose: str | None) -> frozenset[str] | None:
        """The keys that are taken over; None for a new plan, which is loaded whole."""
        if found.intake.plan is None:
            return None
        return frozenset(
            each.key
            for each in found.differences
            if choose != "none"
            and (each.may_be_chosen if choose == "all" else each.chosen and (not choose or each.is_addition))
        )

    def _look(self, found: Found, chosen: frozenset[str] | None, options: dict[str, Any]) -> None:
        """Refuse what would be refused, every place of it, and stop where somebody has to look."""
        subjects = {each.subject for each in found.differences if chosen is not None and each.key in chosen}

        def counts(subject: str) -> bool:
            return chosen is None or subject in subjects or subject.partition(" (")[0] in subjects

        self._refuse_faults(found, counts)
        if not options["kept_because"].strip():
            self._refuse_children(found, counts)
        self._name_unsure(found, counts, stop=options["stop_if_unsure"])

    def _refuse_faults(self, found: Found, counts: Callable[[str], bool]) -> None:
        key = workflow.known_of(found.intake, on=found.intake.begun_on).ratings
        faults = checking.faults(found.read, frozenset(slug for slug, *_ in key))
        wrong = [each for each in faults if counts(each.subject)]
        for each in wrong:
            self._name(found, each.places, f"{each.subject}, {each.part}: “{each.value}”: {each.reason}")
        if wrong:
            raise CommandError(f"Nothing was loaded. Values that cannot be loaded as they are: {len(wrong)}.")

    def _refuse_children(self, found: Found, counts: Callable[[str], bool]) -> None:
        looked = [each for each in checking.looks_like_children(found.read) if counts(each.subject)]
        for each in looked:
            words = ", ".join(f"“{words}”" for words in each.suspicion.found)
            looks = f"{words}: looks like {each.suspicion.looks_like}"
            self._name(found, each.places, f"{each.subject}, {each.part}: {looks}")
        if looked:
            raise CommandError(
                "Nothing was loaded. Words look like a child's record. Take them out, or say with --kept-because why "
                "they may be kept."
            )

    def _name_unsure(self, found: Found, counts: Callable[[str], bool], *, stop: bool) -> None:
        unsure = [each for each in checking.unsure(found.read) if counts(each[0])]
        for subject, part, said in unsure:
            self._name(found, said.places, f"{subject}, {part}: {said.how or 'unsure'}")
        if unsure and stop:
            intake = found.intake
            page = f" It waits at /{intake.council.slug}/intake/{intake.pk}/." if intake.pk else ""
            raise CommandError(
                f"Nothing was loaded. Values that somebody has to look at first: {len(unsure)}.{page}",
                returncode=SOMEBODY_HAS_TO_LOOK,
            )

    def _name(self, found: Found, places: Sequence[Place], words: str) -> None:
        where = f"{found.beside.where(places[0])}: " if places else ""
        self.stderr.write(f"  {where}{words}", style_func=str)

    def _load(
        self, found: Found, chosen: frozenset[str] | None, kept_because: str, by: User, on: date
    ) -> None:
        intake = found.intake
        self._tell("Loading")
        try:
            plan = workflow.load_intake(
                intake=intake,
                version=intake.version,
                chosen=chosen,
                kept_because=kept_because,
                by=by,
                on=on,
                on_count=lambda done, of: self._tell(f"Loading: {done:,} of {of:,}"),
            )
        except LooksLikeChildRecord as refused:
            raise CommandError(f"Nothing was loaded. {refused} See --kept-because.") from refused
        taken = f"{len(chosen)} differences were taken over" if chosen else "There was nothing to do"
        done = "The plan was made" if chosen is None else taken
        self.stdout.write(f"{done}: /{plan.council.slug}/{plan.slug}/")

    def _tell(self, words: str) -> None:
        if self.told:
            self.stderr.write(f"{words} ...", style_func=str)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else f"{line[:99]}…"
