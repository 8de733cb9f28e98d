from django.urls import path

app_name = "reports"
from reports import exports

urlpatterns: list = [
    path("<slug:council>/<slug:plan>/actions.csv", exports.action_csv, name="action_csv"),
    path("<slug:council>/<slug:plan>/reports/", exports.action_csv, name="report_list"),
]
