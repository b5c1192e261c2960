"""The manual as it lies in docs/manual: one section per thing to do, its pictures taken by the journeys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe  # safe because: see `section`
from markdown_it import MarkdownIt

FOLDER = Path(settings.HOME) / "docs" / "manual"
INDEX = "README"
#: where an address begins -> the section that tells about it; the longest beginning wins
_PLACES = {
    "/problems/letters/": "letters",
    "/problems/lookback/": "lookback",
    "/inspection/": "inspection",
    "/joint/": "joint",
    "/problems/": "problem",
    "/problems/?": "ledger",
    "/problems/new/": "raise",
    "/problems/exports/": "export",
    "/ledgers/": "import",
    "/org/": "org",
    "/settings/": "grants",
    "/settings/rules/": "rules",
    "/settings/days/": "rules",
    "/settings/portfolios/": "org",
    "/settings/lines/": "org",
    "/notices/": "notices",
    "/notices/endpoints/": "tokens",
    "/tokens/": "tokens",
    "/settings/tokens/": "tokens",
    "/api/": "tokens",
    "/jobs/": "jobs",
    "/audit/": "jobs",
    "/start/": "start",
    "/password/": "signin",
    "/me/": "signin",
}
_LINK = re.compile(r'(href|src)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Section:
    """`name` is the file's name, `title` its first line, `body` safe HTML without that line."""

    name: str
    title: str
    body: SafeString


def section_of(path: str) -> str:
    """The section for a page of this address; "" for none in particular. Without a path: the desk."""
    if path == "/":
        return "desk"
    asked = "/problems/?" if path == "/problems/" else path
    return _PLACES[max(found, key=len)] if (found := [p for p in _PLACES if asked.startswith(p)]) else ""


def section(name: str) -> Section | None:
    """The section of this file name, or None. The text is the house's own; raw HTML in it stays text."""
    file = FOLDER / f"{name}.md"
    if not re.fullmatch(r"[a-zA-Z]+", name) or not file.is_file():
        return None
    first, _, rest = file.read_text(encoding="utf-8").partition("\n")
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(rest)
    framed = html.replace("<table>", '<div class="b-table-wrap"><table class="b-table">').replace(
        "</table>", "</table></div>"
    )
    # safe because the text is the house's own file and the reader of Markdown lets no raw HTML through
    body = mark_safe(_LINK.sub(_led, framed))  # noqa: S308
    return Section(name, first.lstrip("# ").strip(), body)


def picture(name: str) -> Path | None:
    """The file of a picture, or None."""
    file = FOLDER / "shots" / f"{name}.png"
    return file if re.fullmatch(r"[a-z0-9-]+", name) and file.is_file() else None


def _led(found: re.Match) -> str:
    """Links between the files become links between the pages."""
    kind, target = found[1], found[2]
    if kind == "src":
        return f'loading="lazy" src="/help/{target}"'
    return f'href="/help/{target.removesuffix(".md")}/"' if target.endswith(".md") else found[0]
