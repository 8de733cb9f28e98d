"""The words that councils put at the head of columns, and what each of them may mean."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache


class Meaning(StrEnum):
    """What a column holds. One may hold several things at once; they are told apart cell by cell."""

    THEME = "theme"
    TIMESCALE = "timescale"
    REFERENCE = "reference"
    RECOMMENDATION = "recommendation"
    OUTCOME = "outcome"
    NUMBER = "number"
    PHASE = "phase"
    LEADS = "leads"
    AGENCY = "agency"
    ACTION = "action"
    DUE = "due"
    DUE_AS_PRINTED = "due-as-printed"
    MONTH = "month"
    PROGRESS = "progress"
    STAGE = "stage"
    RATING = "rating"
    FORECAST = "forecast"
    UPDATE_NUMBER = "update-number"
    UPDATED_ON = "updated-on"
    KEPT = "kept"


# Each heading as `heading_key` writes it; where one has several meanings, what the cells hold decides between them.
WORDS: dict[Meaning, str] = {
    Meaning.THEME: "theme|themes|area|areas|section|priority area|priority areas|judgement area|judgement|strand|workstream"
    "|work stream|domain|pillar|area of focus|focus area|ofsted theme|ilacs area|programme|topic|inspection area|chapter|source|heading|category|label|labels",
    Meaning.TIMESCALE: "timescale|timescales|time scale|timescale band|ofsted timescale|urgency|priority|when ofsted wants it",
    Meaning.REFERENCE: "ref|reference|ref no|reference no|reference number|rec|rec no|rec ref|recommendation no|rec number"
    "|recommendation number|recommendation ref|recommendation reference|ofsted ref|no|number|id|priority no|objective no|parent key|parent id|parent code|parent ref|parent reference|parent no",
    Meaning.RECOMMENDATION: "recommendation|recommendations|ofsted recommendation|ofsted recommendations|inspection recommendation"
    "|area for priority action|areas for priority action|area for improvement|areas for improvement|area for development|areas for development|afi|area of improvement"
    "|what ofsted said|what inspectors said|ofsted said|finding|findings|ofsted finding|inspection finding|key finding|issue"
    "|issues|issue identified|key issue|what needs to improve|what we need to improve|what needs to be better|improvement area"
    "|improvement priority|improvement required|improvement needed|priority|priorities|objective|objectives|requirement"
    "|requirements|bucket|bucket name|you said|what do we need to do better|area to improve|priority action area|strategic objective|aim"
    "|what is the problem|what must improve|areas for action|area for action|concern|recommendation text|ofsted priority"
    "|what ofsted told us|what inspectors told us|ofsted told us|what was found|what we heard|parent title|parent name|parent action|parent objective",
    Meaning.OUTCOME: "outcome|outcomes|outcome required|outcomes required|intended outcome|intended outcomes|desired outcome"
    "|desired outcomes|expected outcome|success measure|success measures|success criteria|success criterion|measure of success"
    "|measures of success|measures|impact|intended impact|expected impact|impact measure|impact measures|what will success look like"
    "|what does good look like|what good looks like|what success looks like|how will we know|how we will know"
    "|how will we know it has made a difference|how will we measure success|what difference will it make|difference it will make"
    "|outcome for children|outcomes for children|what will be different|target outcome|planned outcome|so what"
    "|how will we know we have succeeded|impact and outcome|impact on children|kpi|kpis|performance measure|performance measures"
    "|what will be better|expected result|result|how will children notice|what will children notice|what will families notice"
    "|outcome we want|outcomes we want|what we want to achieve|what do we want to achieve|what children will see|what will change|benefit|benefits",
    Meaning.NUMBER: "action no|action number|action ref|action reference|action id|no|number|num|item|item no|task no|ref|ref no"
    "|reference|step|line|id|wbs|outline number|action code|task code|issue key|activity no|activity ref|act|act no|task ref|task|sub ref",
    Meaning.PHASE: "phase|action phase|must do or embedding|must do embedding|type of action|step",
    Meaning.LEADS: "lead|leads|lead officer|lead officers|lead person|lead name|lead post|lead role|named lead|owner|owners|action owner"
    "|owned by|who|by who|by whom|who will do it|who will do this|who is responsible|who leads|whose job|responsible officer|responsible officers"
    "|responsible|responsibility|responsible person|person responsible|persons responsible|person s responsible|officer"
    "|officer responsible|officers responsible|accountable|accountable officer|accountability|accountable lead|sro|senior responsible officer"
    "|lead officer executive head|lead and support|operational lead|strategic lead|delivery lead|project lead|lead responsibility"
    "|lead agency|lead manager|named officer|assigned to|support|supporting officers|supporting officer|supporting lead|support officer|support lead|supported by|allocated to"
    "|lead officer and partners|named person|named individual|contact|lead contact|done by|doing it|who does it|sponsor|champion|who by|lead professional|action lead|resource names|resource name|assignee|assignees|lead accountable officer|executive lead|lead officer agency",
    Meaning.AGENCY: "agency|lead agency|organisation|partner|partners|partner agency|lead organisation|agency lead|agencies|directorate"
    "|department|service area|partner organisation",
    Meaning.ACTION: "action|actions|action required|actions required|required action|required actions|key action|key actions|what"
    "|what we will do|what will we do|what are we going to do|what we are going to do|what needs to happen|what must be done|what needs doing"
    "|planned action|planned actions|agreed action|agreed actions|improvement action|improvement actions|proposed action|proposed actions"
    "|task|tasks|activity|activities|key activity|key activities|step|steps|key steps|how|how we will do it|how will we do it|how will we get there"
    "|action to be taken|actions to be taken|action taken to improve|action we will take|actions we will take|milestone|milestones"
    "|key tasks|delivery action|detailed actions|specific action|specific actions|action description|description|action point|action points"
    "|what will be done|intervention|deliverable|deliverables|to do|our response|response|management action|we will|so we will"
    "|task name|task title|action title|action name|detail|details|what we are doing|what are we doing|what happens next|commitment|our commitment|solution|remedy",
    Meaning.DUE: "by when|when|when by|when will it be done|due|due date|due dates|due by|date due|deadline|deadlines|target date|target dates|target completion date"
    "|target|timescale|timescales|time scale|timeframe|time frame|timeline|completion date|date for completion|complete by|to be completed by"
    "|completion|date|dates|end date|finish date|planned completion|planned end date|planned completion date|milestone date|delivery date"
    "|by when date|original due date|original target date|implementation date|date to be completed|completion target|deliver by"
    "|when will this be done by|agreed date|action due|finish|finish by|end|ends|end by|by|deadline date|completed by|due for completion"
    "|to|until|done by|ready by|in place by|by what date",
    Meaning.DUE_AS_PRINTED: "due as printed",
    Meaning.PROGRESS: "progress|progress update|progress updates|progress to date|progress made|progress report|progress so far|progress notes"
    "|progress and impact|update|updates|latest update|latest progress|status update|current position|current status|position statement|position"
    "|position now|where it stands|latest position|commentary|comment|comments|progress comment|progress comments|progress commentary|update on progress|what have we done"
    "|what we have done|what has been done|action taken|actions taken|work completed|monthly update|monthly progress|quarterly update|notes"
    "|remark|remarks|story so far|the story so far|note|narrative|progress evidence|progress and evidence|update and evidence|highlight update|lead officer update|how are we doing"
    "|where are we now|what has happened|report on progress|we did|monitoring|latest news|how s it going|how is it going"
    "|where we are|where we are now|where are we|where we are up to|what we have done so far|what has happened so far"
    "|evidence and impact|impact and evidence|evidence of progress|how it is going|how far are we|where are we up to|what s happened|so far|where things are|where things stand"
    "|where it stands|how it stands|story so far|last update",
    Meaning.STAGE: "stage|status|action status|current status|progress status|delivery status|complete|completed|complete y n|completed y n"
    "|percent complete|per cent complete|progress percent|done so far|done|closed|closed y n|action closed|complete yes no|is it done|state|achieved|completion status|open closed|open or closed",
    Meaning.RATING: "rag|brag|bragg|rag rating|brag rating|rag status|brag status|rating|progress rag|current rag|rag rated|rag score"
    "|delivery rag|r a g|colour|colour rating|rag brag|traffic light|status rag|progress rating|ragb|ragb rating|bragp|overall rag|brag rated"
    "|rating of progress|score",
    Meaning.FORECAST: "expected by|forecast|forecast date|forecast completion|forecast completion date|revised date|revised due date"
    "|revised target date|revised completion date|revised deadline|new date|anticipated completion|anticipated completion date|expected completion"
    "|expected completion date|projected completion|projected date|extended to|revised timescale|current due date|current target date|current deadline"
    "|current completion date|current end date|latest due date|latest target date",
    Meaning.UPDATE_NUMBER: "update no",
    Meaning.UPDATED_ON: "updated on|last updated|date of update|date of last update|date updated|update date|last update on|reported on",
    Meaning.KEPT: "cost|costs|budget|resource|resources|resource implications|resources required|funding|risk|risks|risk to delivery|dependencies"
    "|dependency|evidence|evidence required|evidence of impact|evidence of completion|source|links|link|start|start date|date added|date raised|date started"
    "|date closed|actual completion date|date completed|completed on|completion evidence|previous rag|last rag|rag last month|previous rating"
    "|baseline|direction of travel|dot|trend|assurance|governance|board|monitored by|monitoring arrangements|sign off|signed off by"
    "|barriers|challenges|issues and risks|next steps|wards|inspection|source of action|linked plan|evidence location|audit|confidence",
}
ANYWHERE = (
    (r"\bupdate no\b", Meaning.UPDATE_NUMBER, 0.9),
    (
        r"\b(?:note|comment|update|progress) date$|\bdate of (?:the )?(?:last |latest )?(?:note|comment|update)\b",
        Meaning.UPDATED_ON,
        0.9,
    ),
    (r"\b(?:b?rag|bragg|ragb)\b", Meaning.RATING, 0.75),
    (r"\brat(?:ed|ings?)\b", Meaning.RATING, 0.65),
    (
        r"\b(?:revised|forecast|anticipated|projected)\b.*\b(?:date|completion|deadline|timescale)\b",
        Meaning.FORECAST,
        0.8,
    ),
    (r"\b(?:previous|last month s?|baseline|original)\b", Meaning.KEPT, 0.35),
    (r"\b(?:cost|budget|resource|risk|evidence)s?\b", Meaning.KEPT, 0.45),
    (r"\b(?:progress|update|commentary|comment|position|note)s?\b", Meaning.PROGRESS, 0.6),
    (r"\b(?:by when|deadline|due|timescale|target date|completion date|timeframe)s?\b", Meaning.DUE, 0.6),
    (r"\b(?:lead|owner|responsible|accountable|responsibility|who|whom)s?\b", Meaning.LEADS, 0.55),
    (r"\b(?:success|outcome|impact|difference|measure)s?\b", Meaning.OUTCOME, 0.55),
    (
        r"\b(?:recommendation|finding|area for improvement|areas for improvement|improve|priority|objective|inspector)s?\b",
        Meaning.RECOMMENDATION,
        0.5,
    ),
    (r"\b(?:action|task|activity|activities|step|do)s?\b", Meaning.ACTION, 0.5),
    (r"\bstatus\b", Meaning.STAGE, 0.5),
    (r"\b(?:said|told us|people told)\b", Meaning.RECOMMENDATION, 0.6),
    (r"\bweakness(?:es)?\b", Meaning.RECOMMENDATION, 0.7),
    (r"\b(?:ofsted|inspect(?:or|ion)s?|better|problem|concern)\b", Meaning.RECOMMENDATION, 0.6),
    (r"\b(?:theme|pillar|strand|work ?stream|judge?ment|quality statement)s?\b", Meaning.THEME, 0.6),
    (r"\b(?:theme|area)s?\b", Meaning.THEME, 0.35),
    (r"\b(?:ref|reference|no|number)\b", Meaning.REFERENCE, 0.35),
    (r"\b(?:ref|reference|no|number)\b", Meaning.NUMBER, 0.35),
    (r"\b(?:agency|agencies|organisation)\b", Meaning.AGENCY, 0.4),
    (r"\bwhen\b|\bdate\b", Meaning.DUE, 0.4),
)
# The lesser meaning of a heading that has two.
WEAKER = {
    ("ref", Meaning.NUMBER): 0.85,
    ("reference", Meaning.NUMBER): 0.85,
    ("ref no", Meaning.NUMBER): 0.9,
    ("id", Meaning.REFERENCE): 0.9,
    # A number that a program gives says less than one in a tree.
    ("id", Meaning.NUMBER): 0.95,
    ("number", Meaning.REFERENCE): 0.85,
    ("timescale", Meaning.TIMESCALE): 0.95,
    ("timescales", Meaning.TIMESCALE): 0.95,
    ("priority", Meaning.TIMESCALE): 0.6,
    ("task", Meaning.NUMBER): 0.5,
    ("step", Meaning.NUMBER): 0.6,
    ("step", Meaning.PHASE): 0.5,
    ("target", Meaning.OUTCOME): 0.8,
    ("source", Meaning.KEPT): 0.5,
    # Of two columns of how it stands the words say more than the share.
    ("complete", Meaning.STAGE): 0.85,
    ("percent complete", Meaning.STAGE): 0.85,
    ("description", Meaning.ACTION): 0.8,
    ("bucket", Meaning.RECOMMENDATION): 0.8,
    ("source", Meaning.THEME): 0.75,
    ("category", Meaning.THEME): 0.7,
    ("label", Meaning.THEME): 0.6,
    ("labels", Meaning.THEME): 0.6,
    ("status update", Meaning.STAGE): 0.8,
    ("done by", Meaning.LEADS): 0.6,
    ("current status", Meaning.PROGRESS): 0.9,
}
PHRASES: dict[str, tuple[Meaning, ...]] = {}
for _meaning, _words in WORDS.items():
    for _phrase in _words.split("|"):
        PHRASES[_phrase] = (*PHRASES.get(_phrase, ()), _meaning)
PARTLY = tuple((re.compile(pattern), meaning, weight) for pattern, meaning, weight in ANYWHERE)
LONGEST = 90
# The last word says which of two days a column holds: “Timescales: start”, “End date”.
BEGINS = re.compile(
    r"\b(?:start(?:s|ed|ing)?|from|begin(?:s|ning)?|commenc\w*|raised|added|opened)(?: (?:date|on|by|day))?$"
)
ENDS = re.compile(r"\b(?:end(?:s|ing)?|finish(?:es)?|to|until|complete by)(?: (?:date|on|by|day))?$")
# Jira calls a column that a council made “Custom field (Outcome)”.
CUSTOM = re.compile(r"custom field \((.+)\)", re.IGNORECASE)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z])|_")


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """A heading as it is remembered: small letters, without signs, and without what stands in brackets behind it."""
    text = CUSTOM.sub(r"\1", text)
    # An export of a database writes DueDate and RAGStatus.
    text = CAMEL.sub(" ", text) if " " not in text.strip() else text
    plain = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text) if re.match(r"\s*\w", text) else text
    key = " ".join(re.sub(r"[^\w]+", " ", plain.casefold().replace("’", " ").replace("'", " ")).split())
    return key or " ".join(re.sub(r"[^\w#]+", " ", text.casefold()).split())


@lru_cache(maxsize=4096)
def meanings_of(heading: str) -> Mapping[Meaning, float]:
    """What a heading may mean, each with a weight from 0 to 1; nothing for words that head no column."""
    key = heading_key(heading)
    if not key or len(key) > LONGEST:
        return {}
    if key == "#":
        return {Meaning.REFERENCE: 1.0, Meaning.NUMBER: 1.0}
    without = re.sub(r"^(?:the|our|key|what is the|agreed|proposed) ", "", key)
    exact = PHRASES.get(key) or PHRASES.get(without) or PHRASES.get(without.removesuffix("s"))
    if exact:
        return {meaning: WEAKER.get((key, meaning), 1.0) for meaning in exact}
    found: dict[Meaning, float] = {}
    if BEGINS.search(key):
        return {Meaning.KEPT: 1.0}
    if ENDS.search(key):
        found[Meaning.DUE] = 0.9
    # A long heading that merely has the words in it says less than a short one.
    length = max(len(key.split()) - 3, 0) * 0.02
    for pattern, meaning, weight in PARTLY:
        if pattern.search(key) and meaning not in found:
            found[meaning] = max(weight - length, 0.1)
    return found


def best_meaning(heading: str) -> tuple[Meaning | None, float]:
    """What a heading means most likely, and its weight."""
    return max(meanings_of(heading).items(), key=lambda one: one[1], default=(None, 0.0))


def is_heading(text: str) -> float:
    """How much a cell looks like the head of a column, from 0 to 1."""
    if len(text) > LONGEST * 2:
        return 0.0
    return best_meaning(text)[1]
