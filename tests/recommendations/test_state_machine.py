"""Any sequence of steps by anybody, in any order and on any day, and what holds whatever they were.

Nothing is complete without a claim by one person, a sign-off by another and evidence; no due date moves without a
request that somebody else agreed to; every step that was taken stands in the ledger once, and none that was refused;
what was shown for an earlier day is shown for it ever after.
"""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import date, timedelta
from random import Random
from typing import Any, ClassVar

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from improvement import ledger
from improvement.models import Change, LeadOfficer, Plan, Rating, Role, User
from recommendations import progress, workflow
from recommendations.models import (
    Action,
    ActionLead,
    DueDateChange,
    Evidence,
    Handover,
    ProgressUpdate,
    Review,
    Rewording,
)
from tests.cast import Cast
from tests.factories import (
    ActionFactory,
    HoldingFactory,
    MembershipFactory,
    PlanFactory,
    RecommendationFactory,
    ThemeFactory,
    UserFactory,
)
from tests.recommendations.recount import expected, figures_in, recount
from tests.recommendations.steps import RECORD, WHY_KEPT, seen

START = date(2012, 10, 1)
REFUSED = (
    PermissionDenied,
    ValidationError,
    workflow.UpdatedMeanwhile,
    workflow.HandedOverMeanwhile,
    workflow.AlreadyDecided,
    workflow.LooksLikeChildRecord,
)
LEADING = ("SM QA", "Des Nurse")
RATINGS = (("red", "Red"), ("amber", "Amber"), ("green", "Green"))
WRITTEN = (ProgressUpdate, DueDateChange, Evidence, Review, Rewording, Handover)

# Those who may do something come up more often than those who may do nothing.
PEOPLE = [
    *["administrator"] * 8,
    *["board"] * 6,
    *["lead", "other_board"] * 4,
    *["reader", "scrutiny", "northmoor", "stranger"],
]
# Days from the latest on which anything was done; versions from the last; kinds of words.
DAYS = [*[0] * 9, 1, 1, 3, -1, -4]
VERSIONS = [*[0] * 10, -1, 1]
STAGES = [
    *["in-progress"] * 4,
    *["not-started", "on-hold"] * 2,
    *["awaiting-sign-off", "complete", "withdrawn"],
]
RATED = [None, "red", "amber", "green"]
WORDS = [*["plain"] * 9, "record", "kept", "none"]
STEPS = [
    *["add_evidence"] * 3,
    *["claim_complete"] * 4,
    *["sign_off"] * 4,
    *["request_due_date"] * 2,
    *["decide_due_date"] * 4,
    *["post_update"] * 3,
    *["return_claim"] * 2,
    *["reopen"] * 3,
    "withdraw",
    "withdraw_evidence",
    "reword_action",
    "hand_over",
    "record_review",
    "send_the_last_one_again",
    "close_as_it_should_be",
    "move_as_it_should_be",
]


class People(RuleBasedStateMachine):
    """A plan of three actions and eight people who take steps at random."""

    plan: ClassVar[Plan]
    users: ClassVar[dict[str, User]]

    def __init__(self) -> None:
        super().__init__()
        self.undone = ExitStack()
        self.undone.enter_context(transaction.atomic())
        self.now = START
        self.number = self.turn = 0
        self.taken: dict[str, int] = {}
        self.repeat: Callable[[], object] | None = None
        self.shown: dict[date, object] = {}
        self.first_dates = dict(
            Action.objects.for_plan(self.plan).in_plan_order().values_list("pk", "original_due_on")
        )
        # How many rows there were when everything was last counted again: nothing new, nothing to count.
        self.counted: object = None

    def teardown(self) -> None:
        try:
            assert {day: self.stood(day) for day in self.shown} == self.shown
            assert ledger.verify() is None
        finally:
            transaction.set_rollback(True)
            self.undone.close()

    # The steps

    @rule(seed=st.integers(0, 2**32 - 1))
    def anything(self, seed: int) -> None:
        """Somebody does something on some day. Drawn from a seed, for what hypothesis draws itself is less mixed."""
        self.turn += 1
        self.any = Random(f"{seed}, turn {self.turn}")
        getattr(self, self.any.choice(STEPS))()

    def post_update(self) -> None:
        forecast_on = self.any.choice([None, self.now + timedelta(days=30)])
        stage, rating = self.any.choice(STAGES), self.any.choice(RATED)
        self.step(
            "post_update", stage=stage, rating=rating, forecast_on=forecast_on, **self.says("narrative")
        )

    def claim_complete(self) -> None:
        self.step(
            "claim_complete",
            "not-started",
            "in-progress",
            "on-hold",
            rating=self.any.choice(RATED),
            **self.says("narrative"),
        )

    def sign_off(self) -> None:
        if self.step(
            "sign_off", "awaiting-sign-off", rating=self.any.choice(RATED), **self.says("narrative")
        ):
            update = ProgressUpdate.objects.latest("pk")
            assert [row for row in raw(Evidence, action_id=update.action_id) if stands(row, update.on)]

    def return_claim(self) -> None:
        self.step("return_claim", "awaiting-sign-off", rating=self.any.choice(RATED), **self.says("reason"))

    def reopen(self) -> None:
        self.step("reopen", "complete", "withdrawn", rating=self.any.choice(RATED), **self.says("reason"))

    def withdraw(self) -> None:
        self.step("withdraw", **self.says("reason"))

    def add_evidence(self) -> None:
        action = self.action()
        exempt = self.any.choice([True, False])
        self.take("add_evidence", **{**evidence_of(action), "exempt": exempt, **self.says("shows")})

    def withdraw_evidence(self) -> None:
        evidence = Evidence.objects.of_action(self.action()).order_by("pk").last()
        if evidence:
            self.take("withdraw_evidence", evidence=evidence, reason="A wrong file.")

    def request_due_date(self) -> None:
        new_on = self.now + timedelta(days=self.any.randint(-5, 40))
        self.take("request_due_date", action=self.action(), new_on=new_on, **self.says("reason"))

    def decide_due_date(self) -> None:
        requests = DueDateChange.objects.for_plan(self.plan)
        requests = self.any.choice([requests, requests.undecided(), requests.undecided()])
        if change := requests.order_by("pk").last():
            decide = self.any.choice(["agree_due_date", "agree_due_date", "refuse_due_date"])
            self.take(decide, change=change, **self.says("reason"))

    def reword_action(self) -> None:
        action = self.action()
        # The last wording, or the one before as somebody has it who opened the form earlier.
        version = max(0, action.rewordings.count() - self.any.choice([0, 0, 0, 1]))
        words = self.says("text")
        self.take("reword_action", action=action, version=version, reason="Plainer.", **words)

    def hand_over(self) -> None:
        action = self.action()
        version = max(0, action.handovers.count() - self.any.choice([0, 0, 0, 1]))
        posts = list(LeadOfficer.objects.filter(abbreviation__in=LEADING, council=self.plan.council))
        leads = self.any.sample(posts, self.any.choice([1, 1, 2]))
        self.take("hand_over", action=action, version=version, leads=leads, **self.says("reason"))

    def record_review(self) -> None:
        action = self.action()
        found = {
            "recommendation": action.recommendation,
            "action": action,
            "step": self.any.choice(["delivered", "delivered", "complied-with", "impact-evidenced"]),
            "holds": self.any.choice([True, True, False]),
            "evidence": list(Evidence.objects.of_action(action).order_by("-pk")[:1]),
            "reviewer": "Head of Quality",
        }
        self.take("record_review", **found, **self.says("finding"))

    def send_the_last_one_again(self) -> None:
        """As by a double click: it writes nothing, whether it is let through or refused."""
        if self.repeat:
            before = written()
            with suppress(*REFUSED), transaction.atomic():
                self.repeat()
            assert written() == before

    def close_as_it_should_be(self) -> None:
        """Evidence, a claim and a sign-off by another, one after the other, of one action."""
        action = self.action()
        values = {"action": action, "rating": None}
        self.take("add_evidence", "administrator", 0, **evidence_of(action))
        for verb, who in (("claim_complete", "administrator"), ("sign_off", "board")):
            self.take(verb, who, 0, version=seen(action), narrative=f"Done, {self.number}.", **values)

    def move_as_it_should_be(self) -> None:
        action, new_on = self.action(), self.now + timedelta(days=self.any.randint(5, 40))
        if self.take("request_due_date", "administrator", 0, action=action, new_on=new_on, reason="Later."):
            change = DueDateChange.objects.undecided().filter(action=action).get()
            self.take("agree_due_date", "board", 0, change=change, reason="")

    # What holds

    @invariant()
    def everything_holds(self) -> None:
        if self.counted != written():
            self.counted = written()
            self.nothing_is_complete_without_a_claim_by_one_and_a_sign_off_by_another()
            self.no_due_date_moves_without_a_request_that_somebody_else_agreed_to()
            self.figures_are_a_plain_recount()

    def nothing_is_complete_without_a_claim_by_one_and_a_sign_off_by_another(self) -> None:
        signed = 0
        for action in Action.objects.for_plan(self.plan).order_by("pk"):
            claimants: set[int] = set()
            before = "not-started"
            for update in raw(ProgressUpdate, action_id=action.pk):
                if update["stage"] == "complete":
                    signed += 1
                    assert before == "awaiting-sign-off"
                    assert update["by_id"] not in claimants
                claimants = claimants | {update["by_id"]} if update["stage"] == "awaiting-sign-off" else set()
                before = update["stage"]
        assert signed == self.taken.get("sign_off", 0)

    def no_due_date_moves_without_a_request_that_somebody_else_agreed_to(self) -> None:
        agreed = [
            row for row in raw(DueDateChange, decision="agreed") if row["action_id"] in self.first_dates
        ]
        days = sorted({START, self.now, *(row["decided_on"] for row in agreed)})
        assert [row for row in agreed if row["decided_by_id"] in (None, row["requested_by_id"])] == []
        assert len(agreed) == self.taken.get("agree_due_date", 0)
        assert (
            dict(Action.objects.for_plan(self.plan).values_list("pk", "original_due_on")) == self.first_dates
        )
        for on in days:
            dates = dict(self.first_dates)
            for row in sorted(agreed, key=lambda row: (row["decided_on"], row["id"])):
                if row["decided_on"] <= on:
                    assert row["old_on"] == dates[row["action_id"]]
                    dates[row["action_id"]] = row["new_on"]
            assert dict(Action.objects.for_plan(self.plan).as_of(on).values_list("pk", "due_on")) == dates

    def figures_are_a_plain_recount(self) -> None:
        counted = {f.label: f.count for f in figures_in(progress.of_plan(self.plan, on=self.now))}
        again = expected(recount(self.plan, self.now), self.now, RATINGS)
        assert counted == {label: len(keys) for label, keys in again.items()}

    # How it is done

    def action(self, *stages: str) -> Action:
        """Any of the three; more often one that is in such a stage, so that not every step comes too early."""
        actions = list(Action.objects.for_plan(self.plan).with_recommendation().in_plan_order())
        last = {row["action_id"]: row["stage"] for row in raw(ProgressUpdate, action_id__in=self.first_dates)}
        fitting = [action for action in actions if last.get(action.pk, "not-started") in stages]
        return self.any.choice(fitting if fitting and self.any.random() < 0.8 else actions)

    def says(self, field: str) -> dict[str, str]:
        """Words that nobody has said before, some like a child's record, some with a reason to keep them, or none."""
        self.number += 1
        kind = self.any.choice(WORDS)
        if kind == "none":
            return {field: " "}
        if kind == "plain":
            return {field: f"Words of step {self.number}."}
        return {field: f"{RECORD} {self.number}", **({"kept_because": WHY_KEPT} if kind == "kept" else {})}

    def step(self, verb: str, *stages: str, **said: Any) -> bool:
        """A step that ends in an update: by somebody who saw the last one, or another."""
        action = self.action(*stages)
        if said.get("rating"):
            said["rating"] = Rating.objects.get_by_natural_key("rag", said["rating"])
        return self.take(verb, action=action, version=seen(action) + self.any.choice(VERSIONS), **said)

    def take(self, verb: str, who: str = "", days: int | None = None, **said: Any) -> bool:
        """Take a step, if it is let through; whether it was."""
        user = self.users[who or self.any.choice(PEOPLE)]
        on = self.now + timedelta(days=self.any.choice(DAYS) if days is None else days)
        self.look_at(on - timedelta(days=1))
        before = written()

        def again() -> object:
            return getattr(workflow, verb)(by=user, on=on, **said)

        try:
            with transaction.atomic():
                again()
        except REFUSED as refused:
            note(f"{verb} by {user}, {on}: refused, {type(refused).__name__}")
            assert written() == before
            return False
        note(f"{verb} by {user}, {on}: {said}")
        assert written()[0] == before[0] + 1
        row = Change.objects.latest("position")
        assert (row.verb, row.by, row.on) == (verb, user, on)
        if verb == "sign_off":
            assert not leads(user.pk, said["action"].pk, on)
        self.taken[verb] = self.taken.get(verb, 0) + 1
        self.now = max(self.now, on)
        self.shown = {day: stood for day, stood in self.shown.items() if day < on}
        # Evidence and findings may rightly be given twice.
        self.repeat = None if verb in ("add_evidence", "record_review") else again
        return True

    def look_at(self, day: date) -> None:
        if day not in self.shown:
            self.shown[day] = self.stood(day)

    def stood(self, day: date) -> object:
        """All that the plan's pages say of a day."""
        standings = progress.standings(
            Action.objects.for_plan(self.plan).as_of(day).with_leads().in_plan_order(), on=day
        )
        evidence = Evidence.objects.for_plan(self.plan).standing(on=day).order_by("pk")
        reviews = Review.objects.for_plan(self.plan).done_by(on=day)
        return (
            [tuple(value for name, value in vars(one).items() if name != "action") for one in standings],
            list(evidence.values_list("pk", flat=True)),
            list(reviews.values_list("pk", "step", "holds")),
            sorted(DueDateChange.objects.for_plan(self.plan).waiting(on=day).values_list("pk", flat=True)),
        )


def evidence_of(action: Action) -> dict[str, Any]:
    return {
        "recommendation": action.recommendation,
        "action": action,
        "shows": "The audit found every plan signed.",
        "method": "audit",
        "gathered_on": START,
        "supports": "delivered",
        "exempt": False,
        "link": "https://evidence.example/audit",
    }


def raw(model: Any, **which: Any) -> list[dict[str, Any]]:
    return list(model.objects.filter(**which).order_by("pk").values())


def stands(evidence: dict[str, Any], on: date) -> bool:
    withdrawn_on = evidence["withdrawn_on"]
    return bool(evidence["added_on"] <= on and (withdrawn_on is None or withdrawn_on > on))


def leads(user: int, action: int, on: date) -> bool:
    came = raw(Handover, action_id=action, on__lte=on)
    last = max(came, key=lambda row: row["sequence"])["id"] if came else None
    posts = [row["lead_officer_id"] for row in raw(ActionLead, action_id=action, handover_id=last)]
    return LeadOfficer.objects.filter(pk__in=posts, holdings__user=user).exists()


def written() -> tuple[int, ...]:
    """How many rows the ledger has, and whatever steps write."""
    counts = [f"SELECT COUNT(*) FROM {model._meta.db_table}" for model in (Change, *WRITTEN)]
    counts.append(f"{counts[2]} WHERE decided_on IS NOT NULL")
    counts.append(f"{counts[3]} WHERE withdrawn_on IS NOT NULL")
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"({count})" for count in counts))
        return tuple(cursor.fetchone())


@pytest.fixture
def small(harrow: Plan, cast: Cast) -> Plan:
    """A plan of Harrow's council with three actions, two of them led by the cast's lead officer."""
    plan = PlanFactory(council=harrow.council, rating_scale=harrow.rating_scale, slug="small")
    only = RecommendationFactory(theme=ThemeFactory(plan=plan))
    own = LeadOfficer.objects.get(council=harrow.council, abbreviation="SM QA")
    others = LeadOfficer.objects.get(council=harrow.council, abbreviation="Des Nurse")
    for position, (due_on, leads_it) in enumerate(
        [(date(2012, 9, 30), [own]), (None, [own, others]), (date(2012, 10, 5), [others])]
    ):
        ActionFactory(
            recommendation=only,
            number=str(position),
            position=position,
            original_due_on=due_on,
            added_on=date(2012, 9, 30),
            leads=leads_it,
        )
    return plan


def test_whatever_is_done_by_whomever(small: Plan, cast: Cast) -> None:
    """A second board member holds a post that leads two of the actions."""
    other = UserFactory()
    MembershipFactory(user=other, council=small.council, role=Role.BOARD_MEMBER)
    post = LeadOfficer.objects.get(council=small.council, abbreviation="Des Nurse")
    HoldingFactory(lead_officer=post, user=other)
    People.plan = small
    People.users = {
        "lead": cast.lead_officer,
        "board": cast.board_member,
        "other_board": other,
        "administrator": cast.plan_administrator,
        "reader": cast.reader,
        "scrutiny": cast.scrutiny_officer,
        "northmoor": cast.northmoor_administrator,
        "stranger": cast.stranger,
    }

    run_state_machine_as_test(
        People,
        settings=settings(
            max_examples=12,
            stateful_step_count=40,
            # What went wrong is told step by step as it happened; to look for a shorter way there takes minutes.
            phases=[Phase.generate],
            derandomize=True,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
