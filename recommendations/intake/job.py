"""What is done with a plan's file beside the pages: reading it, and loading what was understood and mended.

Each may be done again: after a worker was killed, what is there already is left as it is.
"""

from datetime import date

from django_tasks import task

from improvement import clock
from improvement.models import User
from recommendations.models import Intake, IntakeState
from recommendations.workflow import intake_reading

FAULT = "Something went wrong in Waymark itself, and was noted for those who look after it. "
NOT_READ = f"{FAULT}Try it again, or save the file as CSV and choose that."
NOT_LOADED = f"{FAULT}Nothing was loaded. Try it again."


@task()
def read_file(number: int) -> None:
    """Read and understand the file of the intake of that number."""
    intake = Intake.objects.select_related("council", "plan__rating_scale").filter(pk=number).first()
    if intake is None:
        return
    try:
        intake_reading.read_now(intake, on=clock.day_of(intake.council))
    except Exception:
        reading_given_up(number)
        raise


@task()
def load_file(
    number: int, *, version: int, chosen: list[str] | None, kept_because: str, by: int, on: str
) -> None:
    """Load the intake of that number as somebody asked for it on that day."""
    found = Intake.objects.select_related("council", "plan__council", "plan__rating_scale")
    intake, user = found.filter(pk=number).first(), User.objects.filter(pk=by).first()
    if intake is None or user is None:
        return
    day = date.fromisoformat(on)
    try:
        intake_reading.load_now(
            intake, version=version, chosen=chosen, kept_because=kept_because, by=user, on=day
        )
    except Exception:
        loading_given_up(number)
        raise


def reading_given_up(number: int) -> None:
    """Say so on its page, so that nobody waits for ever: reading failed as nobody foresaw, or no worker lived to its end."""
    reading = Intake.objects.filter(pk=number, state=IntakeState.READING)
    reading.update(state=IntakeState.FAILED, problem=NOT_READ, saying="")


def loading_given_up(number: int) -> None:
    """The same of loading; the file can be looked at and loaded again."""
    loading = Intake.objects.filter(pk=number, state=IntakeState.LOADING)
    loading.update(state=IntakeState.UNDERSTOOD, problem=NOT_LOADED, saying="")
