"""Addresses of this room."""

from django.urls import path

from risks import views

app_name = "risks"
urlpatterns = [
    path("", views.register, name="list"),
    path("<reference:reference>/", views.risk, name="risk"),
    path("<reference:reference>/edit/", views.edit, name="edit"),
    path("<reference:reference>/state/", views.state, name="state"),
]
