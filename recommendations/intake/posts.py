"""Posts that lead: the cells that name them, by the key of the document and the posts that the council has.

Two spellings are one post only where nothing else could be meant: a wrong merge hides who is accountable, while a new
post that is proposed and marked is seen.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from recommendations.intake.known import Known
from recommendations.intake.marks import lines_of
from recommendations.intake.plan_read import PostRead, Said, Sureness
from recommendations.intake.post_keys import ACRONYM, entries_of_key, fold, key_lines
from recommendations.intake.rows import Source

ROLES = (
    "head director manager chair lead officer principal service team assistant deputy executive chief designated named"
    " strategic interim senior independent cabinet member commissioner consultant superintendent inspector nurse doctor"
    " midwife headteacher"
)
NOUNS = "head director manager chair lead officer principal chief commissioner superintendent inspector nurse doctor midwife"
ROLE = re.compile(rf"(?:{'|'.join(ROLES.split())})s?\b", re.IGNORECASE)
INITIALS = re.compile(r"(?:[A-Z][A-Za-z&.]{0,7}\.?)(?:[ -](?:[A-Z&][A-Za-z&.]{0,5}|\([A-Z]{2,6}\)))*")
ROLE_NOUN = re.compile(rf"\b(?:{'|'.join(NOUNS.split())}|member|headteacher)s?\b", re.IGNORECASE)
PARTS = re.compile(r"\s*[/;+|]\s*(?![^()]*\))|\s*\n\s*")
COMMAS = re.compile(r"\s*,\s*(?![^()]*\))")
JOINED = re.compile(r"\s+(?:and|&|with)\s+(?![^()]*\))", re.IGNORECASE)
HANGING = re.compile(r"(?:[/,;&+]|\b(?:of|and|for|the|with))\s*$", re.IGNORECASE)


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
        if fold(short) not in self.found:
            self._add(PostRead(short, " ".join(long.split()), in_key, ()))
            self.by_title.setdefault(fold(long), short)

    def _add(self, post: PostRead) -> None:
        self.found[fold(post.abbreviation)] = post
        for ends in _ends(post.abbreviation):
            self.by_ends.setdefault(ends, []).append(post)

    def _alike(self, written: str) -> list[PostRead]:
        """The posts that begin or end with the same word as a spelling."""
        return list(
            {
                post.abbreviation: post for ends in _ends(written) for post in self.by_ends.get(ends, ())
            }.values()
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
        for written in self._split(text):
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

    def _match(self, written: str) -> tuple[str, str, Sureness]:
        if (same := self._known(written)) is not None:
            post = self.found[fold(same)]
            new = self.has_key and not post.in_key and not post.title
            return (
                same,
                "The key does not explain it" if new else "",
                Sureness.UNSURE if new else Sureness.CERTAIN,
            )
        # Where nothing explains a post, only its initials may be spelt in two ways.
        initials = INITIALS.fullmatch(written) is not None
        shorter = [
            post.abbreviation
            for post in self._alike(written)
            if (post.title or initials)
            and _shortened(written, post.abbreviation)
            and (post.title or INITIALS.fullmatch(post.abbreviation))
        ]
        if len(shorter) == 1:
            sure = Sureness.LIKELY if self.found[fold(shorter[0])].title else Sureness.UNSURE
            return shorter[0], f"“{written}” was taken for {shorter[0]}", sure
        self._add(PostRead(written, "", False, ()))
        if self.has_key:
            near = [
                post.abbreviation
                for post in self.found.values()
                if post.in_key and _near(written, post.abbreviation)
            ]
            like = f"; {' or '.join(near)} may be meant" if near else ""
            return written, f"The key does not explain {written}{like}", Sureness.UNSURE
        doubt = len(written) > 80 or bool(JOINED.search(written)) or bool(COMMAS.search(written))
        return written, "A post that is new", Sureness.UNSURE if doubt else Sureness.LIKELY

    # Several posts

    def _split(self, text: str) -> list[str]:
        if self.own:
            return [part.strip() for part in text.split(";") if part.strip()]
        whole = " ".join(text.split())
        if self._known(whole) is not None:
            return [whole]
        parts: list[str] = []
        for line in _whole_lines(text):
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
            if len(split) > 1 and all(self._is_post(one) for one in split):
                return [found for one in split for found in self._by_comma(one)]
        return self._segmented(part) or [part]

    def _is_post(self, text: str) -> bool:
        if self._known(text) is not None or any(
            _shortened(text, one.abbreviation) for one in self._alike(text)
        ):
            return True
        if (split := JOINED.split(text)) and len(split) > 1:
            return all(self._is_post(one) for one in split)
        return bool(_is_initials(text) or ROLE_NOUN.search(text) or self._segmented(text))

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


def _is_initials(text: str) -> bool:
    """Whether a text is the initials of a post, such as DD TS, HoS CIN or SM Perf., and not a name such as NHS Harrow."""
    words = text.split()
    long = any(
        len(word) > 4 and not word.endswith((".", ")")) and not ACRONYM.fullmatch(word) for word in words
    )
    return (
        len(text) <= 24
        and not long
        and sum(letter.isupper() for letter in text) > 1
        and bool(INITIALS.fullmatch(text))
    )


def _ends(text: str) -> tuple[tuple[int, bool, str], ...]:
    words = fold(text).split()
    return ((len(words), True, words[0]), (len(words), False, words[-1])) if words else ()


def _whole_lines(text: str) -> list[str]:
    """The lines of a cell, a line that hangs on the next joined to it."""
    lines: list[str] = []
    for line in lines_of(text):
        if lines and (HANGING.search(lines[-1]) or line[0] in "/,&("):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line.lstrip("•-– "))
    return lines


def _shortened(written: str, abbreviation: str) -> bool:
    """Whether one spells the words of the other shorter: Per for Perf., Chair for Chr., never NHS for NHSH."""
    mine, theirs = written.split(), abbreviation.split()
    if len(mine) != len(theirs) or len(mine) < 2 or fold(written) == fold(abbreviation):
        return False
    differing = 0
    for one, other in zip(mine, theirs, strict=True):
        if fold(one) == fold(other):
            continue
        short, long = sorted((fold(one), fold(other)), key=len)
        capitals = ACRONYM.fullmatch(other.strip(".()")) or "(" in other or "(" in one
        if capitals or len(short) < 3 or len(short) > 5 or not _letters_in_order(short, long):
            return False
        differing += 1
    return differing == 1


def _letters_in_order(short: str, long: str) -> bool:
    if short[0] != long[0]:
        return False
    rest = iter(long)
    inside = all(letter in rest for letter in short)
    return inside and (long.startswith(short) or short[-1] == long[-1])


def _near(written: str, abbreviation: str) -> bool:
    """Whether two spellings differ by one letter, so that one may be a slip for the other."""
    one, other = fold(written), fold(abbreviation)
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    if len(one) == len(other):
        return sum(mine != theirs for mine, theirs in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
