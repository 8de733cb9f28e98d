from django.urls import path

from recommendations.views import actions, recommendations, updates

app_name = "recommendations"
urlpatterns = [
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
]
