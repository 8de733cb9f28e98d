"""stub"""
from django.http import HttpRequest, HttpResponse
def plan_schema(request: HttpRequest) -> HttpResponse: return HttpResponse()
def take_out(request: HttpRequest, council: str, plan: str) -> HttpResponse: return HttpResponse()
def taken_out(request: HttpRequest, council: str, plan: str, ending: str) -> HttpResponse: return HttpResponse()
