"""A kind of paper a room makes, as it tells the house (`Offer.papers`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What one paper says: `facts` has the names its form promises. `name` (in the file's name) and `subject` (in the
    audit trail) are numbers, codes and units, never what is confidential."""

    facts: Mapping[str, Any]
    name: str = ""
    subject: str = ""
    unit_id: int | None = None


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper a room makes. `form` is a `paper.form.Form`; `where` says on which page it is offered.

    `may(key, actor, at)` is asked when a paper is asked for, made and fetched: a `Verdict`, and Missing where the
    thing is not this person's to see. `facts(key, actor, at)` is called by the worker with the rights of whoever
    asked; what it opens, it writes down. Kinds without these two are made by their room itself: only their template
    is kept here. `needs` is the permission (of several, one is enough) without which a page does not offer it.
    """

    form: Any
    where: str
    may: Callable[[str, Actor, datetime], Verdict] | None = None
    facts: Callable[[str, Actor, datetime], PaperFacts] | None = None
    needs: str | tuple[str, ...] = ""
    #: what is made lies closed, see `record.closed`
    confidential: bool = False

    @property
    def code(self) -> str:
        return self.form.code
