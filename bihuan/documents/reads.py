"""What pages ask of papers: the template in force, the menu of what can be made here, one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from bihuan.kernel.actor import Actor
from bihuan.paper import pdf
from bihuan.registry import shelf
from bihuan.registry.contract import PaperKind

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


def menu_of(offered: Iterable[tuple[str, str | int]], by: Actor) -> list[MenuLine]:
    """(code of a kind, key of the thing) -> what this person is offered of them. One query, none where nothing is
    offered. Whether it can be made now is asked when it is asked for."""
    kinds = shelf.papers()
    mine = [(code, about) for code, about in offered if not kinds[code].needs or by.may(kinds[code].needs)]
    if not mine:
        return []
    own = Template.objects.filter(kind__in={code for code, _ in mine}).in_force()
    return [
        MenuLine(code, str(about), kinds[code].form.label, not pdf.trouble() and code not in own)
        for code, about in mine
    ]


def papers_by_room() -> list[tuple[str, list[PaperKind]]]:
    """(title of a room, its kinds) in the order of the rooms."""
    return [(offer.title, list(offer.papers)) for offer in shelf.offers() if offer.papers]


def own_papers(by: Actor, at: datetime) -> QuerySet[MadePaper]:
    """Those this person asked for in the last thirty days, newest first."""
    return MadePaper.objects.visible_to(by).recent(at).order_by("-id")
