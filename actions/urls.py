"""Addresses of this room."""

from django.urls import path

from actions import views

app_name = "actions"
urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("plans/<slug:code>/", views.plan, name="plan"),
    path("actions/<reference:reference>/", views.action, name="action"),
    path("actions/<reference:reference>/report/", views.report, name="report"),
    path("actions/<reference:reference>/updates/<int:update>/correct/", views.correct, name="correct"),
]
