from django.urls import include, path

from improvement import framework_views, inspection_views, member_views, views

# Before the pages of plans, whose addresses begin with a council and a plan.
inspections = [
    path("inspections/add/", inspection_views.add_inspection, name="add_inspection"),
    path("inspections/<slug:inspection>/", inspection_views.inspection_page, name="inspection_page"),
    path("inspections/<slug:inspection>/received/", inspection_views.record_receipt, name="record_receipt"),
    path(
        "inspections/<slug:inspection>/duties/<str:duty>/met/",
        inspection_views.record_duty_met,
        name="record_duty_met",
    ),
    path(
        "inspections/<slug:inspection>/duties/<str:duty>/override/",
        inspection_views.override_duty,
        name="override_duty",
    ),
    path("interventions/add/", inspection_views.add_intervention, name="add_intervention"),
    path(
        "interventions/<slug:intervention>/",
        inspection_views.change_intervention,
        name="change_intervention",
    ),
]
members = [
    path("members/", member_views.MemberList.as_view(), name="member_list"),
    path("members/add/", member_views.add_member, name="add_member"),
    path("members/<int:number>/", member_views.change_member, name="change_member"),
    path("members/<int:number>/end/", member_views.end_member, name="end_member"),
]
urlpatterns = [
    path("healthz", views.health, name="health"),
    path("account/", include("allauth.account.urls")),
    path("gallery/", views.component_gallery, name="gallery"),
    path("frameworks/", framework_views.framework_list, name="framework_list"),
    path("frameworks/add/", framework_views.add_framework, name="add_framework"),
    path("frameworks/<slug:framework>/", framework_views.framework_page, name="framework_page"),
    path("<slug:council>/", include([*inspections, *members])),
    path("<slug:council>/boards/", include("boards.meeting_urls")),
    path("", include("reports.urls")),
    # Before boards, whose <council>/<plan>/ would take <council>/rating-keys/ for a plan.
    path("", include("recommendations.urls")),
    path("", include("boards.urls")),
    path("<slug:council>/", include("boards.council_urls")),
]

handler400 = "improvement.errors.bad_request"
handler403 = "improvement.errors.permission_denied"
handler404 = "improvement.errors.not_found"
handler500 = "improvement.errors.server_error"
