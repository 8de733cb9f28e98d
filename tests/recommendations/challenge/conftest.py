import pytest

from tests.recommendations.challenge import plans
from tests.recommendations.challenge.plans import Quiet


@pytest.fixture
def quiet(db: None) -> Quiet:
    return plans.quiet()
