"""The demo group: the same on the same day, sound in every figure, and something to do for everybody."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import Count, F, Q

from bihuan.areas.inspection.reads import problems_of_round
from bihuan.areas.outcome.demo.texts import CHECK_PEOPLE
from bihuan.config.facts import period_of
from bihuan.desk.reads.todo import count_todo
from bihuan.kernel.moment import local_day
from bihuan.notify.models import Message
from bihuan.org.demo.rights import DEMO_ROLES
from bihuan.org.demo.units import DEPARTMENTS
from bihuan.org.models import Account, Grant, Membership, PartyLink, PartyOrg, Person
from bihuan.org.reads import actor_for
from bihuan.org.reads.demo import demo_places
from bihuan.org.roles import ROLES
from bihuan.problems import states
from bihuan.problems.demo.categories import CATEGORIES
from bihuan.problems.demo.places import places, places_for
from bihuan.problems.demo.player import FRESH
from bihuan.problems.facts import completion
from bihuan.problems.models import Attachment, Closure, Problem, Verification
from bihuan.record.actions.append import REACTION
from bihuan.record.models import Job, StoredFile
from bihuan.registry import shelf
from bihuan.registry.contract import Scope
from tests.demo_group import AT, built, cheap, fingerprint, undone

#: also for the tests that share one demo group: without the mark no database is made for them
pytestmark = pytest.mark.django_db

SCALE = 0.02
#: they manage rights and read the trail (三员分立), or come from outside to look; no problem ever waits for them
WITHOUT_WORK = {"security_admin", "audit_admin", "upper_checker"}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built twice: once to be compared and forgotten, once to be looked at."""
    with django_db_blocker.unblock(), cheap(tmp_path_factory.mktemp("files")):
        with undone():
            built(AT, SCALE)
            first = fingerprint()
        with undone():
            world = built(AT, SCALE)
            world.things["first"] = first
            yield world


def test_the_same_day_gives_the_same_group(demo):
    assert fingerprint() == demo.things["first"]


def test_the_loop_refused_nothing(demo):
    player = demo.things["problems"]
    assert player.refusals == []
    assert player.steps > 300


def test_the_party_organisations_are_those_of_the_contract(demo):
    assert PartyOrg.objects.filter(in_scope=True).count() == 39
    assert PartyOrg.objects.filter(parent__code="DW-RZ").count() == 17
    assert PartyOrg.objects.filter(parent__code="DW-ZB").count() == 15
    covered = PartyLink.objects.values("party_org").annotate(n=Count("unit")).filter(n__gt=1)
    assert covered.count() == 1, "one joint branch covers several units"
    secretaries = Membership.objects.filter(party_org__code__startswith="DZB", duty="书记")
    assert secretaries.count() == 32
    assert Person.objects.values("name").distinct().count() == Person.objects.count()


def test_every_role_can_be_stepped_into(demo):
    offered = {(place.role, place.name) for place in demo_places(AT)}
    named = {(ROLES[role].label, name) for _, name, role, _ in DEMO_ROLES}
    assert named | {(ROLES["upper_checker"].label, CHECK_PEOPLE[0][0])} == offered


def test_everybody_has_something_to_do(demo):
    idle = [
        account.username
        for account in Account.objects.exclude(person__grants__role__in=WITHOUT_WORK)
        if not count_todo(actor_for(account.person, at=AT), AT)
    ]
    assert idle == []


def test_every_supervising_department_has_more_than_one(demo):
    for department in DEPARTMENTS:
        holders = Grant.objects.filter(
            person__unit__code=department.code, role__in=("supervisor", "safety_officer", "inspection_office")
        )
        assert holders.values("person").distinct().count() >= 3, department.name


def test_the_first_round_ends_as_the_published_ledger_does(demo):
    """688 of 697 in the whole group; here fewer, with the same four basically done and five not, none of them counted."""
    found = Problem.objects.filter(pk__in=problems_of_round("R1"))
    assert found.filter(is_open=True).exclude(progress="basically_done").count() == 5
    assert found.filter(progress="basically_done").count() == 4
    scope, period = Scope(actor_for(Person.objects.get(name="高文静"), at=AT)), period_of("R1")
    rows = list(completion(scope, period, AT))
    done, whole = sum(row.numerator for row in rows), sum(row.denominator for row in rows)
    assert (whole, whole - done) == (found.count(), 9)


def test_nobody_will_be_told_of_what_happened_long_ago(demo):
    """The worker that starts with the house finds no old news to deliver."""
    old = Job.objects.filter(kind=REACTION, state=Job.State.WAITING, run_at__lt=AT - FRESH)
    assert not old.exists()


def test_four_eyes_on_everything_closed(demo):
    closed = Problem.objects.filter(closure__in=states.DONE_WITH)
    assert closed.filter(taken_over=False).exists()
    assert (
        not closed.filter(taken_over=False)
        .filter(Q(closed_by=None) | Q(closed_by=F("submitted_by")))
        .exists()
    )
    assert not Closure.objects.filter(problem__lead=F("done_by")).exists()
    stated = closed.filter(taken_over=True, round=1, submitted_by=None)
    assert stated.exists() and not stated.exclude(closed_by=None).exists()


def test_every_state_and_side_path_is_there(demo):
    found = set(Problem.objects.values_list("closure", flat=True))
    assert {code for code, _ in states.CLOSURE} - found <= {states.VOID, states.CONFIRMED}
    assert set(Problem.objects.values_list("grade", flat=True)) == {"general", "serious", "major"}
    assert set(Problem.objects.values_list("timing", flat=True)) == {"immediate", "time_limited", "long_term"}
    assert Problem.objects.filter(round__gte=3).exists() or Verification.objects.filter(passed=False).exists()
    for asked in ("extensions", "transfers", "voidings"):
        waiting = {"granted": None} if asked != "transfers" else {"accepted": None}
        assert Problem.objects.filter(
            **{f"{asked}__{name}": value for name, value in waiting.items()}
        ).exists()
    assert set(Problem.objects.values_list("source", flat=True)) <= set(shelf.sources())
    assert Problem.objects.filter(secrecy="restricted").exists()


def test_the_days_around_today_are_lively(demo):
    day = local_day(AT)
    open_ones = Problem.objects.open().exclude(timing="long_term")
    for ahead in (0, 1, 3):
        assert open_ones.filter(due_on=day + timedelta(days=ahead)).exists(), ahead
    late = [(day - due).days for due in Problem.objects.overdue(day).values_list("due_on", flat=True)]
    assert {1, 5, 8, 12, 41} <= set(late)
    assert len(late) < open_ones.count() / 3
    assert Problem.objects.filter(changed_at__gte=AT - timedelta(days=1)).count() >= 10
    assert not Problem.objects.filter(changed_at__gt=AT).exists()


def test_major_hazards_have_what_they_need(demo):
    for problem in Problem.objects.filter(grade="major", closure__in=("rectifying", "verifying")):
        kept = problem.guarantees
        assert all((kept.duty, kept.measures, kept.funds, kept.time_limit, kept.emergency_plan)), problem


def test_photos_are_pictures_and_some_tell_where(demo):
    roles = Counter(Attachment.objects.values_list("role", flat=True))
    assert min(roles["before"], roles["after"], roles["evidence"]) > 5
    told = StoredFile.objects.exclude(captured_on_device=None)
    assert told.exists() and not told.filter(latitude=None).exists()
    assert set(StoredFile.objects.values_list("is_image", flat=True)) == {True, False}


def test_nobody_is_flooded_in_the_last_fortnight(demo):
    most = Message.objects.with_lines().values("person", "day").annotate(n=Count("pk")).order_by("-n").first()
    assert most["n"] <= 3
    assert not Job.objects.filter(state__in=("dead", "running")).exists()


def test_there_is_enough_to_say():
    lines = [(category, line) for category in CATEGORIES for line in category.lines]
    assert len({line[0] for _, line in lines}) >= 160
    nowhere = [
        line[0]
        for category, line in lines
        if category.tag and not any(places_for(unit, category.tag, line[0]) for unit in places())
    ]
    assert nowhere == []
