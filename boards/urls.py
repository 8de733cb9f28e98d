from django.urls import include, path

from boards import (
    calendar_views,
    chasing_views,
    cost_views,
    owner_views,
    people_views,
    risk_views,
    round_views,
    scorecard_views,
    views,
)

PLAN = "<slug:council>/<slug:plan>/"
# What is not of one plan, before the pages of plans, whose addresses begin with a council and a plan.
chasing = [
    path("account/told/", chasing_views.told, name="told"),
    path("account/calendar/", calendar_views.renew_calendar, name="renew_calendar"),
    path("calendar/<str:secret>.ics", calendar_views.own_calendar, name="own_calendar"),
    path(f"calendar/<str:secret>/{PLAN}dates.ics", calendar_views.plan_calendar, name="plan_calendar"),
    path("owner/", owner_views.owner_actions, name="owner_actions"),
    path("owner/actions/<int:number>/", owner_views.owner_update, name="owner_update"),
    path("owner/<str:secret>/", owner_views.owner_enter, name="owner_enter"),
    path("<slug:council>/owner-links/", owner_views.owner_link_list, name="owner_link_list"),
    path("<slug:council>/owner-links.csv", owner_views.owner_links_csv, name="owner_links_csv"),
    path("<slug:council>/owner-links/add/", owner_views.add_owner_link, name="add_owner_link"),
    path(
        "<slug:council>/owner-links/<int:number>/revoke/",
        owner_views.revoke_owner_link,
        name="revoke_owner_link",
    ),
    path(f"{PLAN}chasers/", chasing_views.chaser_times, name="chaser_times"),
    path(f"{PLAN}follow/", chasing_views.follow, name="follow_plan"),
    path(
        f"{PLAN}recommendations/<str:reference>/follow/", chasing_views.follow, name="follow_recommendation"
    ),
    path(f"{PLAN}actions/<str:reference>/<str:number>/follow/", chasing_views.follow, name="follow_action"),
]
pages = [
    *chasing,
    path("<slug:council>/<slug:plan>/", views.plan_dashboard, name="plan_dashboard"),
    path("<slug:council>/<slug:plan>/rounds/", round_views.round_list, name="round_list"),
    path("<slug:council>/<slug:plan>/rounds/open/", round_views.open_round, name="open_round"),
    path("<slug:council>/<slug:plan>/rounds/<int:round_number>/", round_views.round_page, name="round_page"),
    path(
        "<slug:council>/<slug:plan>/rounds/<int:round_number>/close/",
        round_views.close_round,
        name="close_round",
    ),
    path(
        "<slug:council>/<slug:plan>/rounds/<int:round_number>/meeting/",
        round_views.round_meeting,
        name="round_meeting",
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
    path("<slug:council>/<slug:plan>/risks/<slug:risk>/change/", risk_views.change_risk, name="change_risk"),
    path("<slug:council>/<slug:plan>/risks/<slug:risk>/close/", risk_views.close_risk, name="close_risk"),
    path(f"{PLAN}costs/add/", cost_views.add_cost, name="add_cost"),
    path(f"{PLAN}costs/<slug:cost>/change/", cost_views.correct_cost, name="correct_cost"),
    path(f"{PLAN}costs/<slug:cost>/drop/", cost_views.drop_cost, name="drop_cost"),
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
