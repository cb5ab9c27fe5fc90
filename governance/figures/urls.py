"""Addresses of this room."""

from django.urls import path

from governance.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("<str:key>/", views.figure, name="figure"),
]
