"""Addresses of this room."""

from django.urls import path

from governance.committees.views import (
    figures,
    issuing,
    meetings,
    overriding,
    papers,
    restatements,
    templates,
    writing,
)

app_name = "committees"
urlpatterns = [
    path("papers/", papers.papers, name="papers"),
    path("papers/new/", writing.new_paper, name="new_paper"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/edit/", writing.edit_paper, name="edit_paper"),
    path("papers/<int:pk>/delete/", writing.delete_paper, name="delete_paper"),
    path("papers/<int:pk>/issue/", issuing.issue_paper, name="issue_paper"),
    path("papers/<int:pk>/state/", papers.paper_state, name="paper_state"),
    path("papers/<int:pk>/again/", papers.render_again, name="render_again"),
    path("papers/<int:pk>/pdf/", papers.paper_pdf, name="paper_pdf"),
    path("papers/<int:pk>/figures/<int:position>/", figures.published_figure, name="published_figure"),
    path("papers/<int:pk>/sections/new/", writing.edit_section, name="new_section"),
    path("papers/<int:pk>/sections/<int:section>/", writing.edit_section, name="edit_section"),
    path("papers/<int:pk>/override/", overriding.override, name="override_stop"),
    path("papers/forms/", templates.templates, name="templates"),
    path("papers/forms/new/", templates.new_template, name="new_template"),
    path("papers/forms/<int:number>/", templates.template, name="template"),
    path("papers/forms/<int:number>/next/", templates.next_template, name="next_template"),
    path("papers/forms/<int:number>/edit/", templates.edit_template, name="edit_template"),
    path("papers/forms/<int:number>/adopt/", templates.adopt_template, name="adopt_template"),
    path("papers/forms/<int:number>/withdraw/", templates.withdraw_template, name="withdraw_template"),
    path(
        "papers/forms/<int:number>/sections/new/",
        templates.edit_template_section,
        name="new_template_section",
    ),
    path(
        "papers/forms/<int:number>/sections/<int:section>/",
        templates.edit_template_section,
        name="edit_template_section",
    ),
    path("restatements/", restatements.restatements, name="restatements"),
    path("papers/<int:pk>/figures/<int:position>/restatement/", restatements.restatement, name="restatement"),
    path(
        "papers/<int:pk>/figures/<int:position>/restatement/class/",
        restatements.class_restatement,
        name="class_restatement",
    ),
    path("bodies/<int:pk>/materiality/", restatements.materiality, name="materiality"),
    path("bodies/new/", meetings.new_body, name="new_body"),
    path("meetings/new/", meetings.new_meeting, name="new_meeting"),
]
