"""Everything that is due to be said now, made into one digest for each reader.

Asked twice, or by two at once, it makes no second digest: a reader has one for a day, by a constraint. After days of
silence it says what is due now, once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from boards.chasing import due, followed, rounds_due
from boards.chasing.due import Prompt
from boards.chasing.followed import Happening
from boards.models import Digest, DigestItem, Follow, OwnerLink
from boards.workflow import chasing
from improvement.models import Holding, Membership, Plan, User
from improvement.permissions import MAY, Verb

Reader = User | OwnerLink


@dataclass
class Post:
    """What there is for one reader."""

    prompts: list[Prompt] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    follows: list[Follow] = field(default_factory=list)


def run(*, on: date) -> list[Digest]:
    """Make the digests of a day that are not there yet; their mails go out as jobs. Councils at a fixed day send none."""
    letters: dict[Reader, Post] = defaultdict(Post)
    living = Plan.objects.filter(council__stands_at=None).select_related("council", "rating_scale")
    for plan in living.order_by("pk"):
        _address(plan, on, letters)
    _add_followed(on, letters)
    had = set(Digest.objects.on_day(on).values_list("user", "link"))
    made = [
        chasing.make_digest(
            to=reader, prompts=post.prompts, happenings=post.happenings, follows=post.follows, on=on
        )
        for reader, post in letters.items()
        if _numbers(reader) not in had
    ]
    return [digest for digest in made if digest]


def _address(plan: Plan, on: date, letters: dict[Reader, Post]) -> None:
    """Give what a plan has to say to those who hold its posts, unless they were told since it came up."""
    asked = [*due.prompts(plan, on=on), *rounds_due.prompts(plan, on=on)]
    if not asked:
        return
    readers = _readers(plan, {prompt.post for prompt in asked}, on)
    said = DigestItem.objects.last_said(plan)
    for prompt in asked:
        for reader in readers[prompt.post]:
            last = said.get((*_numbers(reader), prompt.key))
            # One may hold two posts that lead the same action.
            known = {each.key for each in letters[reader].prompts} if reader in letters else set()
            if (last is None or last < prompt.since) and prompt.key not in known:
                letters[reader].prompts.append(prompt)


def _readers(plan: Plan, posts: Iterable[int], on: date) -> dict[int, list[Reader]]:
    """Who holds each post on the day and may update its actions; and who has a link in its name."""
    roles = [role for role, verbs in MAY.items() if Verb.UPDATE_OWN in verbs]
    members = Membership.objects.filter(council=plan.council, role__in=roles, user__is_active=True)
    held = Holding.objects.current(on=on).filter(lead_officer__in=posts, user__in=members.values("user"))
    readers: dict[int, list[Reader]] = defaultdict(list)
    for holding in held.select_related("user").order_by("pk"):
        readers[holding.lead_officer_id].append(holding.user)
    for link in OwnerLink.objects.live(on=on).filter(post__in=posts).with_post().order_by("pk"):
        readers[link.post_id].append(link)
    return readers


def _add_followed(on: date, letters: dict[Reader, Post]) -> None:
    follows = list(Follow.objects.heard().with_subjects().select_related("user").order_by("pk"))
    told = followed.happenings(follows, on=on)
    for follow in follows:
        if told.get(follow.user_id):
            letters[follow.user].happenings = told[follow.user_id]
            letters[follow.user].follows.append(follow)


def _numbers(reader: Reader) -> tuple[int | None, int | None]:
    return (reader.pk, None) if isinstance(reader, User) else (None, reader.pk)
