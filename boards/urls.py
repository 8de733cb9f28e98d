from django.urls import include, path

from boards import views

pages = [
    path("<slug:council>/<slug:plan>/", views.plan_dashboard, name="plan_dashboard"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("", include((pages, "boards"))),
]
