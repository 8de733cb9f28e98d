"""A plan's fixture with its files, as it is taken out."""

import io
import json
import zipfile
from typing import Any

from improvement.models import Plan
from reports.taking_out import fixture


def zipped(plan: Plan) -> zipfile.ZipFile:
    kept = io.BytesIO()
    fixture.write(fixture.of(plan), kept)
    return zipfile.ZipFile(kept)


def records(package: zipfile.ZipFile) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(package.read("plan.json"))
    return found
