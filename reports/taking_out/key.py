"""What a reader of the table needs beside it: its posts, ratings, stages, phases and columns, and what is read back."""

from dataclasses import dataclass

from recommendations.models import Stage
from recommendations.workflow.updates import SAID_FREELY
from reports.taking_out.plan_table import COLUMNS, PHASES, PlanTable

TO_FILL_IN = "To fill in:"
# How the stages that no update may say are reached.
BY_STEP = {
    Stage.AWAITING_SIGN_OFF: "Reached in Waymark by claiming the action complete. It may stay in the row.",
    Stage.COMPLETE: "Reached in Waymark when somebody else signs the action off. It may stay in the row.",
    Stage.WITHDRAWN: "Reached in Waymark by withdrawing the action. It may stay in the row.",
}


@dataclass(frozen=True)
class Section:
    """A part of the key: a small table. `chosen` is the column whose words the rows of the plan use."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    chosen: str = "A"


def sections(table: PlanTable) -> tuple[Section, ...]:
    return (
        Section(
            "Lead officers",
            ("Abbreviation", "Post", "Organisation"),
            tuple((post.abbreviation, post.title, post.organisation) for post in table.posts),
        ),
        Section(
            "Rating key",
            ("Word", "Meaning", "Letter"),
            tuple((rating.word, rating.meaning, rating.letter) for rating in table.ratings),
        ),
        Section("Stages", ("Stage", "How it is reached"), tuple(_stage(stage) for stage in Stage)),
        Section("Phases", ("Phase",), tuple((phase,) for phase in PHASES)),
        Section(
            "Columns",
            ("Column", "What it holds", "Read back"),
            tuple((column.heading, column.holds, _read_back(column.filled_in)) for column in COLUMNS),
        ),
    )


def _stage(stage: Stage) -> tuple[str, str]:
    how = "Said by an update." if stage in SAID_FREELY else BY_STEP[stage]
    return str(stage.label), how


def _read_back(filled_in: bool) -> str:
    return "Yes: fill it in" if filled_in else "No: shown only"
