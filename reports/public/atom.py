"""What changed in a plan as an Atom feed (RFC 4287)."""

import re
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from reports.public import addresses
from reports.public.news import News
from reports.public.seen import PublicPlan

# What XML cannot hold.
CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def of(shown: PublicPlan) -> bytes:
    plan = shown.opening.plan
    page = addresses.whole(plan, "public_plan")
    feed = Atom1Feed(
        title=_text(f"{plan.name}: what changed"),
        link=page,
        description=None,
        language="en-GB",
        author_name=_text(plan.council.name),
        feed_url=addresses.whole(plan, "public_feed"),
    )
    for one in shown.news:
        feed.add_item(
            title=_text(title_of(one)),
            link=f"{page}#{one.reference}" if one.reference else page,
            description=_text(one.words),
            pubdate=_moment(one.on),
            updateddate=_moment(one.on),
            unique_id=_tag(shown, one),
        )
    return feed.writeString("utf-8").encode()


def title_of(one: News) -> str:
    return f"{one.subject}: {one.kind.label.lower()}" if one.reference else str(one.kind.label)


def _tag(shown: PublicPlan, one: News) -> str:
    """A name that stays the same wherever the feed is read (RFC 4151)."""
    plan, host = shown.opening.plan, urlsplit(settings.PUBLIC_URL).hostname
    return f"tag:{host},{one.on.isoformat()}:{plan.council.slug}/{plan.slug}/{one.key}".replace(" ", "-")


def _moment(day: date) -> datetime:
    """Days have no hour, and a feed asks for one."""
    return datetime.combine(day, time.min, UTC)


def _text(words: str) -> str:
    return CONTROL.sub("", words)
