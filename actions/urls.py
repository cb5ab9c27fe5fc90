"""Addresses of this room."""

from django.urls import path

from actions.views import colour, concern, opening, plans

app_name = "actions"
urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/<slug:code>/", plans.plan, name="plan"),
    path("actions/new/", opening.new, name="new"),
    path("actions/<reference:reference>/", plans.action, name="action"),
    path("actions/<reference:reference>/report/", plans.report, name="report"),
    path("actions/<reference:reference>/updates/<int:update>/correct/", plans.correct, name="correct"),
    path("actions/<reference:reference>/colour/", colour.set_colour, name="set_colour"),
    path("actions/<reference:reference>/colour/off/", colour.take_back, name="take_back_colour"),
    path("actions/<reference:reference>/assets/", concern.add_asset, name="add_concern"),
    path("actions/<reference:reference>/assets/<int:number>/", concern.remove_asset, name="remove_concern"),
    path("actions/<reference:reference>/incidents/", concern.add_incident, name="add_incident"),
    path(
        "actions/<reference:reference>/incidents/<int:number>/",
        concern.remove_incident,
        name="remove_incident",
    ),
    path("actions/<reference:reference>/risks/", concern.add_risk, name="add_risk"),
    path("actions/<reference:reference>/risks/<int:number>/", concern.remove_risk, name="remove_risk"),
]
