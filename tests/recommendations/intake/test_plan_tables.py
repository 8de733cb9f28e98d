"""A random plan laid out in a random way comes back as the plan that it is, and no word is lost."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommendations.intake.columns import propose
from recommendations.intake.known import Known
from recommendations.intake.understanding import understand
from tests.recommendations.intake.plan_forms import forms, trees
from tests.recommendations.intake.plan_tables import DAY, laid_out
from tests.recommendations.intake.plan_words import JUNK
from tests.recommendations.intake.sources import figures, plan_of, words_of


@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(laid_out())
def test_a_plan_comes_back_however_it_is_laid_out(laid):
    plan = understand(laid.source, propose(laid.source), Known(on=DAY))

    assert figures(plan) == laid.figures


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(laid_out())
def test_no_word_is_lost(laid):
    plan = understand(laid.source, propose(laid.source), Known(on=DAY))

    held = " ".join(words_of(plan).split())
    assert [text for text in laid.texts if text not in held] == []
    junk = [JUNK[name] for name in laid.layout.columns if name in JUNK]
    assert [text for text in junk if text not in held] == []


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.one_of(forms(), trees()))
def test_a_form_and_a_tree_of_numbers_come_back_with_every_word(laid):
    plan = plan_of(laid.source, Known(on=DAY))

    assert figures(plan) == laid.figures
    held = " ".join(words_of(plan).split())
    assert [text for text in laid.texts if text not in held] == []
