"""Who asks too often, without remembering anybody: counts by a keyed digest of the address, in memory alone.

The key is chance, made anew with every window, and never leaves the process: what is left of a window when it is over
is nothing. Each web process counts for itself, so that with N of them an address gets at most N times as far.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

#: different addresses of one window; beyond that it is forgotten early rather than growing
PLACES = 100_000
#: an IPv6 line has as many addresses as it likes within this many bits
LINE_BITS = 64


def line_of(address: str) -> str:
    """The line an address belongs to: itself, or the network of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found) >> LINE_BITS << LINE_BITS, LINE_BITS)))
    return str(found)


@dataclass
class Flood:
    """`most` times an address in `window_s` seconds, and `each_second` times all of them together."""

    most: int
    window_s: int
    each_second: int
    clock: Callable[[], float] = time.monotonic
    _salt: bytes = b""
    _until: float = 0.0
    _second: int = 0
    _now: int = 0
    _counts: dict[bytes, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, address: str) -> int:
        """Counts this one in. Seconds until this address may come again; 0: now."""
        now = self.clock()
        with self._lock:
            if now >= self._until or len(self._counts) >= PLACES:
                self._salt, self._until = secrets.token_bytes(16), now + self.window_s
                self._counts.clear()
            mark = hashlib.blake2b(line_of(address).encode(), key=self._salt, digest_size=12).digest()
            count = self._counts.get(mark, 0) + 1
            if count > self.most:
                return max(1, int(self._until - now) + 1)
            self._counts[mark] = count
            return self._crowd(int(now))

    def _crowd(self, second: int) -> int:
        """One second, when too many come at once."""
        if second != self._second:
            self._second, self._now = second, 0
        self._now += 1
        return 1 if self._now > self.each_second else 0
