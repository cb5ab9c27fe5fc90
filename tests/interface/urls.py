"""The core room's addresses with the gallery, which production does not mount."""

from django.urls import include, path

from governance.core import urls, views

gallery = [path("components/", views.components, name="components")]
urlpatterns = [
    path("", include(([*urls.urlpatterns, *gallery], "core"))),
    path("accounts/", include("allauth.urls")),
]

handler403 = "governance.core.views.forbidden"
handler404 = "governance.core.views.not_found"
handler500 = "governance.core.views.server_error"
