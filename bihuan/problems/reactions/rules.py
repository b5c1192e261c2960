"""Who is told what after each step. Delivered by the worker at least once: the key holds the event, so that
a second delivery says nothing new. Nobody is told what they did themselves. What an import brought is told by a
job of its own, one line to a person: `actions.tell_taken_over`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.urls import reverse

from bihuan.kernel.actor import PERSON, SYSTEM, Actor
from bihuan.notify.actions.tell_all import tell_all
from bihuan.notify.models import Notice
from bihuan.problems import words
from bihuan.problems.actions.cancel_reminders import cancel_reminders
from bihuan.problems.actions.suggest_likes import suggest_likes
from bihuan.problems.models import Guarantees, Problem
from bihuan.record.models import Event

from .people import Sides

#: people, the key of the sentence in words.TOLD, tone
Telling = tuple[Iterable[int | None], str, str]
Rule = Callable[[Problem, Event, Sides], list[Telling]]


def react(event: Event) -> None:
    """Tell whoever has to act or to know; take back reminders that no longer fit."""
    kind, _, pk = event.stream.partition(":")
    problem = (
        Problem.objects.select_related("unit", "supervisor").filter(pk=pk).first()
        if kind == "problem"
        else None
    )
    if problem is None:
        return
    if event.kind in _OUTDATES:
        _take_back(problem, event)
    if event.kind == "problem.raised":
        suggest_likes(problem=problem)
    by = Actor(kind=PERSON, person_id=event.by_id) if event.by_id else SYSTEM
    tellings = REACTIONS[event.kind](problem, event, Sides(problem, event.recorded_at))
    notices = [
        _notice(problem, event, person, sentence, tone)
        for people, sentence, tone in tellings
        for person in people
        if person is not None
    ]
    tell_all(notices=notices, at=event.recorded_at, by=by)


def _notice(problem: Problem, event: Event, person: int, sentence: str, tone: str) -> Notice:
    return Notice(
        person_id=person,
        key=f"event:{event.pk}",
        text=words.told(words.TOLD[sentence], problem.number, problem.unit.shown),
        url=reverse("problems:page", args=[problem.number]),
        tone=tone,
        detail=words.excerpt(problem.statement, problem.secrecy),
        urgent=event.kind == "problem.guarantees_recorded",
    )


#: steps after which a reminder that was given and not read would only mislead
_OUTDATES = frozenset({
    "problem.amended", "problem.restated", "problem.reowned", "problem.extension_decided", "problem.transfer_decided", "problem.submitted",
    "problem.fixed_now", "problem.closed", "problem.voided", "problem.rechecked", "problem.reopened",
})  # fmt: skip


def _take_back(problem: Problem, event: Event) -> None:
    """Not after a "no", which changes nothing; and a late delivery leaves alone what was reminded since.

    When only the owner changes, only the old owner's reminders are wrong."""
    if event.data.get("granted") is False or event.data.get("accepted") is False:
        return
    if event.kind == "problem.amended" and not {"due_on", "lead", "timing"} & set(event.data["changes"]):
        return
    old = event.data.get("old") if event.kind == "problem.reowned" else None
    cancel_reminders(problem=problem, at=event.recorded_at, people=[old] if old else None)


def _raised(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    return [(sides.supervising("problem.assign"), "problem.raised", "")]


def _assigned(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    return [(sides.owners(), "problem.assigned", "soon")]


def _to_reviewers(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    return [(sides.supervising("problem.approve"), event.kind, "")]


def _to_unit(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    tone = "late" if event.kind in ("problem.returned", "problem.rejected") else ""
    return [([*sides.owners(), sides.last_submitter(), sides.last_planner()], event.kind, tone)]


def _to_verifiers(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    return [(sides.verifiers(minor=event.kind == "problem.fixed_now"), event.kind, "")]


def _closed(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    return [([problem.submitted_by_id, problem.lead_id], event.kind, "")]


def _back_again(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    if event.kind == "problem.rechecked" and event.data.get("passed"):
        return []
    return [([*sides.owners(), *sides.heads()], event.kind, "late")]


def _extension_asked(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    return [(sides.supervising("problem.extend"), event.kind, "")]


def _void_asked(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    return [(sides.supervising("problem.void"), event.kind, "")]


def _answered(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    """The answer goes to who asked, and to the owner, whose work it changes."""
    yes = event.data.get("granted", event.data.get("accepted"))
    answer = f"{event.kind}.{'yes' if yes else 'no'}"
    told: list[Telling] = [([sides.asker(event.kind), problem.lead_id], answer, "" if yes else "late")]
    if event.kind == "problem.transfer_decided" and yes:
        told = [([sides.asker(event.kind)], answer, ""), (sides.owners(), f"{event.kind}.in", "soon")]
    return told


def _transfer_asked(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    return [(sides.of_unit(event.data["to_unit"]), event.kind, "soon")]


def _reowned(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    old, new = event.data.get("old"), event.data.get("new")
    return [([new], "problem.reowned.in", "soon"), ([old], "problem.reowned.out", "")]


def _amended(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    """A newer version of a ledger comes in at once: only who has to take something on hears of it."""
    new = event.data.get("new")
    return [([new], "problem.amended.in", "soon")] if new and problem.is_open else []


def _nobody(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    return []


def _reminded(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    return [(sides.owners(), event.kind, "soon")]


def _commented(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    return [([problem.lead_id, *sides.taking_part()], event.kind, "")]


def _stopped(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    """A decision to stop production is red: it goes out at once."""
    if "stops_production" not in event.data.get("fields", ()):
        return []
    if not Guarantees.objects.filter(problem=problem, stops_production=True).exists():
        return []
    people = [*sides.owners(), *sides.heads(), *sides.supervising("problem.approve"), *sides.on_duty()]
    return [(people, event.kind, "late")]


def _repeated(problem: Problem, event: Event, sides: Sides) -> list[Telling]:
    """Who is to put it right a second time looks for the cause first. Not while it waits to be handed out."""
    return [(sides.owners(), event.kind, "soon")] if problem.is_open and problem.lead_id else []


REACTIONS: dict[str, Rule] = {
    "problem.raised": _raised,
    "problem.assigned": _assigned,
    "problem.planned": _to_reviewers,
    "problem.returned": _to_unit,
    "problem.approved": _to_unit,
    "problem.rejected": _to_unit,
    "problem.submitted": _to_verifiers,
    "problem.fixed_now": _to_verifiers,
    "problem.closed": _closed,
    "problem.reopened": _back_again,
    "problem.rechecked": _back_again,
    "problem.extension_asked": _extension_asked,
    "problem.extension_decided": _answered,
    "problem.transfer_asked": _transfer_asked,
    "problem.transfer_decided": _answered,
    "problem.reowned": _reowned,
    "problem.amended": _amended,
    "problem.restated": _nobody,
    "problem.void_asked": _void_asked,
    "problem.voided": _answered,
    "problem.reminded": _reminded,
    "problem.commented": _commented,
    "problem.guarantees_recorded": _stopped,
    "problem.repeat_confirmed": _repeated,
}
