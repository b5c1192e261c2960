"""Who does not belong to a unit meets nothing of it: every address of the house, asked by an outsider.

The addresses come from the URL map, so a new one is tested by existing. An address that names a thing finds
its thing in `THINGS` by the longest beginning that fits: a new step under a problem needs nothing, a new kind
of thing needs one line there.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import get_resolver, path, reverse
from django.utils import timezone
from openpyxl import load_workbook

from bihuan.areas.ledgers.actions.load_import import load_import
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.exports.ask import ask_own_layout
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.tests.ledger_files import ROWS, workbook
from bihuan.config.generated import addresses
from bihuan.notify.actions.open_endpoint import open_endpoint
from bihuan.notify.models import Delivery, Line
from bihuan.org.actions.hand_over import LATER
from bihuan.org.actions.hold_post import hold_post
from bihuan.org.actions.leave import leave
from bihuan.org.actions.open_post import open_post
from bihuan.org.models import AccessToken, Grant, Person, SpecialDay
from bihuan.org.reads import open_work
from bihuan.org.tests.things import passkey_of, session_of
from bihuan.org.tests.world import World
from bihuan.problems.exports import LAYOUTS, ask_export
from bihuan.problems.models import Letter, Lookback, LookbackDraw, Problem, SavedView
from bihuan.problems.tests.story import problem_in, raised
from bihuan.record.models import Event, Job, StoredFile
from bihuan.record.reads import open_file
from bihuan.record.worker import run_until_idle
from bihuan.ui.access import PUBLIC

STATEMENT = "2 号加热炉煤气报警器未按周期检定"
FILENAME = "热轧厂秋检台账.xlsx"
VIEW = "2025 年煤气设施专项"
TOKEN = re.compile(r'name="(?:csrfmiddlewaretoken|_once)" value="[\w-]+"')


@dataclass
class Secrets:
    """Real things of the hot mill, of which the liaison of the iron mill must never learn."""

    world: World
    problem: Problem
    ledger: LedgerImport
    draft: LedgerImport
    export: Job
    own_layout: Job
    line: Line
    view: SavedView
    hand_over: int
    holding: int
    token: int
    endpoint: int

    @property
    def words(self) -> list[str]:
        """What must stand on no page of an outsider."""
        return [self.problem.number, STATEMENT, FILENAME, VIEW, PHONE, *(row[3] for row in ROWS)]


def numbers(**kwargs: object) -> Callable[[Secrets], dict]:
    return lambda s: kwargs


#: where an address begins -> the values of everything it names. The longest beginning wins.
THINGS: dict[str, Callable[[Secrets], dict]] = {
    "/problems/<str:number>/": lambda s: {"number": s.problem.number, "kind": "notice", "which": "docx"},
    "/problems/<str:number>/files/<int:pk>/": lambda s: {
        "number": s.problem.number,
        "pk": s.problem.attachments.first().pk,
    },
    "/problems/letters/<int:pk>/": lambda s: {"pk": s.problem.letters.get().pk, "which": "docx"},
    "/problems/letters/templates/<str:kind>/": numbers(kind="notice"),
    "/problems/lookback/<int:pk>/": lambda s: {"pk": LookbackDraw.objects.get().pk},
    "/problems/lookback/<int:pk>/assignee/": lambda s: {"pk": Lookback.objects.get().pk},
    "/problems/views/<int:pk>/": lambda s: {"pk": s.view.pk},
    "/problems/exports/<int:pk>/": lambda s: {"pk": s.export.pk},
    "/ledgers/exports/<int:pk>/": lambda s: {"pk": s.own_layout.pk},
    "/ledgers/<int:pk>/": lambda s: {"pk": s.ledger.pk},
    "/ledgers/<int:pk>/rows/<int:order>/": lambda s: {"pk": s.draft.pk, "order": s.draft.rows.first().order},
    "/jobs/<int:pk>/": lambda s: {"pk": s.export.pk},
    "/notices/channels/<int:pk>/": lambda s: {"pk": 1},
    "/notices/<int:pk>/": lambda s: {"pk": s.line.pk},
    "/org/people/<int:pk>/": lambda s: {"pk": s.world.person("liaison").pk},
    "/org/people/<int:pk>/posts/<int:holding>/": lambda s: {
        "pk": s.world.person("unit_head").pk,
        "holding": s.holding,
    },
    "/me/second/passkeys/<int:pk>/": lambda s: {"pk": passkey_of(s.world.accounts["liaison"], s.world.at)},
    "/me/second/sessions/<slug:mark>/": lambda s: {"mark": session_of(s.world.accounts["liaison"])},
    "/org/hand-overs/<int:pk>/": lambda s: {"pk": s.hand_over},
    "/notices/endpoints/<int:pk>/": lambda s: {"pk": s.endpoint},
    "/notices/endpoints/<int:pk>/<int:delivery>/": lambda s: {
        "pk": s.endpoint,
        "delivery": Delivery.objects.first().pk,
    },
    r"/notices/^endpoints/(?P<pk>\d+)/(?P<to>": lambda s: {"pk": s.endpoint, "to": "ended"},
    "/tokens/<int:pk>/": lambda s: {"pk": s.token},
    "/api/v1/problems/<number>": lambda s: {"number": s.problem.number},
    "/api/v1/problems/<number>/files/<pk>": lambda s: {
        "number": s.problem.number,
        "pk": s.problem.attachments.first().pk,
    },
    "/api/v1/facts/<code>": numbers(code="problems.total"),
    "/settings/grants/<int:pk>/": lambda s: {"pk": Grant.objects.get(person=s.world.person("liaison")).pk},
    "/settings/grants/posts/<int:pk>/": lambda s: {"pk": s.holding},
    "/settings/accounts/<int:pk>/": lambda s: {"pk": s.world.accounts["liaison"].pk},
    "/org/units/<int:pk>/": lambda s: {"pk": s.world.unit("hot_mill").pk},
    "/org/party/<int:pk>/": lambda s: {"pk": s.world.party["joint"].pk},
    "/settings/rules/<int:pk>/": lambda s: {"pk": s.world.pack.pk},
    r"/^settings/rules/(?P<pk>\d+)/": lambda s: {"pk": s.world.pack.pk, "key": "due.general"},
    "/settings/days/<int:pk>/": lambda s: {"pk": SpecialDay.objects.first().pk},
    "/^org/import/(?P<what>": numbers(what="units"),
    "/help/": numbers(name="desk"),
    "/help/shots/": numbers(name="desk-1366"),
}
#: what everybody who is signed in may read: how the group is built up, and the directory of its people
OPEN = {"api:fact", "org:unit", "org:party-org", "org:person", "desk:help-section", "desk:help-shot"}
#: whose address holds a key that nobody else knows: the key is the right (tests/test_calendar.py tries others)
KEYED = {"desk:calendar"}
PHONE = "0351-5550142"
HOW = (
    "{address} names something, and the outsider has nothing to ask it for. Add a line to THINGS in "
    "tests/test_outsider.py that gives {names} of a real thing of another unit."
)


@pytest.fixture
def secrets(world, program) -> Secrets:
    problem = problem_in(world, "verifying", statement=STATEMENT, source="daily_check")
    officer, at = world.actor("safety_officer"), world.at + timedelta(days=1, hours=1)
    _papers(world, problem)
    done = _ledger(world, [row for row in ROWS if row[2] != "机修外委队"], FILENAME)
    load_import(ledger=done, by=officer, at=at)
    draft = _ledger(world, ROWS, f"新{FILENAME}")
    now = timezone.now()  # kept for thirty days, and a page is asked for today
    export = ask_export(layout="page", query="", by=officer, at=now)
    own_layout = ask_own_layout(query="", by=officer, at=now)
    run_until_idle(at=now)
    export.refresh_from_db()
    assert export.result["rows"] >= 3
    view = SavedView.objects.create(person=world.person("safety_officer"), name=VIEW, query="status=open")
    Person.objects.filter(pk=world.person("liaison").pk).update(phone=PHONE)
    admin = world.actor("system_admin")
    post = open_post(code="RZ-MQ", title="煤气防护站站长", unit=world.unit("hot_mill"), by=admin, at=at)
    holding = hold_post(post=post, person=world.person("unit_head"), on=world.day, by=admin, at=at)
    line = Line.objects.exclude(person=world.person("outsider")).first()
    program("liaison")
    token, endpoint = AccessToken.objects.get().pk, _endpoint(world)
    gone = _left(world, at)
    return Secrets(
        world, problem, done, draft, export, own_layout, line, view, gone, holding.pk, token, endpoint
    )


def _papers(world: World, problem: Problem) -> None:
    """A letter about the problem, and a draw in which it was drawn."""
    Letter.objects.create(
        problem=problem, round=1, due_on=problem.due_on, unit=problem.unit, step="reminder", rank=1, label="提醒",
        title="整改提醒函", word="提醒", addressed="owner", days=1, day_type="working_days", state="issued",
        number="提醒〔2025〕1号", made_on=world.at, issued_at=world.at,
    )  # fmt: skip
    drawn = LookbackDraw.objects.create(
        month="2025-09", kind="monthly", seed="s", share=20, after_days=60, most=50, pool=problem.number,
        pool_sha256="0" * 64, pool_size=1, drawn_size=1, drawn_at=world.at,
    )  # fmt: skip
    Lookback.objects.create(draw=drawn, problem=problem, round=1, order=1, due_on=world.day)


def _ledger(world: World, rows: list, name: str) -> LedgerImport:
    return start_import(
        data=workbook(rows),
        filename=name,
        home=world.unit("hot_mill"),
        by=world.actor("safety_officer"),
        at=world.at,
    )


def _endpoint(world: World) -> int:
    """A receiver of the hot mill, to which one thing went."""
    made, _ = open_endpoint(
        person=world.person("unit_head"), name="热轧厂生产系统", url="https://93.184.215.14/hook",
        kinds=["problem.closed"], by=world.actor("unit_head"), at=world.at,
    )  # fmt: skip
    ident = uuid.uuid5(uuid.NAMESPACE_URL, "热轧")
    Delivery.objects.create(endpoint=made, ident=ident, event=1, kind="problem.closed", made_on=world.at)
    return made.pk


def _left(world: World, at) -> int:
    """The one who rectified leaves; what he answered for waits for somebody of the hot mill."""
    gone = world.person("worker_a")
    choices = {work.key: LATER for work in open_work(gone.pk, at)}
    assert choices
    leave(
        person=gone, on=world.day + timedelta(days=3), choices=choices, by=world.actor("system_admin"), at=at
    )
    return gone.hand_overs.get().pk


def all_addresses() -> list[tuple[str, str, object]]:
    return sorted(addresses(get_resolver().url_patterns), key=lambda found: found[0])


def with_things(secrets: Secrets, patterns=None) -> Iterator[tuple[str, str]]:
    """(name, url) of every address that names something; fails with what to do where nothing is known."""
    for address, name, pattern in patterns or all_addresses():
        names = set(pattern.pattern.regex.groupindex)
        if not names or name in KEYED:
            continue
        begins = max((start for start in THINGS if address.startswith(start)), key=len, default="")
        values = THINGS[begins](secrets) if begins else {}
        missing = names - set(values)
        if missing:
            pytest.fail(HOW.format(address=address, names="、".join(sorted(missing))), pytrace=False)
        yield name, reverse(name, kwargs={key: values[key] for key in names})


def ask(client: Client, url: str, key: str = "") -> dict[str, int]:
    """Programs come in with their token, people with their session."""
    client.raise_request_exception = False
    given = {"headers": {"Authorization": f"Bearer {key}"}} if url.startswith("/api/") else {}
    body = {"content_type": "application/json"} if given else {}
    got = client.get(url, **given), client.post(url, {}, **body, **given)
    return {"GET": got[0].status_code, "POST": got[1].status_code}


def test_every_thing_of_another_unit_does_not_exist_for_an_outsider(secrets, signed_in, program):
    door = program("outsider")
    key = door.text if door.get("me").status_code == 200 else ""
    outsider, wrong, asked = signed_in("outsider"), [], 0
    version, events = secrets.problem.version, Event.objects.count()
    for name, url in with_things(secrets):
        got = ask(outsider, url, key)
        if name in OPEN:
            told = tells(outsider.get(url, headers={"Authorization": f"Bearer {key}"}), secrets)
            wrong += [f"{name} {url}: {got} {told}"] if got["GET"] != 200 or told else []
            continue
        asked += 1
        if url.startswith("/api/"):  # there the body is judged before it is asked whether the thing exists
            never = url.replace(secrets.problem.number, "RC-RZ-JR-209901-001")
            good = got == ask(outsider, never, key) and not {200, 201} & set(got.values())
            wrong += [] if good else [f"{name} {url}: {got}"]
            continue
        # a view that takes only POST says so before it looks: that tells nothing about the thing
        if got["GET"] not in (404, 405) or got["POST"] not in (404, 405) or 404 not in got.values():
            wrong.append(f"{name} {url}: {got}")
    assert wrong == []
    assert asked > 60
    secrets.problem.refresh_from_db()
    assert (secrets.problem.version, Event.objects.count()) == (version, events)


def test_the_same_things_are_there_for_those_they_belong_to(secrets, signed_in):
    """The counter-check: a 404 for everybody would prove nothing."""
    officer = signed_in("safety_officer")
    for name, url in with_things(secrets):
        if name in (
            "problems:page",
            "problems:file",
            "ledgers:page",
            "ledgers:report",
            "problems:export",
            "ledgers:export",
            "ledgers:row",
        ):
            assert officer.get(url).status_code == 200, name
    assert STATEMENT in officer.get("/problems/").content.decode()


def test_what_one_may_not_see_looks_like_what_never_was(secrets, signed_in):
    outsider = signed_in("outsider")
    for hidden, never in (
        (f"/problems/{secrets.problem.number}/", "/problems/RC-RZ-JR-209901-001/"),
        (f"/ledgers/{secrets.ledger.pk}/", "/ledgers/99999999/"),
        (f"/jobs/{secrets.export.pk}/", "/jobs/99999999/"),
    ):
        bodies = [TOKEN.sub("", outsider.get(url).content.decode()) for url in (hidden, never)]
        assert bodies[0] == bodies[1]


def test_signed_out_leads_to_the_door(secrets, client):
    wrong = []
    urls = [(name, url, False) for name, url in with_things(secrets)]
    urls += [
        (name, reverse(name), p.callback.needs == PUBLIC)
        for _, name, p in all_addresses()
        if not p.pattern.regex.groups
    ]
    client.raise_request_exception = False
    for name, url, public in urls:
        for method in (client.get, client.post):
            response = method(url)
            door = response.status_code == 302 and response["Location"].startswith("/signin/")
            fine = response.status_code < 500 if public else door or response.status_code in (401, 405)
            wrong += [] if fine else [f"{name} {method.__name__} {url}: {response.status_code}"]
        fragment = client.get(url, headers={"HX-Request": "true"})
        if not public and fragment.status_code not in (401, 405):
            wrong.append(f"{name} fragment {url}: {fragment.status_code}")
    assert wrong == []


def test_no_page_of_the_house_tells_an_outsider_anything(secrets, signed_in):
    """Every address without a thing in it: lists, search, desk, notices, settings."""
    outsider, wrong = signed_in("outsider"), []
    outsider.raise_request_exception = False
    for _, name, pattern in all_addresses():
        if pattern.pattern.regex.groups or name == "org:signout":
            continue
        response = outsider.get(reverse(name))
        if response.status_code >= 500 or tells(response, secrets):
            wrong.append(f"{name}: {response.status_code} {tells(response, secrets)}")
    assert wrong == []


def tells(response, secrets: Secrets) -> list[str]:
    if response.streaming:
        content = b"".join(response.streaming_content)
        sheets = load_workbook(BytesIO(content)).worksheets if content[:2] == b"PK" else []
        text = "\n".join(
            str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row
        )
    else:
        text = response.content.decode(errors="replace")
    return [word for word in secrets.words if word in text]


@pytest.mark.parametrize(
    "query", ["q=加热", "q=煤气报警器", "q=天车", "status=open", "sort=new", "q={number}", "unit={unit}"]
)
def test_search_and_filters_find_nothing_of_another_unit(secrets, signed_in, query):
    asked = query.format(number=secrets.problem.number, unit=secrets.world.unit("hot_mill").pk)
    for address in ("/problems/", "/search/"):
        page = signed_in("outsider").get(f"{address}?{asked}", follow=True)
        assert page.status_code == 200
        # what was typed stands in the search box again: look only at what the page says itself
        said = page.content.decode().replace(asked.partition("=")[2], "")
        assert [word for word in secrets.words if word in said] == []
    found = signed_in("safety_officer").get(f"/problems/?{asked}", follow=True).content.decode()
    assert any(word in found for word in secrets.words[1:])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_export_holds_nothing_of_another_unit(secrets, signed_in, layout):
    """Also when the ids of hidden rows are handed in by hand."""
    own = raised(secrets.world, unit=secrets.world.unit("iron_mill"), statement="出铁场行车滑线无防护罩")
    hidden = list(Problem.objects.exclude(pk=own.pk).values_list("pk", flat=True))
    outsider, at = secrets.world.actor("outsider"), secrets.world.at
    whole = ask_export(layout=layout, query="", by=outsider, at=at)
    picked = ask_export(layout=layout, query="", picked=[own.pk, *hidden], by=outsider, at=at)
    run_until_idle(at=at + timedelta(minutes=1))
    for job in (whole, picked):
        job.refresh_from_db()
        stored = StoredFile.objects.get(pk=job.result["file"])
        with open_file(stored, "original") as content:
            book = load_workbook(content)
        cells = [str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row if c]
        assert any(own.statement in cell for cell in cells)
        assert [word for word in secrets.words if any(word in cell for cell in cells)] == []


def test_acts_on_many_rows_do_not_touch_hidden_ones(secrets, signed_in):
    outsider, events = signed_in("outsider"), Event.objects.count()
    given = {
        "picked": [secrets.problem.pk],
        "next": "/problems/",
        "only_able": "1",
        "reason": "试",
        "lead": "4001",
    }
    for name in ("bulk-reminder", "bulk-owner"):
        response = outsider.post(reverse(f"problems:{name}"), given)
        assert response.status_code in (200, 302, 404, 422)
        assert not tells(response, secrets)
    assert not Event.objects.filter(kind__in=("problem.reminded", "problem.reowned")).exists()
    assert Event.objects.count() == events


def test_a_new_address_without_a_thing_fails_and_says_how_to_add_it(secrets):
    new = [("/rounds/<int:pk>/", "rounds:round", path("rounds/<int:pk>/", lambda request, pk: None))]
    with pytest.raises(pytest.fail.Exception, match="Add a line to THINGS"):
        list(with_things(secrets, new))
