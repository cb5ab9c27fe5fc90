"""The addresses of the dashboards."""

from django.urls import path

from governance.dashboards.board import views

app_name = "board"
urlpatterns = [
    path("", views.board, name="board"),
    path("movement/", views.movement, name="movement"),
]
