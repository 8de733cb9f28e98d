from django.urls import include, path

from improvement import views

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("account/", include("allauth.account.urls")),
    path("gallery/", views.component_gallery, name="gallery"),
    path("", include("reports.urls")),
    # Before boards, whose <council>/<plan>/ would take <council>/rating-keys/ for a plan.
    path("", include("recommendations.urls")),
    path("", include("boards.urls")),
    path("<slug:council>/", views.council_page, name="council"),
]

handler400 = "improvement.errors.bad_request"
handler403 = "improvement.errors.permission_denied"
handler404 = "improvement.errors.not_found"
handler500 = "improvement.errors.server_error"
