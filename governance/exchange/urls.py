"""Addresses of files in and out."""

from django.urls import path

from governance.exchange.views import export

app_name = "exchange"
urlpatterns = [
    path("<slug:register>/file.<slug:ending>", export.export, name="export"),
]
