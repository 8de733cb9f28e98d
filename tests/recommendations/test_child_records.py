"""What looks like a child's record, and the ordinary language of plans that does not. Nothing here is anybody's record."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.child_records import MOST_NAMED, Suspicion, is_nhs_number, suspicions
from tests.conftest import ROOT

pytestmark = pytest.mark.once

INITIALS = "initials that stand for a person"
REFERENCE = "the number of a case or a record"
NHS_NUMBER = "an NHS number"
BIRTH = "a date of birth"
SMALL_COUNT = "a count of children under five"

RECORDS = [
    ("J.S. was seen at home.", INITIALS, "J.S."),
    ("Visit to J. S. and the school", INITIALS, "J. S."),
    ("J.A.S. moved in May", INITIALS, "J.A.S."),
    ("Child A waited nine days", INITIALS, "Child A"),
    ("child AB was not seen", INITIALS, "child AB"),
    ("Children B and C were moved", INITIALS, "Children B"),
    ("the audit of Child 12.", INITIALS, "Child 12"),
    ("Sibling K's plan", INITIALS, "Sibling K"),
    ("the mother of young person Q", INITIALS, "young person Q"),
    ("YP1 told the panel", INITIALS, "YP1"),
    ("YP 2 told the panel", INITIALS, "YP 2"),
    ("case 123456 was closed", REFERENCE, "case 123456"),
    ("see ref. 0123456", REFERENCE, "ref. 0123456"),
    ("Reference number: 4512", REFERENCE, "Reference number: 4512"),
    ("Mosaic ID 98765", REFERENCE, "Mosaic ID 98765"),
    ("LCS 1234567", REFERENCE, "LCS 1234567"),
    ("Frameworki no. 5521", REFERENCE, "Frameworki no. 5521"),
    ("record AB/12345", REFERENCE, "record AB/12345"),
    ("UPN A123456789012", REFERENCE, "A123456789012"),
    ("943 476 5919 has no plan", NHS_NUMBER, "943 476 5919"),
    ("9434765919", NHS_NUMBER, "9434765919"),
    ("943-476-5919", NHS_NUMBER, "943-476-5919"),
    ("943\u00a0476\u00a05919", NHS_NUMBER, "943 476 5919"),
    ("943\u200b4765919", NHS_NUMBER, "9434765919"),
    ("\uff19\uff14\uff13\uff14\uff17\uff16\uff15\uff19\uff11\uff19", NHS_NUMBER, "9434765919"),
    ("NHS number 123 456 7890", NHS_NUMBER, "NHS number 123 456 7890"),
    ("NHS No: 12345", NHS_NUMBER, "NHS No: 12345"),
    ("DOB 3/4/2009", BIRTH, "DOB 3/4/2009"),
    ("d.o.b. 03.04.09", BIRTH, "d.o.b. 03.04.09"),
    ("D.O.B: 3rd April 2009", BIRTH, "D.O.B: 3rd April 2009"),
    ("dob 2009", BIRTH, "dob 2009"),
    ("date of birth 2009-04-03", BIRTH, "date of birth 2009-04-03"),
    ("born on 3 April 2009", BIRTH, "born on 3 April 2009"),
    ("born the 3rd of April, 2009", BIRTH, "born the 3rd of April, 2009"),
    ("3 children were not seen", SMALL_COUNT, "3 children"),
    ("two boys went missing", SMALL_COUNT, "two boys"),
    ("one looked after child waits", SMALL_COUNT, "one looked after child"),
    ("One looked-after child waits", SMALL_COUNT, "One looked-after child"),
    ("one of our care leavers", SMALL_COUNT, "one of our care leavers"),
    ("for four vulnerable young people", SMALL_COUNT, "four vulnerable young people"),
    ("two 14-year-olds", SMALL_COUNT, "two 14-year-olds"),
    ("letters to 2 LAC were late", SMALL_COUNT, "2 LAC"),
    ("1\n  child", SMALL_COUNT, "1 child"),
]


@pytest.mark.parametrize(("text", "looks_like", "words"), RECORDS)
def test_what_looks_like_a_record_is_found(text: str, looks_like: str, words: str) -> None:
    assert suspicions(text) == (Suspicion(looks_like, (words,)),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "LSCB, SM QA and Des. Dr. agree; see S.11, e.g. the audit, i.e. the CP plan.",
        "LAC4 (3) and S7 (2) are done. Children are seen.",
        "The M.P. and the N.H.S. in the U.K. were told by H.M. inspectors.",
        "Plan B. A new plan follows Appendix A. It is short.",
        "CHILD IN NEED plans and child CP conferences; child QA; every child SW visit",
        "Looked After Children SM and children DD",
        "child a plan",
        "One workshop, 3 audits and two children's homes within 3 months",
        "one child protection plan in five lasts over a year",
        "one child in four; 1 in 4 children; one in three young people; two out of three care leavers",
        "Key Stage 4 pupils, year 3 pupils, tier 2 children, under 4 children, aged 0-4 children",
        "up to four children in each group; fewer than 3 children",
        "12 children, 1,003 children, 5.3 children and £3 children",
        "ten boys and eleven girls",
        "one child death overview panel, two child social workers, four children services",
        "3 LAC reviews were chaired",
        "DOB is recorded on every file, and the date of birth on every referral. Born in 2009.",
        "The NHS number is recorded in 95% of cases; NHS 111",
        "1,600 cases; case 12; cases in 2012/13; ref LAC4; file of 2012",
        "020 7946 0123 and 0303 123 1113",
        "123 456 7890 fails the check",
        "12 9434765919 0 is longer",
        "Family Justice Review, family GP, parent A&E leaflet, child N/A",
        "Child 2 weeks; Child 3.5; YP 2 weeks",
    ],
)
def test_the_ordinary_language_of_plans_passes(text: str) -> None:
    assert suspicions(text) == ()


def test_every_kind_is_named_once_with_the_words_that_were_found() -> None:
    text = "J.S. and Child B, born on 3 April 2009, and J.S. again: case 123456."

    found = suspicions(text)

    assert found == (
        Suspicion(INITIALS, ("J.S.", "Child B")),
        Suspicion(REFERENCE, ("case 123456",)),
        Suspicion(BIRTH, ("born on 3 April 2009",)),
    )


def test_only_a_few_examples_are_named() -> None:
    text = " ".join(f"case {number}" for number in range(10_000, 10_100))

    (found,) = suspicions(text)

    assert found.found == tuple(f"case {number}" for number in range(10_000, 10_000 + MOST_NAMED))


@given(st.integers(0, 10**9 - 1), st.sampled_from(["", " ", "-"]), st.sampled_from(["", " ", ", ", "("]))
def test_every_nhs_number_is_found_however_it_is_spaced(nine: int, gap: str, before: str) -> None:
    digits = f"{nine:09}"
    check = (11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11) % 11
    number = gap.join((digits[:3], digits[3:6], f"{digits[6:]}{check}"))

    found = suspicions(f"Seen{before or ' '}{number}.")

    # Ten is no digit: such a number is not given to anybody.
    assert found == ((Suspicion(NHS_NUMBER, (number,)),) if check < 10 else ())


@given(st.integers(0, 10**10 - 1), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_makes_it_no_nhs_number(number: int, place: int, by: int) -> None:
    digits = f"{number:010}"
    wrong = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]

    assert not (is_nhs_number(digits) and is_nhs_number(wrong))


@pytest.mark.parametrize("digits", ["", "943476591", "94347659190"])
def test_an_nhs_number_has_ten_digits(digits: str) -> None:
    assert not is_nhs_number(digits)


def test_the_four_councils_plans_set_nothing_off() -> None:
    rows = [row for path in (ROOT / "fixtures").glob("*.json") for row in json.loads(path.read_text())]
    texts = [value for row in rows for value in row["fields"].values() if isinstance(value, str)]

    found = {text: suspicions(text) for text in texts if suspicions(text)}

    assert len(texts) > 3000
    assert found == {}


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "9",
        "1 ",
        "A.",
        "J. S. ",
        "1 of the ",
        "one looked after ",
        "child ",
        "NHS number ",
        "943 476 591",
        "dob 1/1/",
        "born on 1 ",
        "case id ",
        "\u0327\u0301",
        "\u200b",
    ],
)
def test_a_megabyte_of_hostile_text_takes_no_longer_than_it_may(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))

    # Well under a second on an idle machine; where it tried each place from each other, it would be hours.
    assert seconds(text) < 10


def seconds(text: str) -> float:
    started = time.process_time()
    suspicions(text)
    return time.process_time() - started
