"""Inspections of a council, what the law asks for after them, and the interventions that followed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from improvement import duties, grade_chart, inspection_workflow, workflow
from improvement.inspection_forms import (
    DutyMetForm,
    DutyOverrideForm,
    InspectionForm,
    InterventionChangeForm,
    InterventionForm,
    ReceiptForm,
)
from improvement.models import Framework, Inspection, Intervention, Plan
from improvement.pages import CouncilPage, council_page, slug_asked
from improvement.permissions import Verb, may, require
from improvement.workflow import RecordedMeanwhile

forms_of = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def inspection_page(request: HttpRequest, council: str, inspection: str) -> HttpResponse:
    page = council_page(request, council)
    shown, on = _load(page, inspection), page.day.on
    raised = shown.recommendations.visible_to(page.user).raised_by(on=on).in_order()
    context = page.context(
        (shown.name, ""),
        inspection=shown,
        groups=grade_chart.grouped(shown) if shown.reported_on <= on else None,
        clock=duties.clock_of(shown, on=on),
        may_keep=not page.day.asked and may(page.user, Verb.KEEP_CLOCK, page.council),
        plans=Plan.objects.visible_to(page.user).filter(inspections=shown),
        recommendations=raised.select_related("plan").prefetch_related("organisations"),
        interventions=Intervention.objects.visible_to(page.user).known(on=on).filter(inspection=shown),
    )
    return render(request, "improvement/inspection_page.html", context)


@forms_of
def add_inspection(request: HttpRequest, council: str) -> HttpResponse:
    """First the framework, in `?framework=`; then the inspection and its grades."""
    page = _writing(request, council, Verb.ADD_INSPECTION)
    chosen = slug_asked(request, "framework")
    framework = Framework.objects.with_everything().filter(slug=chosen).first()
    if framework is None:
        unknown = bool(chosen) or request.method == "POST"
        every = Framework.objects.order_by("-from_on", "slug")
        now, others = every.in_force(on=page.day.on), every.out_of_force(on=page.day.on)
        lists = [("In force", now), ("Earlier and later", others)]
        context = page.context(("Add an inspection", ""), lists=lists, unknown=unknown)
        return render(request, "improvement/inspection_choose.html", context, status=422 if unknown else 200)
    form = InspectionForm(_sent(request), framework=framework)

    def save() -> str:
        added = inspection_workflow.add_inspection(
            council=page.council, by=page.user, on=page.day.now, **form.values()
        )
        messages.success(request, f"{added} added.")
        return page.url("inspection_page", added.slug)

    return _answer(request, page, form, save, "Add an inspection", framework=framework)


@forms_of
def record_receipt(request: HttpRequest, council: str, inspection: str) -> HttpResponse:
    page = _writing(request, council, Verb.KEEP_CLOCK)
    shown = _load(page, inspection)
    if shown.received_on:
        raise Http404
    form = ReceiptForm(_sent(request))

    def save() -> str:
        inspection_workflow.record_receipt(
            inspection=shown, by=page.user, on=page.day.now, **form.cleaned_data
        )
        messages.success(request, "The day of receipt is recorded, and the clock has started.")
        return page.url("inspection_page", shown.slug)

    return _answer(request, page, form, save, "Record when the report was received", inspection=shown)


@forms_of
def record_duty_met(request: HttpRequest, council: str, inspection: str, duty: str) -> HttpResponse:
    page = _writing(request, council, Verb.KEEP_CLOCK)
    shown = _load(page, inspection)
    clock, standing = _standing(page, shown, duty)
    form = DutyMetForm(_sent(request), met=bool(standing.met_on), initial={"version": clock.version})

    def save() -> str:
        workflow.record_duty_met(
            inspection=shown, duty=duty, by=page.user, on=page.day.now, **form.cleaned_data
        )
        messages.success(request, f"Recorded: {standing.duty}.")
        return page.url("inspection_page", shown.slug)

    return _answer(
        request, page, form, save, "Record that it was met", inspection=shown, standing=standing, clock=clock
    )


@forms_of
def override_duty(request: HttpRequest, council: str, inspection: str, duty: str) -> HttpResponse:
    page = _writing(request, council, Verb.KEEP_CLOCK)
    shown = _load(page, inspection)
    clock, standing = _standing(page, shown, duty)
    form = DutyOverrideForm(_sent(request), initial={"version": clock.version})

    def save() -> str:
        workflow.override_duty(
            inspection=shown, duty=duty, by=page.user, on=page.day.now, **form.cleaned_data
        )
        messages.success(request, f"Due day recorded: {standing.duty}.")
        return page.url("inspection_page", shown.slug)

    return _answer(
        request, page, form, save, "Record an override", inspection=shown, standing=standing, clock=clock
    )


@forms_of
def add_intervention(request: HttpRequest, council: str) -> HttpResponse:
    """An intervention after the inspection in `?inspection=`, or after none in particular."""
    page = _writing(request, council, Verb.ADD_INSPECTION)
    asked = slug_asked(request, "inspection")
    shown = _load(page, asked) if asked else None
    form = InterventionForm(_sent(request))

    def save() -> str:
        inspection_workflow.add_intervention(
            council=page.council, inspection=shown, by=page.user, on=page.day.now, **form.cleaned_data
        )
        messages.success(request, "The intervention is recorded.")
        return page.url("inspection_page", shown.slug) if shown else page.url("council")

    return _answer(request, page, form, save, "Add an intervention", inspection=shown)


@forms_of
def change_intervention(request: HttpRequest, council: str, intervention: str) -> HttpResponse:
    page = _writing(request, council, Verb.ADD_INSPECTION)
    mine = Intervention.objects.visible_to(page.user).filter(council=page.council)
    shown = get_object_or_404(mine.select_related("inspection"), slug=intervention)
    version = inspection_workflow.version_of(shown)
    now = {name: getattr(shown, name) for name in inspection_workflow.CHANGING}
    form = InterventionChangeForm(_sent(request), initial={**now, "version": version})

    def save() -> str:
        inspection_workflow.change_intervention(
            intervention=shown, by=page.user, on=page.day.now, **form.cleaned_data
        )
        messages.success(request, "The intervention is changed.")
        return page.url("council")

    return _answer(request, page, form, save, "Change an intervention", intervention=shown, version=version)


def _load(page: CouncilPage, slug: str) -> Inspection:
    mine = Inspection.objects.visible_to(page.user).filter(council=page.council).begun(on=page.day.on)
    return get_object_or_404(mine.with_judgements().select_related("council", "framework"), slug=slug)


def _writing(request: HttpRequest, council: str, verb: Verb) -> CouncilPage:
    """The council's page for somebody who may change what it shows."""
    page = council_page(request, council)
    require(page.user, verb, page.council)
    page.refuse_changes_to_the_past()
    return page


def _standing(page: CouncilPage, inspection: Inspection, duty: str) -> tuple[duties.Clock, duties.Standing]:
    clock = duties.clock_of(inspection, on=page.day.now)
    standing = clock.find(duty)
    if standing is None:
        raise Http404
    return clock, standing


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _answer(
    request: HttpRequest,
    page: CouncilPage,
    form: forms.Form,
    save: Callable[[], str],
    heading: str,
    **more: Any,
) -> HttpResponse:
    """The form's page; or, once it is saved, the way to the address that `save` gives."""
    status = 200
    if form.is_bound:
        status = 422
        try:
            if form.is_valid():
                return redirect(save())
        except ValidationError as refused:
            _explain(form, refused)
        except RecordedMeanwhile as clash:
            status = 409
            form.add_error(None, str(clash))
            # What was typed stays; sending it again says that the page as it is now was seen.
            seen = more["clock"].version if "clock" in more else more.get("version", 0)
            form.data = {**request.POST.dict(), "version": str(seen)}
    inspection = more.get("inspection")
    trail = [(inspection.name, page.url("inspection_page", inspection.slug))] if inspection else []
    context = page.context(*trail, (heading, ""), form=form, heading=heading, **more)
    return render(request, "improvement/inspection_form.html", context, status=status)


def _explain(form: forms.Form, refused: ValidationError) -> None:
    """Each sentence beside its field, or above the form where it has none."""
    by_field = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
    for field, sentences in by_field.items():
        form.add_error(field if field in form.fields else None, sentences)
