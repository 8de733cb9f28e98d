"""A digest in words, plain and as HTML. What its reader may not see any more, or has answered since, is left out."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from boards import outside
from boards.chasing import due, rounds_due
from boards.models import ChaserSettings, Digest, DigestItem, Occasion, Round
from improvement.models import Council, LeadOfficer, Plan, User
from recommendations import progress
from recommendations.models import Action
from recommendations.models.action import ActionQuerySet
from recommendations.progress import Standing

CHASERS = (Occasion.PASSED, Occasion.SOON, Occasion.SILENT)
MOST_SHOWN = 40
LONGEST_WORDS = 300


@dataclass(frozen=True)
class Line:
    """One thing in a mail: which action, its words, the facts, and the link with its own words."""

    name: str
    text: str
    facts: str
    url: str
    link: str
    council: Council
    occasion: str
    owed: int = 0  # of an update round: how many actions are not answered


@dataclass(frozen=True)
class Section:
    title: str
    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True)
class Part:
    """What concerns one council; councils are never mixed."""

    council: Council
    sections: tuple[Section, ...]


def message_of(digest: Digest) -> EmailMultiAlternatives | None:
    """The mail, to its one reader; None where nothing is left to say."""
    to = _address(digest)
    lines = list(_lines(digest)) if to else []
    if not lines:
        return None
    subject = _subject(lines)
    context = {
        "digest": digest,
        "link": digest.link,
        "parts": _parts(lines),
        "subject": subject,
        "told_url": settings.PUBLIC_URL + reverse("boards:told"),
        "link_url": _link_url(digest),
    }
    message = EmailMultiAlternatives(
        subject,
        render_to_string("boards/mail/digest.txt", context),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("boards/mail/digest.html", context), "text/html")
    return message


def _address(digest: Digest) -> str:
    """Where it goes; empty where the reader may be told nothing any more."""
    if digest.user:
        return digest.user.email if digest.user.is_active else ""
    link = digest.link
    return link.email if link and link.is_live(digest.on) and link.secret else ""


def _subject(lines: Iterable[Line]) -> str:
    kinds = [line.occasion for line in lines if not line.owed]
    happened = sum(kind in (Occasion.SAID, Occasion.ENDED, Occasion.MOVED) for kind in kinds)
    asked, owed = len(kinds) - happened, sum(line.owed for line in lines)
    parts = []
    if owed:
        parts.append(f"{owed} {'action' if owed == 1 else 'actions'} to answer in an update round")
    if asked:
        parts.append(f"{asked} {'action needs' if asked == 1 else 'actions need'} a word from you")
    if happened:
        parts.append(f"{happened} {'change' if happened == 1 else 'changes'} in what you follow")
    return " and ".join(parts) if len(parts) < 3 else f"{parts[0]}, {parts[1]} and {parts[2]}"


def _lines(digest: Digest) -> Iterable[Line]:
    if digest.invites and digest.link:
        actions = outside.actions_of(digest.link, on=digest.on).with_recommendation().with_leads()
        for standing in progress.standings(actions.longest_overdue_first(), on=digest.on):
            yield _asking(digest, standing, Occasion.ASKED)
        return
    items = list(digest.items.select_related("plan__council", "update__rating", "move", "round__meeting"))
    plans = _plans(digest, items)
    items = [item for item in items if item.plan_id in plans]
    standings = _standings(digest, items)
    mine = _mine(digest)
    times = {plan: ChaserSettings.objects.holding(plan) for plan in plans.values()}
    for item in items:
        about = standings.get(item.action_id) if item.action_id else None
        if item.round:
            yield from _of_round(digest, item.plan, item.round)
        elif about and item.occasion not in CHASERS:
            yield _telling(about, item)
        elif about and mine(about) and _still_asks(about, times[item.plan], digest.on):
            yield _asking(digest, about, Occasion(item.occasion))


def _plans(digest: Digest, items: Iterable[DigestItem]) -> dict[int, Plan]:
    """The plans that the reader may see still."""
    wanted = {item.plan_id for item in items}
    seen = (
        Plan.objects.visible_to(digest.user)
        if digest.user
        else Plan.objects.filter(council=digest.link.post.council if digest.link else None)
    )
    return seen.in_bulk(wanted)


def _standings(digest: Digest, items: Iterable[DigestItem]) -> dict[int, Standing]:
    actions = _door(digest).filter(pk__in=[item.action_id for item in items if item.action_id])
    shown = actions.with_recommendation().with_leads().in_plan_order()
    return {standing.action.pk: standing for standing in progress.standings(shown, on=digest.on)}


def _door(digest: Digest) -> ActionQuerySet:
    if digest.link:
        return outside.actions_of(digest.link, on=digest.on)
    return Action.objects.visible_to(_user(digest)).as_of(digest.on)


def _mine(digest: Digest) -> Callable[[Standing], bool]:
    """Whether an action is led by a post that the reader still holds; behind a link's own door all are."""
    if digest.link:
        return lambda standing: True
    user = _user(digest)
    held = set(LeadOfficer.objects.visible_to(user).held_by(user, on=digest.on))
    return lambda standing: not held.isdisjoint(standing.leads)


def _user(digest: Digest) -> User:
    if digest.user is None:
        raise ValueError("This digest is for an owner behind a link.")
    return digest.user


def _still_asks(standing: Standing, times: ChaserSettings, on: date) -> bool:
    return not standing.is_ended and due.asked(standing.action, times, on) is not None


def _asking(digest: Digest, standing: Standing, occasion: Occasion) -> Line:
    action = standing.action
    if digest.link:
        url = f"{_link_url(digest)}?action={action.pk}"
    else:
        url = _url("recommendations:update_action", action)
    last = f"last word {standing.updated_on:%-d %B %Y}" if standing.updated_on else "nothing said yet"
    facts = f"{_due(standing)}; {standing.stage.label.lower()}; {last}."
    return _line(standing, facts, url, f"Update {action}", occasion)


def _telling(standing: Standing, item: DigestItem) -> Line:
    facts: list[str] = []
    if update := item.update:
        rating = f", rated {update.rating.word}" if update.rating else ""
        facts.append(f"{update.on:%-d %B %Y}: {update.get_stage_display().lower()}{rating}.")
        facts.append(_short(update.narrative))
    if move := item.move:
        before = f"{move.old_on:%-d %B %Y}" if move.old_on else "no date"
        facts.append(f"From {before} to {move.new_on:%-d %B %Y}.")
    url = _url("recommendations:action_page", standing.action)
    return _line(standing, " ".join(facts), url, f"Read {standing.action}", Occasion(item.occasion))


def _line(standing: Standing, facts: str, url: str, link: str, occasion: Occasion) -> Line:
    action = standing.action
    facts = facts[:1].upper() + facts[1:]
    return Line(
        str(action), _short(standing.text), facts, url, link, action.recommendation.plan.council, occasion
    )


def _of_round(digest: Digest, plan: Plan, asked: Round) -> Iterable[Line]:
    """What its reader still owes of an update round; nothing once all is answered, or nobody asks any more."""
    tally = rounds_due.tally_for(digest, asked)
    if not tally.missing or not rounds_due.asks(asked, on=digest.on):
        return
    places = [plan.council.slug, plan.slug, asked.number]
    url = _link_url(digest) or settings.PUBLIC_URL + reverse("boards:round_answers", args=places)
    text = f"{tally.missing} of your {tally.asked} {'action is' if tally.asked == 1 else 'actions are'} to be answered."
    yield Line(
        f"Update round for {asked}.",
        text,
        _until(asked, digest.on),
        url,
        "Answer",
        plan.council,
        Occasion.ASKED,
        tally.missing,
    )


def _until(asked: Round, on: date) -> str:
    day = f"{asked.cut_off_on:%-d %B %Y}"
    if on > asked.cut_off_on:
        return f"Answers were due by {day}. A late answer still counts."
    return f"Answers are due today, {day}." if on == asked.cut_off_on else f"Answers by {day}."


def _due(standing: Standing) -> str:
    if standing.due_on is None:
        return "no due date"
    day = f"{standing.due_on:%-d %B %Y}"
    late = standing.days_overdue
    return f"was due {day}, {late} {'day' if late == 1 else 'days'} overdue" if late else f"due {day}"


def _short(text: str) -> str:
    """One line of it, for a mail that is read on a telephone."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_WORDS else f"{line[: LONGEST_WORDS - 1].rstrip()}…"


def _url(name: str, action: Action) -> str:
    recommendation = action.recommendation
    plan = recommendation.plan
    places = [plan.council.slug, plan.slug, recommendation.reference, action.number]
    return settings.PUBLIC_URL + reverse(name, args=places)


def _link_url(digest: Digest) -> str:
    if not digest.link:
        return ""
    return settings.PUBLIC_URL + reverse("boards:owner_enter", args=[digest.link.secret])


def _parts(lines: Iterable[Line]) -> tuple[Part, ...]:
    sorted_out: dict[Council, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        sorted_out[line.council][line.occasion].append(line)
    return tuple(
        Part(
            council, tuple(_section(Occasion(each), found[each]) for each in Occasion.values if each in found)
        )
        for council, found in sorted(sorted_out.items(), key=lambda pair: pair[0].name)
    )


def _section(occasion: Occasion, lines: list[Line]) -> Section:
    return Section(str(occasion.label), tuple(lines[:MOST_SHOWN]), max(len(lines) - MOST_SHOWN, 0))
