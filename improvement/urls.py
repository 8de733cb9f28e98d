from django.urls import include, path

from improvement import views

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("account/", include("allauth.account.urls")),
    path("gallery/", views.component_gallery, name="gallery"),
    path("", include("reports.urls")),
    path("", include("boards.urls")),
    path("", include("recommendations.urls")),
    path("<slug:council>/", views.council_page, name="council"),
]

handler400 = "improvement.errors.bad_request"
handler403 = "improvement.errors.permission_denied"
handler404 = "improvement.errors.not_found"
handler500 = "improvement.errors.server_error"
