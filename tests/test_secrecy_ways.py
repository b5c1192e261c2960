"""Every confidential kind of an inspection — talk, complaint, draft, clue, report, and the daily work that follows the same need
to know — and every way out: search, export, notification, e-mail, log, error page. What is looked for stands in all of them."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.areas.inspection.tests.before import asked, told
from bihuan.areas.onsite.actions.attach_closed import attach_closed
from bihuan.areas.onsite.tests import work
from bihuan.areas.onsite.tests.story import SECRET, Onsite
from bihuan.areas.onsite.tests.test_clues import clue
from bihuan.areas.onsite.tests.test_complaints import NAME, complaint
from bihuan.areas.onsite.web import asks, clues, complaints, drafts, midterms, talks, visits
from bihuan.areas.outcome.tests.story import Outcome
from bihuan.areas.outcome.web import report as reports
from bihuan.config.logs import JsonLines
from bihuan.kernel.actor import SYSTEM
from bihuan.notify.jobs import queue_digests
from bihuan.notify.models import Message
from bihuan.notify.tests.test_mail import server
from bihuan.org.actions.open_account import open_account
from bihuan.org.models import Person
from bihuan.org.tests.world import PASSWORD, World
from bihuan.problems.tests.story import problem_in, raised
from bihuan.record import vault
from bihuan.record.models import Job, StoredFile
from bihuan.record.worker import run_until_idle

__all__ = ["server"]
pytestmark = pytest.mark.django_db
#: what was told of the preparation; the sentence stands in everything else
BRIEFED = "拆分计划避开招标，涉及六份合同"
FILE = "附件里写着的秘密账号"
WORDS = (SECRET, NAME, BRIEFED, FILE)
#: everybody who may open any of it, and two who watch the house
READERS = (
    "team_leader", "deputy", "member", "inspection_officer", "registrar", "leading", "head", "discipline", "personnel",
    "department", "unit_head", "audit_admin", "system_admin",
)  # fmt: skip


@dataclass
class Kind:
    """One confidential thing: who opens it where, and the function of that page that holds its words."""

    name: str
    word: str
    url: str
    module: object
    function: str


class Everything(Outcome):
    """All that a team knows, up to the report that waits for the leading group. Told by ordinary steps."""

    def __init__(self, world: World) -> None:
        Onsite.__init__(self, world)
        told(self, asked(self, self.task), "department", texts=[BRIEFED, "无"])
        file = ("秘密.txt", SimpleUploadedFile("秘密.txt", FILE.encode()))
        talk = self.talk()
        attach_closed(thing=talk, content=FILE.encode(), name=f"{SECRET[:9]}.txt", **self.as_("member"))
        heard = complaint(self, files=[file])
        found = clue(self, "reported", parts=[heard, talk])
        ask, visit, midterm = work.answered(self, work.ask(self)), work.visit(self), work.midterm(self)
        self.drafts = [self.draft("signed")]
        draft = self.drafts[0]
        self.task = self.left(self.task)
        report = self.report("leading")
        self.kinds = [
            Kind("talk", "team_leader", f"/onsite/talks/{talk.pk}/", talks, "read_closed"),
            Kind("complaint", "team_leader", f"/onsite/complaints/{heard.pk}/", complaints, "read_closed"),
            Kind("draft", "member", f"/onsite/drafts/{draft.pk}/", drafts, "read_closed"),
            Kind("clue", "discipline", f"/onsite/clues/{found.pk}/", clues, "read_closed"),
            Kind("report", "inspection_officer", f"/outcome/reports/{report.pk}/", reports, "read_report"),
            Kind("ask", "member", f"/onsite/asks/{ask.pk}/", asks, "read_closed"),
            Kind("visit", "member", f"/onsite/visits/{visit.pk}/", visits, "read_closed"),
            Kind("midterm", "member", f"/onsite/midterms/{midterm.pk}/", midterms, "read_closed"),
        ]


@pytest.fixture
def everything(world, monkeypatch) -> Everything:
    monkeypatch.setattr("django.utils.timezone.now", lambda: world.at)
    return Everything(world)


@pytest.fixture
def enter(everything) -> Callable[[str], Client]:
    accounts = dict(everything.world.accounts)

    def of(word: str) -> Client:
        if word not in accounts:
            accounts[word], _ = open_account(
                person=everything.world.person(word), username=f"way-{word}", password=PASSWORD, must_change=False,
                by=SYSTEM, at=everything.at,
            )  # fmt: skip
        client = Client()
        client.force_login(accounts[word], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return of


def told_in(content: str | bytes) -> list[str]:
    raw = content.encode() if isinstance(content, str) else content
    return [word for word in WORDS if word.encode() in raw]


def within(content: bytes) -> bytes:
    """A workbook is packed: its parts, one after the other."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return b"\n".join(parts.read(name) for name in parts.namelist())


def test_the_words_are_there_for_who_may_open_them(everything, enter):
    """Otherwise nothing below would prove anything."""
    for kind in everything.kinds:
        assert told_in(enter(kind.word).get(kind.url).content), kind.name


def test_searching_finds_none_of_it(everything, enter):
    """What is typed is shown again; beside that, a word of it brings what nonsense brings."""
    nonsense = "鼪鼫鼬鼭鼮鼯"
    for word in READERS:
        client = enter(word)
        for address, name in (
            ("/search/", "q"),
            ("/problems/", "q"),
            ("/audit/", "text"),
            ("/problems/", "text"),
        ):
            for said in (SECRET[:6], NAME, BRIEFED[:6]):
                hit, none = (
                    client.get(address, {name: one}, follow=True).content.decode().replace(one, "")
                    for one in (said, nonsense)
                )
                assert hit.count("<tr") == none.count("<tr"), (word, address, said)
                assert SECRET[6:] not in hit and BRIEFED[6:] not in hit, (word, address, said)


def test_no_list_and_no_desk_shows_a_word_of_it(everything, enter):
    pk, code = everything.task.pk, everything.task.round.code
    lists = (f"/onsite/{pk}/clues/", f"/onsite/{pk}/complaints/", f"/onsite/{pk}/talks/", f"/onsite/{pk}/asks/",
             f"/outcome/{pk}/", "/outcome/", "/onsite/", f"/onsite/rounds/{code}/board/", f"/outcome/rounds/{code}/sum/",
             f"/outcome/rounds/{code}/archive/", "/joint/", "/notices/", "/")  # fmt: skip
    for word in READERS:
        client = enter(word)
        for url in lists:
            assert not told_in(client.get(url, follow=True).content), (word, url)


def test_no_export_holds_a_word_of_it(everything, enter):
    """The ledger in each layout and the trail, by everybody who may take them out; and every file that is kept."""
    raised(everything.world)
    for word in READERS:
        client = enter(word)
        for layout in ("standard", "page"):
            client.post("/problems/exports/", {"layout": layout, "query": ""})
        trail = client.get("/audit/export/")
        assert not told_in(b"".join(trail.streaming_content) if trail.streaming else trail.content), word
    run_until_idle(at=everything.at)
    exports = Job.objects.filter(state=Job.State.DONE, result__has_key="file")
    assert exports.exists() and not told_in(str(list(Job.objects.values())))
    for stored in StoredFile.objects.order_by("pk"):
        with vault.open_kept(stored.sha256) as file:
            assert not told_in(within(file.read()))


def test_no_notice_and_no_mail_says_a_word_of_it(everything, server):
    """Everybody has an address; what is due is told at once, the rest the next morning."""
    for person in Person.objects.all():
        person.email = f"p{person.pk}@example.com"
        person.save(update_fields=["email"])
    problem_in(everything.world, "assigned")  # something of which people are told
    run_until_idle(at=everything.at, loud=True)
    for days in (1, 2):
        morning = everything.at.replace(hour=8, minute=5) + timedelta(days=days)
        queue_digests(morning)
        run_until_idle(at=morning, loud=True)
    said = list(Message.objects.values())
    assert said and not told_in(str(said))
    letters = [text for person in Person.objects.all() for text in server.texts(f"p{person.pk}@example.com")]
    assert letters and not [word for text in letters for word in told_in(text)]


def test_no_log_and_no_error_page_says_a_word_of_it(everything, enter, caplog, monkeypatch, settings):
    """Each page breaks with the words in its hands: what is written down names the fault, never what was read."""
    caplog.set_level(logging.DEBUG)
    settings.DEBUG = False

    def breaks(*args, **kwargs):
        said = {"text": SECRET, "sender": NAME, "file": FILE}
        raise ValueError(f"{SECRET} {NAME} {BRIEFED} {said}")

    for kind in everything.kinds:
        client = enter(kind.word)
        client.raise_request_exception = False
        with monkeypatch.context() as broken:
            broken.setattr(kind.module, kind.function, breaks)
            answer = client.get(kind.url)
        assert answer.status_code == 500, kind.name
        assert not told_in(answer.content), kind.name
    lines = "\n".join(JsonLines().format(record) for record in caplog.records)
    assert lines.count("error page shown") >= len(everything.kinds) and "ValueError" in lines
    assert not told_in(lines)
