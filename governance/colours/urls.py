"""Addresses of this room."""

from django.urls import path

from governance.colours.views import rule

app_name = "colours"
urlpatterns = [
    path("", rule.rules, name="rules"),
    path("new/<slug:register>/", rule.new_rule, name="new_rule"),
    path("<int:number>/", rule.rule, name="rule"),
    path("<int:number>/write/", rule.write_rule, name="write_rule"),
    path("<int:number>/adopt/", rule.adopt, name="adopt_rule"),
    path("<int:number>/withdraw/", rule.withdraw, name="withdraw_rule"),
]
