"""Real things of the hot mill, of which an outsider must never learn (`test_outsider`)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from bihuan.areas.inspection.actions.keep_talent import keep_talent
from bihuan.areas.inspection.actions.tell_relative import tell_relative
from bihuan.areas.inspection.models import (
    Member,
    RecusalCase,
    Task,
    Team,
)
from bihuan.areas.inspection.tests.before import heard
from bihuan.areas.inspection.tests.story import Story
from bihuan.areas.joint.actions.add_part import add_part
from bihuan.areas.joint.actions.map_body import map_body
from bihuan.areas.joint.actions.plan_joint import plan_joint
from bihuan.areas.joint.models import JointPart
from bihuan.areas.ledgers.actions.load_import import load_import
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.exports.ask import ask_own_layout
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.tests.ledger_files import ROWS, workbook
from bihuan.areas.onsite.tests.story import SECRET
from bihuan.areas.onsite.tests.things import onsite_things
from bihuan.areas.outcome.tests.closing_things import closing_things
from bihuan.areas.outcome.tests.things import outcome_things
from bihuan.documents.actions.ask_paper import ask_paper
from bihuan.documents.models import MadePaper
from bihuan.notify.actions.open_endpoint import open_endpoint
from bihuan.notify.models import Delivery, Line
from bihuan.org.actions.give_portfolio import give_portfolio
from bihuan.org.actions.hand_over import LATER
from bihuan.org.actions.hold_post import hold_post
from bihuan.org.actions.keep_line import keep_line
from bihuan.org.actions.leave import leave
from bihuan.org.actions.open_post import open_post
from bihuan.org.models import AccessToken, BusinessLine, Grant, Person, Portfolio, SpecialDay
from bihuan.org.reads import open_work
from bihuan.org.tests.things import passkey_of, session_of
from bihuan.org.tests.world import World
from bihuan.problems.exports import ask_export
from bihuan.problems.models import Letter, Lookback, LookbackDraw, Problem, SavedView
from bihuan.problems.tests.story import problem_in
from bihuan.publication.actions.add_file import add_file
from bihuan.publication.models import Publication
from bihuan.publication.tests.story import Story as Board
from bihuan.record.models import Job
from bihuan.record.worker import run_until_idle
from tests.hot_mill_inspection import OF_INSPECTION

STATEMENT = "2 号加热炉煤气报警器未按周期检定"
FILENAME = "热轧厂秋检台账.xlsx"
DRAFTED = "煤气柜大修预算调整"
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
    task: Task
    tie: RecusalCase
    part: JointPart
    publication: Publication

    @property
    def words(self) -> list[str]:
        """What must stand on no page of an outsider."""
        return [
            self.problem.number,
            STATEMENT,
            FILENAME,
            VIEW,
            PHONE,
            SECRET,
            DRAFTED,
            *(row[3] for row in ROWS),
        ]


def numbers(**kwargs: object) -> Callable[[Secrets], dict]:
    return lambda s: kwargs


#: where an address begins -> the values of everything it names. The longest beginning wins.
THINGS: dict[str, Callable[[Secrets], dict]] = {
    **OF_INSPECTION,
    "/problems/<str:number>/": lambda s: {"number": s.problem.number, "kind": "notice", "which": "docx"},
    "/problems/<str:number>/files/<int:pk>/": lambda s: {
        "number": s.problem.number,
        "pk": s.problem.attachments.first().pk,
    },
    "/documents/<int:pk>/": lambda s: {"pk": MadePaper.objects.get().pk},
    "/settings/portfolios/<int:pk>/": lambda s: {"pk": Portfolio.objects.get().pk},
    "/settings/lines/<int:pk>/": lambda s: {"pk": BusinessLine.objects.get().pk},
    "/problems/letters/<int:pk>/": lambda s: {"pk": s.problem.letters.get().pk, "which": "docx"},
    "/documents/templates/<str:code>/": numbers(code="notice"),
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
#: what everybody who is signed in may read: what has to be public (drafted for the own unit), how the group is built up, and the directory of its people
OPEN = {
    "api:fact",
    "org:unit",
    "org:party-org",
    "org:person",
    "desk:help-section",
    "desk:help-shot",
    "publication:new",
}
#: whose address holds a key that nobody else knows: the key is the right (tests/test_calendar.py and
#: onsite/tests/test_tell.py try others)
KEYED = {"desk:calendar", "tell:page"}
PHONE = "0351-5550142"
HOW = (
    "{address} names something, and the outsider has nothing to ask it for. Add a line to THINGS in "
    "tests/hot_mill_things.py that gives {names} of a real thing of another unit."
)


def a_tied_member(world: World) -> tuple[Task, RecusalCase]:
    """A team at the hot mill, one of whom has told of a relative there; the tie's ground is that relative's id."""
    story = Story(world)
    task = story.entered()
    keep_talent(person=world.person("second_officer"), skills="", by=story.office, at=story.at)
    team = Team.objects.select_related("round__rule_pack").get()
    member = Member.objects.select_related("round__rule_pack", "person").filter(team=team).last()
    word = next(word for word, person in world.people.items() if person.pk == member.person_id)
    told = tell_relative(
        member=member, relation="spouse", unit=world.unit("furnace"), by=world.actor(word), at=story.at
    )
    tie = RecusalCase.objects.select_related("member").get()
    tie.ground = told.pk
    heard(story, task)
    return task, tie


def a_draft(world: World) -> Publication:
    """What the hot mill writes and has not made public, with a file; and an opinion on something it has."""
    mill = Board(world)
    mill.opinion(mill.public())
    made = mill.draft(title=DRAFTED)
    add_file(
        publication=made,
        content=b"%PDF-1.4\n%%EOF\n",
        name="a.pdf",
        outside=False,
        by=mill.writer,
        at=mill.at,
    )
    return made


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
    task, tie = a_tied_member(world)
    onsite_things(world, task, world.at)
    outcome_things(world, task, world.at)
    closing_things(world, world.at)
    ask_paper(
        kind="inspection.notice",
        about=str(task.pk),
        which="docx",
        by=world.actor("inspection_officer"),
        at=world.at,
    )
    run_until_idle(at=now)
    return Secrets(
        world,
        problem,
        done,
        draft,
        export,
        own_layout,
        line,
        view,
        gone,
        holding.pk,
        token,
        endpoint,
        task,
        tie,
        _joint(world, task),
        a_draft(world),
    )


def _joint(world: World, task: Task) -> JointPart:
    """Safety comes along to the hot mill; a leader has charge of it and of a business line."""
    office, at, day = world.actor("inspection_officer"), world.at, world.day
    said = {"by": office, "at": at}
    made = plan_joint(task=task, title="热轧厂巡察安全联动", plan="一次进驻", **said)
    leader = world.person("safety_officer")
    part = add_part(
        joint=made,
        unit=world.unit("safety_dept"),
        leader=leader,
        looks_into="煤气",
        due_on=task.to_day,
        **said,
    )
    map_body(body="department", unit=world.unit("safety_dept"), on=day, **said)
    admin = {"by": world.actor("system_admin"), "at": at}
    keep_line(title="安全", categories=["煤气"], **admin)
    give_portfolio(person=world.person("leader"), unit=world.unit("hot_mill"), from_day=day, **admin)
    return part


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
