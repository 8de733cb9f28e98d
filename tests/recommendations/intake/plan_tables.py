"""Hostile plan tables: a random plan, laid out in a random way, with what must come back."""

from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from recommendations.intake.rows import Cell, Kind, Source
from tests.recommendations.intake.plan_words import (
    DATES,
    HEADINGS,
    JUNK,
    KEY,
    LETTERED,
    POSTS,
    STAGES,
    STATUSES,
    STYLES,
    THINGS,
    UPDATES,
    VERBS,
)
from tests.recommendations.intake.sources import ABOVE, LEFT, source, table


@dataclass(frozen=True)
class Action:
    number: str
    text: str
    leads: tuple[str, ...]
    due: tuple[str, str]
    update: tuple[str, str]
    phase: str


@dataclass(frozen=True)
class Recommendation:
    reference: str
    theme: str
    text: str
    outcome: str
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Layout:
    """How a plan is laid out. `group` is what stands in the cells of a recommendation after its first row."""

    columns: tuple[str, ...]
    headings: tuple[str, ...]
    references: str
    numbers: str
    style: str
    phases: str
    themes: str
    group: str
    between: str
    in_one_cell: bool
    split: bool
    repeated: bool
    blank: bool
    banner: bool
    two_tables: bool
    key: bool
    backwards: bool
    continued: bool
    totals: bool
    status: str


@dataclass(frozen=True)
class Laid:
    source: Source
    figures: list
    texts: tuple[str, ...]
    layout: Layout


def _sentence(draw, at):
    return f"{draw(st.sampled_from(VERBS))} {draw(st.sampled_from(THINGS))}, item {at}."


@st.composite
def plans(draw, *, phased):
    found, count = [], 0
    themes = draw(st.sampled_from((("Leadership",), ("SAFEGUARDING", "LOOKED AFTER CHILDREN"))))
    many = draw(st.integers(1, 4))
    for at in range(many):
        embedding_from = draw(st.integers(1, 4)) if phased else 9
        actions = []
        for number in range(1, draw(st.integers(1, 4)) + 1):
            count += 1
            leads = draw(st.lists(st.sampled_from(POSTS), min_size=1, max_size=3, unique=True))
            phase = "none" if not phased else "must-do" if number <= embedding_from else "embedding"
            text, due, update = (
                _sentence(draw, count),
                draw(st.sampled_from(DATES)),
                draw(st.sampled_from(UPDATES)),
            )
            actions.append(Action(str(number), text, tuple(leads), due, update, phase))
        theme = themes[at * len(themes) // many]
        outcome = draw(st.sampled_from(("", f"Children are safer in way {at}")))
        count += 1
        found.append(Recommendation(f"S{at + 1}", theme, _sentence(draw, count), outcome, tuple(actions)))
    return tuple(found)


@st.composite
def layouts(draw):
    in_one_cell, key = draw(st.booleans()), draw(st.booleans())
    references = draw(st.sampled_from(("column", "text", "none")))
    numbers = draw(st.sampled_from(("text",) if in_one_cell else ("column", "text", "none")))
    phases = draw(st.sampled_from(("none", "marks") if in_one_cell else ("none", "marks", "column")))
    themes = draw(st.sampled_from(("none", "column", "rows")))
    names = ["recommendation", "leads", "action", "due", "progress", "outcome"]
    names += ["reference"] * (references == "column") + ["number"] * (numbers == "column")
    names += ["phase"] * (phases == "column") + ["theme"] * (themes == "column")
    names += draw(st.lists(st.sampled_from(sorted(JUNK)), max_size=2, unique=True))
    status = "none" if in_one_cell else draw(st.sampled_from(("none", *STATUSES)))
    names += ["status"] * (status != "none")
    columns = tuple(draw(st.permutations(names)))
    words = HEADINGS | ({"status": STATUSES[status][0]} if status != "none" else {})
    headings = tuple(draw(st.sampled_from(words[name])) if name in words else name for name in columns)
    return Layout(
        columns,
        headings,
        references,
        numbers,
        draw(st.sampled_from(STYLES)),
        phases,
        themes,
        draw(st.sampled_from(("merged", "blank", "again"))),
        # With a key, posts need nothing between them.
        draw(st.sampled_from(("/ ", ", ") if in_one_cell else ("/ ", " / ", ", ", "; ", "\n", " and ")))
        if not key
        else " ",
        in_one_cell,
        split=draw(st.booleans()) and numbers == "text" and not in_one_cell,
        repeated=draw(st.booleans()),
        blank=draw(st.booleans()),
        banner=draw(st.booleans()),
        two_tables=draw(st.booleans()),
        key=key,
        backwards=draw(st.booleans()),
        continued=draw(st.booleans()),
        totals=draw(st.booleans()),
        status=status,
    )


class _Writer:
    def __init__(self, layout):
        self.layout = layout
        self.rows = []

    def row(self, **cells):
        self.rows.append([cells.get(name, JUNK.get(name, "")) for name in self.layout.columns])

    def across(self, text):
        self.rows.append([text, *[LEFT] * (len(self.layout.columns) - 1)])

    def note(self, text):
        self.rows.append([text if name == "recommendation" else "" for name in self.layout.columns])

    def mark(self, text):
        self.rows.append([text if name == "action" else "" for name in self.layout.columns])

    def head(self):
        self.rows.append(list(self.layout.headings))


def _group_cells(layout, recommendation):
    text = (
        f"({recommendation.reference}) {recommendation.text}"
        if layout.references == "text"
        else recommendation.text
    )
    cells = {"recommendation": text, "outcome": recommendation.outcome, "theme": recommendation.theme}
    return cells | {"reference": recommendation.reference}


def _numbered(layout, action, text):
    return f"{layout.style.format(action.number)} {text}" if layout.numbers == "text" and text else text


def _spaced(stage):
    return stage.replace("-", " ").replace("sign off", "sign-off")


def _status(layout, action):
    """The stage of an action in the words of its column; empty where nothing is said of it."""
    if layout.status == "none" or not action.update[1]:
        return ""
    at = STAGES.index(_spaced(action.update[1].split()[0]))
    return STATUSES[layout.status][1].format(stage=STAGES[at], number=at + 1, letter="NPHSC"[at])


MARKS = {"must-do": "MUST DO", "embedding": "EMBEDDING"}


def _write_rows(writer, layout, recommendation):
    group, phase = _group_cells(layout, recommendation), "none"
    for at, action in enumerate(recommendation.actions):
        if layout.phases == "marks" and action.phase != phase:
            phase = action.phase
            if at == 0:
                # The recommendation stands beside the first mark, as where its cells are merged.
                writer.row(**dict.fromkeys(JUNK, ""), **group, action=MARKS[phase])
                group = _rest(layout, group)
            else:
                writer.mark(MARKS[phase])
        text, more = action.text, ""
        if layout.split:
            words = text.split(" ")
            # A page break falls before a word in small letters.
            cut = next((i for i in range(2, len(words)) if words[i][0].islower()), None)
            text, more = (text, "") if cut is None else (" ".join(words[:cut]), " ".join(words[cut:]))
        writer.row(
            **group,
            number=layout.style.format(action.number),
            phase=MARKS.get(action.phase, ""),
            leads=layout.between.join(action.leads),
            action=_numbered(layout, action, text),
            due=action.due[0],
            progress=_numbered(layout, action, action.update[0]),
            status=_status(layout, action),
        )
        if more:
            writer.mark(more)
        group = _rest(layout, group)


def _rest(layout, group):
    if layout.group == "again":
        text = group["recommendation"].removesuffix(" (cont.)")
        return group | {"recommendation": f"{text} (cont.)"} if layout.continued else group
    cell = ABOVE if layout.group == "merged" else ""
    return {
        name: cell if group[name] and not isinstance(group[name], Cell) else group[name] for name in group
    }


def _write_cell(writer, layout, recommendation):
    lines, phase = [], "none"
    for action in recommendation.actions:
        if layout.phases == "marks" and action.phase != phase:
            phase = action.phase
            lines.append(MARKS[phase])
        lines.append(_numbered(layout, action, action.text))
    updates = [_numbered(layout, action, action.update[0]) for action in recommendation.actions]
    writer.row(
        **_group_cells(layout, recommendation),
        leads="\n".join(layout.between.join(action.leads) for action in recommendation.actions),
        action="\n".join(lines),
        due="\n".join(action.due[0] for action in recommendation.actions),
        progress="\n".join(update for update in (updates[::-1] if layout.backwards else updates) if update),
    )


@st.composite
def laid_out(draw):
    """A source, and the figures that must come of it."""
    layout = draw(layouts())
    plan = draw(plans(phased=layout.phases != "none"))
    writer, tables, theme = _Writer(layout), [table(("Abbreviation", "Post"), *KEY)] * layout.key, ""
    if layout.banner:
        writer.across("Children's improvement plan")
    writer.head()
    for at, recommendation in enumerate(plan):
        if layout.two_tables and at and at == len(plan) // 2:
            tables.append(table(*writer.rows))
            writer.rows = []
            writer.head()
        if layout.themes == "rows" and recommendation.theme != theme:
            theme = recommendation.theme
            writer.across(theme)
        (_write_cell if layout.in_one_cell else _write_rows)(writer, layout, recommendation)
        if layout.totals:
            writer.note(f"Total actions: {len(recommendation.actions)}")
        if layout.blank:
            writer.rows.append([""] * len(layout.columns))
        if layout.repeated:
            writer.head()
    tables.append(table(*writer.rows))
    after = (f"Key to status: {LETTERED}",) if layout.status == "keyed" else ()
    expected = [
        (
            f"R{at}" if layout.references == "none" else recommendation.reference,
            action.number,
            action.phase,
            "; ".join(action.leads),
            action.due[1],
            action.update[1],
        )
        for at, recommendation in enumerate(plan, start=1)
        for action in recommendation.actions
    ]
    texts = [recommendation.text for recommendation in plan] + [one.outcome for one in plan]
    texts += [text for one in plan for action in one.actions for text in (action.text, action.update[0])]
    return Laid(source(*tables, kind=Kind.WORD, after=after), expected, tuple(texts), layout)


DAY = date(2012, 11, 14)
