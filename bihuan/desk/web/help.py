"""帮助: the manual inside the product. `/help/` leads to the section of the page one comes from."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from bihuan.desk.reads.manual import INDEX, picture, section, section_of
from bihuan.ui.access import SIGNED_IN, view


@require_GET
@view(needs=SIGNED_IN, guests=True)
def manual(request: HttpRequest) -> HttpResponse:
    came = urlsplit(request.headers.get("Referer", ""))
    name = section_of(came.path) if came.netloc == request.get_host() else ""
    return redirect("desk:help-section", name) if name else _show(request, INDEX)


@require_GET
@view(needs=SIGNED_IN, guests=True)
def part(request: HttpRequest, name: str) -> HttpResponse:
    return _show(request, name)


@require_GET
@view(needs=SIGNED_IN, guests=True)
def shot(request: HttpRequest, name: str) -> FileResponse:
    found = picture(name)
    if found is None:
        raise Http404
    return FileResponse(found.open("rb"), content_type="image/png")


def _show(request: HttpRequest, name: str) -> HttpResponse:
    found = section(name)
    if found is None:
        raise Http404
    return render(
        request, "desk/help.html", {"section": found, "page_title": found.title, "index": name == INDEX}
    )
