"""What has to be installed beside Python."""

import pytest

from improvement import libraries

pytestmark = pytest.mark.once


def test_every_library_has_its_debian_package() -> None:
    assert set(libraries.DEBIAN_PACKAGES.values()) == {
        "libpango-1.0-0",
        "libpangoft2-1.0-0",
        "libharfbuzz-subset0",
    }


def test_a_library_that_is_missing_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(libraries.DEBIAN_PACKAGES, "libnowhere.so.9", "libnowhere9")

    assert "libnowhere9" in libraries.missing()
