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
            r"(?:completed?|achieved|done|delivered|met|implemented)|nearing completion"
        ),
        Stage.IN_PROGRESS,
        "",
    ),
    (
        (
            r"not (?:yet )?(?:started|begun|commenced|due)|yet to (?:start|begin|commence)|to be (?:started|commenced)"
            r"|not due to start|to[ -]do|(?:has|have|work has) not (?:yet )?(?:started|begun)|no progress(?: (?:made|yet|to date|so far))?"
        ),
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
    (r"on[ -]hold|(?:held )?in abeyance|paused|suspended|deferred|stalled|parked", Stage.ON_HOLD, ""),
    (
        r"withdrawn|superseded|not (?:proceeding|being taken forward)|no longer (?:required|needed|relevant)|cancelled|abandoned|removed|discontinued",
        Stage.WITHDRAWN,
        "",
    ),
    (r"on[ -]track|on[ -]target|on[ -]schedule|on course", Stage.IN_PROGRESS, "on-track"),
    (r"at risk|slipping|(?:some|minor) slippage", Stage.IN_PROGRESS, "at-risk"),
    (
        r"off[ -]track|off[ -]target|behind schedule|not on (?:track|target|schedule)",
        Stage.IN_PROGRESS,
        "off-track",
    ),
    (
        (
            r"in[ -]progress|under ?-?way|on-?going|started|commenced|begun|delayed|slipped|overdue|progressing|work in progress|wip"
            r"|working on it|in (?:delivery|development|hand|train)|open|active|draft(?:ed)?|embedding"
        ),
        Stage.IN_PROGRESS,
        "",
    ),
    (
        (
            r"(?:100% |fully |now |all |action )?(?:completed?|achieved|done|delivered|finished|closed|implemented|actioned"
            r"|discharged|signed[ -]off|embedded)"
        ),
        Stage.COMPLETE,
        "",
    ),
)
# “Held” is on hold where it says so of the action, and took place where it says so of a meeting: alone it is asked about.
HELD: tuple[tuple[str, Stage, str], ...] = (
    (
        (
            r"held (?:up|back|over|in abeyance|pending|until)"
            r"|held(?=\s?[:(–—-]\s?(?:will )?(?:follow|pending|until|await|subject|depend))"
        ),
        Stage.ON_HOLD,
        "",
    ),
    (
        r"held\W*$|held\W+(?:(?:on|in)\s+)?(?:the\s+)?(?=\d|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec))",
        Stage.COMPLETE,
        "“Held” is read as: it took place",
    ),
    (r"held(?=\s*[:.,;(–—-])", Stage.ON_HOLD, "“Held” is read as on hold; it may also have taken place"),
)
HELD_IN_COLUMN = "“Held” is read as on hold; it may also have taken place"
WHOLE_HELD = re.compile(r"\W*held\W*", re.IGNORECASE)
TICK = re.compile(r"[\s(]*[✓✔☑✅√]️?[\s).]*")
PER_CENT = re.compile(
    r"\s*(?P<share>\d{1,3})\s?%\s*(?P<complete>completed?|done)?\s*(?:$|[.:;,)–—-]|\n)", re.IGNORECASE
)
STARTS = tuple(
    (re.compile(rf"\s*[\[(]?(?:{words})[\])]?(?=\s*(?:[:.;,(–—-]|\n|$))", re.IGNORECASE), stage, counts)
    for words, stage, counts in WORDS
)
# What holds an action up may say so in the same breath: “On hold until…”. Of completion nothing is taken like this.
GOES_ON = r"(?=\s+(?:until|till|pending|while|whilst|due|because|as|for|to|following|since|by|in|on|from|with|subject)\b)"
RUN_ON = tuple(
    (re.compile(rf"\s*(?:{words}){GOES_ON}", re.IGNORECASE), stage, counts)
    for words, stage, counts in WORDS
    if stage in (Stage.NOT_STARTED, Stage.AWAITING_SIGN_OFF, Stage.ON_HOLD, Stage.WITHDRAWN)
)
HELD_STARTS = tuple((re.compile(rf"\s*{words}", re.IGNORECASE), stage, how) for words, stage, how in HELD)
WHOLE = tuple(
    (re.compile(rf"\W*(?:status\W+)?(?:{words})\W*", re.IGNORECASE), stage, counts)
    for words, stage, counts in WORDS
)
# What a key says of its letters begins with the word: “complete and embedded”, “action not started”.
KEYED = tuple(
    (
        re.compile(
            rf"\W*(?:(?:the |this |an? |all )?(?:action|task|work|activity|milestone)s? )?(?:is |are |has been |have been |has )?"
            rf"(?:{words})\b",
            re.IGNORECASE,
        ),
        stage,
        counts,
    )
    for words, stage, counts in WORDS
)
CAPITALS = re.compile(
    r"(?<![\w-])(COMPLETED?|DONE|ACHIEVED|CLOSED|ON[ -]TRACK|AT RISK|OFF[ -]TRACK|UNDERWAY|UNDER WAY|ONGOING|ON[ -]HOLD"
    r"|NOT (?:YET )?STARTED|WITHDRAWN|IN PROGRESS|AWAITING SIGN[ -]?OFF)(?![\w-])"
)
# “Signed off at the board on 12 March” is done; “signed off by 12 March” need not be.
SIGNED_OFF = re.compile(
    r"\s*(?:signed[ -]off|closed)\s+(?:at|in|on|with|by\s+(?!the end|end|\d|q[1-4]|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov"
    r"|dec|spring|summer|autumn|winter)))",
    re.IGNORECASE,
)
CONDITION = re.compile(r"\b(?:subject to|except|pending|once|when|if|until|tbc)\b|\?", re.IGNORECASE)
# The code before a status word, of which a key is made: “4 - complete”, “3. On track”, “(2) started”, “B = done”.
CODED = re.compile(
    r"\s*(?:[\[(]\s*(?:\d{1,2}|[A-Za-z])\s*[\])]\s*[-–—.:=]?|(?:\d{1,2}|[A-Za-z])\s*(?:[–—:=)]|[-.](?!\d)))\s*(?=[^\W\d])"
)

# What turns a word about completion into one about something else, before it and after it.
BEFORE = re.compile(
    r"\b(?:not|never|will|be|to|partly|partially|part|nearly|almost|mostly|when|once|until|if|un|yet|by|for|has not|of|%)\W*$",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"[\s:.,;(–—-]*(?:\d{1,2}\s?%|expected|by\b|when\b|once\b|date\b|due\b|no\b|not\b|n\b|\?|target|subject to|except|pending|tbc"
    r"|in part|part(?:ly|ially)?\b|but\b|bar\b|apart from|other than|excluding|awaiting|outstanding|for (?:some|most|all but)\b)",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.;!])\s+|\s*\n+\s*")


def is_status(text: str) -> bool:
    """Whether a text is a status word and nothing else, or the code of a key before one."""
    if not 0 < len(text) <= 40:
        return False
    marks = (WHOLE_HELD, TICK, PER_CENT)
    return any(one.fullmatch(text) for one in marks) or bool(status_of(text) or status_of(uncoded(text)))


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


def uncoded(text: str) -> str:
    """A text without the code of a key that stands before it."""
    match = CODED.match(text)
    return text[match.end() :] if match else text


def status_of(text: str) -> tuple[str, str] | None:
    """The stage, and what its rating counts as, of a text that is a status word, or several of them for one stage."""
    if "?" in text:
        return None
    for words, stage, counts in WHOLE:
        if words.fullmatch(text):
            return stage.value, counts
    parts = re.split(r"\s+(?:and|&)\s+|\s*[/&+]\s*", text)
    if len(parts) == 2 and all(parts):
        one, other = status_of(parts[0]), status_of(parts[1])
        return one if one == other else None
    return None


def status_first(text: str) -> tuple[str, str] | None:
    return _first_of(STARTS, text) or _first_of(RUN_ON, text)


def status_in_key(text: str) -> tuple[str, str] | None:
    """The stage that a key says its letter, number or colour stands for."""
    return status_of(text) or status_first(text) or _first_of(KEYED, text)


def _first_of(table: tuple[tuple[re.Pattern[str], Stage, str], ...], text: str) -> tuple[str, str] | None:
    for words, stage, counts in table:
        if (match := words.match(text)) and (
            stage != Stage.COMPLETE or is_plain(text, match.start(), match.end())
        ):
            return stage.value, counts
    return None


def held(text: str) -> tuple[str, str] | None:
    """What “held” at the start of a text says, and in words why it is asked about; empty where it is plain."""
    return next(((stage.value, how) for words, stage, how in HELD_STARTS if words.match(text)), None)


def status_sentences(text: str) -> list[tuple[str, str, str]]:
    """The sentences of a text that are a status word and nothing else, each with its stage and what it counts as."""
    sentences = [(sentence.strip(" .;!"), status_of(sentence)) for sentence in SENTENCE.split(text.strip())]
    return [(sentence, *status) for sentence, status in sentences if status]


def is_signed_off(text: str) -> bool:
    return bool(SIGNED_OFF.match(text)) and not CONDITION.search(text)


def is_plain(text: str, start: int, end: int) -> bool:
    """Whether nothing around a status word says that it is not so yet."""
    return not BEFORE.search(text[:start]) and not AFTER.match(text[end:])
