from django.urls import path

from recommendations.views import actions, closing, due_dates, rating_keys, recommendations, updates

app_name = "recommendations"
urlpatterns = [
    path("<slug:council>/rating-keys/", rating_keys.rating_key_list, name="rating_key_list"),
    path("<slug:council>/rating-keys/add/", rating_keys.add_rating_key, name="add_rating_key"),
    path("<slug:council>/rating-keys/<slug:key>/edit/", rating_keys.edit_rating_key, name="edit_rating_key"),
    path("<slug:council>/<slug:plan>/rating-key/", rating_keys.choose_rating_key, name="choose_rating_key"),
    path("<slug:council>/<slug:plan>/actions/", actions.ActionList.as_view(), name="action_list"),
    path(
        "<slug:council>/<slug:plan>/actions/<str:reference>/<str:number>/",
        actions.action_page,
        name="action_page",
    ),
    path(
        "<slug:council>/<slug:plan>/actions/<str:reference>/<str:number>/update/",
        updates.update_action,
        name="update_action",
    ),
    *(
        path(
            f"<slug:council>/<slug:plan>/actions/<str:reference>/<str:number>/{place}/",
            closing.action_step,
            {"step": step},
            name=step,
        )
        for step, place in (
            ("claim_complete", "complete"),
            ("sign_off", "sign-off"),
            ("reopen", "reopen"),
            ("withdraw", "withdraw"),
        )
    ),
    path(
        "<slug:council>/<slug:plan>/actions/<str:reference>/<str:number>/due-date/",
        due_dates.request_due_date,
        name="request_due_date",
    ),
    path("<slug:council>/<slug:plan>/due-dates/", due_dates.due_date_list, name="due_date_list"),
    path(
        "<slug:council>/<slug:plan>/due-dates/<int:request_number>/",
        due_dates.decide_due_date,
        name="decide_due_date",
    ),
    path(
        "<slug:council>/<slug:plan>/recommendations/",
        recommendations.recommendation_list,
        name="recommendation_list",
    ),
    path(
        "<slug:council>/<slug:plan>/recommendations/<str:reference>/",
        recommendations.recommendation_page,
        name="recommendation_page",
    ),
]
