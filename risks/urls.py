"""Addresses of this room."""

from django.urls import path

from risks import views
from risks.views import (
    acceptance,
    bulk,
    incident,
    incident_risk,
    incident_steps,
    merging,
    rules,
    saved,
)

app_name = "risks"
urlpatterns = [
    path("", views.register, name="list"),
    path("new/", views.new, name="new"),
    path("views/", saved.views, name="views"),
    path("views/<int:number>/remove/", saved.remove_view, name="remove_view"),
    path("many/", bulk.start, name="bulk"),
    path("many/check/", bulk.check, name="bulk_check"),
    path("many/do/", bulk.do, name="bulk_do"),
    path("matrix/", views.matrices, name="matrices"),
    path("matrix/new/", views.new_matrix, name="new_matrix"),
    path("matrix/<int:number>/", views.matrix, name="matrix"),
    path("matrix/<int:number>/write/", views.write_matrix, name="write_matrix"),
    path("matrix/<int:number>/adopt/", views.adopt, name="adopt_matrix"),
    path("matrix/<int:number>/withdraw/", views.withdraw, name="withdraw_matrix"),
    path("rules/", rules.all_rules, name="all_rules"),
    path("rules/new/", rules.new_rules, name="new_rules"),
    path("rules/missing/", rules.promotions, name="promotions"),
    path("rules/<int:number>/", rules.rules, name="rules"),
    path("rules/<int:number>/write/", rules.write_rules, name="write_rules"),
    path("rules/<int:number>/adopt/", rules.adopt_rules, name="adopt_rules"),
    path("rules/<int:number>/withdraw/", rules.withdraw_rules, name="withdraw_rules"),
    path("incidents/", incident.register, name="incidents"),
    path("incidents/figures/", incident.breakdowns, name="incident_figures"),
    path("incidents/report/", incident.report, name="report_incident"),
    path("incidents/<reference:reference>/", incident.incident, name="incident"),
    path("incidents/<reference:reference>/edit/<slug:section>/", incident.edit, name="edit_incident"),
    path("incidents/<reference:reference>/step/", incident_steps.move, name="move_incident"),
    path("incidents/<reference:reference>/decide/", incident_steps.decide, name="decide_incident"),
    path("incidents/<reference:reference>/told/", incident_steps.notice, name="record_notice"),
    path("incidents/<reference:reference>/told/<int:number>/", incident_steps.notice, name="correct_notice"),
    path("incidents/<reference:reference>/note/", incident_steps.note, name="note_incident"),
    path(
        "incidents/<reference:reference>/risk/", incident_risk.raise_from_incident, name="raise_from_incident"
    ),
    path("incidents/<reference:reference>/<slug:kind>/add/", incident_steps.link, name="link_incident"),
    path(
        "incidents/<reference:reference>/<slug:kind>/<int:number>/off/",
        incident_steps.unlink,
        name="unlink_incident",
    ),
    path("<reference:reference>/", views.risk, name="risk"),
    path("<reference:reference>/edit/", views.edit, name="edit"),
    path("<reference:reference>/treatment/", views.treatment, name="treatment"),
    path("<reference:reference>/score/<slug:kind>/", views.score, name="score"),
    path("<reference:reference>/scores/<int:number>/correct/", views.correct_score, name="correct_score"),
    path("<reference:reference>/controls/new/", views.add_control, name="add_control"),
    path("<reference:reference>/controls/<int:number>/", views.change_control, name="change_control"),
    path("<reference:reference>/assets/new/", views.add_asset, name="add_asset"),
    path("<reference:reference>/assets/<int:number>/remove/", views.remove_asset, name="remove_asset"),
    path("<reference:reference>/acceptance/ask/", acceptance.ask_acceptance, name="ask_acceptance"),
    path("<reference:reference>/acceptance/", acceptance.answer_acceptance, name="answer_acceptance"),
    path("<reference:reference>/acceptance/end/", acceptance.end_acceptance, name="end_acceptance"),
    path("<reference:reference>/merge/", merging.merge, name="merge"),
    path("<reference:reference>/close/", views.close, name="close"),
    path("<reference:reference>/state/", views.state, name="state"),
]
