"""The planner of inspection: 39 organisations, and ten times as many, over the rounds of five years and within one."""

from __future__ import annotations

from collections import Counter

from bench.contract import Figure, seconds
from bihuan.areas.inspection.reads.planner import Layout, Org, Weights, deal, lay_out, urgency

_TRADES = ("钢铁", "矿业", "工程", "新材料", "服务")
_ROUNDS, _TEAMS = 10, 3


def _some(count: int) -> list[Org]:
    return [Org(n, (n * 7) % 11, (n * 13) % 40, _TRADES[n % 5 if n % 3 else 0]) for n in range(1, count + 1)]


def _room(count: int) -> int:
    """A tenth more than it takes."""
    return -(-count * 11 // 10 // _ROUNDS)


def _laid(count: int) -> float:
    def once() -> None:
        found = lay_out(_some(count), _ROUNDS, [_room(count)] * _ROUNDS, Weights())
        assert len(found.place) == count, found.clash

    once()
    return seconds(once)


def _greedy(count: int) -> Layout:
    """The most urgent into the first round that has room: what an office does by hand."""
    orgs, room = _some(count), _room(count)
    wanted, filled, place = urgency(orgs, Weights()), Counter(), {}
    for org in sorted(orgs, key=lambda one: -wanted[one.pk]):
        slot = next(slot for slot in range(_ROUNDS) if filled[slot] < room)
        place[org.pk] = slot
        filled[slot] += 1
    return Layout(place)


def _dealt(count: int) -> float:
    orgs = _some(count)
    tied = {(org.pk, org.pk % _TEAMS) for org in orgs if org.pk % 4 == 0}
    before = {org.pk: (org.pk + 1) % _TEAMS for org in orgs if org.pk % 3 == 0}

    def once() -> None:
        found = deal(orgs, _TEAMS, tied, -(-count // _TEAMS) + 1, Weights(), before)
        assert len(found.team) == count, found.clash

    once()
    return seconds(once)


FIGURES = tuple(
    Figure(
        f"plan-{count}", f"{count} 家排进五年十轮，三个组；基线：最急的放进最早有空的一轮", "s", 10,
        ours=lambda count=count: _laid(count), baseline=lambda count=count: seconds(lambda: _greedy(count)),
        grows=False,
    )
    for count in (39, 400)
) + tuple(
    Figure(
        f"deal-{count}", f"一轮 {count} 家分给三个组，四分之一有一个组要回避", "s", 2,
        ours=lambda count=count: _dealt(count), grows=False,
    )
    for count in (12, 400)
)  # fmt: skip
