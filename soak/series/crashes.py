"""kill -9 of web, worker, commands and database while people work: nothing half done, doubled or lost."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from django.db import connection

from soak.contract import Budget, Series
from soak.crash.house import House
from soak.crash.people import Office

#: kills of one round; a hundred rounds of the long run are five hundred
KILLS = 5


def one_round(number: int, *, postgres: bool, kills: int = KILLS) -> list[str]:
    """People work; now and then the axe falls on one of the processes, which comes up again. Returns what is wrong."""
    chance = random.Random(number)
    with tempfile.TemporaryDirectory(prefix="bihuan-crash-") as folder:
        Path(folder).chmod(0o755)  # the database server runs as another user
        house = House(Path(folder), postgres=postgres)
        try:
            office = Office(house, house.ask("soak.crash.seed"), number)
            house.open()
            hands = office.work()
            for _ in range(kills):
                time.sleep(chance.uniform(0.3, 4))
                victim = chance.choice(_victims(house))
                house.kill(victim)
                house.restart(victim)
            office.over.set()
            for hand in hands:
                hand.join(300)
            house.kill("worker")
            return [*office.faults, *_nothing(office), *house.ask("soak.crash.check", office.told)]
        finally:
            house.close()


def _victims(house: House) -> list[str]:
    there = ["web", "worker", *(["postgres"] if house.cluster else [])]
    command = house.running.get("command")
    return [*there, "command"] if command and command.poll() is None else there


def _nothing(office: Office) -> list[str]:
    """A round in which nobody was answered proves nothing."""
    told = office.told
    return [f"nobody could {word}" for word in ("raised", "closed") if not told[word]]


def run(budget: Budget) -> None:
    for number in budget.numbers():
        for fault in one_round(number, postgres=connection.vendor == "postgresql" or number % 2 == 0):
            budget.fault(number, fault)


SERIES = Series("crashes", "随时 kill -9 网页、工作进程、命令和数据库", run)
