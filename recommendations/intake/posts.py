"""Posts that lead: the cells that name them, by the key of the document and the posts that the council has.

Two spellings are one post only where nothing else could be meant: a wrong merge hides who is accountable, while a new
post that is proposed and marked is seen.
"""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field

from recommendations.intake.known import Known
from recommendations.intake.marks import lines_of
from recommendations.intake.plan_read import PostRead, Said, Sureness
from recommendations.intake.post_keys import entries_of_key, fold, key_lines
from recommendations.intake.post_spellings import INITIALS, ends, is_initials, may_mean, near, shortened
from recommendations.intake.rows import Source

ROLES = (
    "head director manager chair lead officer principal service team assistant deputy executive chief designated named"
    " strategic interim senior independent cabinet member commissioner consultant superintendent inspector nurse doctor"
    " midwife headteacher"
)
NOUNS = "leader head director manager chair lead officer principal chief commissioner superintendent inspector nurse doctor midwife"
ROLE = re.compile(rf"(?:{'|'.join(ROLES.split())})s?\b", re.IGNORECASE)
ROLE_NOUN = re.compile(rf"\b(?:{'|'.join(NOUNS.split())}|member|headteacher)s?\b", re.IGNORECASE)
# Before a post, what it does: “Lead: Head of Service”, “supported by the board's manager”.
LABEL = re.compile(
    r"\s*,?\s*\b(?:(?:joint |action |accountable |strategic |operational )?lead(?: officer)?|supporting|supported|support|sponsor|sro)"
    r"\s*(?:[:–-]\s+|by\s*:?\s+)(?![^()]*\))",
    re.IGNORECASE,
)
PARTS = re.compile(r"\s*[/;+|]\s*(?![^()]*\))|\s*\n\s*")
COMMAS = re.compile(r"\s*,\s*(?![^()]*\))")
JOINED = re.compile(r"\s+(?:and|&|with)\s+(?![^()]*\))", re.IGNORECASE)
# Written where no post is named yet, or every one is meant.
NOBODY = re.compile(
    r"tb[acd]|to be (?:confirmed|agreed|appointed|advised|decided|determined|allocated|identified|recruited)|n/?a|none|nobody"
    r"|vacan(?:t|cy)|not (?:yet )?(?:known|named|agreed|allocated|applicable|identified)|un(?:allocated|assigned|known)"
    r"|all|all (?:partners|(?:partner )?agencies)|every(?:one|body)|various|[\W_]+",
    re.IGNORECASE,
)
# A title that goes on behind “and”: Head of Performance & BI.
HAS_A_FIELD = re.compile(r"\b(?:of|for)\b", re.IGNORECASE)
ORGANISATION = re.compile(
    r"\b(?:NHSE?|ICB|ICO|CCG|MAT|Trust|Council|Police|Probation|School|Academy|Hospitals?|University|Ltd|CIC)\b"
)
# Behind a comma another post begins like this; anything else there is the field or the place of the one before.
BEGINS = re.compile(rf"(?!NHS\b)[A-Z]{{2,}}\b|{ROLE.pattern}")
HANGING = re.compile(r"(?:[/,;&+]|\b(?:of|and|for|the|with))\s*$", re.IGNORECASE)
# The longest abbreviation that a post may have.
LONGEST_SHORT = 40


@dataclass
class Posts:
    """The posts of a plan while it is read: first those of its key, then what its cells name."""

    found: dict[str, PostRead] = field(default_factory=dict)
    by_title: dict[str, str] = field(default_factory=dict)
    by_ends: dict[tuple[int, bool, str], list[PostRead]] = field(default_factory=dict)
    has_key: bool = False
    own: bool = False
    used: dict[str, list[str]] = field(default_factory=dict)
    asked: dict[str, Said[tuple[str, ...]]] = field(default_factory=dict)
    # What the council's post is, where the key explains the same abbreviation as another.
    otherwise: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, source: Source, keys: Iterable[int], known: Known, *, own: bool) -> "Posts":
        """The posts that a source's key tables and paragraphs explain, and those that the council has."""
        posts = cls(own=own)
        for table in keys:
            for short, long, _ in entries_of_key(source.tables[table]):
                posts._explain(short, long, in_key=True)
        paragraphs = [line for table in source.tables for line in table.before] + list(source.after)
        for short, long in [] if own else key_lines(paragraphs):
            posts._explain(short, long, in_key=True)
        posts.has_key = bool(posts.found)
        for short, long in known.posts:
            posts._explain(short, long, in_key=False)
        return posts

    def _explain(self, short: str, long: str, *, in_key: bool) -> None:
        short = " ".join(short.split())
        there = self.found.get(fold(short))
        if there and there.in_key and not in_key and not (self.own or may_mean(there.title, long)):
            self.otherwise[there.abbreviation] = long
        if there is None:
            self._add(PostRead(short, " ".join(long.split()), in_key, ()))
            self.by_title.setdefault(fold(long), short)

    def _add(self, post: PostRead) -> None:
        self.found[fold(post.abbreviation)] = post
        for end in ends(post.abbreviation):
            self.by_ends.setdefault(end, []).append(post)

    def _alike(self, written: str) -> list[PostRead]:
        """The posts that begin or end with the same word as a spelling."""
        return list(
            {post.abbreviation: post for end in ends(written) for post in self.by_ends.get(end, ())}.values()
        )

    def named(self) -> tuple[PostRead, ...]:
        """Every post of the key, used or not, and every other that a cell names."""
        return tuple(
            PostRead(post.abbreviation, post.title, post.in_key, tuple(self.used.get(post.abbreviation, ())))
            for post in self.found.values()
            if post.in_key or post.abbreviation in self.used
        )

    def read(self, text: str) -> Said[tuple[str, ...]]:
        """The posts that a cell names, in its order."""
        key = text.strip()
        if key not in self.asked:
            self.asked[key] = self._read(key)
        return self.asked[key]

    def _read(self, text: str) -> Said[tuple[str, ...]]:
        if not text:
            return Said((), (), "No lead is printed", Sureness.LIKELY)
        abbreviations: list[str] = []
        hows: list[str] = []
        sures: list[Sureness] = []
        for written in [text] if self._is_nobody(text) else self._split(text):
            if self._is_nobody(written):
                hows.append(f"“{written}” names nobody")
                sures.append(Sureness.UNSURE)
                continue
            abbreviation, how, sure = self._match(written)
            self.used.setdefault(abbreviation, [])
            if written not in self.used[abbreviation]:
                self.used[abbreviation].append(written)
            if abbreviation not in abbreviations:
                abbreviations.append(abbreviation)
            if how:
                hows.append(how)
            sures.append(sure)
        worst = max(sures, key=list(Sureness).index, default=Sureness.CERTAIN)
        return Said(tuple(abbreviations), (), "; ".join(hows), worst)

    # One post

    def _known(self, written: str) -> str | None:
        key = fold(written)
        if key in self.found:
            return self.found[key].abbreviation
        return self.by_title.get(key)

    def _is_nobody(self, written: str) -> bool:
        return not self.own and self._known(written) is None and NOBODY.fullmatch(written) is not None

    def _match(self, written: str) -> tuple[str, str, Sureness]:
        if (same := self._known(written)) is not None:
            return self._as_known(self.found[fold(same)])
        # Where nothing explains a post, only its initials may be spelt in two ways.
        initials = INITIALS.fullmatch(written) is not None
        shorter = [
            post.abbreviation
            for post in self._alike(written)
            if (post.title or initials)
            and shortened(written, post.abbreviation)
            and (post.title or INITIALS.fullmatch(post.abbreviation))
        ]
        if len(shorter) == 1:
            sure = Sureness.LIKELY if self.found[fold(shorter[0])].title else Sureness.UNSURE
            return shorter[0], f"“{written}” was taken for {shorter[0]}", sure
        return self._new(written)

    def _as_known(self, post: PostRead) -> tuple[str, str, Sureness]:
        short = post.abbreviation
        if self.has_key and not post.in_key and not post.title and is_initials(short):
            return short, f"The key does not explain {short}", Sureness.UNSURE
        if short in self.otherwise:
            both = f"In the file {short} is {post.title}, in Waymark {self.otherwise[short]}"
            return short, f"{both}: name it otherwise if they are two", Sureness.UNSURE
        return short, "", Sureness.CERTAIN

    def _new(self, written: str) -> tuple[str, str, Sureness]:
        """A post that nothing explains. Only initials need a key; a title says what it is."""
        short = self._room_for(written)
        self._add(PostRead(short, "" if short == written else written, False, ()))
        self.by_title.setdefault(fold(written), short)
        if self.has_key:
            alike = [
                post.abbreviation
                for post in self.found.values()
                if post.in_key and near(written, post.abbreviation)
            ]
            like = f"; {' or '.join(alike)} may be meant" if alike else ""
            if alike or is_initials(written):
                return short, f"The key does not explain {written}{like}", Sureness.UNSURE
        several = any(BEGINS.match(part) for part in COMMAS.split(written)[1:])
        if several or (JOINED.search(written) and short == written):
            return short, f"“{written}” was taken for one post, which is new", Sureness.UNSURE
        if short != written:
            return short, f"Called {short} for short; “{written}” is its title", Sureness.LIKELY
        return short, "A post that is new", Sureness.LIKELY

    def _room_for(self, written: str) -> str:
        """A title as an abbreviation: whole where there is room, else its first words."""
        if len(written) <= LONGEST_SHORT or self.own:
            return written
        first = COMMAS.split(written)[0]
        short = textwrap.shorten(first, LONGEST_SHORT, placeholder="…")
        number = 2
        while fold(short) in self.found:
            short = textwrap.shorten(first, LONGEST_SHORT - 4, placeholder="…") + f" ({number})"
            number += 1
        return short

    # Several posts

    def _split(self, text: str) -> list[str]:
        if self.own:
            return [part.strip() for part in text.split(";") if part.strip()]
        whole = " ".join(text.split())
        if self._known(whole) is not None:
            return [whole]
        parts: list[str] = []
        for line in _whole_lines(LABEL.sub("\n", text)):
            if self._known(line) is not None:
                parts.append(line)
                continue
            for part in PARTS.split(line):
                parts.extend(self._by_comma(part.strip(" ,")))
        return [part for part in parts if part] or [whole]

    def _by_comma(self, part: str) -> list[str]:
        for separator in (COMMAS, JOINED):
            if self._known(part) is not None:
                return [part]
            split = [one.strip() for one in separator.split(part) if one.strip()]
            if any(self._goes_on(separator, split[0], one) for one in split[1:]):
                continue
            if len(split) > 1 and all(self._is_post(one) or self._is_beside(one, split) for one in split):
                return [found for one in split for found in self._by_comma(one)]
        return self._segmented(part) or [part]

    def _goes_on(self, separator: re.Pattern[str], first: str, more: str) -> bool:
        """Whether what stands behind “and” or a comma is the field or the organisation of the post before it."""
        if self._known(more) is not None:
            return False
        if separator is COMMAS:
            return ORGANISATION.search(more) is not None and not ROLE.search(more)
        return HAS_A_FIELD.search(first) is not None and is_initials(more)

    def _is_beside(self, text: str, split: list[str]) -> bool:
        """Whether a name stands before a post that is known, as in “Agency Decision Maker, Head of Permanence”."""
        return text[0].isupper() and text != split[-1] and self._known(split[-1]) is not None

    def _is_post(self, text: str) -> bool:
        if self._known(text) is not None or any(
            shortened(text, one.abbreviation) for one in self._alike(text)
        ):
            return True
        if (split := JOINED.split(text)) and len(split) > 1:
            return all(self._is_post(one) for one in split)
        first = text.split(maxsplit=1)[0] if text.split() else ""
        if len(first) > 1 and self._known(first) is not None:
            return True
        return bool(is_initials(text) or ROLE_NOUN.search(text) or self._segmented(text))

    def _segmented(self, part: str) -> list[str]:
        """The posts of the key that stand in a text with nothing between them, where nothing else stands there."""
        words = part.split()
        if len(words) < 2:
            return []
        found: list[str] = []
        at = 0
        while at < len(words):
            size = next(
                (
                    size
                    for size in range(min(6, len(words) - at), 0, -1)
                    if self._known(" ".join(words[at : at + size])) is not None
                ),
                0,
            )
            if not size:
                return []
            found.append(" ".join(words[at : at + size]))
            at += size
        return found


def _whole_lines(text: str) -> list[str]:
    """The lines of a cell, a line that hangs on the next joined to it."""
    lines: list[str] = []
    for line in lines_of(text):
        if lines and (HANGING.search(lines[-1]) or line[0] in "/,&("):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line.lstrip("•-– "))
    return lines
