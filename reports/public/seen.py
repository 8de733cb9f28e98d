"""What everybody sees of a plan, as of a day: one set of facts for the page, the feed, the CSV and the JSON.

Nothing is here that was not meant for everybody: posts and organisations, never a user; documents that were published
open and not taken back; the words of updates only where the opening says so, and as they stood then.
"""

from dataclasses import dataclass
from datetime import date

from improvement.models import Rating
from recommendations import progress
from recommendations.models import (
    Action,
    DuePrecision,
    Phase,
    ProgressUpdate,
    Recommendation,
    Stage,
    Timescale,
)
from recommendations.progress import Figures, Standing
from reports.models import Audience, Format, Publication, PublicOpening
from reports.public import news
from reports.public.news import News


@dataclass(frozen=True)
class Post:
    """A post that leads an action, and whose it is."""

    title: str
    organisation: str


@dataclass(frozen=True)
class PublicAction:
    """An action as it stands; `words` is what was said of it on `said_on`, where the opening shows words."""

    number: str
    text: str
    phase: str
    leads: tuple[Post, ...]
    due: str
    due_on: date | None
    first_due_on: date | None
    stage: Stage
    rating: Rating | None
    overdue: bool
    completed_on: date | None
    updated_on: date | None
    words: str
    said_on: date | None

    @property
    def moved(self) -> bool:
        """Whether its due date is another than at first."""
        return self.first_due_on is not None and self.first_due_on != self.due_on


@dataclass(frozen=True)
class PublicRecommendation:
    reference: str
    title: str
    text: str
    outcome: str
    timescale: str
    raised_by: str
    organisations: tuple[str, ...]
    actions: tuple[PublicAction, ...]

    @property
    def complete(self) -> int:
        return sum(action.stage == Stage.COMPLETE for action in self.actions)

    @property
    def overdue(self) -> int:
        return sum(action.overdue for action in self.actions)


@dataclass(frozen=True)
class PublicTheme:
    slug: str
    name: str
    recommendations: tuple[PublicRecommendation, ...]


@dataclass(frozen=True)
class PublicFile:
    """A published document in one form; its digest is its address."""

    sha256: str
    ending: str
    form: str
    size: int


@dataclass(frozen=True)
class PublicReport:
    slug: str
    title: str
    committee: str
    meeting_on: date
    published_on: date
    version: int
    corrects: str
    files: tuple[PublicFile, ...]


@dataclass(frozen=True)
class SameNews:
    """One change that happened to several actions on a day."""

    kind: str
    words: str
    of: tuple[News, ...]


@dataclass(frozen=True)
class PublicPlan:
    """All that the public page, its feed and its files say of a plan on a day."""

    opening: PublicOpening
    on: date
    figures: Figures
    ratings: tuple[Rating, ...]
    themes: tuple[PublicTheme, ...]
    news: tuple[News, ...]
    reports: tuple[PublicReport, ...]

    @property
    def recommendations(self) -> tuple[PublicRecommendation, ...]:
        return tuple(one for theme in self.themes for one in theme.recommendations)

    @property
    def news_by_day(self) -> list[tuple[date, list[SameNews]]]:
        """For reading: the latest day first, and what happened to several actions alike said once, in plan order."""
        places = {one.reference: place for place, one in enumerate(self.recommendations)}
        days: dict[date, dict[tuple[str, str], list[News]]] = {}
        for one in self.news:
            days.setdefault(one.on, {}).setdefault((one.kind.label, one.words), []).append(one)
        return [
            (
                day,
                [
                    SameNews(
                        kind,
                        words,
                        tuple(sorted(of, key=lambda one: (places.get(one.reference, 0), one.place))),
                    )
                    for (kind, words), of in alike.items()
                ],
            )
            for day, alike in days.items()
        ]

    @property
    def sentences(self) -> tuple[str, ...]:
        """How it goes, in words that need no key."""
        all_of_them, figures = self.figures.actions.count, self.figures
        if not all_of_them:
            return ()
        found = [
            f"{figures.complete.count} of {_actions(all_of_them)} {_is(figures.complete.count)} complete."
        ]
        if figures.completed_late.count:
            late = figures.completed_late.count
            found.append(f"{late} of these {'was' if late == 1 else 'were'} completed after the due date.")
        if figures.due_soon.count:
            found.append(
                f"{_actions(figures.due_soon.count)} {_is(figures.due_soon.count)} due in the next 30 days."
            )
        if figures.moved.count:
            found.append(f"The due date of {_actions(figures.moved.count)} has been moved.")
        return tuple(found)


def of(opening: PublicOpening, *, on: date) -> PublicPlan:
    """What an opening shows of its plan, as of a day. Take the opening `with_plan`."""
    reports = _reports(opening, on)
    return PublicPlan(
        opening=opening,
        on=on,
        figures=progress.of_plan(opening.plan, on=on),
        ratings=tuple(progress.ratings_of(opening.plan)),
        themes=_themes(opening, on),
        news=news.of_plan(
            opening.plan,
            since=opening.version.agreed_on,
            on=on,
            published=[(one.published_on, one.slug, one.title, one.version) for one in reports],
        ),
        reports=reports,
    )


def _themes(opening: PublicOpening, on: date) -> tuple[PublicTheme, ...]:
    plan = opening.plan
    asked = Recommendation.objects.for_plan(plan).raised_by(on=on).in_order()
    actions: dict[int, list[PublicAction]] = {}
    listed = Action.objects.for_plan(plan).as_of(on).in_plan_order().with_leads()
    words = _words(opening, on)
    for standing in progress.standings(listed, on=on):
        shown = _action(standing, words.get(standing.action.pk))
        actions.setdefault(standing.action.recommendation_id, []).append(shown)
    themes: dict[tuple[str, str], list[PublicRecommendation]] = {}
    for one in asked.select_related("theme").prefetch_related("organisations"):
        answer = tuple(actions.get(one.pk, ()))
        themes.setdefault((one.theme.slug, one.theme.name), []).append(_recommendation(one, answer))
    return tuple(PublicTheme(slug, name, tuple(found)) for (slug, name), found in themes.items())


def _words(opening: PublicOpening, on: date) -> dict[int, ProgressUpdate]:
    """What had last been said of each action when the plan was opened, as of the day; nothing where words are not shown."""
    if not opening.words:
        return {}
    until = min(on, opening.on)
    said = ProgressUpdate.objects.last_recorded(opening.plan, on=until, at=opening.recorded_at)
    return {update.action_id: update for update in said}


def _action(standing: Standing, said: ProgressUpdate | None) -> PublicAction:
    action = standing.action
    return PublicAction(
        number=action.number,
        text=standing.text,
        phase="" if action.phase == Phase.NONE else action.get_phase_display(),
        leads=tuple(Post(post.title, post.organisation.name) for post in standing.leads),
        due=_due(standing),
        due_on=standing.due_on,
        first_due_on=action.original_due_on,
        stage=standing.stage,
        rating=standing.rating,
        overdue=bool(standing.days_overdue),
        completed_on=standing.completed_on,
        updated_on=standing.updated_on,
        words=said.narrative if said else "",
        said_on=said.on if said else None,
    )


def _due(standing: Standing) -> str:
    """When it is due, in words: as the plan printed it while that is not a plain day."""
    printed = standing.action.due_text
    if standing.due_on is None:
        return printed or "No date"
    if printed and not standing.moves and standing.action.due_precision != DuePrecision.DAY:
        return printed
    return f"{standing.due_on:%-d %B %Y}"


def _recommendation(one: Recommendation, actions: tuple[PublicAction, ...]) -> PublicRecommendation:
    return PublicRecommendation(
        reference=one.reference,
        title=one.title,
        text=one.text,
        outcome=one.outcome,
        timescale="" if one.timescale == Timescale.NONE else one.get_timescale_display(),
        raised_by=one.raised_by,
        organisations=tuple(sorted(body.name for body in one.organisations.all())),
        actions=actions,
    )


def _reports(opening: PublicOpening, on: date) -> tuple[PublicReport, ...]:
    found = Publication.objects.for_everybody().of_plan(opening.plan).made_by(on=on).with_files()
    return tuple(_report(publication) for publication in found.latest_day_first())


def _report(publication: Publication) -> PublicReport:
    report = publication.report
    files = sorted(publication.files.all(), key=lambda file: file.pk)
    return PublicReport(
        slug=report.slug,
        title=report.title,
        committee=report.committee,
        meeting_on=report.meeting_on,
        published_on=publication.on,
        version=publication.number,
        corrects=publication.edition,
        files=tuple(
            PublicFile(file.sha256, file.format, str(Format(file.format).label), file.size)
            for file in files
            if file.audience == Audience.OPEN
        ),
    )


def _actions(count: int) -> str:
    return f"{count} action{'' if count == 1 else 's'}"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
