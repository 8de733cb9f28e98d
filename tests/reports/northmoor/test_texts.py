"""Northmoor's words: complete, and about services only."""

import re
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from improvement.demonstration import NORTHMOOR
from recommendations.child_records import suspicions
from reports.northmoor import texts
from reports.northmoor.texts import Speaker

OCCASIONS = ("early", "middle", "late", "claim", "evidence", "more", "returned", "slip", "reopen")


def strings(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for value in found.values():
            yield from strings(value)
    elif isinstance(found, list):
        for value in found:
            yield from strings(value)


def test_the_plan_has_its_size() -> None:
    plan, actions = texts.read("plan"), texts.actions()

    assert len(plan["theme"]) == 6
    assert len({action.reference for action in actions}) == 25
    assert len({action.what for action in actions}) == 150
    assert len(plan["organisation"]) == 6
    assert sum(len(row["posts"]) for row in plan["organisation"]) == 30
    assert Counter(action.version for action in actions) == {"1.0": 141, "2.0": 6, "3.0": 3}


def test_every_post_leads_something_and_all_but_one_organisation_has_accounts() -> None:
    posts = {post for row in texts.read("plan")["organisation"] for post, _ in row["posts"]}

    led = {post for action in texts.actions() for post in action.leads}
    held = [post for account in NORTHMOOR for post in account.posts]

    assert led == posts
    assert len(held) == len(set(held))
    assert posts - set(held) == {"PDU"}


@pytest.mark.parametrize("name", ["plan", "phrases", "board"])
def test_nothing_reads_like_a_child_or_a_person(name: str) -> None:
    found = [text for text in strings(texts.read(name)) if suspicions(text)]

    assert found == []
    assert [text for text in strings(texts.read(name)) if re.search(r"\b(?:Mr|Mrs|Ms|Dr)\b\.?", text)] == []


def test_every_kind_of_work_has_phrases_for_every_occasion() -> None:
    phrases = texts.read("phrases")

    kinds = {action.kind for action in texts.actions()}

    assert {kind: sorted(phrases[kind]) for kind in kinds} == {kind: sorted(OCCASIONS) for kind in kinds}


def test_what_is_said_is_filled_in_and_not_said_twice() -> None:
    for action in texts.actions():
        speaker = Speaker(action, Random(1))

        said = [speaker.go_on() for _ in range(9)]

        assert len(set(said)) == 9
        assert [words for words in said if "{" in words or "  " in words] == []


def test_the_board_has_a_paper_for_every_meeting_and_a_reason_for_every_score() -> None:
    board = texts.read("board")

    assert len(board["paper"]) == 19
    assert [len(row["notes"]) for row in board["risk"]] == [len(row["after"]) - 1 for row in board["risk"]]
    known = {action.what for action in texts.actions()}
    assert {what for row in board["risk"] for what in row["answers"]} <= known
    assert {row["what"] for row in texts.read("plan")["reworded"]} <= known
