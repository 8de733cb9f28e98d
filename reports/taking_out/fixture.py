"""A plan as a fixture that `loaddata` takes on another installation, with its evidence files beside it, in one zip.

Everything that the plan is made of is in it, in the order in which it can be loaded; records name each other by what
they are called, not by their numbers here. Nobody's account goes along: where a record cannot be without somebody, it is
one of two accounts that nobody can sign in to. The same plan makes the same bytes.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Model, Q, QuerySet

from boards.models import Cost, Risk, RiskAssessment, RiskWording
from improvement.models import (
    Area,
    Council,
    Duty,
    DutyMet,
    DutyOverride,
    Framework,
    Grade,
    Inspection,
    Intervention,
    Judgement,
    LeadOfficer,
    Organisation,
    Plan,
    PlanVersion,
    Rating,
    RatingScale,
    SignOff,
    Theme,
    User,
)
from improvement.stored_files import FileAltered, chunks, open_whole
from recommendations.models import (
    Action,
    ActionLead,
    ChallengeSettings,
    Dismissal,
    DueDateChange,
    Evidence,
    Handover,
    IndexEntry,
    Measure,
    ProgressUpdate,
    Reading,
    Recommendation,
    Review,
    Rewording,
)
from reports.taking_out import package

CONTENT_TYPE = "application/zip"
FIXTURE, READ_ME, FILES = "plan.json", "READ ME.txt", "files/"
# Whoever asked for a date never agreed to it, so there have to be two.
SOMEBODY, SOMEBODY_ELSE = "somebody@nobody.invalid", "somebody.else@nobody.invalid"
NAMES = {SOMEBODY: "Somebody, before the plan came here", SOMEBODY_ELSE: "Somebody else, before it came here"}
# No password has this digest, so nobody signs in.
NO_PASSWORD = "!"  # noqa: S105 - not a password
# Through what a record may name others; where nothing is told, through whatever it always names.
OF_ACTION, OF_RECOMMENDATION = "action__recommendation__plan__council", "recommendation__plan__council"
NAMED_BY: dict[type[Model], tuple[str, ...]] = {
    ActionLead: (OF_ACTION, "lead_officer__council", "handover__" + OF_ACTION),
    ProgressUpdate: (OF_ACTION, "rating__scale"),
    Evidence: (OF_ACTION, OF_RECOMMENDATION, "plan__council"),
    Review: (OF_ACTION, OF_RECOMMENDATION),
}
BY_SOMEBODY_ELSE = {"decided_by"}
# Empty unless it happened, so what says who did it may not be emptied.
TELLS_THAT_IT_HAPPENED = {"decided_by", "withdrawn_by"}


class FileGone(Exception):
    """A file of evidence is not the one that was brought, or is gone; the plan without it would not be whole."""


@dataclass(frozen=True)
class Fixture:
    """What goes into the zip: records ready to be written down, and the evidence whose files go along."""

    plan: Plan
    records: tuple[dict[str, Any], ...]
    evidence: tuple[Evidence, ...]

    @property
    def file_bytes(self) -> int:
        return sum(shown.size for shown in self.evidence)


def of(plan: Plan, *, evidence: QuerySet[Evidence] | None = None) -> Fixture:
    """Take the plan with its council. `evidence` is what the reader may see, all of it without."""
    seen = (Evidence.objects.all() if evidence is None else evidence).filter(plan=plan).order_by("key")
    shown = list(seen)
    records = [
        told
        for found in _in_order(plan, seen)
        for told in serializers.serialize(
            "python",
            found.select_related(*NAMED_BY.get(found.model, ())),
            use_natural_foreign_keys=True,
            use_natural_primary_keys=True,
        )
    ]
    keys = {(str(one.key),) for one in shown}
    written = [_anonymous(record, plan, keys) for record in records]
    needed = {each for record in written for each in _carried(record)}
    accounts = [_account(email) for email in NAMES if email in needed]
    kept = tuple(one for one in shown if one.stored_as)
    return Fixture(plan, (*accounts, *written), kept)


def write(fixture: Fixture, file: BinaryIO) -> None:
    """Write the zip. Raises FileGone. One piece of one file at a time is in memory."""
    with zipfile.ZipFile(file, "w") as zipped:
        package.put(zipped, READ_ME, _read_me(fixture).encode())
        package.put(zipped, FIXTURE, as_json(fixture.records))
        for shown in fixture.evidence:
            info = zipfile.ZipInfo(f"{FILES}{shown.stored_as}", package.LONG_AGO)
            info.external_attr = 0o600 << 16
            try:
                with open_whole(shown.stored_as, shown.sha256) as stored, zipped.open(info, "w") as copy:
                    for chunk in chunks(stored):
                        copy.write(chunk)
            except FileAltered as altered:
                raise FileGone(
                    f"The file “{shown.filename}” of {shown.action or shown.recommendation.reference} is not the one that "
                    "was brought, or is gone. Withdraw that evidence or bring the file back, then take the plan out."
                ) from altered


def as_json(records: Iterable[dict[str, Any]]) -> bytes:
    """One record on a line."""
    lines = (json.dumps(record, ensure_ascii=False, cls=DjangoJSONEncoder) for record in records)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


# What a plan is made of


def _in_order(plan: Plan, evidence: QuerySet[Evidence]) -> Iterator[QuerySet[Any]]:
    """What others name comes first; within a model, the order that it would have in any database."""
    yield from _ground(plan)
    yield Plan.objects.filter(pk=plan.pk)
    yield Theme.objects.filter(plan=plan).order_by("position", "slug")
    yield Recommendation.objects.for_plan(plan).order_by("position", "reference")
    of_action = Q(action__recommendation__plan=plan)
    place = ("action__recommendation__reference", "action__number")
    actions = Action.objects.for_plan(plan)
    yield actions.order_by("recommendation__reference", "position", "number")
    yield Handover.objects.for_plan(plan).order_by(*place, "sequence")
    came = F("handover__sequence").asc(nulls_first=True)
    yield ActionLead.objects.for_plan(plan).order_by(*place, came, "position")
    yield Rewording.objects.filter(of_action).order_by(*place, "sequence")
    yield ProgressUpdate.objects.filter(of_action).order_by(*place, "sequence")
    yield DueDateChange.objects.filter(of_action).order_by(*place, "requested_on", "pk")
    yield IndexEntry.objects.filter(of_action).order_by(*place, "kind", "sequence")
    yield Measure.objects.filter(plan=plan).order_by("position", "slug")
    yield Reading.objects.filter(measure__plan=plan).order_by("measure__slug", "on", "whose", "sequence")
    yield evidence
    yield Review.objects.for_plan(plan).order_by("recommendation__reference", "on", "pk")
    yield PlanVersion.objects.filter(plan=plan).order_by("position")
    yield SignOff.objects.filter(version__plan=plan).order_by("version__position", "on", "body")
    yield ChallengeSettings.objects.filter(plan=plan).order_by("sequence")
    yield Dismissal.objects.filter(plan=plan).order_by("on", "pk")
    yield Risk.objects.filter(plan=plan).order_by("position", "slug")
    yield RiskAssessment.objects.filter(risk__plan=plan).order_by("risk__slug", "sequence")
    yield RiskWording.objects.filter(risk__plan=plan).order_by("risk__slug", "sequence")
    yield Cost.objects.filter(plan=plan).order_by("position", "slug")


def _ground(plan: Plan) -> Iterator[QuerySet[Any]]:
    """What a plan stands on: its council, its key, those who act in it, the inspections that it answers."""
    yield Council.objects.filter(pk=plan.council_id)
    rated = Q(ratings__updates__action__recommendation__plan=plan)
    scales = RatingScale.objects.filter(Q(plans=plan) | rated).distinct()
    yield scales.order_by("slug")
    yield Rating.objects.filter(scale__in=scales).order_by("scale__slug", "position")
    leading = Q(actions__recommendation__plan=plan) | Q(risks__plan=plan)
    posts = LeadOfficer.objects.filter(leading | Q(pk__in=_owners_before(plan))).distinct()
    named = Q(recommendations__plan=plan) | Q(lead_officers__in=posts)
    yield Organisation.objects.filter(named).distinct().order_by("slug")
    yield posts.order_by("abbreviation")
    answered = Q(plans=plan) | Q(recommendations__plan=plan)
    inspections = Inspection.objects.filter(answered).distinct()
    frameworks = Framework.objects.filter(inspections__in=inspections).distinct()
    yield frameworks.order_by("slug")
    yield Grade.objects.filter(framework__in=frameworks).order_by("framework__slug", "position", "slug")
    areas = Area.objects.filter(framework__in=frameworks).order_by("framework__slug", "position", "slug")
    # A part names the whole, which comes before it.
    yield areas.filter(part_of=None)
    yield areas.exclude(part_of=None)
    yield Duty.objects.filter(framework__in=frameworks).order_by("framework__slug", "position")
    yield inspections.order_by("slug")
    yield Judgement.objects.filter(inspection__in=inspections).order_by("inspection__slug", "area__slug")
    yield Intervention.objects.filter(inspection__in=inspections).order_by("slug")
    for model in (DutyMet, DutyOverride):
        yield model.objects.filter(inspection__in=inspections).order_by("inspection__slug", "sequence")


def _owners_before(plan: Plan) -> QuerySet[Any, Any]:
    """Posts that owned a risk before somebody said it otherwise."""
    return RiskWording.objects.filter(risk__plan=plan, owner__isnull=False).values("owner")


# Without anybody's account


def _anonymous(record: dict[str, Any], plan: Plan, evidence: set[tuple[str]]) -> dict[str, Any]:
    """A record without who said it, and without evidence that is not taken out."""
    model, fields = record["model"], dict(record["fields"])
    for name in _account_fields(model):
        if fields[name] is None:
            continue
        field = apps.get_model(model)._meta.get_field(name)
        if field.null and name not in TELLS_THAT_IT_HAPPENED:
            fields[name] = None
            if not fields.get("source", "kept"):
                fields["source"] = f"Waymark of {plan.council.name}"
        else:
            fields[name] = [SOMEBODY_ELSE if name in BY_SOMEBODY_ELSE else SOMEBODY]
    if model == "recommendations.review":
        fields["evidence"] = [key for key in fields["evidence"] if tuple(key) in evidence]
    return {"model": model, "fields": fields}


def _carried(record: dict[str, Any]) -> Iterator[str]:
    for name in _account_fields(record["model"]):
        if record["fields"][name]:
            yield record["fields"][name][0]


def _account_fields(model: str) -> list[str]:
    return [
        field.name for field in apps.get_model(model)._meta.concrete_fields if field.related_model is User
    ]


def _account(email: str) -> dict[str, Any]:
    fields = {"email": email, "name": NAMES[email], "password": NO_PASSWORD, "is_active": False}
    return {"model": "improvement.user", "fields": fields}


def _read_me(fixture: Fixture) -> str:
    plan, files = fixture.plan, len(fixture.evidence)
    beside = (
        f"\n2. Copy what is in {FILES} ({files} {'file' if files == 1 else 'files'} of evidence) into the folder “files” of "
        "its VAR_DIR.\n3."
        if files
        else "\n2."
    )
    return f"""{plan.council.name}: {plan.name}

All of this plan, for another installation of Waymark that does not have it yet.

1. Unpack this zip on the other installation's machine.{beside} Run there: .venv/bin/python manage.py loaddata plan.json
Then let its people in: .venv/bin/python manage.py add_member somebody@example.gov.uk --council {plan.council.slug} --role plan_administrator

In it: the council, the posts and organisations that act in the plan, the inspections that it answers with their frameworks,
the rating key, themes, recommendations, actions, handovers, wordings, updates, due dates and how they were moved, evidence, reviews,
measures, versions, questions that were dismissed, risks and costs.
Not in it: accounts, boards and their meetings, reports, and the ledger, which stays where it was written.
Where a record cannot be without somebody, it names “{NAMES[SOMEBODY]}”, to whose account nobody has a password.
"""
