"""Addresses. Each app has its own; sign-in pages come from allauth."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config.own_media import own_media
from loyalty.urls import lottery_patterns

urlpatterns = [
    path("", include("catalog.urls")),
    path("", include("orders.urls")),
    path("member/", include("loyalty.urls")),
    path("lottery/", include(lottery_patterns)),
    path("service/", include("aftersales.urls")),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]

if not settings.PRODUCTION:
    # A shop on one machine serves its own pictures; in production the proxy or the object storage does.
    urlpatterns.append(path("media/<path:path>", own_media, {"document_root": settings.MEDIA_ROOT}))

handler400 = "accounts.views.errors.bad_request"
handler403 = "accounts.views.errors.forbidden"
handler404 = "accounts.views.errors.not_found"
handler500 = "accounts.views.errors.server_error"
