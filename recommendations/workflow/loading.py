"""A plan as it was understood from a file, taken into Waymark: by the rules of every change, one row in the ledger each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement.models import Council, LeadOfficer, Organisation, Plan, Rating, Theme, User
from recommendations.intake.plan_read import (
    ActionRead,
    PlanRead,
    PostRead,
    RecommendationRead,
    Said,
    Standing,
)
from recommendations.models import Action, Recommendation
from recommendations.workflow.beginning import (
    LONGEST_NAME,
    PARTS_LEADS,
    add_lead_officer,
    add_organisation,
    add_plan,
    add_theme,
)
from recommendations.workflow.recommending import NewRecommendation, add_recommendations
from recommendations.workflow.taking_over import (
    NewAction,
    SaidOnPaper,
    Told,
    add_actions,
    nobody,
    says_something,
    take_over,
    words_for,
)

# The post that leads where a file names none, so that the action is somebody's to ask about.
NOBODY = PostRead("Not named", "No lead officer named in the plan", in_key=False, written=())


@dataclass(frozen=True)
class Origin:
    """The file that is loaded, by name and SHA-256, and who loads it, when, and why certain words may be kept.

    `told` is called with how many more recommendations, actions and updates were written.
    """

    name: str
    sha256: str
    by: User
    on: date
    kept_because: str = ""
    told: Told = nobody

    @property
    def signed(self) -> dict[str, Any]:
        """What every change that comes from it carries."""
        return {"file": self.sha256, "by": self.by, "on": self.on}

    @property
    def kept(self) -> dict[str, Any]:
        return {**self.signed, "kept_because": self.kept_because}


@transaction.atomic
def load_new(*, read: PlanRead, council: Council, name: str, slug: str, origin: Origin) -> Plan:
    """Make the plan that a file holds, whole. `slug` is where it will stand; raises ValidationError if one does already."""
    plan = add_plan(council=council, name=name, slug=slug, **origin.kept)
    add_what_is_new(read, plan, read.recommendations, origin, posts=read.posts)
    return plan


@transaction.atomic
def add_what_is_new(
    read: PlanRead,
    plan: Plan,
    recommendations: Sequence[RecommendationRead],
    origin: Origin,
    *,
    posts: Sequence[PostRead] = (),
    actions: Sequence[tuple[Recommendation, ActionRead]] = (),
) -> None:
    """Add recommendations with their actions, further actions to those that are there, and what the file says of them."""
    wanted = [*(each for one in recommendations for each in one.actions), *(each for _, each in actions)]
    officers = posts_of(
        read, plan.council, (*_abbreviations(wanted), *(p.abbreviation for p in posts)), origin
    )
    made = list(actions)
    for recommendation, ours in _recommendations(plan, read, recommendations, origin):
        made += [(ours, action) for action in recommendation.actions]
    new = [_new_action(ours, action, officers, origin.on) for ours, action in made]
    added = add_actions(plan=plan, actions=new, told=origin.told, **origin.kept)
    ratings = {rating.slug: rating for rating in plan.rating_scale.ratings.all()}
    said = [
        each
        for action, (_, action_read) in zip(added, made, strict=True)
        for each in on_paper(action, action_read.standings, ratings, origin.on)
    ]
    take_over(plan=plan, said=said, source=origin.name, told=origin.told, **origin.kept)


def on_paper(
    action: Action, standings: Iterable[Said[Standing]], ratings: Mapping[str, Rating], on: date
) -> Iterator[SaidOnPaper]:
    """What the file says of an action that has just come in, in its order."""
    said = [
        each.value
        for each in standings
        if says_something(each.value.stage, each.value.rating, each.value.narrative)
    ]
    days = days_of((each.on for each in said), on)
    for version, (each, day) in enumerate(zip(said, days, strict=True)):
        if each.rating and each.rating not in ratings:
            raise ValidationError(f"{action}: the plan's rating key has no “{each.rating}”.")
        yield SaidOnPaper(
            action=action,
            version=version,
            stage=each.stage,
            rating=ratings.get(each.rating),
            narrative=words_for(each.narrative),
            on=day,
            forecast_on=each.forecast_on,
        )


def written_of(*recommendations: RecommendationRead) -> int:
    """How many recommendations, actions and updates these become."""
    return sum(1 + sum(map(written_of_action, each.actions)) for each in recommendations)


def written_of_action(read: ActionRead) -> int:
    said = (each.value for each in read.standings)
    return 1 + sum(says_something(each.stage, each.rating, each.narrative) for each in said)


def had_from(read: ActionRead, on: date) -> date:
    """The day from which the plan had an action: that of the first thing said of it, or the day on which it is loaded."""
    return min(days_of((each.value.on for each in read.standings), on), default=on)


def days_of(said: Iterable[date | None], on: date) -> tuple[date, ...]:
    """When each of several entries was said, in the order of the file: one without a day on the earliest day of what
    follows it, and where nothing does on the day itself."""
    days = []
    for day in reversed(tuple(said)):
        on = min(day or on, on)
        days.append(on)
    return tuple(reversed(days))


def _new_action(
    ours: Recommendation, read: ActionRead, officers: Mapping[str, LeadOfficer], on: date
) -> NewAction:
    due = read.due.value
    leads = dict.fromkeys(officers[each] for each in read.leads.value or (NOBODY.abbreviation,))
    return NewAction(
        recommendation=ours,
        number=read.number.value,
        phase=read.phase.value,
        text=read.text.value,
        leads=tuple(leads),
        due_on=due.on,
        precision=due.precision,
        due_text=due.text,
        added_on=max(had_from(read, on), ours.raised_on),
    )


def _recommendations(
    plan: Plan, read: PlanRead, wanted: Sequence[RecommendationRead], origin: Origin
) -> list[tuple[RecommendationRead, Recommendation]]:
    themes = {theme.name.casefold(): theme for theme in plan.themes.all()}
    for name in _theme_names(plan, read, wanted):
        if name.casefold() not in themes:
            themes[name.casefold()] = add_theme(plan=plan, name=name, **origin.kept)
    new = [_recommendation(each, themes[theme_of(each, plan.name).casefold()], origin.on) for each in wanted]
    made = add_recommendations(plan=plan, recommendations=new, **origin.kept)
    origin.told(len(made))
    return list(zip(wanted, made, strict=True))


def _recommendation(read: RecommendationRead, theme: Theme, on: date) -> NewRecommendation:
    return NewRecommendation(
        theme=theme,
        reference=read.reference.value,
        text=read.text.value,
        outcome=read.outcome.value,
        timescale=read.timescale.value,
        raised_on=min((had_from(each, on) for each in read.actions), default=on),
    )


def _theme_names(plan: Plan, read: PlanRead, wanted: Sequence[RecommendationRead]) -> list[str]:
    """In the file's order, without those that nothing stands under."""
    needed = dict.fromkeys(theme_of(each, plan.name) for each in wanted)
    return [*(name for name in read.themes if name in needed), *(n for n in needed if n not in read.themes)]


def theme_of(read: RecommendationRead, plan_name: str) -> str:
    """The theme, or in a plan without themes one that is called as the plan is."""
    return read.theme.value.strip() or plan_name[: LONGEST_NAME[Theme]]


def _abbreviations(actions: Iterable[ActionRead]) -> Iterator[str]:
    for action in actions:
        yield from action.leads.value or (NOBODY.abbreviation,)


def posts_of(
    read: PlanRead, council: Council, wanted: Iterable[str], origin: Origin
) -> dict[str, LeadOfficer]:
    """The council's posts by the abbreviation in the file; those that it does not have yet are added."""
    named = {post.abbreviation: post for post in (*read.posts, NOBODY)}
    there = {known_as(post.abbreviation): post for post in council.lead_officers.all()}
    found = {}
    for abbreviation in dict.fromkeys(wanted):
        key = known_as(abbreviation)
        if key not in there:
            post = named.get(abbreviation) or PostRead(abbreviation, "", in_key=False, written=())
            there[key] = add_lead_officer(
                organisation=_organisation(council, post, origin),
                abbreviation=_short(post.abbreviation),
                title=post.title or post.abbreviation,
                in_key=post.in_key,
                **origin.kept,
            )
        found[abbreviation] = there[key]
    return found


def known_as(words: str) -> str:
    """An abbreviation, or a title, as it is compared with those of the council's posts."""
    return _short(words).casefold()


def _short(abbreviation: str) -> str:
    return " ".join(abbreviation.replace(PARTS_LEADS, ",").split())


def _organisation(council: Council, post: PostRead, origin: Origin) -> Organisation:
    """The one that the file names, else the partner that the post's title ends with, else the council itself."""
    there = sorted(council.organisations.all(), key=lambda each: -len(each.name))
    own_slug = f"{council.slug}-council"
    own = (council.name.casefold(), own_slug, council.slug)
    name, title = post.organisation.casefold(), post.title.casefold()
    if name and name not in own:
        named = next((each for each in there if each.name.casefold() == name), None)
        return named or add_organisation(council=council, name=post.organisation, **origin.signed)
    itself = next((each for each in there if each.name.casefold() in own or each.slug in own), None)
    ends = next((each for each in there if not name and title.endswith(each.name.casefold())), itself)
    return ends or add_organisation(council=council, name=council.name, slug=own_slug, **origin.signed)
