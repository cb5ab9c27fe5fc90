"""Addresses of this room."""

from django.urls import path

from actions.views import (
    audit_texts,
    audits,
    colour,
    concern,
    keeping,
    opening,
    plans,
    recommendations,
    sight,
)

app_name = "actions"
urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", keeping.new_plan, name="new_plan"),
    path("plans/<slug:code>/", plans.plan, name="plan"),
    path("plans/<slug:code>/edit/", keeping.change_plan, name="change_plan"),
    path("plans/<slug:code>/milestones/new/", keeping.new_milestone, name="new_milestone"),
    path("plans/<slug:code>/milestones/<int:number>/", keeping.change_milestone, name="change_milestone"),
    path("line-of-sight/", sight.strategies, name="strategies"),
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
    path("actions/<reference:reference>/line-of-sight/", sight.action, name="sight"),
    path("actions/<reference:reference>/line-of-sight/edit/", sight.place, name="place"),
    path("actions/<reference:reference>/risks/", concern.add_risk, name="add_risk"),
    path("actions/<reference:reference>/risks/<int:number>/", concern.remove_risk, name="remove_risk"),
    path("audits/", audits.audits, name="audits"),
    path("audits/new/", audits.new, name="new_audit"),
    path("audits/<slug:code>/", audits.audit, name="audit"),
    path("audits/<slug:code>/edit/<slug:section>/", audits.edit, name="edit_audit"),
    path("audits/<slug:code>/areas/", audits.add_area, name="add_area"),
    path("audits/<slug:code>/areas/<slug:area>/", audits.change_area, name="change_area"),
    path("audits/<slug:code>/texts/", audit_texts.add_text, name="add_text"),
    path("audits/<slug:code>/texts/<int:number>/", audit_texts.change_text, name="change_text"),
    path(
        "audits/<slug:code>/texts/<int:number>/quotations/",
        audit_texts.add_quotation,
        name="add_quotation",
    ),
    path(
        "audits/<slug:code>/texts/<int:number>/quotations/<int:quotation>/",
        audit_texts.remove_quotation,
        name="remove_quotation",
    ),
    path("audits/<slug:code>/recommendations/", recommendations.new, name="new_recommendation"),
    path("recommendations/<reference:handle>/", recommendations.recommendation, name="recommendation"),
    path("recommendations/<reference:handle>/edit/", recommendations.edit, name="edit_recommendation"),
    path("recommendations/<reference:handle>/answer/", recommendations.answer, name="answer_recommendation"),
    path("recommendations/<reference:handle>/actions/", recommendations.add_action, name="add_answer"),
    path(
        "recommendations/<reference:handle>/actions/<int:number>/",
        recommendations.remove_action,
        name="remove_answer",
    ),
]
