"""Handing out stored files.

Whether this person may have this file is not decided here: memory does not know what a file is attached
to. The room that attaches it checks, on every request, and hands out the original of a picture (with the
time and place in it) only to those it allows; everybody else gets `shown`.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import BinaryIO, Literal

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response

from bihuan.kernel.refused import Missing
from bihuan.record import vault
from bihuan.record.models import StoredFile

Which = Literal["original", "shown", "thumb"]

#: What a browser may show in place; everything else is offered for download whatever is asked.
INLINE = ("image/jpeg", "image/png", "image/webp", "image/gif", "application/pdf", "video/mp4")
#: A file never runs in our name. Chrome refuses to show a PDF in a sandbox, so PDFs go without that word.
LOCKED = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
LOCKED_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"


def variant(stored: StoredFile, which: Which) -> tuple[str, str]:
    """(sha256, mime) of the wanted variant. Only pictures have copies; for the rest it is the original."""
    if which == "shown" and stored.shown_sha256:
        return stored.shown_sha256, stored.shown_mime
    if which == "thumb" and stored.thumb_sha256:
        return stored.thumb_sha256, stored.shown_mime
    return stored.sha256, stored.mime


def open_file(stored: StoredFile, which: Which = "shown") -> BinaryIO:
    """The content, open for reading (for documents and exports). Raises Missing if the store lost it."""
    try:
        return vault.open_kept(variant(stored, which)[0])
    except FileNotFoundError:
        raise Missing("文件内容找不到了", "请告诉系统管理员核对文件存储") from None


def file_response(
    stored: StoredFile,
    *,
    name: str,
    which: Which = "shown",
    inline: bool = False,
    request: HttpRequest | None = None,
) -> HttpResponseBase:
    """The content as a streamed answer; the caller has checked that this person may have it.

    `name` is the name it was handed in under; copies of pictures are named .jpg. With `request`, a
    browser that still has this content gets 304. Caches in between must not keep it: the next reader
    may not be allowed to.
    """
    sha256, mime = variant(stored, which)
    shown_inline = inline and mime in INLINE
    given = name if sha256 == stored.sha256 else f"{PurePath(name).stem}.jpg"
    response = FileResponse(
        open_file(stored, which), as_attachment=not shown_inline, filename=given, content_type=mime
    )
    response["ETag"] = f'"{sha256}"'
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = LOCKED_PDF if mime == "application/pdf" else LOCKED
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    if request is None:
        return response
    answer = get_conditional_response(request, etag=response["ETag"])
    if answer is None:
        return response
    response.close()
    for header in ("ETag", "Cache-Control"):
        answer[header] = response[header]
    return answer
