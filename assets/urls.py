"""Addresses of this room. What is not about one asset stands before the references, which take any word."""

from django.urls import path

from assets.views import (
    attestation,
    changes,
    disposal,
    duplicates,
    entry,
    holds,
    quality,
    register,
    schedule,
)

app_name = "assets"
urlpatterns = [
    path("", register.register, name="list"),
    path("units/<slug:code>/", register.of_unit, name="of_unit"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("quality/", quality.issues, name="quality"),
    path("quality/<reference:reference>/", quality.issue, name="quality_issue"),
    path("quality/<reference:reference>/end/", quality.end, name="end_issue"),
    path("mine/", attestation.mine, name="mine"),
    path("attestation/", attestation.attestation, name="attestation"),
    path("attestation/periods/", attestation.periods, name="attestation_periods"),
    path("retention/", schedule.schedule, name="schedule"),
    path("retention/new/", schedule.new_rule, name="new_rule"),
    path("retention/<slug:code>/", schedule.rule, name="rule"),
    path("retention/<slug:code>/edit/", schedule.edit_rule, name="edit_rule"),
    path("holds/", holds.holds, name="holds"),
    path("holds/new/", holds.place, name="place_hold"),
    path("holds/<reference:reference>/", holds.hold, name="hold"),
    path("holds/<reference:reference>/add/", holds.widen, name="widen_hold"),
    path("holds/<reference:reference>/lift/", holds.lift, name="lift_hold"),
    path("due/", disposal.due, name="due"),
    path("due/over-retained/", disposal.over, name="over_retained"),
    path("disposals/", disposal.disposals, name="disposals"),
    path("disposals/<reference:reference>/", disposal.disposal, name="disposal"),
    path("disposals/<reference:reference>/decide/", disposal.decide, name="decide_disposal"),
    path("disposals/<reference:reference>/carry-out/", disposal.carry_out, name="carry_out_disposal"),
    path("disposals/<reference:reference>/certificate/", disposal.certificate, name="certificate"),
    path("<reference:reference>/", entry.asset, name="asset"),
    path("<reference:reference>/dispose/", disposal.propose, name="propose_disposal"),
    path("<reference:reference>/confirm/", attestation.confirm, name="confirm"),
    path("<reference:reference>/edit/", entry.edit, name="edit"),
    path("<reference:reference>/changes/<int:version>/", changes.change, name="change"),
    path("<reference:reference>/changes/<int:version>/undo/", changes.undo, name="undo"),
    path("<reference:reference>/duplicates/", duplicates.kinship, name="kinship"),
    path("<reference:reference>/issues/new/", quality.log, name="log_issue"),
    path("<reference:reference>/rules/new/", quality.add_rule, name="add_rule"),
    path("<reference:reference>/rules/<int:pk>/", quality.change_rule, name="change_rule"),
]
