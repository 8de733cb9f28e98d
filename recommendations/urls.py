from django.urls import path

from recommendations.views import actions, questions, rating_keys, recommendations, updates

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
    path("<slug:council>/<slug:plan>/questions/", questions.question_list, name="question_list"),
    path(
        "<slug:council>/<slug:plan>/questions/settings/",
        questions.question_settings,
        name="question_settings",
    ),
    path(
        "<slug:council>/<slug:plan>/questions/<str:fingerprint>/dismiss/",
        questions.dismiss_question,
        name="dismiss_question",
    ),
    path(
        "<slug:council>/<slug:plan>/questions/<str:fingerprint>/take-back/",
        questions.take_back_dismissal,
        name="take_back_dismissal",
    ),
]
