from django.urls import include, path

from boards import round_views, views

pages = [
    path("<slug:council>/<slug:plan>/", views.plan_dashboard, name="plan_dashboard"),
    path("<slug:council>/<slug:plan>/scorecard/", views.scorecard, name="scorecard"),
    path("<slug:council>/<slug:plan>/risks/", views.risks, name="risks"),
    path("<slug:council>/<slug:plan>/rounds/", round_views.round_list, name="round_list"),
    path("<slug:council>/<slug:plan>/rounds/open/", round_views.open_round, name="open_round"),
    path("<slug:council>/<slug:plan>/rounds/<int:round_number>/", round_views.round_page, name="round_page"),
    path(
        "<slug:council>/<slug:plan>/rounds/<int:round_number>/close/",
        round_views.close_round,
        name="close_round",
    ),
    path(
        "<slug:council>/<slug:plan>/rounds/<int:round_number>/answers/",
        round_views.round_answers,
        name="round_answers",
    ),
    path(
        "<slug:council>/<slug:plan>/rounds/<int:round_number>/answers/<str:reference>/<str:number>/",
        round_views.answer_action,
        name="answer_action",
    ),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("", include((pages, "boards"))),
]
