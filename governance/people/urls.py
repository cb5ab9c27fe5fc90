"""Addresses of the directory."""

from django.urls import path

from governance.people import controller_views as controller
from governance.people import views

app_name = "people"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("rules/", views.rules, name="rules"),
    path("controller/", controller.controller, name="controller"),
    path("controller/edit/", controller.edit, name="edit_controller"),
    path("accounts/", views.persons, name="persons"),
    path("accounts/new/", views.new_person, name="new_person"),
    path("accounts/<int:pk>/deactivate/", views.deactivate, name="deactivate"),
    path("units/new/", views.new_unit, name="new_unit"),
    path("new-post/", views.new_post, name="new_post"),
    path("posts/<slug:code>/", views.post, name="post"),
    path("posts/<slug:code>/appoint/", views.appoint, name="appoint"),
    path("posts/<slug:code>/give-role/", views.give_role, name="give_role"),
    path("holdings/<int:pk>/end/", views.end_holding, name="end_holding"),
    path("roles/<int:pk>/end/", views.end_role, name="end_role"),
]
