"""Every change to what is recommended and done. Forms, lists, imports and commands call only these."""

from recommendations.workflow.access import LONGEST_TEXT, OwnWork, PlanClosed, Updatable, leads, updatable_by
from recommendations.workflow.assurance import EarlierStepMissing, may_review, record_review
from recommendations.workflow.bulk import Line, NotAsPreviewed, Words, preview_ticked, update_ticked
from recommendations.workflow.careful import LooksLikeChildRecord
from recommendations.workflow.challenge import (
    QuestionChanged,
    SetMeanwhile,
    dismiss_question,
    set_thresholds,
    take_back_dismissal,
)
from recommendations.workflow.closing import (
    EvidenceMissing,
    NotInStage,
    claim_complete,
    has_evidence,
    may_reopen,
    may_sign_off,
    reopen,
    return_claim,
    sign_off,
    withdraw,
)
from recommendations.workflow.due_dates import (
    AlreadyDecided,
    RequestWaits,
    agree_due_date,
    refuse_due_date,
    request_due_date,
)
from recommendations.workflow.evidence import (
    AlreadyWithdrawn,
    add_evidence,
    may_add_evidence,
    may_withdraw,
    withdraw_evidence,
)
from recommendations.workflow.handing_over import HandedOverMeanwhile, hand_over
from recommendations.workflow.offers import Offers
from recommendations.workflow.offers import to as offers_to
from recommendations.workflow.plan import (
    FIRST_WORDS,
    NothingChanged,
    RewordedMeanwhile,
    add_action,
    index_action,
    reword_action,
)
from recommendations.workflow.updates import NOTHING_SAID, UpdatedMeanwhile, post_update, stages_open_to
from recommendations.workflow.versions import agree_version, close_plan, sign_version_off

__all__ = [
    "FIRST_WORDS",
    "LONGEST_TEXT",
    "NOTHING_SAID",
    "AlreadyDecided",
    "AlreadyWithdrawn",
    "EarlierStepMissing",
    "EvidenceMissing",
    "HandedOverMeanwhile",
    "Line",
    "LooksLikeChildRecord",
    "NotAsPreviewed",
    "NotInStage",
    "NothingChanged",
    "Offers",
    "OwnWork",
    "PlanClosed",
    "QuestionChanged",
    "RequestWaits",
    "RewordedMeanwhile",
    "SetMeanwhile",
    "Updatable",
    "UpdatedMeanwhile",
    "Words",
    "add_action",
    "add_evidence",
    "agree_due_date",
    "agree_version",
    "claim_complete",
    "close_plan",
    "dismiss_question",
    "hand_over",
    "has_evidence",
    "index_action",
    "leads",
    "may_add_evidence",
    "may_reopen",
    "may_review",
    "may_sign_off",
    "may_withdraw",
    "offers_to",
    "post_update",
    "preview_ticked",
    "record_review",
    "refuse_due_date",
    "reopen",
    "request_due_date",
    "return_claim",
    "reword_action",
    "set_thresholds",
    "sign_off",
    "sign_version_off",
    "stages_open_to",
    "take_back_dismissal",
    "updatable_by",
    "update_ticked",
    "withdraw",
    "withdraw_evidence",
]
