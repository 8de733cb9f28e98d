"""The door to the pages on which a plan is brought in from a file, and what stands around each of them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from improvement.models import Rating, RatingScale
from improvement.pages import CouncilPage, council_page
from improvement.permissions import Verb, require
from recommendations.models import Intake, IntakeState
from recommendations.models.intake import IntakeQuerySet

LIST = "recommendations:intake_list"
FILE, COLUMNS, PREVIEW, LOAD = "The file", "Columns", "Preview", "Load"
PLACES = {COLUMNS: "intake_columns", PREVIEW: "intake_preview", LOAD: "intake_load"}
# Nobody has said yet what the columns are.
AS_PROPOSED = 1


@dataclass(frozen=True)
class Step:
    """One of the steps at the top of each page. It has an address once it can be gone to."""

    label: str
    url: str
    done: bool
    current: bool


def keeper(request: HttpRequest, council: str) -> CouncilPage:
    """The council, for somebody who may change what its plans say, today."""
    page = council_page(request, council)
    require(page.user, Verb.KEEP_PLAN, page.council)
    page.refuse_changes_to_the_past()
    return page


def intakes(page: CouncilPage) -> IntakeQuerySet:
    return (
        Intake.objects.visible_to(page.user)
        .for_council(page.council)
        .select_related("council", "plan__council", "plan__rating_scale", "by", "loaded_by")
    )


def find(page: CouncilPage, number: int) -> Intake:
    """The intake of that number; a 404 like any other if the council has none. Its thousands of rows come when asked for."""
    return get_object_or_404(intakes(page).without_content(), pk=number)


def url(page: CouncilPage, name: str, intake: Intake) -> str:
    return reverse(f"recommendations:{name}", args=[page.council.slug, intake.pk])


def stands_at(page: CouncilPage, intake: Intake) -> str:
    """The page on which an intake goes on from where it stands."""
    if intake.state in (IntakeState.LOADING, IntakeState.LOADED):
        return url(page, "intake_load", intake)
    if intake.state != IntakeState.UNDERSTOOD:
        return url(page, "intake_page", intake)
    return url(page, "intake_columns" if intake.version == AS_PROPOSED else "intake_preview", intake)


def frame(page: CouncilPage, intake: Intake | None, at: str, **more: Any) -> dict[str, Any]:
    """What every page of an intake shows around its content."""
    here = intake.name if intake else "Bring a plan in"
    list_url = reverse(LIST, args=[page.council.slug])
    links = {
        "list_url": list_url,
        "begin_url": reverse("recommendations:begin_intake", args=[page.council.slug]),
    }
    if intake:
        links |= {
            "columns_url": url(page, "intake_columns", intake),
            "preview_url": url(page, "intake_preview", intake),
            "load_url": url(page, "intake_load", intake),
            "file_url": url(page, "intake_file", intake),
        }
    crumbs = (("Plans from files", list_url), (here, ""))
    return page.context(*crumbs, intake=intake, steps=_steps(page, intake, at), **links, **more)


def key_of(page: CouncilPage, intake: Intake) -> RatingScale:
    """The key by which the plan is rated; a new plan begins with the default one."""
    scales = RatingScale.objects.visible_to(page.user).for_council(page.council)
    return intake.plan.rating_scale if intake.plan else scales.default()


def ratings_of(page: CouncilPage, intake: Intake) -> list[Rating]:
    return list(key_of(page, intake).ratings.all())


def _steps(page: CouncilPage, intake: Intake | None, at: str) -> tuple[Step, ...]:
    labels = (FILE, *PLACES)
    place = labels.index(at)
    # Columns and values can be gone back to until the plan is loaded.
    open_to = intake is not None and intake.state == IntakeState.UNDERSTOOD
    return tuple(
        Step(
            label=label,
            url=url(page, PLACES[label], intake) if open_to and intake and label in PLACES else "",
            done=number < place or (intake is not None and intake.state == IntakeState.LOADED),
            current=number == place,
        )
        for number, label in enumerate(labels)
    )
