"""Addresses of this room."""

from django.urls import path

from risks import views

app_name = "risks"
urlpatterns = [
    path("", views.register, name="list"),
    path("matrix/", views.matrices, name="matrices"),
    path("matrix/new/", views.new_matrix, name="new_matrix"),
    path("matrix/<int:number>/", views.matrix, name="matrix"),
    path("matrix/<int:number>/write/", views.write_matrix, name="write_matrix"),
    path("matrix/<int:number>/adopt/", views.adopt, name="adopt_matrix"),
    path("matrix/<int:number>/withdraw/", views.withdraw, name="withdraw_matrix"),
    path("<reference:reference>/", views.risk, name="risk"),
    path("<reference:reference>/edit/", views.edit, name="edit"),
    path("<reference:reference>/state/", views.state, name="state"),
]
