"""Every address of the product, room by room. The permission matrix (tests) knows each by name."""

from django.urls import include, path

from assets.urls import public
from governance.committees.urls import public as published

urlpatterns = [
    path("", include("governance.dashboards.urls")),
    path("dashboard/", include("governance.dashboards.board.urls")),
    path("", include("governance.core.urls")),
    path("accounts/", include("governance.people.sign_in_urls")),
    path("people/", include("governance.people.urls")),
    path("colours/", include("governance.colours.urls")),
    path("assets/", include("assets.urls")),
    path("register/", include((public, "public"))),
    path("published/", include((published, "published"))),
    path("risks/", include("risks.urls")),
    path("", include("actions.urls")),
    path("figures/", include("governance.figures.urls")),
    path("exchange/", include("governance.exchange.urls")),
    path("reminders/", include("governance.reminders.urls")),
    path("", include("governance.committees.urls")),
]

handler400 = "governance.core.views.bad_request"
handler403 = "governance.core.views.forbidden"
handler404 = "governance.core.views.not_found"
handler500 = "governance.core.views.server_error"
