"""The words that random plans are made of, and what must come of each."""

HEADINGS = {
    "theme": ("Theme", "Area", "Workstream", "Priority area", "Judgement area"),
    "reference": ("Ref", "Rec no.", "Recommendation number", "Ofsted ref"),
    "recommendation": (
        "Recommendation",
        "Area for improvement",
        "AREAS FOR IMPROVEMENT",
        "What Ofsted said",
        "Finding",
        "Recommendations:",
        "What needs to improve?",
    ),
    "outcome": (
        "Outcome",
        "Success measures",
        "What will success look like?",
        "Intended impact",
        "How will we know?",
    ),
    "number": ("Action no.", "Action ref", "Action number", "Action No"),
    "phase": ("Phase", "Action phase"),
    "leads": (
        "Lead",
        "Lead officer(s)",
        "Who",
        "By whom",
        "Responsible officer",
        "Owner",
        "Person responsible",
    ),
    "action": (
        "Action",
        "Actions (what we will do)",
        "What will we do?",
        "Key actions",
        "Action required",
        "Planned activity",
        "Agreed actions",
    ),
    "due": ("By when", "Due date", "Deadline", "Target date", "Timescale", "Completion date", "When"),
    "progress": ("Progress", "Update", "Progress to date", "Current position", "Latest update", "Commentary"),
}
JUNK = {
    "Budget": "Within budget",
    "Wards": "All of them",
    "Risks": "Staff may leave",
    "Resources": "One post",
    "Start date": "01/09/2001",
}
POSTS = ("DCS", "DD TS", "SM QA", "SM CLA", "QA Mgr.", "LSCB SP", "HoS CIN", "PSW")
KEY = tuple((post, f"Officer for {at} things") for at, post in enumerate(POSTS))
DATES = (
    ("30.9.12", "2012-09-30 day"),
    ("27.9.12.", "2012-09-27 day"),
    ("31/10/12", "2012-10-31 day"),
    ("01/02/2027", "2027-02-01 day"),
    ("Sept 2012", "2012-09-30 month"),
    ("End Oct 03", "2003-10-31 month"),
    ("March2013", "2013-03-31 month"),
    ("Q2 2012/13", "2012-09-30 quarter"),
    ("Q4 2012/13", "2013-03-31 quarter"),
    ("Ongoing", "ongoing"),
    ("TBC", "to-be-confirmed"),
    ("31.9.12", "to-be-confirmed"),
    ("5th October 2012", "2012-10-05 day"),
    ("31 March 2013", "2013-03-31 day"),
    ("Autumn 2012", "2012-11-30 month"),
    ("By end of spring term 2013", "2013-03-31 month"),
    ("end of financial year 2012/13", "2013-03-31 month"),
    ("w/c 3 June 2013", "2013-06-03 day"),
    ("asap", "to-be-confirmed"),
    ("From April 2012 and then monthly", "ongoing"),
)
UPDATES = (
    ("", ""),
    ("Completed: all staff have been told.", "complete"),
    ("Completed", "complete"),
    ("On track: a draft is with managers.", "in-progress green"),
    ("Underway", "in-progress"),
    ("Awaiting sign-off: the board meets in May.", "awaiting-sign-off"),
    ("On hold", "on-hold"),
    ("Not started", "not-started"),
    ("Will be completed on time.", "in-progress"),
    ("Completion expected in the spring.", "in-progress"),
    ("Partly complete", "in-progress"),
    ("To be completed by the trust.", "in-progress"),
    ("Not complete: waiting for data.", "in-progress"),
    ("A meeting of managers has been arranged.", "in-progress"),
    ("Ordered the guides. COMPLETED and sent out.", "complete"),
)
VERBS = ("Review", "Publish", "Agree", "Audit", "Train", "Commission", "Strengthen", "Report on", "Ensure")
THINGS = (
    "the policy on supervision of social workers",
    "written plans with families",
    "the work of the front door, including out of hours",
    "assessments by health partners (and schools)",
    "thresholds for legal action, with 3 workshops",
    "visits to children & young people",
    "the quality of chronologies; and of genograms",
)
STYLES = ("({})", "{}.", "{})", "({}).")
# How a column of its own gives the stage: in words, behind the number of a key, or by the number or letter alone.
STAGES = ("not started", "in progress", "on hold", "awaiting sign-off", "complete")
NUMBERED = ", ".join(f"{number} – {stage}" for number, stage in enumerate(STAGES, 1))
LETTERED = "; ".join(f"{letter} = {stage}" for letter, stage in zip("NPHSC", STAGES, strict=True))
STATUSES = {
    "words": (("Status", "Action status", "Stage"), "{stage}"),
    "coded": (("Status", "Progress status"), "{number} - {stage}"),
    "headed": ((f"Status ({NUMBERED})",), "{number}"),
    "keyed": (("Status", "Delivery status"), "{letter}"),
}
