"""Two wordings beside each other where many have to be looked through."""

from recommendations.intake_words import Wordings, wordings

LONG = "Every manager reads the plan on the first Monday of each month and says in writing what has changed since then."


def pieces(shown: Wordings) -> list[tuple[str, str]]:
    return [(piece.fate.value, piece.text) for piece in shown.pieces]


def test_a_change_is_shown_in_its_place() -> None:
    shown = wordings("Train every manager by May.", "Train every manager by June.")

    assert pieces(shown) == [("kept", "Train every manager by "), ("removed", "May."), ("added", "June.")]
    assert shown.is_cut is False


def test_of_what_stayed_some_words_are_left_about_each_change() -> None:
    shown = wordings(f"{LONG} We agreed.", f"{LONG} We met.")

    assert pieces(shown) == [
        ("kept", "… in writing what has changed since then. We "),
        ("removed", "agreed."),
        ("added", "met."),
    ]
    assert shown.is_cut is True


def test_two_texts_that_share_little_stand_one_after_the_other() -> None:
    shown = wordings("Revise the protocol.", "Look at how midwives and social workers plan.")

    assert (pieces(shown), shown.before, shown.after, shown.is_cut) == (
        [],
        "Revise the protocol.",
        "Look at how midwives and social workers plan.",
        False,
    )


def test_a_long_side_is_cut_at_a_word() -> None:
    shown = wordings("", f"{LONG} {LONG} {LONG}")

    assert shown.after.endswith(" …")
    assert len(shown.after) <= 242
    assert shown.is_cut is True


def test_what_would_take_long_to_compare_is_not_compared() -> None:
    shown = wordings("word " * 700, f"{'word ' * 699}end")

    assert (pieces(shown), shown.is_cut) == ([], True)
