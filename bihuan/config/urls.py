"""The root of all addresses: each offer is mounted where it says."""

from __future__ import annotations

from django.urls import include, path

from bihuan.registry import shelf

from . import api

urlpatterns = [
    path("", include("bihuan.config.watching")),
    *(
        path(f"{offer.mount}/" if offer.mount else "", include(offer.urls))
        for offer in shelf.offers()
        if offer.urls
    ),
    *(path(f"{mount}/", include(urls)) for offer in shelf.offers() for mount, urls in offer.doors),
]
urlpatterns += [
    path("api/v1/", include("bihuan.config.api")),
    path("api/v1/", api.patterns()),
]

handler400 = "bihuan.ui.errors.bad_request"
handler403 = "bihuan.ui.errors.forbidden"
handler404 = "bihuan.ui.errors.not_found"
handler500 = "bihuan.ui.errors.server_error"
