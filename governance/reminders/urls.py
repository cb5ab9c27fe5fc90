"""Addresses of this room."""

from django.urls import path

from governance.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.digests, name="digests"),
    path("mine/", views.mine, name="mine"),
    path("<int:pk>/", views.digest, name="digest"),
    path("<int:pk>/again/", views.again, name="again"),
]
