"""Addresses of what `npm run build` made. The version in the address lets browsers keep the files for long."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.templatetags.static import static

BUILT = Path(__file__).parent / "static" / "ui"


@cache
def version() -> str:
    """The hash of the last build, or "" when nothing was built yet (the pages then come without style)."""
    mark = BUILT / "build.json"
    return json.loads(mark.read_text())["version"] if mark.exists() else ""


@cache
def url(name: str) -> str:
    """The address of a built file, e.g. `/static/ui/ui.css?v=1a2b3c`."""
    mark = version()
    return static(f"ui/{name}") + (f"?v={mark}" if mark else "")
