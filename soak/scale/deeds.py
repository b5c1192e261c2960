"""What people do on two web machines at once, and what must be true of it. Each deed gives back what is wrong."""

from __future__ import annotations

import os
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import requests

from bihuan.kernel.refused import Stale
from bihuan.org.tests.world import PASSWORD
from bihuan.record.replica import PAUSE_S

from .group import WEBS, WORKERS, Group

A, B = WEBS
RACES, EXPORTS, PATIENCE_S, TRIES = 3, 3, 120, 4
TAKEN = Stale().reason
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%"


class Browser:
    """One person in one session; the proxy in front may send each request to another machine."""

    def __init__(self, group: Group, username: str) -> None:
        self.group, self.jar = group, requests.Session()
        self.jar.get(f"{group.url(A)}/signin/", timeout=60)
        answer = self.post(A, "/signin/", {"username": username, "password": PASSWORD})
        self.signed_in = answer.status_code == 302

    @property
    def cookies(self) -> dict[str, str]:
        return {cookie.name: cookie.value or "" for cookie in self.jar.cookies}

    def get(self, web: str, path: str) -> requests.Response:
        return requests.get(
            f"{self.group.url(web)}{path}", cookies=self.cookies, timeout=60, allow_redirects=False
        )

    def post(self, web: str, path: str, data: dict[str, str]) -> requests.Response:
        given = {**data, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        return self.jar.post(f"{self.group.url(web)}{path}", data=given, timeout=60, allow_redirects=False)


def call(group: Group, web: str, who: str, method: str, path: str, **kwargs: Any) -> requests.Response:
    """A program's request at this machine, once."""
    headers = {"Authorization": f"Bearer {group.seeds['tokens'][who]}", "Idempotency-Key": uuid.uuid4().hex}
    return requests.request(method, f"{group.url(web)}/api/v1/{path}", headers=headers, timeout=60, **kwargs)


def figure(group: Group, web: str, code: str) -> list[int]:
    told = call(group, web, "safety_officer", "GET", f"facts/{code}?behind=false").json()
    return [told["numerator"], told["denominator"]]


def session(group: Group, browser: Browser) -> Iterator[str]:
    """Signed in at A, known at B; signed out at B, unknown at A."""
    if not browser.signed_in:
        yield "nobody can sign in at A"
    if browser.get(B, "/").status_code != 200:
        yield "a session opened at A does not hold at B"
    other = Browser(group, "second_officer")
    other.jar.get(f"{group.url(B)}/", timeout=60)
    other.jar.cookies.update(other.cookies)
    other.post(B, "/signout/", {})
    if other.get(A, "/").status_code == 200:
        yield "a session ended at B still holds at A"


def files(group: Group) -> Iterator[str]:
    """What A took in is handed out by B byte for byte; it lies in the store and on no machine."""
    content = PDF + os.urandom(200_000) + b"\nstartxref\n9\n%%EOF\n"
    slip = call(group, A, "safety_officer", "POST", "files", files={"file": ("纪要.pdf", content)}).json()
    made = call(
        group, A, "safety_officer", "POST", "problems",
        json={"statement": "3 号皮带机拉绳开关失效", "unit": group.seeds["unit"], "source": "daily_check",
              "files": [{"id": slip["id"]}]},
    ).json()  # fmt: skip
    found = call(group, B, "safety_officer", "GET", f"problems/{made['number']}").json()
    kept = [file for file in found["files"] if file["sha256"] == slip["sha256"]]
    if not kept:
        yield "a file sent to A is not known at B"
        return
    path = kept[0]["url"].rpartition("/api/v1/")[2]
    got = call(group, B, "safety_officer", "GET", path)
    if got.content != content:
        yield f"B gives another content than A took in: {got.status_code}, {len(got.content)} bytes"
    for web in WEBS:
        if any((group.folder / web / "files").rglob(slip["sha256"])):
            yield f"a content lies on the disk of {web}"
    assert group.store
    yield from group.store.faults(slip["sha256"])


def races(group: Group) -> Iterator[str]:
    """The same step on the same problem at A and B in the same moment: one does it, the other is told."""
    told: set[str] = set()
    for _ in range(RACES):
        number = group.seeds["closable"].pop()
        start, answers = threading.Barrier(2), {}

        def close(web: str, number=number, start=start, answers=answers) -> None:
            start.wait()
            answers[web] = call(
                group, web, "second_officer", "POST", f"problems/{number}/closure", json={"text": "看过"}
            )

        hands = [threading.Thread(target=close, args=(web,)) for web in WEBS]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        got = sorted(answer.status_code for answer in answers.values())
        if got != [200, 409]:
            yield f"closed at A and B at once: {got}"
        told.update(
            a.json().get("code", "") + "：" + a.json()["reason"] for a in answers.values() if not a.ok
        )
    if any(not said.startswith("stale：") for said in told):
        yield f"who was slower is told something else: {dict(told)}"
    group.told_slower = told


def exports(group: Group, browser: Browser, *, axe: Callable[[], None] | None = None) -> Iterator[str]:
    """Asked for at A, made by the workers, each by one of them, fetched at B. `axe` falls while they are made."""
    before = len(_ready(browser))
    for _ in range(EXPORTS):
        browser.post(A, "/problems/exports/", {"layout": "standard", "query": ""})
    if axe:
        axe()
    until = time.monotonic() + PATIENCE_S
    while len(links := _ready(browser)) < before + EXPORTS and time.monotonic() < until:
        time.sleep(0.2)
    if len(links) < before + EXPORTS:
        yield f"{len(links) - before} of {EXPORTS} exports asked for at A were made"
    for link in links:
        if not browser.get(B, link).content.startswith(b"PK"):
            yield f"B does not hand out the export {link}"
    most = 1 if axe is None else 2
    jobs = group.rows(
        group.primary, "SELECT id, attempts, state FROM record_job WHERE kind = 'problems.export' ORDER BY id"
    )[-EXPORTS:]
    yield from (
        f"export {pk}: {state} after {tries} attempts"
        for pk, tries, state in jobs
        if tries > most or state != "done"
    )


def _ready(browser: Browser) -> list[str]:
    return sorted(
        set(re.findall(r'href="(/problems/exports/\d+/)"', browser.get(B, "/problems/exports/").text))
    )


def figures(group: Group) -> Iterator[str]:
    """Figures at A and B are those of the primary, and the standby was asked for them. One that was late a moment ago
    is left alone for a while: then it is tried again."""
    truth = group.ask("soak.scale.figures", B, replica=False)
    for web in WEBS:
        for _ in range(TRIES):
            before = group.asked_of_standby()[web]
            wrong = {code: got for code, value in truth.items() if (got := figure(group, web, code)) != value}
            if wrong:
                yield f"{web} tells {wrong}, the primary {truth}"
            if asked := group.asked_of_standby()[web] - before:
                break
            time.sleep(PAUSE_S)
        if asked < len(truth):
            yield f"{web} asked the standby {asked} times for {len(truth)} figures"


def exported(group: Group) -> Iterator[str]:
    if not any(group.asked_of_standby()[worker] for worker in WORKERS):
        yield "no worker read an export from the standby"


def late(group: Group) -> Iterator[str]:
    """A standby that stands still is noticed: what was just written at A is in the figure at B."""
    before = figure(group, B, "problems.total")[0]
    group.rows(group.standby, "SELECT pg_wal_replay_pause()")
    body = {"statement": "副本停下时登记", "unit": group.seeds["unit"], "source": "daily_check"}
    call(group, A, "safety_officer", "POST", "problems", json=body).raise_for_status()
    now = figure(group, B, "problems.total")[0]
    if now != before + 1:
        yield f"behind a standby that stands still B tells {now} problems, not {before + 1}"
    ready = requests.get(f"{group.url(B)}/health/ready", timeout=60).json()
    if not ready["ready"] or ready.get("look") != ["只读副本"]:
        yield f"health at B says of a standby that stands still: {ready}"
    group.rows(group.standby, "SELECT pg_wal_replay_resume()")


def gone(group: Group) -> Iterator[str]:
    """Without the standby the figures still come, from the primary."""
    truth = figure(group, A, "problems.total")
    group.kill_standby()
    for web in WEBS:
        start = time.monotonic()
        if (got := figure(group, web, "problems.total")) != truth:
            yield f"without the standby {web} tells {got}, not {truth}"
        if time.monotonic() - start > 20:
            yield f"without the standby {web} needs {time.monotonic() - start:.0f} s"
    ready = requests.get(f"{group.url(A)}/health/ready", timeout=60).json()
    if not ready["ready"] or ready.get("look") != ["只读副本"]:
        yield f"health at A says of a standby that is gone: {ready}"


def back(group: Group) -> Iterator[str]:
    """A standby that comes back is asked again, without a restart of anything."""
    assert group.standby
    group.standby._start()
    before, until = group.asked_of_standby(), time.monotonic() + 60
    while time.monotonic() < until:
        for web in WEBS:
            figure(group, web, "problems.total")
        if all(group.asked_of_standby()[web] > before[web] for web in WEBS):
            return
        time.sleep(1)
    yield "a standby that came back is not asked again"
