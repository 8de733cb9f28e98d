from argparse import RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
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
from recommendations.intake.difference import is_among
from recommendations.intake.rows import Place
from recommendations.intake.seen import Beside
from recommendations.intake.understanding import understand
from recommendations.management.import_plan_arguments import EPILOG, add
from recommendations.management.import_plan_report import Found, counted, report
from recommendations.models import Intake, IntakeState
from recommendations.workflow import intake as workflow
from recommendations.workflow.careful import LooksLikeChildRecord
from recommendations.workflow.intake_reading import read_now

WRONG_USAGE, SOMEBODY_HAS_TO_LOOK = 2, 3


class Command(BaseCommand):
    help = (
        "Bring a plan in from a Word, Excel or CSV file, or take over what a newer version of its file says."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, epilog=EPILOG, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        add(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        self.told = options["verbosity"] > 0
        council = Council.objects.filter(slug=options["council"]).first()
        if council is None:
            known = ", ".join(Council.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(
                f"There is no council {options['council']}. There is: {known or 'none yet'}.",
                returncode=WRONG_USAGE,
            )
        by, on = self._keeper(council, options["email"]), clock.day_of(council)
        plan = (
            Plan.objects.select_related("council", "rating_scale")
            .filter(council=council, slug=options["plan"])
            .first()
        )
        name = options["name"].strip() or options["plan"].replace("-", " ").capitalize()
        try:
            self._check_target(council, plan, options["plan"], name, on)
            found = self._find(options, council, plan, name, by, on)
            chosen = self._choose(found, options["choose"])
            unsure = self._look(found, chosen, options)
            if options["dry_run"]:
                mend = " In the browser a value is mended, and said what a column is, before it is loaded."
                self.stdout.write("Nothing was loaded: this was a dry run." + (mend if unsure else ""))
                return
            self._load(found, chosen, options["kept_because"], by, on)
        except (FileRefused, PermissionDenied, workflow.ChangedMeanwhile) as refused:
            raise CommandError(f"Nothing was loaded. {refused}") from refused
        except ValidationError as refused:
            raise CommandError(f"Nothing was loaded. {' '.join(refused.messages)}") from refused

    def _check_target(self, council: Council, plan: Plan | None, slug: str, name: str, on: date) -> None:
        """Before anything is read, and for a dry run as well. A new plan's name and address are this command's words."""
        try:
            workflow.check_target(council, plan, slug, name, on)
        except ValidationError as refused:
            if plan is not None:
                raise
            sentences = " ".join(refused.messages)
            raise CommandError(f"Nothing was loaded. {sentences}", returncode=WRONG_USAGE) from refused

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
            why = "There is no such file" if isinstance(error, FileNotFoundError) else error.strerror
            raise CommandError(f"{path} cannot be read: {why}.", returncode=WRONG_USAGE) from error
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

    def _look(self, found: Found, chosen: frozenset[str] | None, options: dict[str, Any]) -> bool:
        """Say what was found; refuse what would be refused, every place of it. Whether somebody should look at a value."""
        taken = {each.read_subject for each in found.differences if each.key in (chosen or ())}
        # What is not taken over only because it is unsure is looked at as well.
        doubted = {each.read_subject for each in found.differences if each.unclear}
        looked = taken | (doubted if options["choose"] != "none" else set())

        def counts(subject: str) -> bool:
            return chosen is None or is_among(subject, taken)

        unsure = [each for each in checking.unsure(found.read) if chosen is None or is_among(each[0], looked)]
        for line in report(found, unsure, at_length=options["verbosity"] > 1):
            self.stdout.write(line)
        self._refuse_faults(found, counts)
        if not options["kept_because"].strip():
            self._refuse_children(found, counts)
        if unsure and options["stop_if_unsure"]:
            raise CommandError(
                f"Nothing was loaded. Values that somebody has to look at first: {len(unsure)}.{_waits(found.intake)}",
                returncode=SOMEBODY_HAS_TO_LOOK,
            )
        return bool(unsure)

    def _refuse_faults(self, found: Found, counts: Callable[[str], bool]) -> None:
        key = workflow.known_of(found.intake, on=found.intake.begun_on).ratings
        faults = checking.faults(found.read, frozenset(slug for slug, *_ in key))
        wrong = [each for each in faults if counts(each.subject)]
        if not found.read.recommendations:
            waits = _waits(found.intake)
            raise CommandError(
                "Nothing was loaded. No recommendation and no action was found in it: none of its tables was taken for a plan. "
                + (
                    f"Somebody can say what its columns are.{waits}"
                    if waits
                    else "Say in the browser what its columns are."
                )
            )
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

    def _name(self, found: Found, places: Sequence[Place], words: str) -> None:
        self.stderr.write(found.named(places, words), style_func=str)

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
        were = "was" if chosen and len(chosen) == 1 else "were"
        taken = (
            f"{counted(len(chosen), 'difference')} {were} taken over" if chosen else "There was nothing to do"
        )
        done = "The plan was made" if chosen is None else taken
        self.stdout.write(f"{done}: /{plan.council.slug}/{plan.slug}/")

    def _tell(self, words: str) -> None:
        if self.told:
            self.stderr.write(f"{words} ...", style_func=str)


def _waits(intake: Intake) -> str:
    """Where an intake waits for somebody in the browser; a dry run leaves none."""
    return f" It waits at /{intake.council.slug}/intake/{intake.pk}/." if intake.pk else ""
