"""Several machines against one database: nothing is lost between them, and figures come from the standby.

Real processes: PostgreSQL with a streaming standby, two web machines, two worker machines, an S3 store; each in a
network namespace of its own where this machine allows it (root and iproute2), else all on loopback.
"""

from __future__ import annotations

import random
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from soak.contract import Budget, Series
from soak.crash.people import Office
from soak.scale import deeds
from soak.scale.group import MACHINES, WEBS, WORKERS, Group
from soak.scale.nets import Net
from soak.scale.store import kind_of_store

#: kills of one round: each takes a web machine or a worker; a standby that comes back takes its time, too
SHORT, LONG = 2, 6
SHORT_S = 60


def one_round(number: int, *, long: bool) -> tuple[str, list[str]]:
    """Everything once, on machines made for it. Returns under which conditions, and what is wrong."""
    with closing(Net(list(MACHINES))) as net:
        return f"{net.words}；S3：{kind_of_store().name}", net.at_the_office(
            lambda: _on(net, number, long=long)
        )


def _on(net: Net, number: int, *, long: bool) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="bihuan-scale-") as folder:
        Path(folder).chmod(0o755)  # the database server runs as another user
        group = Group(net, Path(folder))
        try:
            group.open()
            return list(_through(group, number, long=long))
        finally:
            group.close()


def _through(group: Group, number: int, *, long: bool) -> list[str]:
    browser = deeds.Browser(group, "safety_officer")
    found = [*deeds.session(group, browser), *deeds.files(group), *deeds.races(group)]
    found += [*deeds.exports(group, browser), *deeds.figures(group)]
    told, wrong = _under_the_axe(group, browser, number, LONG if long else SHORT)
    found += [*wrong, *deeds.exported(group), *deeds.late(group), *deeds.gone(group)]
    if long:
        found += deeds.back(group)
    for name in WORKERS:
        group.kill(name)
    return [*found, *group.ask("soak.crash.check", WEBS[0], told)]


def _under_the_axe(
    group: Group, browser: deeds.Browser, number: int, kills: int
) -> tuple[dict[str, Any], list[str]]:
    """People work, exports are made, and machines die. Returns what people were told, and what is wrong."""
    chance, office = random.Random(number), Office(group, group.seeds, number)
    hands = office.work(office.raise_problems, office.close_problems)

    def axe() -> None:
        for n in range(kills):
            time.sleep(chance.uniform(0.3, 2))
            victim = chance.choice(WEBS if n % 2 else WORKERS)
            group.kill(victim)
            group.start(victim)
            if victim in WEBS:
                group.wait_for(victim)

    try:
        found = list(deeds.exports(group, browser, axe=axe))
    finally:
        office.over.set()
        for hand in hands:
            hand.join(300)
    nothing = [f"nobody could {word}" for word in ("raised", "closed") if not office.told[word]]
    return office.told, [*found, *office.faults, *nothing]


def run(budget: Budget) -> None:
    for number in budget.numbers():
        budget.note, found = one_round(number, long=budget.seconds >= SHORT_S)
        for fault in found:
            budget.fault(number, fault)


SERIES = Series("scale", "几台机器：两台网页、两台工作、主库和备库、S3", run)
