"""The jobs of memory itself: telling a room about an event, and running what is due by the clock."""

from __future__ import annotations

from bihuan.record.actions.run_job import JobRun
from bihuan.record.models import Event
from bihuan.registry import shelf


def deliver_reaction(run: JobRun) -> None:
    """Hand one event to one room. Delivered at least once and in no promised order: reactions are
    idempotent. A room that no longer listens has nothing left to hear."""
    event = Event.objects.get(pk=run.payload["event"])
    listening = {offer.code: offer.reacts_to for offer in shelf.offers()}
    reaction = listening.get(run.payload["room"], {}).get(event.kind)
    if reaction is not None:
        reaction(event)


def run_tick(run: JobRun) -> None:
    tick = shelf.ticks().get(run.payload["tick"])
    if tick is not None:
        tick.run(run.at)
