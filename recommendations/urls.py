from django.urls import path

from recommendations.views import (
    actions,
    assurance,
    bulk_update,
    closing,
    comparisons,
    due_dates,
    evidence,
    handing_over,
    index_of_changes,
    intake,
    intake_columns,
    intake_csv,
    intake_load,
    intake_preview,
    plan_versions,
    plan_words,
    questions,
    rating_keys,
    recommendations,
    tracker,
    updates,
)

app_name = "recommendations"
urlpatterns = [
    path("<slug:council>/rating-keys/", rating_keys.rating_key_list, name="rating_key_list"),
    path("<slug:council>/rating-keys/add/", rating_keys.add_rating_key, name="add_rating_key"),
    path("<slug:council>/rating-keys/<slug:key>/edit/", rating_keys.edit_rating_key, name="edit_rating_key"),
    path("<slug:council>/intake.csv", intake_csv.intakes_csv, name="intakes_csv"),
    path("<slug:council>/intake/", intake.intake_list, name="intake_list"),
    path("<slug:council>/intake/begin/", intake.begin_intake, name="begin_intake"),
    path("<slug:council>/intake/<int:number>/", intake.intake_page, name="intake_page"),
    path("<slug:council>/intake/<int:number>/columns/", intake_columns.intake_columns, name="intake_columns"),
    path("<slug:council>/intake/<int:number>/preview/", intake_preview.intake_preview, name="intake_preview"),
    path("<slug:council>/intake/<int:number>/load/", intake_load.intake_load, name="intake_load"),
    path("<slug:council>/intake/<int:number>/file/", intake.intake_file, name="intake_file"),
    path("<slug:council>/intake/<int:number>/leave/", intake.leave_intake, name="leave_intake"),
    path("<slug:council>/<slug:plan>/rating-key/", rating_keys.choose_rating_key, name="choose_rating_key"),
    path("<slug:council>/<slug:plan>/actions/", actions.ActionList.as_view(), name="action_list"),
    path("<slug:council>/<slug:plan>/actions/update/", bulk_update.bulk_update, name="bulk_update"),
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
    path(
        "<slug:council>/<slug:plan>/recommendations/<str:reference>/add-action/",
        plan_words.add_action,
        name="add_action",
    ),
    path(
        "<slug:council>/<slug:plan>/actions/<str:reference>/<str:number>/words/",
        plan_words.reword_action,
        name="reword_action",
    ),
    path(
        "<slug:council>/<slug:plan>/actions/<str:reference>/<str:number>/hand-over/",
        handing_over.hand_over,
        name="hand_over",
    ),
    path(
        "<slug:council>/<slug:plan>/actions/<str:reference>/<str:number>/index/",
        index_of_changes.index_action,
        name="index_action",
    ),
    path(
        "<slug:council>/<slug:plan>/index-of-changes/", index_of_changes.index_page, name="index_of_changes"
    ),
    path("<slug:council>/<slug:plan>/index-of-changes.csv", index_of_changes.index_csv, name="index_csv"),
    path("<slug:council>/<slug:plan>/compare/", comparisons.compare, name="compare"),
    path("<slug:council>/<slug:plan>/compare.csv", comparisons.compare_csv, name="compare_csv"),
    path("<slug:council>/<slug:plan>/versions/", plan_versions.version_list, name="version_list"),
    path("<slug:council>/<slug:plan>/versions/agree/", plan_versions.agree_version, name="agree_version"),
    # A label such as 2.01 has a dot in it.
    path("<slug:council>/<slug:plan>/versions/<str:label>/", plan_versions.version_page, name="version_page"),
    path(
        "<slug:council>/<slug:plan>/versions/<str:label>/sign-off/",
        plan_versions.sign_version_off,
        name="sign_version_off",
    ),
    path("<slug:council>/<slug:plan>/close/", plan_versions.close_plan, name="close_plan"),
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
