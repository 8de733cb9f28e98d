"""Text that a spreadsheet would run: marked when written, and the same again when read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.cells import as_text, from_text

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        ("''=1+1", "'''=1+1"),
        ("'tis", "'tis"),
        ("'", "'"),
        ("5 - 3", "5 - 3"),
        ("", ""),
    ],
)
def test_one_apostrophe_more_where_it_could_be_run(text: str, written: str) -> None:
    """Case 50."""
    assert as_text(text) == written


@given(st.text(st.sampled_from("'=+-@\t\r\n＝＋－＠ab ") | st.characters()))
def test_what_was_written_comes_back(text: str) -> None:
    assert from_text(as_text(text)) == text
