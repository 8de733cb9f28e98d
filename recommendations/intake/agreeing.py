"""How an action stands, by its status columns and by what is said of it: together, or one against the other."""

from recommendations.intake.plan_read import Said, Standing, Sureness, worse
from recommendations.intake.standings import BY_COLOUR, Heard
from recommendations.models.progress_update import Stage


def agreed(column: Said[Heard], last: Said[Standing], *, done: bool) -> tuple[str, str, Sureness]:
    """The stage by the columns and the words together, how, and how sure. `done` where the rating counts as done."""
    heard, value = column.value, last.value
    words = value.stage if last.sure == Sureness.CERTAIN else ""
    stage, sure = (
        heard.stage or value.stage,
        worse(column.sure, Sureness.CERTAIN if heard.stage else last.sure),
    )
    hows = ["" if heard.stage else last.how, column.how]
    if heard.stage and words and heard.stage != words:
        if heard.weak and words != Stage.COMPLETE:
            stage = words
        else:
            hows = [f"The column says {_label(heard.stage)}, the words say {_label(words)}"]
            sure = Sureness.UNSURE
    elif not stage or (heard.weak and not value.stage and BY_COLOUR in column.how):
        hows.insert(0, "It has a rating and no status: in progress")
        # Somebody typed a letter; a colour may be left from the row that was copied.
        sure = worse(sure, Sureness.UNSURE if BY_COLOUR in column.how else Sureness.LIKELY)
    if done and stage not in (Stage.COMPLETE, Stage.WITHDRAWN):
        hows.append("Its rating counts as done, and no word says so")
        sure = Sureness.UNSURE
    return stage, "; ".join(dict.fromkeys(how for how in hows if how)), sure


def _label(stage: str) -> str:
    return str(Stage(stage).label).lower()
