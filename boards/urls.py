from django.urls import include, path

from boards import people_views, risk_views, scorecard_views, views

pages = [
    path("<slug:council>/<slug:plan>/", views.plan_dashboard, name="plan_dashboard"),
    path("<slug:council>/<slug:plan>/scorecard/", scorecard_views.scorecard, name="scorecard"),
    path("<slug:council>/<slug:plan>/scorecard/add/", scorecard_views.add_measure, name="add_measure"),
    path(
        "<slug:council>/<slug:plan>/scorecard/<slug:measure>/readings/add/",
        scorecard_views.add_reading,
        name="add_reading",
    ),
    path(
        "<slug:council>/<slug:plan>/scorecard/<slug:measure>/readings/<int:reading>/correct/",
        scorecard_views.correct_reading,
        name="correct_reading",
    ),
    path("<slug:council>/<slug:plan>/risks/", risk_views.risks, name="risks"),
    path("<slug:council>/<slug:plan>/risks/add/", risk_views.raise_risk, name="raise_risk"),
    path("<slug:council>/<slug:plan>/risks/<slug:risk>/", risk_views.risk_page, name="risk_page"),
    path("<slug:council>/<slug:plan>/risks/<slug:risk>/assess/", risk_views.assess_risk, name="assess_risk"),
    path("<slug:council>/<slug:plan>/risks/<slug:risk>/close/", risk_views.close_risk, name="close_risk"),
    path(
        "<slug:council>/<slug:plan>/organisations/<slug:organisation>/",
        people_views.organisation_page,
        name="organisation",
    ),
    path("<slug:council>/<slug:plan>/lead-officer/", people_views.lead_officer_page, name="lead_officer"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("", include((pages, "boards"))),
]
