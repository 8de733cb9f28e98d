"""Two people load the same file at the same moment: it is loaded once. Such tests end with a flush. Security case 63."""

import threading

import pytest
from django.db import connection

from improvement import ledger
from improvement.models import Change, Plan
from recommendations.models import Action, Intake
from recommendations.workflow.intake_loading import load_intake
from tests.cast import Cast
from tests.recommendations.intake.plans_read import ON, action, intake_of, plan, recommendation

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite in memory is one connection's; tests/faults tries it with processes of their own",
    ),
]


def test_the_same_intake_in_two_threads_is_loaded_once(harrow: Plan, cast: Cast) -> None:
    read = plan(recommendation("S1", action("1"), action("2")))
    number = intake_of(read, harrow.council, cast.plan_administrator).pk
    together, loaded = threading.Barrier(2), []

    def load() -> None:
        intake = Intake.objects.select_related("council", "plan").get(pk=number)
        together.wait(timeout=20)
        try:
            made = load_intake(intake=intake, version=1, chosen=None, by=cast.plan_administrator, on=ON)
            loaded.append(made.slug)
        finally:
            connection.close()

    threads = [threading.Thread(target=load) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert loaded == ["from-a-file", "from-a-file"]
    assert Action.objects.filter(recommendation__plan__slug="from-a-file").count() == 2
    assert Change.objects.filter(verb="load_intake").count() == 1
    assert ledger.verify() is None
