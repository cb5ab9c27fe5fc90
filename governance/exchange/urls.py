"""Addresses of files in and out."""

from django.urls import path

from governance.exchange.views import (
    batches,
    export,
    imports,
    openly,
    packs,
    plan,
    recommendations,
    samples,
    words,
)

app_name = "exchange"
urlpatterns = [
    path("public/assets.csv", openly.assets, name="public_assets"),
    path("packs/<int:number>/pack.zip", packs.pack, name="pack"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.upload, name="upload"),
    path("imports/<int:batch>/", batches.batch, name="batch"),
    path("imports/<int:batch>/match/", imports.match, name="match"),
    path("imports/<int:batch>/words/", words.words, name="words"),
    path("imports/<int:batch>/where/", imports.where, name="where"),
    path("imports/<int:batch>/also/", batches.also, name="also"),
    path("imports/<int:batch>/choose/", batches.choose, name="choose"),
    path("imports/<int:batch>/commit/", batches.commit_batch, name="commit"),
    path("imports/<int:batch>/undo/", batches.undo_batch, name="undo"),
    path("imports/<int:batch>/abandon/", batches.abandon, name="abandon"),
    path("imports/<int:batch>/left-out.csv", batches.errors, name="errors"),
    path(
        "audits/<slug:code>/samples/<int:number>/file.<slug:ending>", samples.sample_file, name="sample_file"
    ),
    path("audits/<slug:code>/samples/<int:number>/list.csv", samples.sample_list, name="sample_list"),
    path(
        "audits/<slug:code>/recommendations/file.<slug:ending>",
        recommendations.export,
        name="recommendations_export",
    ),
    path("plans/<slug:code>/file.<slug:ending>", plan.export, name="plan_export"),
    path("<slug:register>/file.<slug:ending>", export.export, name="export"),
]
