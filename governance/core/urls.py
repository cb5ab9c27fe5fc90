"""Addresses that belong to no room."""

from django.conf import settings
from django.urls import URLPattern, path

from governance.core import views

app_name = "core"
urlpatterns: list[URLPattern] = [
    path("healthz", views.healthz, name="healthz"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("theme.css", views.theme_sheet, name="theme"),
]
if settings.DEBUG:
    urlpatterns.append(path("components/", views.components, name="components"))
