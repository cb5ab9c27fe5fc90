"""Addresses of this room. What is not about one asset stands before the references, which take any word."""

from django.urls import path

from assets.views import changes, entry, register

app_name = "assets"
urlpatterns = [
    path("", register.register, name="list"),
    path("units/<slug:code>/", register.of_unit, name="of_unit"),
    path("<reference:reference>/", entry.asset, name="asset"),
    path("<reference:reference>/edit/", entry.edit, name="edit"),
    path("<reference:reference>/changes/<int:version>/", changes.change, name="change"),
    path("<reference:reference>/changes/<int:version>/undo/", changes.undo, name="undo"),
]
