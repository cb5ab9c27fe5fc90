"""Addresses of this room."""

from django.urls import path

from governance.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.home, name="home"),
    path("hand-over/", views.hand_overs, name="hand_overs"),
    path("hand-over/<slug:code>/", views.hand_over, name="hand_over"),
]
