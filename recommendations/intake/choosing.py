"""Which column of a table means what, by its heading and what its cells hold."""

import re
from collections.abc import Mapping

from recommendations.intake.evidence import Profile, fits
from recommendations.intake.headings import Meaning, best_meaning, heading_key, meanings_of
from recommendations.intake.monthly import SHORT_WORDS, calendar, ratings_of_months, words_of_months
from recommendations.intake.status_words import status_of

# Meanings that several columns may have; of every other the best column has it.
SEVERAL = {Meaning.PROGRESS, Meaning.OUTCOME, Meaning.LEADS, Meaning.KEPT}
OF_ACTIONS = {Meaning.LEADS, Meaning.DUE, Meaning.PROGRESS, Meaning.STAGE, Meaning.RATING}
# As `heading_key` writes them.
COMPLETED_ON = frozenset(
    ("date completed", "completed on", "actual completion date", "date closed", "closed on", "completed date")
)
STATUS = re.compile(r"\bstatus\b", re.IGNORECASE)
LONGEST_STATUS = 30
LEAST = 0.35
# What is looked for by the cells of columns whose headings say nothing, in this order, and how well they have to fit.
LOOKS = {
    Meaning.NUMBER: 0.4,
    Meaning.DUE: 0.3,
    Meaning.RATING: 0.6,
    Meaning.STAGE: 0.6,
    Meaning.LEADS: 0.45,
    Meaning.TIMESCALE: 0.6,
    Meaning.PROGRESS: 0.1,
}
WORDY = {Meaning.PROGRESS}


def _scores(heading: str, profile: Profile) -> dict[Meaning, float]:
    return {
        meaning: weight + fits(meaning, profile) * 0.9 for meaning, weight in meanings_of(heading).items()
    }


def chosen(headings: list[str], profiles: list[Profile], fixed: Mapping[int, Meaning]) -> tuple[Meaning, ...]:
    """The meaning of each column: what the council confirmed, then the surest first."""
    found = {**_of_both(headings), **fixed}
    taken = set(fixed.values()) - SEVERAL
    asked = sorted(
        (
            (-score, column, meaning)
            for column, heading in enumerate(headings)
            if column not in fixed
            for meaning, score in _scores(heading, profiles[column]).items()
            if score >= LEAST
        ),
        key=lambda one: (one[0], one[1]),
    )
    for _, column, meaning in asked:
        if column not in found and meaning not in taken:
            found[column] = meaning
            if meaning not in SEVERAL:
                taken.add(meaning)
    _number_or_reference(found, headings, profiles)
    _agencies(found, headings, fixed)
    _fill(found, headings, profiles)
    calendar(found, headings, profiles)
    _of_statuses(found, headings, profiles)
    words_of_months(found, headings, profiles)
    _by_looks(found, headings, profiles)
    _under_one_heading(found, headings, profiles)
    _instead(found)
    ratings_of_months(found, headings, profiles)
    _each_stage(found, headings, profiles)
    _completed_on(found, headings, profiles)
    _status_beside(found, headings, profiles)
    _shares(found, profiles)
    return tuple(found.get(column, Meaning.KEPT) for column in range(len(headings)))


def _of_both(headings: list[str]) -> dict[int, Meaning]:
    """A column that is headed “Recommendation / action” holds actions, and between them what they answer."""
    both = [
        column
        for column, heading in enumerate(headings)
        if {Meaning.RECOMMENDATION, Meaning.ACTION} <= {best_meaning(part)[0] for part in heading.split("/")}
    ]
    return dict.fromkeys(both[:1], Meaning.ACTION)


def _number_or_reference(chosen: dict[int, Meaning], headings: list[str], profiles: list[Profile]) -> None:
    """A column of references numbers recommendations, not actions, where the actions carry numbers of their own."""
    of = {meaning: column for column, meaning in chosen.items()}
    self_numbered = of.get(Meaning.REFERENCE)
    if self_numbered is not None and Meaning.NUMBER not in of and Meaning.RECOMMENDATION not in of:
        # Beside actions that nothing else numbers, and under no recommendation of its own row, it is their number.
        either = meanings_of(headings[self_numbered]).get(Meaning.NUMBER)
        profile = profiles[self_numbered]
        filled = profile.filled >= profile.rows * 0.7 or profile.dotted > 0.9
        if either and profile.different > 0.95 and filled:
            chosen[self_numbered] = Meaning.NUMBER
        return
    column, action = of.get(Meaning.NUMBER), of.get(Meaning.ACTION)
    if column is not None and self_numbered is not None and Meaning.RECOMMENDATION not in of:
        # Beside numbers that make a tree, one of each row is what a program gave it.
        given = profiles[self_numbered]
        plain = (
            Meaning.NUMBER in meanings_of(headings[self_numbered])
            and given.numbers > 0.9
            and not given.dotted
        )
        if plain and given.different > 0.95 and profiles[column].dotted > 0.5:
            chosen[self_numbered] = Meaning.KEPT
    if column is None or action is None or Meaning.REFERENCE in of or Meaning.RECOMMENDATION not in of:
        return
    either = meanings_of(headings[column]).get(Meaning.REFERENCE)
    one_each = profiles[of[Meaning.RECOMMENDATION]]
    single = (
        one_each.filled >= one_each.rows * 0.95 and one_each.different > 0.95 and not profiles[column].dotted
    )
    if either and (profiles[action].numbered > 0.5 or profiles[column].lettered > 0.5 or single):
        chosen[column] = Meaning.REFERENCE


def _agencies(chosen: dict[int, Meaning], headings: list[str], fixed: Mapping[int, Meaning]) -> None:
    """Beside the posts a column of agencies says where each is, not who else leads."""
    leading = [column for column, meaning in chosen.items() if meaning == Meaning.LEADS]
    agencies = [column for column in leading if Meaning.AGENCY in meanings_of(headings[column])]
    if len(agencies) < len(leading):
        chosen.update({column: Meaning.AGENCY for column in agencies if column not in fixed})


def _fill(chosen: dict[int, Meaning], headings: list[str], profiles: list[Profile]) -> None:
    """What a plan cannot do without is looked for among the columns that are left, by what their cells hold."""
    for meaning, instead in (
        (Meaning.ACTION, (Meaning.OUTCOME, Meaning.RECOMMENDATION)),
        (Meaning.RECOMMENDATION, (Meaning.OUTCOME,)),
    ):
        if meaning in chosen.values():
            continue
        free = [
            column
            for column in range(len(headings))
            if column not in chosen
            and profiles[column].filled
            and not meanings_of(headings[column]).get(Meaning.KEPT)
            and fits(meaning, profiles[column]) > 0.2
        ]
        second = [column for column, other in sorted(chosen.items()) if other in instead]
        # Words that nobody heads with anything known are the recommendation only where they lead up to the action.
        free = [
            column
            for column in free
            if not headings[column].strip() or column < _column_of(Meaning.ACTION, chosen)
        ]
        if free:
            chosen[max(free, key=lambda column: (profiles[column].length, -column))] = meaning
        elif meaning == Meaning.RECOMMENDATION and len(second) > 1:
            # An outcome-led plan: the first of its outcomes is what it sets out to do.
            chosen[second[0]] = meaning
    if Meaning.ACTION not in chosen.values() and len(OF_ACTIONS & set(chosen.values())) > 1:
        # Who leads, by when and how it goes speak of actions, so the longest words that are left are what is to be done.
        left = [
            column
            for column in range(len(headings))
            if chosen.get(column, Meaning.KEPT) == Meaning.KEPT
            and not meanings_of(headings[column]).get(Meaning.KEPT)
        ]
        longest = max(left, key=lambda column: (profiles[column].length, -column), default=None)
        if longest is not None and fits(Meaning.ACTION, profiles[longest]) > -0.1:
            chosen[longest] = Meaning.ACTION


def _by_looks(chosen: dict[int, Meaning], headings: list[str], profiles: list[Profile]) -> None:
    """What no heading names is looked for by what cells hold: letters of a rating are a rating, whatever heads them."""
    action = _column_of(Meaning.ACTION, chosen)
    for meaning, least in LOOKS.items():
        if meaning in chosen.values() or action < 0:
            continue
        looks = [
            column
            for column in range(len(headings))
            if chosen.get(column, Meaning.KEPT) == Meaning.KEPT
            and not meanings_of(headings[column]).get(Meaning.KEPT)
            and profiles[column].filled
            and fits(meaning, profiles[column]) > least
            and (meaning not in WORDY or profiles[column].length > SHORT_WORDS)
            and (
                meaning != Meaning.NUMBER or profiles[column].different > 0.95 > profiles[action].numbered * 2
            )
        ]
        if looks:
            # Of two columns of days the later is when it is due; of two of words the longer says most.
            best = max(looks, key=lambda column: (profiles[column].day, profiles[column].length, -column))
            chosen[best] = meaning


def _of_statuses(chosen: dict[int, Meaning], headings: list[str], profiles: list[Profile]) -> None:
    """Where no column is headed as a status, one of progress is that holds statuses alone, and another has the words."""
    told = [
        column
        for column in range(len(headings))
        if column not in chosen
        and profiles[column].length > SHORT_WORDS
        and fits(Meaning.PROGRESS, profiles[column]) >= LOOKS[Meaning.PROGRESS]
        and Meaning.KEPT not in meanings_of(headings[column])
    ]
    if Meaning.STAGE in chosen.values() or not told:
        return
    statuses = [
        column
        for column, meaning in chosen.items()
        if meaning == Meaning.PROGRESS and profiles[column].statuses > 0.9
    ]
    chosen.update(dict.fromkeys(statuses[:1], Meaning.STAGE))


def _under_one_heading(chosen: dict[int, Meaning], headings: list[str], profiles: list[Profile]) -> None:
    """Numbers under the heading that lies over recommendations as well are theirs."""
    words = _column_of(Meaning.RECOMMENDATION, chosen)
    if words < 0 or Meaning.REFERENCE in chosen.values():
        return
    numbers = [
        column
        for column, heading in enumerate(headings)
        if heading == headings[words]
        and chosen.get(column, Meaning.KEPT) in (Meaning.KEPT, Meaning.NUMBER)
        and profiles[column].numbers > 0.9
    ]
    chosen.update(dict.fromkeys(numbers[:1], Meaning.REFERENCE))


def _instead(chosen: dict[int, Meaning]) -> None:
    """An agency leads where nobody else does, and a forecast is the due date where there is no other."""
    if Meaning.LEADS not in chosen.values():
        agency = [column for column, meaning in chosen.items() if meaning == Meaning.AGENCY]
        chosen.update(dict.fromkeys(agency, Meaning.LEADS))
    if Meaning.DUE not in chosen.values() and Meaning.FORECAST in chosen.values():
        forecast = next(column for column, meaning in chosen.items() if meaning == Meaning.FORECAST)
        chosen[forecast] = Meaning.DUE


def _each_stage(chosen: dict[int, Meaning], headings: list[str], profiles: list[Profile]) -> None:
    """A column for each stage, with a tick in one of them: Done, Under way, Not started."""
    stages = [
        column
        for column, heading in enumerate(headings)
        if status_of(heading.strip(" ?"))
        and profiles[column].ticks == 1
        and chosen.get(column) != Meaning.RATING
    ]
    if len(stages) > 1:
        chosen.update(dict.fromkeys(stages, Meaning.STAGE))


def _completed_on(chosen: dict[int, Meaning], headings: list[str], profiles: list[Profile]) -> None:
    """Where no column is of statuses, the days on which actions were completed say which of them are."""
    if Meaning.STAGE in chosen.values():
        return
    days = [
        column
        for column, heading in enumerate(headings)
        if heading_key(heading) in COMPLETED_ON and profiles[column].dates > 0.9
    ]
    chosen.update(dict.fromkeys(days[:1], Meaning.STAGE))


def _status_beside(chosen: dict[int, Meaning], headings: list[str], profiles: list[Profile]) -> None:
    """Of two columns of progress the one that is headed as a status, with few words in it, is one."""
    progress = [column for column, meaning in chosen.items() if meaning == Meaning.PROGRESS]
    short = [
        column
        for column in progress
        if STATUS.search(headings[column]) and profiles[column].length <= LONGEST_STATUS
    ]
    if len(progress) > 1 and len(short) == 1 and Meaning.STAGE not in chosen.values():
        chosen[short[0]] = Meaning.STAGE


def _shares(chosen: dict[int, Meaning], profiles: list[Profile]) -> None:
    """How much of it is done in per cent is its status beside words of how it goes; beside both it tells nothing more."""
    shares = [
        column
        for column, meaning in chosen.items()
        if meaning == Meaning.PROGRESS and profiles[column].shares > 0.9
    ]
    if Meaning.STAGE in chosen.values():
        chosen.update(dict.fromkeys(shares, Meaning.KEPT))
    elif Meaning.PROGRESS in {meaning for column, meaning in chosen.items() if column not in shares}:
        chosen.update(dict.fromkeys(shares[:1], Meaning.STAGE))


def _column_of(meaning: Meaning, chosen: Mapping[int, Meaning]) -> int:
    return next((column for column, other in chosen.items() if other == meaning), -1)
