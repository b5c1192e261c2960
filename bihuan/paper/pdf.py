"""PDF papers: HTML and a print style, made by WeasyPrint where its system library (Pango) is there.

The library is loaded on first use only: it takes a second, and a machine without Pango still gives Word.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .filling import Filled
from .official import NARROW, Png

_INLINE = "data:image/png;base64,"
_SHEET = Path(__file__).with_name("official.html")
WITHOUT = "这台服务器没有装 Pango，出不了 PDF，只有 Word。请系统管理员安装：apt-get install libpango-1.0-0 libpangoft2-1.0-0"


@cache
def trouble() -> str:
    """Why no PDF can be made on this machine; "" if it can."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return WITHOUT
    return ""


def page_of(paper: Filled) -> str:
    """The paper as one HTML page, everything in it escaped."""
    own = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    return own.from_string(_SHEET.read_text("utf-8")).render(paper=paper, drawn=_drawn, narrow=NARROW)


def _drawn(picture: Png) -> str:
    """A picture within the page itself."""
    return _INLINE + b64encode(picture.data).decode()


def make_pdf(paper: Filled) -> bytes:
    """The paper as PDF. Ask `trouble()` before; nothing is fetched from anywhere."""
    import weasyprint

    return weasyprint.HTML(string=page_of(paper), url_fetcher=_nothing).write_pdf()


def _nothing(url: str, *args: object, **kwargs: object) -> Any:
    if url.startswith(_INLINE):
        from weasyprint.urls import URLFetcherResponse

        return URLFetcherResponse(url, b64decode(url.removeprefix(_INLINE)), {"Content-Type": "image/png"})
    raise ValueError(f"a paper fetches nothing: {url[:60]}")
