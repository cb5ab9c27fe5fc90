"""Addresses of this room."""

from django.urls import path

from governance.dashboards import views

app_name = "dashboards"
urlpatterns = [path("", views.home, name="home")]
