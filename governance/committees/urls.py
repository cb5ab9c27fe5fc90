"""Addresses of this room."""

from django.urls import path

from governance.committees import views

app_name = "committees"
urlpatterns = [
    path("papers/", views.papers, name="papers"),
    path("papers/new/", views.new_paper, name="new_paper"),
    path("papers/<int:pk>/", views.paper, name="paper"),
    path("papers/<int:pk>/edit/", views.edit_paper, name="edit_paper"),
    path("papers/<int:pk>/delete/", views.delete_paper, name="delete_paper"),
    path("papers/<int:pk>/issue/", views.issue_paper, name="issue_paper"),
    path("papers/<int:pk>/state/", views.paper_state, name="paper_state"),
    path("papers/<int:pk>/again/", views.render_again, name="render_again"),
    path("papers/<int:pk>/pdf/", views.paper_pdf, name="paper_pdf"),
    path("papers/<int:pk>/figures/<int:position>/", views.published_figure, name="published_figure"),
    path("papers/<int:pk>/sections/new/", views.edit_section, name="new_section"),
    path("papers/<int:pk>/sections/<int:section>/", views.edit_section, name="edit_section"),
    path("bodies/new/", views.new_body, name="new_body"),
    path("meetings/new/", views.new_meeting, name="new_meeting"),
]
