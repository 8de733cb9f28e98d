"""The words by which plans say how an action stands, and what turns them into something else."""

import re

from recommendations.models.progress_update import Stage

# A status word, the stage that it names, and what a rating that says the same counts as.
WORDS: tuple[tuple[str, Stage, str], ...] = (
    (
        r"not (?:yet )?(?:fully |entirely )?(?:completed?|achieved|done|delivered|finished|met)|incomplete",
        Stage.IN_PROGRESS,
        "",
    ),
    (
        (
            r"(?:partly|partially|part|nearly|almost|mostly|largely|substantially|near) ?-?"
            r"(?:completed?|achieved|done|delivered|met|implemented)"
        ),
        Stage.IN_PROGRESS,
        "",
    ),
    (
        r"not (?:yet )?(?:started|begun|commenced|due)|yet to (?:start|begin|commence)|to be started|not due to start",
        Stage.NOT_STARTED,
        "",
    ),
    (
        (
            r"awaiting (?:final )?(?:sign[ -]?off|approval|ratification)|(?:ready|submitted) for (?:sign[ -]?off|approval)"
            r"|(?:pending|for) sign[ -]?off|to be signed off"
        ),
        Stage.AWAITING_SIGN_OFF,
        "",
    ),
    (
        r"on[ -]hold|held (?:up|back|over|in abeyance|pending|until)|held(?=\s?[:(–—-]\s?(?:will )?(?:follow|pending|until|await|subject|depend))|paused|suspended|deferred|stalled",
        Stage.ON_HOLD,
        "",
    ),
    (
        r"withdrawn|superseded|no longer required|no longer needed|cancelled|abandoned|removed",
        Stage.WITHDRAWN,
        "",
    ),
    (r"on[ -]track|on[ -]target|on[ -]schedule|on course", Stage.IN_PROGRESS, "on-track"),
    (r"at risk|slipping|some slippage|minor slippage", Stage.IN_PROGRESS, "at-risk"),
    (r"off[ -]track|off[ -]target|behind schedule", Stage.IN_PROGRESS, "off-track"),
    (
        (
            r"in[ -]progress|under ?-?way|on-?going|started|commenced|begun|delayed|slipped|overdue|progressing|work in progress|wip"
            r"|open|active|draft(?:ed)?"
        ),
        Stage.IN_PROGRESS,
        "",
    ),
    (
        (
            r"(?:100% |fully |now |all |action )?(?:completed?|achieved|done|delivered|finished|closed|implemented|actioned"
            r"|discharged)"
        ),
        Stage.COMPLETE,
        "",
    ),
)
STARTS = tuple(
    (re.compile(rf"\s*[\[(]?(?:{words})[\])]?(?=\s*(?:[:.;,(–—-]|\n|$))", re.IGNORECASE), stage, counts)
    for words, stage, counts in WORDS
)
WHOLE = tuple(
    (re.compile(rf"\W*(?:status\W+)?(?:{words})[^\w?]*", re.IGNORECASE), stage, counts)
    for words, stage, counts in WORDS
)
BEGINS = tuple(
    (re.compile(rf"\s*(?:{words})(?!\w)", re.IGNORECASE), stage, counts) for words, stage, counts in WORDS
)
CAPITALS = re.compile(
    r"(?<![\w-])(COMPLETED?|DONE|ACHIEVED|CLOSED|ON[ -]TRACK|AT RISK|OFF[ -]TRACK|UNDERWAY|UNDER WAY|ONGOING|ON[ -]HOLD"
    r"|NOT (?:YET )?STARTED|WITHDRAWN|IN PROGRESS|AWAITING SIGN[ -]?OFF)(?![\w-])"
)

# What turns a word about completion into one about something else, before it and after it.
BEFORE = re.compile(
    r"\b(?:not|never|will|be|to|partly|partially|part|nearly|almost|mostly|when|once|until|if|un|yet|by|for|has not|of|%)\W*$",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"[\s:.,;(–—-]*(?:\d{1,2}\s?%|expected|by\b|when\b|once\b|date\b|due\b|no\b|not\b|n\b|\?|target|subject to|except|pending|tbc|in part|part(?:ly|ially)?\b|but\b|bar\b|apart from|other than|excluding"
    r"|awaiting|outstanding|for (?:some|most|all but)\b)",
    re.IGNORECASE,
)
PER_CENT = re.compile(
    r"\s*(?P<share>\d{1,3})\s?%\s*(?P<complete>completed?|done)?\s*(?:$|[.:;,)–—-]|\n)", re.IGNORECASE
)
TICK = re.compile(r"\s*[✓✔☑✅]\ufe0f?\s*")


def is_status(text: str) -> bool:
    """Whether a text is a status word, a share or a tick and nothing else."""
    return 0 < len(text) <= 40 and (
        any(words.fullmatch(text) for words, _, _ in WHOLE)
        or bool(PER_CENT.fullmatch(text) or TICK.fullmatch(text))
    )


def share_done(text: str) -> tuple[str, str] | None:
    """The stage that a share of a hundred at the start of a text stands for, and the share."""
    match = PER_CENT.match(text)
    if not match or int(match["share"]) > 100:
        return None
    stage = {0: Stage.NOT_STARTED, 100: Stage.COMPLETE}.get(int(match["share"]), Stage.IN_PROGRESS)
    return stage.value, match["share"]


def says_complete_and_more(text: str) -> bool:
    """Whether a text begins with a word for complete that what stands behind it takes back."""
    return any(
        stage == Stage.COMPLETE
        and (match := words.match(text)) is not None
        and not is_plain(text, 0, match.end())
        for words, stage, _ in STARTS
    )


def status_of(text: str) -> tuple[str, str] | None:
    return next(((stage.value, counts) for words, stage, counts in WHOLE if words.fullmatch(text)), None)


def status_first(text: str) -> tuple[str, str] | None:
    for words, stage, counts in STARTS:
        if (match := words.match(text)) and (
            stage != Stage.COMPLETE or is_plain(text, match.start(), match.end())
        ):
            return stage.value, counts
    return None


def status_begins(text: str) -> tuple[str, str] | None:
    """The status that a key's explanation begins with: “complete and embedded”."""
    for words, stage, counts in BEGINS:
        if (match := words.match(text)) and (stage != Stage.COMPLETE or not AFTER.match(text[match.end() :])):
            return stage.value, counts
    return None


def is_plain(text: str, start: int, end: int) -> bool:
    """Whether nothing around a status word says that it is not so yet."""
    return not BEFORE.search(text[:start]) and not AFTER.match(text[end:])
