"""Addresses of this room."""

from django.urls import path

from governance.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.home, name="home"),
    path("hand-over/", views.hand_overs, name="hand_overs"),
    path("hand-over/people/<int:pk>/", views.hand_over_person, name="hand_over_person"),
    path("hand-over/planned/<int:pk>/withdraw/", views.withdraw, name="withdraw_hand_over"),
    path("hand-over/<slug:code>/", views.hand_over, name="hand_over"),
]
