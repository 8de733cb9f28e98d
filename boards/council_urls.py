"""The address of a council, under /<council>/. Every room leads there, so its name stands in no namespace."""

from django.urls import path

from boards import council_views

urlpatterns = [path("", council_views.council_page, name="council")]
