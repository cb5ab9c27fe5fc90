"""Addresses of files in and out."""

from django.urls import path

from governance.exchange.views import export, imports, openly

app_name = "exchange"
urlpatterns = [
    path("public/assets.csv", openly.assets, name="public_assets"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.upload, name="upload"),
    path("imports/<int:batch>/", imports.batch, name="batch"),
    path("imports/<int:batch>/match/", imports.match, name="match"),
    path("imports/<int:batch>/where/", imports.where, name="where"),
    path("imports/<int:batch>/choose/", imports.choose, name="choose"),
    path("imports/<int:batch>/commit/", imports.commit_batch, name="commit"),
    path("imports/<int:batch>/undo/", imports.undo_batch, name="undo"),
    path("imports/<int:batch>/abandon/", imports.abandon, name="abandon"),
    path("imports/<int:batch>/left-out.csv", imports.errors, name="errors"),
    path("<slug:register>/file.<slug:ending>", export.export, name="export"),
]
