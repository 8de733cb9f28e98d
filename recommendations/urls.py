from django.urls import path

from recommendations.views import actions, assurance, evidence, recommendations, tracker, updates

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
    path("<slug:council>/<slug:plan>/evidence/", tracker.evidence_tracker, name="evidence_tracker"),
    path("<slug:council>/<slug:plan>/evidence/<uuid:key>/", evidence.evidence_page, name="evidence_page"),
    path(
        "<slug:council>/<slug:plan>/evidence/<uuid:key>/file/", evidence.evidence_file, name="evidence_file"
    ),
    path(
        "<slug:council>/<slug:plan>/evidence/<uuid:key>/withdraw/",
        evidence.withdraw_evidence,
        name="withdraw_evidence",
    ),
    path(
        "<slug:council>/<slug:plan>/actions/<str:reference>/<str:number>/evidence/",
        evidence.add_evidence,
        name="add_evidence_of_action",
    ),
    path(
        "<slug:council>/<slug:plan>/recommendations/<str:reference>/evidence/",
        evidence.add_evidence,
        name="add_evidence_of_recommendation",
    ),
    path(
        "<slug:council>/<slug:plan>/actions/<str:reference>/<str:number>/review/",
        assurance.record_review,
        name="review_action",
    ),
    path(
        "<slug:council>/<slug:plan>/recommendations/<str:reference>/review/",
        assurance.record_review,
        name="review_recommendation",
    ),
]
