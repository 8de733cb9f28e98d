"""Plans that are no table of one row for each action: forms with a block for each, and numbers that make a tree."""

from dataclasses import dataclass

from hypothesis import strategies as st

from recommendations.intake.rows import Kind, Source
from tests.recommendations.intake.plan_tables import plans
from tests.recommendations.intake.plan_words import HEADINGS, JUNK
from tests.recommendations.intake.sources import LEFT, source, table


@dataclass(frozen=True)
class Formed:
    source: Source
    figures: list
    texts: tuple[str, ...]


def _figures(plan, reference, number):
    """Each action with its recommendation's reference and its own number, as the two say by their places."""
    return [
        (
            reference(at),
            number(at, action),
            "none",
            "; ".join(action.leads),
            action.due[1],
            action.update[1],
        )
        for at, recommendation in enumerate(plan)
        for action in recommendation.actions
    ]


def _texts(plan):
    said = [text for one in plan for action in one.actions for text in (action.text, action.update[0])]
    return (*(one.text for one in plan), *said)


def _tables(blocks):
    return source(*(table(*pairs, before=[title] if title else []) for title, pairs in blocks))


def _long(blocks):
    rows = [row for title, pairs in blocks for row in [*[(title, LEFT)] * bool(title), *pairs]]
    return source(table(*rows))


def _beside(blocks):
    rows = []
    for title, pairs in blocks:
        rows += [(title, LEFT, LEFT, LEFT)] * bool(title)
        rows += [(*one, *other) for one, other in zip(pairs[::2], pairs[1::2], strict=True)]
    return source(table(*rows), kind=Kind.EXCEL)


def _inside(blocks):
    rows = [
        row
        for title, pairs in blocks
        for row in [*[[title]] * bool(title), ["\n".join(map(" ".join, pairs))]]
    ]
    return source(table(*rows))


def _paragraphs(blocks):
    lines = [
        line for title, pairs in blocks for line in [*[title] * bool(title), " | ".join(map(" ".join, pairs))]
    ]
    return source(after=["The plan of a town", *lines])


def _lines(blocks):
    lines = [line for title, pairs in blocks for line in [*[title] * bool(title), *map(" ".join, pairs)]]
    return source(table(("Version", "2"), before=["The plan of a town", *lines]))


@st.composite
def forms(draw):
    """A plan as a form, in one of the ways that forms are made, with what must come of it."""
    plan = draw(plans(phased=False))
    names = draw(st.permutations(("leads", "due", "progress")))
    label = {name: draw(st.sampled_from(HEADINGS[name])).rstrip(":?") + ":" for name in ("action", *names)}
    between = draw(st.sampled_from(("/ ", ", ", " and ")))
    blocks = []
    for recommendation in plan:
        title = f"{recommendation.reference}: {recommendation.text}"
        for action in recommendation.actions:
            said = {"leads": between.join(action.leads), "due": action.due[0], "progress": action.update[0]}
            pairs = [(label["action"], action.text), *((label[name], said[name]) for name in names)]
            blocks.append((title, pairs))
            title = ""
    laid = draw(st.sampled_from((_tables, _long, _beside, _inside, _paragraphs, _lines)))
    expected = _figures(plan, lambda at: plan[at].reference, lambda _, action: action.number)
    return Formed(laid(blocks), expected, _texts(plan))


@st.composite
def trees(draw):
    """A plan whose themes, recommendations and actions stand in one column, told apart by their numbers alone."""
    plan = draw(plans(phased=False))
    names = draw(
        st.permutations(
            (
                "number",
                "action",
                "leads",
                "due",
                "progress",
                *draw(st.sets(st.sampled_from(sorted(JUNK)), max_size=1)),
            )
        )
    )
    heads = {name: name if name in JUNK else draw(st.sampled_from(HEADINGS[name])) for name in names}
    heads["number"] = draw(st.sampled_from(("Ref", "No.", "#", "Number")))
    themes = list(dict.fromkeys(one.theme for one in plan))
    rows, numbers = [heads], []
    for at, recommendation in enumerate(plan):
        theme = themes.index(recommendation.theme) + 1
        if at == 0 or plan[at - 1].theme != recommendation.theme:
            rows.append({"number": str(theme), "action": recommendation.theme})
        begun = sum(one.theme == recommendation.theme for one in plan[: at + 1])
        numbers.append(f"{theme}.{begun}")
        rows.append({"number": numbers[at], "action": recommendation.text})
        rows += [
            {
                "number": f"{numbers[at]}.{action.number}",
                "action": action.text,
                "leads": " / ".join(action.leads),
                "due": action.due[0],
                "progress": action.update[0],
                **JUNK,
            }
            for action in recommendation.actions
        ]
    laid = table(*([row.get(name, "") for name in names] for row in rows))
    expected = _figures(plan, lambda at: numbers[at], lambda at, action: f"{numbers[at]}.{action.number}")
    return Formed(source(laid, kind=draw(st.sampled_from((Kind.EXCEL, Kind.WORD)))), expected, _texts(plan))
