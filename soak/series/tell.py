"""200 people a second tell an inspection team something, for a minute, from many addresses; one address floods.

Afterwards: every receipt that was given is known, nothing was kept that nobody got a receipt for, the flood was slowed
and nobody else, bad files were refused, and of the addresses nothing is in the database, the log or any file.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.db import connection

from soak.contract import Budget, Series
from soak.crash.house import House
from soak.tell.senders import Told, many

RATE, SECONDS = 200, 60

#: of a short round: letters a second, and for how long
_FEW, _SHORT_S = 15, 3


class Counter(House):
    """Its web is started as an installation starts it, and its words go to a file, so that the log can be searched."""

    @property
    def web(self) -> list[str]:
        words = super().web
        words[words.index("--threads") + 1] = "8"
        return words

    def start(self, name: str, words: list[str]) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *words], env=self.env, stdout=log, stderr=log, start_new_session=True
            )
        return self.running[name]


def one_round(number: int, *, postgres: bool, long: bool = True) -> tuple[list[str], str]:
    """What is wrong, and the rate that was acknowledged. A short round asks for no rate: it shows that nothing is lost and
    nothing left behind, on whatever machine."""
    rate, seconds = (RATE, SECONDS) if long else (_FEW, _SHORT_S)
    with tempfile.TemporaryDirectory(prefix="bihuan-tell-") as folder:
        Path(folder).chmod(0o755)  # the database server runs as another user
        house = Counter(Path(folder), postgres=postgres)
        house.env |= {"BIHUAN_ADDRESS_HEADER": "X-Real-IP", "BIHUAN_LOG": "INFO", "BIHUAN_ACCESS_LOG": "INFO"}
        try:
            seeds: dict[str, Any] = house.ask("soak.tell.seed")
            house.open()
            told: Told = many(house.base, seeds["code"], number, rate=rate, seconds=seconds)
            house.kill("web")
            house.kill("worker")
            faults = house.ask("soak.tell.check", {"folder": str(folder), **told.as_dict()})
            return [*told.faults(rate if long else 0), *faults], told.words(postgres)
        finally:
            house.close()


def run(budget: Budget) -> None:
    """Rounds take turns between the two databases."""
    notes: dict[bool, str] = {}
    for number in budget.numbers():
        postgres = connection.vendor == "postgresql" or number % 2 == 0
        faults, notes[postgres] = one_round(number, postgres=postgres, long=budget.seconds >= SECONDS)
        for fault in faults:
            budget.fault(number, fault)
    budget.note = "；".join(notes.values())


SERIES = Series("tell", "公开页面每秒 200 件", run)
