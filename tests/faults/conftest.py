import os

import pytest


@pytest.fixture(autouse=True)
def only_on_sqlite() -> None:
    """PostgreSQL looks after its own crashes; what is shown here is that the embedded database is set up to."""
    if not os.environ.get("DATABASE_URL", "sqlite:").startswith("sqlite:"):
        pytest.skip("These faults are about SQLite, whatever database the run is about.")
