"""What pages ask of papers: the template in force, the menu of what can be made here, one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bihuan.kernel.actor import Actor
from bihuan.registry import shelf
from bihuan.registry.papers import PaperKind

from .models import MadePaper, Template


@dataclass(frozen=True, slots=True)
class MenuLine:
    """One paper a page offers. `printed`: there is a PDF of it."""

    code: str
    about: str
    label: str
    printed: bool


def own_template(kind: str) -> Template | None:
    """The office's own template of this kind, if one is in force."""
    return Template.objects.filter(kind=kind).in_force().get(kind)


def menu_of(offered: Iterable[tuple[Any, ...]], by: Actor) -> list[MenuLine]:
    """(code of a kind, key of the thing, and of whom where a page offers it of several) -> what this person is
    offered of them. One query, none where nothing is offered. Whether it can be made is asked when it is asked for."""
    kinds = shelf.papers()
    mine = [(code, about, *of) for code, about, *of in offered if _offered(kinds[code], by)]
    if not mine:
        return []
    own = Template.objects.filter(kind__in={code for code, *_ in mine}).in_force()
    return [
        MenuLine(code, str(about), "：".join([kinds[code].form.label, *filter(None, of)]), code not in own)
        for code, about, *of in mine
    ]


def _offered(kind: PaperKind, by: Actor) -> bool:
    needs = kind.needs if isinstance(kind.needs, tuple) else (kind.needs,)
    return any(not code or by.may(code) for code in needs)


def papers_by_room() -> list[tuple[str, list[PaperKind]]]:
    """(title of a room, its kinds) in the order of the rooms."""
    return [(offer.title, list(offer.papers)) for offer in shelf.offers() if offer.papers]


def own_papers(by: Actor, at: datetime) -> QuerySet[MadePaper]:
    """Those this person asked for in the last thirty days, newest first."""
    return MadePaper.objects.visible_to(by).recent(at).order_by("-id")
