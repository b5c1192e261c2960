"""Machines of their own: a network namespace for each where this machine allows it, else all on loopback."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

LOOPBACK = "127.0.0.1"
CLONE_NEWNET = 0x40000000
#: reserved for benchmarks of networks (RFC 2544): nobody's
NETWORK = "198.18.77"
PREFIX, SPACES = "bihuan-", Path("/run/netns")
SWITCH, OFFICE = "switch", "office"
T = TypeVar("T")


class Net:
    """`Net(["web-a", "db"])`; `address(name)` is where a machine listens, `inside(name)` the words that go before a
    command to run it there. Nothing of it outlives `close`."""

    def __init__(self, names: list[str]) -> None:
        sweep()
        self.mark = f"{PREFIX}{os.getpid()}"
        self.names = [OFFICE, *names]
        self.apart = False
        if os.geteuid() == 0 and shutil.which("ip"):
            try:
                self._build()
                self.apart = True
            except subprocess.CalledProcessError:
                self.close()

    def address(self, name: str) -> str:
        return f"{NETWORK}.{self.names.index(name) + 1}" if self.apart else LOOPBACK

    def inside(self, name: str) -> tuple[str, ...]:
        return ("ip", "netns", "exec", self._space(name)) if self.apart else ()

    @property
    def words(self) -> str:
        return f"{len(self.names)} 个网络命名空间" if self.apart else "同一台机器的回环地址"

    def at_the_office(self, deed: Callable[[], T]) -> T:
        """Do something where people sit: threads and processes it starts are there, too."""
        if not self.apart:
            return deed()
        with ThreadPoolExecutor(1, initializer=self._enter, initargs=(OFFICE,)) as desk:
            return desk.submit(deed).result()

    def close(self) -> None:
        """A deleted namespace takes its cables along. Its processes have been ended by whoever started them."""
        for name in (SWITCH, *self.names):
            if (SPACES / self._space(name)).exists():
                subprocess.run(["ip", "netns", "delete", self._space(name)], capture_output=True)
        self.apart = False

    def _space(self, name: str) -> str:
        return f"{self.mark}-{name}"

    def _enter(self, name: str) -> None:
        """Of this thread alone; Python's own `os.setns` is newer than our oldest Python."""
        with (SPACES / self._space(name)).open() as space:
            if ctypes.CDLL(None, use_errno=True).setns(space.fileno(), CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")

    def _build(self) -> None:
        """A switch, and a cable from it to every machine; none of them reaches anything else."""
        switch = self._space(SWITCH)
        _ip("netns", "add", switch)
        _ip("-n", switch, "link", "add", "wall", "type", "bridge")
        _ip("-n", switch, "link", "set", "wall", "up")
        for n, name in enumerate(self.names, 1):
            space, plug = self._space(name), f"p{n}"
            _ip("netns", "add", space)
            _ip("-n", switch, "link", "add", plug, "type", "veth", "peer", "name", "eth0", "netns", space)
            _ip("-n", switch, "link", "set", plug, "master", "wall", "up")
            _ip("-n", space, "addr", "add", f"{NETWORK}.{n}/24", "dev", "eth0")
            _ip("-n", space, "link", "set", "eth0", "up")
            _ip("-n", space, "link", "set", "lo", "up")


def sweep() -> None:
    """Take away what a run that was killed could not."""
    for space in SPACES.glob(f"{PREFIX}*") if SPACES.exists() else ():
        owner = space.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdecimal() and not Path("/proc", owner).exists():
            subprocess.run(["ip", "netns", "delete", space.name], capture_output=True)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
