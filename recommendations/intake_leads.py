"""The posts that a plan from a file names, as its preview asks which post of the council each is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.core.paginator import Page

from improvement.models import LeadOfficer
from recommendations.intake.plan_read import PlanRead, PostRead
from recommendations.intake_forms import MendForm
from recommendations.intake_pages import Refused, anchor_of
from recommendations.workflow.loading import known_as

# One line in most rows, and most of them folded.
A_PAGE_OF_LEADS = 50


class Kind(StrEnum):
    """What is known of a post that the file names, in the order in which the page shows them."""

    TO_CHECK = "check"
    NEW = "new"
    HERE = "here"


@dataclass(frozen=True)
class Lead:
    """A post that the file names, the council's post that it is taken for, if any, and in how many actions it leads."""

    read: PostRead
    post: LeadOfficer | None
    actions: int
    form: MendForm
    anchor: str

    @property
    def kind(self) -> Kind:
        if self.post:
            return Kind.HERE
        return Kind.NEW if self.read.in_key else Kind.TO_CHECK

    @property
    def other_title(self) -> str:
        """The title of the council's post, where the file writes it otherwise."""
        title = self.post.title if self.post else ""
        return "" if known_as(title) == known_as(self.read.title) else title


@dataclass(frozen=True)
class Group:
    """The leads of one kind on a page. `count` is of all pages; `is_open` where nothing else is there to be seen."""

    kind: Kind
    count: int
    leads: tuple[Lead, ...]
    is_open: bool


def leads(
    plan: PlanRead, posts: Iterable[LeadOfficer], *, version: int, refused: Refused | None
) -> list[Lead]:
    """Those of which nothing is known come first, those that the council has already last."""
    known = {known_as(post.abbreviation): post for post in posts}
    offered = {post.abbreviation: f"{post.abbreviation}, {post.title}" for post in known.values()}
    choices = {"": "A new post"} | offered
    counted = Counter(
        lead
        for recommendation in plan.recommendations
        for action in recommendation.actions
        for lead in action.leads.value
    )
    found = []
    for read in plan.posts:
        post = known.get(known_as(read.abbreviation))
        start = {"version": version, "value": post.abbreviation if post else ""}
        found.append(
            Lead(
                read,
                post,
                counted[read.abbreviation],
                _form(read.abbreviation, choices, start, refused),
                anchor_of(f"post {read.abbreviation}"),
            )
        )
    return sorted(found, key=lambda lead: list(Kind).index(lead.kind))


def groups(page: "Page[Lead]") -> list[Group]:
    """What is on a page, by kind."""
    counted = Counter(lead.kind for lead in page.paginator.object_list)
    shown = {kind: tuple(lead for lead in page.object_list if lead.kind == kind) for kind in Kind}
    return [
        Group(
            kind,
            counted[kind],
            found,
            is_open=kind != Kind.HERE or page.number > 1 or any(lead.form.errors for lead in found),
        )
        for kind, found in shown.items()
        if found
    ]


def _form(
    abbreviation: str, choices: Mapping[str, str], start: Mapping[str, object], refused: Refused | None
) -> MendForm:
    key = f"post/{abbreviation}"
    was_refused = refused is not None and refused.key == key
    form = MendForm(
        {**refused.data, "version": str(start["version"])} if refused and was_refused else None,
        label=f"Which post {abbreviation} is",
        choices=list(choices.items()),
        start={"key": key, **start},
        prefix_id=anchor_of(key),
    )
    if refused and was_refused and form.is_valid():
        form.add_error("value", refused.sentence)
    return form
