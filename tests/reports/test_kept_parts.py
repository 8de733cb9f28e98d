"""Printed parts that are kept: taken again only whole, bounded, for nobody else's eyes."""

import os
from pathlib import Path
from typing import Any

import pytest

from reports import kept_parts, pdf
from reports.making import ReportFailed
from tests.reports.sources import PLAIN, of_parts

KEY, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "parts"


def test_what_is_kept_is_found_again(place: Path) -> None:
    kept_parts.keep(KEY, b"%PDF-part")

    assert kept_parts.find(KEY) == b"%PDF-part"
    assert kept_parts.find(OTHER) is None


def test_it_is_for_the_server_alone(place: Path) -> None:
    kept_parts.keep(KEY, b"%PDF-part")

    assert (place.stat().st_mode & 0o777, (place / KEY).stat().st_mode & 0o777) == (0o700, 0o600)


@pytest.mark.parametrize("change", [b"", b"x", b"x" * 100])
def test_what_was_altered_or_cut_is_thrown_away(place: Path, change: bytes) -> None:
    kept_parts.keep(KEY, b"%PDF-part")
    (place / KEY).write_bytes(change)

    assert kept_parts.find(KEY) is None
    assert not (place / KEY).exists()


def test_a_part_under_another_name_is_not_taken(place: Path) -> None:
    kept_parts.keep(KEY, b"%PDF-part")
    (place / KEY).rename(place / OTHER)

    assert kept_parts.find(OTHER) is None


def test_what_was_not_used_for_longest_goes_first(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, key in enumerate(("a", "b", "c")):
        kept_parts.keep(key * 64, b"x" * 60)
        os.utime(place / (key * 64), (1000 + number, 1000 + number))
    kept_parts.find("a" * 64)
    monkeypatch.setattr(kept_parts, "MOST_BYTES", 250)

    kept_parts.sweep()

    assert sorted(path.name[0] for path in place.iterdir()) == ["a", "c"]


def test_what_a_killed_worker_was_writing_is_swept(place: Path) -> None:
    kept_parts.keep(KEY, b"%PDF-part")
    half = place / f"half{kept_parts.UNFINISHED}"
    half.write_bytes(b"half")
    os.utime(half, (0, 0))

    kept_parts.sweep()

    assert [path.name for path in place.iterdir()] == [KEY]


@pytest.mark.pdf
def test_only_the_part_that_changed_is_printed_again(place: Path) -> None:
    parts = {"one": PLAIN.format("<p>One</p>"), "two": PLAIN.format("<p>Two</p>")}
    whole = pdf.render(of_parts(parts))
    before = {path.name for path in place.iterdir()}

    steps: list[str] = []
    changed = pdf.render(
        of_parts(parts | {"two": PLAIN.format("<p>Three</p>")}), lambda words, percent: steps.append(words)
    )

    assert len(before) == 3
    assert len(before ^ {path.name for path in place.iterdir()}) == 1
    assert "Reading part 1 of 2" not in steps
    assert "Reading part 2 of 2" in steps
    assert changed.sha256 != whole.sha256
    assert pdf.render(of_parts(parts)).content == whole.content


@pytest.mark.pdf
def test_an_altered_part_is_printed_anew_and_the_file_is_whole(place: Path) -> None:
    source = of_parts({"one": PLAIN.format("<p>One</p>")})
    whole = pdf.render(source)
    for path in place.iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"x")

    assert pdf.render(source).content == whole.content


@pytest.mark.pdf
def test_what_failed_is_not_kept(place: Path) -> None:
    with pytest.raises(ReportFailed):
        pdf.render(of_parts({"one": PLAIN.format('<img alt="x" src="https://evil.example/x.png">')}))

    assert [path for path in place.iterdir() if path.suffix == kept_parts.UNFINISHED] == []
    assert len(list(place.iterdir())) == 0
