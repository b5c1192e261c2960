"""What higher rooms and pages ask of what is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Missing
from bihuan.publication import states
from bihuan.publication.models import Entry, Opinion, Publication


@dataclass(frozen=True, slots=True)
class Look:
    """One look of a chain: who takes it, who took it and when, or that it is waited for."""

    label: str
    waits: bool
    at: object
    by: object


def entry_of(code: str) -> Entry:
    """A standing entry by its code, for a room that makes something public. Raises Missing."""
    found = Entry.objects.standing().filter(code=code).first()
    if found is None:
        raise Missing("公开目录里没有这一事项", "请公开办公室在目录里列入")
    return found


def publications_of(origin: str, actor: Actor, day: date) -> list[Publication]:
    """What was drafted or made public for this origin, as far as the actor may see it, newest first."""
    seen = Publication.objects.visible_to(actor, day).of_origin(origin)
    return list(seen.select_related("entry", "unit").order_by("-pk"))


def looks_of(publication: Publication) -> list[Look]:
    """The chain in its order; no query when the three people are loaded."""
    hands = {
        "h": (publication.checked_at, publication.checked_by),
        "o": (publication.reviewed_at, publication.reviewed_by),
        "l": (publication.approved_at, publication.approved_by),
    }
    return [
        Look(label, publication.state == dict(states.LOOKS)[letter], *hands[letter])
        for letter, label in states.LOOK_LABELS
        if letter in publication.chain
    ]


def answers_of(publication: Publication) -> list[Opinion]:
    """Answers that are shown beside it. One query."""
    return list(Opinion.objects.shown().filter(publication=publication).order_by("-answered_on", "-pk"))
