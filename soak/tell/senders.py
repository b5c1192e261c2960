"""Senders in processes of their own: each second a number of letters, each from an address of its own, on connections
that are kept open as a proxy keeps them."""

from __future__ import annotations

import http.client
import multiprocessing
import random
import re
import threading
import time
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode

PROCESSES, HANDS = 2, 12
CODE = re.compile(r'b-t-code">([0-9A-Z ]+)<')
WORD = re.compile(r'name="form" value="([^"]+)"')
FLOOD = "203.0.113.200"
BOUNDARY = "tellsoak"
#: of the flooding address: so many tries a second
FLOODS_A_SECOND = 5


@dataclass
class Told:
    """What happened, as the senders saw it. `codes`: receipts of different forms; `late_ms`: 95th of a hundred."""

    codes: list[str] = field(default_factory=list)
    failed: dict[str, int] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    flood: dict[str, int] = field(default_factory=dict)
    bad_files: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    p95_ms: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def rate(self) -> float:
        return len(self.codes) / self.seconds if self.seconds else 0.0

    def faults(self, wanted: int) -> list[str]:
        """Slower than wanted, refused though honest, a flood let through, a bad file taken. With 0 wanted (a short round)
        neither the rate nor the flood is judged: both need their minute."""
        found = [f"honest senders got {status}: {count}" for status, count in self.failed.items()]
        if self.rate < wanted * 0.98:
            found.append(f"{self.rate:.0f} a second were acknowledged, {wanted} were sent")
        if wanted and (not self.flood.get("429") or self.flood.get("200", 0) > 60):
            found.append(f"the flooding address was not slowed: {self.flood}")
        if set(self.bad_files) != {"400"}:
            found.append(f"bad files: {self.bad_files}")
        return found

    def words(self, postgres: bool) -> str:
        base = "PostgreSQL" if postgres else "SQLite"
        return (
            f"{base}：每秒 {self.rate:.0f} 件，95% 在 {self.p95_ms:.0f} 毫秒内，{len(self.addresses)} 个地址"
        )


def many(base: str, code: str, number: int, *, rate: int, seconds: int) -> Told:
    """All of it; the forms are fetched beforehand, as people do who write for a while."""
    host = base.removeprefix("http://")
    with multiprocessing.Manager() as manager, multiprocessing.Pool(PROCESSES) as pool:
        all_ready = manager.Barrier(PROCESSES)
        work = [(host, code, number * 10 + n, rate / PROCESSES, seconds, all_ready) for n in range(PROCESSES)]
        parts = pool.starmap(_process, work)
    told = Told(seconds=max(part["seconds"] for part in parts))
    times: list[float] = []
    for part in parts:
        told.codes += part["codes"]
        told.addresses += part["addresses"]
        times += part["times"]
        for name in ("failed", "flood", "bad_files"):
            for status, count in part[name].items():
                getattr(told, name)[status] = getattr(told, name).get(status, 0) + count
    told.p95_ms = sorted(times)[int(len(times) * 0.95)] * 1000 if times else 0.0
    return told


def _process(host: str, code: str, seed: int, rate: float, seconds: int, all_ready: Any) -> dict[str, Any]:
    """Everybody begins in the same moment, once all have their forms."""
    ready = threading.Barrier(HANDS, action=all_ready.wait)
    hands = [_Hand(host, code, seed * 100 + n, rate / HANDS, seconds, ready) for n in range(HANDS)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    flood: dict[str, int] = {}
    bad: dict[str, int] = {}
    failed: dict[str, int] = {}
    for hand in hands:
        for into, from_ in ((flood, hand.flood), (bad, hand.bad), (failed, hand.failed)):
            for status, count in from_.items():
                into[status] = into.get(status, 0) + count
    return {
        "codes": [one for hand in hands for one in hand.codes],
        "addresses": [one for hand in hands for one in hand.addresses],
        "times": [one for hand in hands for one in hand.times],
        "seconds": max(hand.ended for hand in hands) - min(hand.began for hand in hands),
        "flood": flood,
        "bad_files": bad,
        "failed": failed,
    }


class _Hand(threading.Thread):
    """One connection: sends at its beat, however long answers take; what falls behind is sent as fast as it goes."""

    def __init__(
        self, host: str, code: str, seed: int, rate: float, seconds: int, ready: threading.Barrier
    ) -> None:
        super().__init__()
        self.ready = ready
        self.host, self.path, self.rate, self.length = host, f"/tell/{code}/", rate, seconds
        self.chance, self.seed = random.Random(seed), seed
        self.codes: list[str] = []
        self.addresses: list[str] = []
        self.times: list[float] = []
        self.flood: dict[str, int] = {}
        self.bad: dict[str, int] = {}
        self.failed: dict[str, int] = {}
        self.began = self.ended = 0.0

    def run(self) -> None:
        self.line = http.client.HTTPConnection(self.host, timeout=60)
        forms = [self._form() for _ in range(int(self.rate * self.length))]
        self.ready.wait()
        self.began = time.monotonic()
        for n, form in enumerate(forms):
            time.sleep(max(0.0, self.began + n / self.rate - time.monotonic()))
            self._tell(n, form)
            if self.seed % 100 == 0 and n % max(1, int(self.rate / FLOODS_A_SECOND)) == 0:
                self._count(
                    self.flood, self._post({"form": form, "text": "洪水一样地交，一次又一次"}, FLOOD)[0]
                )
            if self.seed % 100 == 1 and n % 50 == 0:
                self._count(self.bad, self._bad_file(form)[0])
        self.ended = time.monotonic()

    def _address(self) -> str:
        return ".".join(str(self.chance.randrange(1, 255)) for _ in range(4))

    def _ask(self, method: str, body: bytes | None, kind: str, address: str) -> tuple[int, str]:
        headers = {"X-Real-IP": address, **({"Content-Type": kind} if kind else {})}
        for again in (False, True):
            try:
                self.line.request(method, self.path, body, headers)
                answer = self.line.getresponse()
                return answer.status, answer.read().decode()
            except (http.client.HTTPException, OSError):
                self.line.close()  # a web process ended after so many requests; the form makes it one all the same
                if again:
                    return 0, ""
        return 0, ""

    def _form(self) -> str:
        found = WORD.search(self._ask("GET", None, "", self._address())[1])
        return found[1] if found else ""

    def _post(self, told: dict[str, str], address: str) -> tuple[int, str]:
        return self._ask("POST", urlencode(told).encode(), "application/x-www-form-urlencoded", address)

    def _tell(self, n: int, form: str) -> None:
        address = self._address()
        start = time.monotonic()
        text = f"第 {self.seed}-{n} 封：{'检修费用列支不实，' * self.chance.randrange(3, 60)}"
        status, html = self._post({"form": form, "text": text, "about": "某厂长"}, address)
        self.times.append(time.monotonic() - start)
        self.addresses.append(address)
        code = CODE.search(html)
        if code:
            self.codes.append(code[1].replace(" ", ""))
        else:
            self._count(self.failed, status)

    def _bad_file(self, form: str) -> tuple[int, str]:
        parts = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="form"\r\n\r\n{form}\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="text"\r\n\r\n附上一个程序，请打开看看\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
        )
        body = parts.encode() + b"MZ\x90\x00" + b"\x00" * 400 + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self._ask("POST", body, f"multipart/form-data; boundary={BOUNDARY}", self._address())

    @staticmethod
    def _count(into: dict[str, int], status: int) -> None:
        into[str(status)] = into.get(str(status), 0) + 1
