"""The root of all addresses: each offer is mounted where it says."""

from __future__ import annotations

from django.urls import include, path

from bihuan.registry import shelf

urlpatterns = [
    path(f"{offer.mount}/" if offer.mount else "", include(offer.urls))
    for offer in shelf.offers()
    if offer.urls
]

handler400 = "bihuan.ui.errors.bad_request"
handler403 = "bihuan.ui.errors.forbidden"
handler404 = "bihuan.ui.errors.not_found"
handler500 = "bihuan.ui.errors.server_error"
