"""Every main page in the demo group, at a desk's width and a phone's: looked at, and nothing of it breaks.

The pictures lie beside those of the design; what a machine can see of a page is asserted here.
"""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone

from bihuan.areas.inspection.models import Appraisal, Briefing, Task, Term
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.onsite.models import Clue, Draft, Talk
from bihuan.areas.outcome.models import Feedback, Report
from bihuan.config.prepare import build_rooms, prepare
from bihuan.config.ugly import load_ugly
from bihuan.kernel.moment import local_day
from bihuan.org.models import Account, Grant, Person, Unit
from bihuan.org.reads import current_pack
from bihuan.problems.models import Letter, LookbackDraw, Problem

from .camera import Camera

SCALE = 0.06
UGLY = 300


def account_with(role: str, above: str = "") -> str:
    """The sign-in name of somebody in this role."""
    grants = Grant.objects.filter(role=role, revoked_at=None, person__account__isnull=False)
    return grants.order_by("id").values_list("person__account__username", flat=True)[0]


def pages_of_the_loop() -> dict[str, str]:
    day = local_day(timezone.now())
    busy = Problem.objects.filter(closure="verifying").order_by("-id").first()
    closed = Problem.objects.filter(closure="closed", taken_over=False).order_by("-id").first()
    late = (
        Problem.objects.filter(is_open=True, due_on__lt=day)
        .exclude(timing="long_term")
        .order_by("id")
        .first()
    )
    shown = busy or late or closed or Problem.objects.first()
    letter = Letter.objects.filter(state="issued").order_by("-id").first() or Letter.objects.first()
    draw = LookbackDraw.objects.order_by("-id").first()
    return {
        "desk": "/",
        "ledger": "/problems/",
        "ledger-filtered": "/problems/?stage=open&clock=late&sort=due",
        "problem-verifying": f"/problems/{shown.number}/",
        "problem-closed": f"/problems/{(closed or shown).number}/",
        "problem-late": f"/problems/{(late or shown).number}/",
        "problem-new": "/problems/new/",
        "likely-repeats": "/problems/repeats/",
        "letters": "/problems/letters/",
        "letter": f"/problems/letters/{letter.pk}/" if letter else "/problems/letters/",
        "lookback": "/problems/lookback/",
        "lookback-draw": f"/problems/lookback/{draw.pk}/" if draw else "/problems/lookback/",
        "exports": "/problems/exports/",
        "imports": "/ledgers/",
        "notices": "/notices/",
        "org": "/org/",
        "org-people": "/org/people/",
        "org-party": "/org/party/",
        "settings": "/settings/",
        "rules": "/settings/rules/",
        "rules-pack": f"/settings/rules/{current_pack('problems', day).pk}/",
        "days": "/settings/days/",
        "me": "/me/",
        "tokens": "/tokens/",
        "endpoints": "/notices/endpoints/",
        "endpoint-new": "/notices/endpoints/new/",
    }


def pages_of_the_demo() -> dict[str, str]:
    """What only the demo group has: letters on their way, a draw, a newer version and a notice to be looked at."""
    waiting = Letter.objects.filter(state=Letter.State.WAITING).order_by("-id").first()
    return {
        "letter-waiting": f"/problems/letters/{waiting.pk}/",
        "import-newer": f"/ledgers/{LedgerImport.objects.get(filename__contains='更新').pk}/",
        "import-notice": f"/ledgers/{LedgerImport.objects.get(filename__endswith='.docx').pk}/",
    }


def _task(code: str) -> Task:
    return Task.objects.filter(round__code=code).earliest("pk")


def _owed() -> str:
    """What the department of the one who signs in still has to tell."""
    own = Briefing.objects.owed().get(unit__code="SJ")
    return f"/inspection/briefings/{own.pk}/answer/"


#: what the leader of a team on site looks at, by the end of its address
_TEAM = (
    "talks",
    "drafts",
    "complaints",
    "clues",
    "documents",
    "asks",
    "immediates",
    "visits",
    "midterms",
    "days",
)


def pages_of_administration() -> dict[str, dict[str, str]]:
    person = Person.objects.filter(account__isnull=False).order_by("id").last()
    unit = Unit.objects.filter(kind="mill").order_by("id").first()
    return {
        "system_admin": {
            "admin-accounts": "/settings/accounts/",
            "admin-person": f"/org/people/{person.pk}/",
            "admin-unit": f"/org/units/{unit.pk}/",
            "admin-leaving": f"/org/people/{person.pk}/leaving/",
            "admin-import": "/org/import/",
            "jobs": "/jobs/",
        },
        "inspection_office": {
            "inspection": "/inspection/",
            "inspection-round": "/inspection/rounds/R2/",
            "inspection-past": "/inspection/rounds/R1/",
            "inspection-coverage": "/inspection/coverage/",
            "inspection-focus": "/inspection/frameworks/",
            "inspection-talents": "/inspection/talents/",
            "inspection-planner": f"/inspection/terms/{Term.objects.get().pk}/planner/",
            "inspection-dealing": "/inspection/rounds/R2/dealing/",
            "inspection-preparation": "/inspection/rounds/R2/preparation/",
            "inspection-ask": f"/inspection/tasks/{_task('R2').pk}/briefings/new/",
            "inspection-told": f"/inspection/briefings/{Briefing.objects.filter(state='returned').get().pk}/",
            "inspection-appraisal": f"/inspection/secondments/{Appraisal.objects.latest('sent_at').secondment_id}/",
            "inspection-lent": "/inspection/secondments/",
            "inspection-gates": f"/inspection/tasks/{_task('R2').pk}/gates/",
            "onsite": "/onsite/",
            "onsite-board": "/onsite/rounds/J1/board/",
            "onsite-poster": f"/onsite/posters/{_task('J1').pk}/",
            "outcome": "/outcome/",
            "outcome-report": f"/outcome/reports/{Report.objects.latest('pk').pk}/",
            "outcome-feedback": f"/outcome/feedbacks/{Feedback.objects.latest('pk').pk}/",
            "outcome-followed": "/outcome/rectification/",
            "outcome-sum": "/outcome/rounds/R1/sum/",
            "outcome-archive": "/outcome/rounds/R1/archive/",
            "publications": "/publications/",
            "publications-due": "/publications/catalogue/due/",
            "joint": "/joint/",
            "documents": "/documents/",
        },
        "department_officer": {
            "inspection-asked": "/inspection/briefings/",
            "inspection-answer": _owed(),
            **{f"onsite-{name}": f"/onsite/{_task('J1').pk}/{name}/" for name in _TEAM},
            "onsite-task": f"/onsite/{_task('J1').pk}/",
            "onsite-draft": f"/onsite/drafts/{Draft.objects.filter(state='discussed').latest('pk').pk}/",
            "onsite-talk": f"/onsite/talks/{Talk.objects.latest('pk').pk}/",
        },
        "unit_head": {"outcome-mine": "/outcome/mine/"},
        "supervisor": {"inspection-mine": "/inspection/mine/"},
        "rules_keeper": {"templates": "/documents/templates/"},
        "security_admin": {"admin-grants": "/settings/grants/", "admin-grant-new": "/settings/grants/new/"},
        "audit_admin": {"audit": "/audit/", "seals": "/audit/seals/"},
    }


def pages_of_the_ugly_round(world) -> dict[str, dict[str, str]]:
    task = world.things["inspection"]
    at = {name: f"/onsite/{task.pk}/{name}/" for name in ("talks", "drafts", "complaints", "documents")}
    one = {
        "talk": f"/onsite/talks/{Talk.objects.latest('pk').pk}/",
        "draft": f"/onsite/drafts/{Draft.objects.latest('pk').pk}/",
        "clue": f"/onsite/clues/{Clue.objects.latest('pk').pk}/",
    }
    over = {
        "round": f"/inspection/rounds/{task.round.code}/",
        "board": f"/onsite/rounds/{task.round.code}/board/",
        "gates": f"/inspection/tasks/{Task.objects.latest('pk').pk}/gates/",
        "scope": f"/inspection/terms/{Term.objects.get().pk}/scope/",
        "preparation": f"/inspection/rounds/{task.round.code}/preparation/",
    }
    return {"second": at | one, "office": over}


def look_at(person, camera, pages: dict[str, str], prefix: str = "") -> list[str]:
    found = []
    for name, path in pages.items():
        answer = person.page.goto(person.home + path)
        if answer.status >= 400:
            found.append(f"{name}: {answer.status} {path}")
            continue
        found += camera.look(person.page, f"{prefix}{name}")
    return found


@pytest.fixture
def quiet(settings, transactional_db) -> datetime:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return timezone.now()


def test_the_demo_group(quiet, people, camera, settings):
    prepare(quiet)
    build_rooms(quiet, lambda words: None, scale=SCALE)
    settings.DEMO = True
    found = []
    for phone in (False, True):
        stranger = people(phone=phone)
        found += look_at(stranger, camera, {"signin-demo": "/signin/"})
        found += look_at(
            people(account_with("safety_officer"), phone=phone),
            camera,
            pages_of_the_loop() | pages_of_the_demo(),
        )
        for role, pages in pages_of_administration().items():
            found += look_at(people(account_with(role), phone=phone), camera, pages)
    assert not found, "\n".join(found)


def test_the_ugly_world(quiet, people, tmp_path):
    """No rows, many rows, forty-character names, a script in a name, lost rights, a slow worker."""
    world, camera = load_ugly(quiet, lambda words: None, n=UGLY), Camera(tmp_path)
    officer = Account.objects.get(person=world.people["officer"]).username
    found = []
    for phone in (False, True):
        reader = people(officer, phone=phone)
        found += look_at(reader, camera, pages_of_the_loop(), "ugly-")
        odd = Problem.objects.filter(statement__contains="<script").first()
        if odd:
            reader.go(f"/problems/{odd.number}/")
            reader.sees("<script")
        empty = {
            "ledger-empty": f"/problems/?unit={world.empty.pk}",
            "search-nothing": "/problems/?q=没有这样的东西",
        }
        found += look_at(reader, camera, empty, "ugly-")
        for key, pages in pages_of_the_ugly_round(world).items():
            name = Account.objects.get(person=world.people[key]).username
            found += look_at(people(name, phone=phone), camera, pages, "ugly-")
    assert not found, "\n".join(found)
