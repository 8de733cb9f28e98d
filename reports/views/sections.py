"""Writing one section: its words, their preview, who else is at it, and how far it is."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from improvement import clock
from improvement.clock import LONDON
from reports import typed, writing
from reports.models import Report, ReportSection
from reports.models.section import Readiness
from reports.views.reading import ReportPage
from reports.views.writing import around, tell, writing_page
from reports.workflow import authoring
from reports.workflow.authoring import Saved, WrittenMeanwhile
from reports.workflow.written import LONGEST_BODY, Gone
from reports.writing_forms import MarkForm, SectionForm
