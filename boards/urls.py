from django.urls import include, path

from boards import views

pages = [
    path("<slug:council>/<slug:plan>/", views.plan_dashboard, name="plan_dashboard"),
    path("<slug:council>/<slug:plan>/scorecard/", views.scorecard, name="scorecard"),
    path("<slug:council>/<slug:plan>/risks/", views.risks, name="risks"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("", include((pages, "boards"))),
]
