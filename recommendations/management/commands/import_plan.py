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
from recommendations.intake import checking, left_out, reading, written
from recommendations.intake.columns import propose
from recommendations.intake.comparing import Compared
from recommendations.intake.difference import Difference
from recommendations.intake.plan_read import PlanRead
from recommendations.intake.rows import Place
from recommendations.intake.seen import Beside
from recommendations.intake.understanding import understand
from recommendations.management.import_plan_arguments import EPILOG, add
from recommendations.models import Intake, IntakeState
from recommendations.workflow import intake as workflow
from recommendations.workflow.careful import LooksLikeChildRecord
from recommendations.workflow.intake_reading import read_now

# So many cells that have no place in a plan are named unless all are asked for.
LISTED = 20
WRONG_USAGE, SOMEBODY_HAS_TO_LOOK = 2, 3


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
        add(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        self.told, self.at_length = options["verbosity"] > 0, options["verbosity"] > 1
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

    def _say_what_was_found(self, found: Found) -> None:
        read = found.read
        actions = sum(len(each.actions) for each in read.recommendations)
        counted = (
            _count(len(read.recommendations), "recommendation"),
            _count(actions, "action"),
            _count(len(read.posts), "lead officer"),
        )
        self.stdout.write("Understood {} with {} and {}.".format(*counted))
        for notice in read.notices:
            self.stdout.write(
                f"  In the file: {notice.what}" + (f" ({notice.place})" if notice.place else "")
            )
        for each in left_out.whole(read.unplaced, found.beside):
            self.stdout.write(f"  Not in the plan: {each.name}, {_count(each.cells, 'cell')}. {each.why}")
        alone = left_out.alone(read.unplaced)
        listed = read.unplaced if self.at_length else alone[:LISTED]
        for unplaced in listed:
            where = found.beside.where(unplaced.place)
            self.stdout.write(f"  Not in the plan: {where}: “{_short(unplaced.text)}”. {unplaced.why}")
        if more := 0 if self.at_length else len(alone) - len(listed):
            self.stdout.write(f"  Not in the plan: {more} more cells, listed with --verbosity 2")
        if found.compared.part:
            self.stdout.write(f"  {found.compared.part}")
        for difference in found.differences:
            mark = "+" if difference.chosen else " "
            words = _short(difference.after or difference.before)
            self.stdout.write(f"  {mark} {difference.subject}: {difference.kind.label}: {words}")
            if difference.note:
                self.stdout.write(f"      {difference.note}")

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

    def _name_unsure(self, found: Found, counts: Callable[[str], bool], *, stop: bool) -> None:
        unsure = [each for each in checking.unsure(found.read) if counts(each[0])]
        for subject, part, said in unsure:
            self._name(found, said.places, f"{subject}, {part}: {said.how or 'unsure'}")
        if unsure and stop:
            intake = found.intake
            raise CommandError(
                f"Nothing was loaded. Values that somebody has to look at first: {len(unsure)}.{_waits(intake)}",
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


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _waits(intake: Intake) -> str:
    """Where an intake waits for somebody in the browser; a dry run leaves none."""
    return f" It waits at /{intake.council.slug}/intake/{intake.pk}/." if intake.pk else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else f"{line[:99]}…"
