"""Addresses of this room."""

from django.urls import path

from assets import views

app_name = "assets"
urlpatterns = [
    path("", views.register, name="list"),
    path("<reference:reference>/", views.asset, name="asset"),
    path("<reference:reference>/edit/", views.edit, name="edit"),
]
