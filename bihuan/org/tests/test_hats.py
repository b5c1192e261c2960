"""Two hats: who holds grants of several bodies sees and acts in the name of one at a time (ADR 25)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.open_token import open_token
from bihuan.org.actions.revoke_grant import revoke_grant
from bihuan.org.actions.use_token import use_token
from bihuan.org.actions.wear_hat import wear_hat
from bihuan.org.models import Grant, Person
from bihuan.org.permissions import Permission as P
from bihuan.org.reads import Wear, actor_for, people_who
from bihuan.org.tests.world import SINCE
from bihuan.record.models import Event

pytestmark = pytest.mark.django_db


def hatted(world, role, unit, hat, word="rules_keeper") -> Grant:
    return grant_role(
        role=role, unit=world.unit(unit), person=world.person(word), from_day=SINCE, hat=world.unit(hat),
        by=world.actor("security_admin"), at=world.at,
    )  # fmt: skip


def wear(world, hat: str, word="rules_keeper") -> bool:
    actor = world.actor(word)
    wanted = next(one for one in actor.hats if one.unit_id == world.unit(hat).pk)
    person = Person.objects.get(pk=actor.person_id)
    return wear_hat(person=person, hat=wanted, by=actor, at=world.at)


@pytest.fixture
def two(world):
    """The keeper of rules sits in the inspection office and in the safety department, and keeps rules as either."""
    return (
        hatted(world, "inspection_office", "group", "inspection_dept"),
        hatted(world, "safety_officer", "hot_mill", "safety_dept"),
    )


def test_one_hat_is_no_choice(world):
    hatted(world, "inspection_office", "group", "inspection_dept")
    actor = world.actor("rules_keeper")
    assert not actor.hats and actor.may(P.INSPECTION_PLAN) and actor.may(P.RULES_MANAGE)


def test_the_first_hat_stays_on_until_another_is_chosen_and_the_choice_is_kept(world, two):
    actor = world.actor("rules_keeper")
    assert actor.hat.unit_id == world.unit("inspection_dept").pk and len(actor.hats) == 2
    assert actor.may(P.INSPECTION_PLAN) and not actor.may(P.FILE_ORIGINAL)
    assert wear(world, "safety_dept")
    actor = world.actor("rules_keeper")
    assert actor.may(P.FILE_ORIGINAL) and not actor.may(P.INSPECTION_PLAN)
    assert actor.may(P.RULES_MANAGE), "without a hat a grant is always worn"
    assert actor.unit_id == world.unit("safety_dept").pk, (
        "what the home department supervises stays with its hat"
    )
    event = Event.objects.get(kind="hat.worn")
    assert event.by_id == actor.person_id and event.data == {"hat": "AQ", "was": "XCB"}
    assert not wear(world, "safety_dept"), "worn already: nothing is written"
    assert Event.objects.filter(kind="hat.worn").count() == 1


def test_a_hat_that_is_lost_falls_back_with_a_sentence(world, two, signed_in):
    client = signed_in("rules_keeper")
    wear(world, "safety_dept")
    revoke_grant(grant=two[1], by=world.actor("security_admin"), at=world.at)
    actor = world.actor("rules_keeper")
    assert actor.hat.code == "XCB" and not actor.hats and actor.lost_hat == "安全部"
    assert actor.may(P.INSPECTION_PLAN) and not actor.may(P.FILE_ORIGINAL)
    page = client.get("/").content.decode()
    assert "安全部身份的授权已收回或到期，现在以巡察办身份" in page
    client.post("/me/hat/", {"hat": "XCB"})
    assert "已收回或到期" not in client.get("/").content.decode()
    assert Event.objects.filter(kind="hat.worn").last().data == {"hat": "XCB", "was": ""}


def test_losing_the_last_hat_leaves_the_rest(world, two, signed_in):
    wear(world, "safety_dept")
    for grant in two:
        revoke_grant(grant=grant, by=world.actor("security_admin"), at=world.at)
    actor = world.actor("rules_keeper")
    assert actor.hat is None and actor.may(P.RULES_MANAGE) and not actor.may(P.PROBLEM_VIEW)
    client = signed_in("rules_keeper")
    assert "现在按其余的授权" in client.get("/").content.decode()
    client.post("/me/hat/", {"hat": ""})
    assert Person.objects.get(pk=actor.person_id).hat_id is None


def test_a_hat_ends_with_its_term(world):
    hatted(world, "inspection_office", "group", "inspection_dept")
    grant_role(
        role="safety_officer", unit=world.unit("group"), person=world.person("rules_keeper"), from_day=SINCE,
        to_day=world.day, hat=world.unit("safety_dept"), by=SYSTEM, at=world.at,
    )  # fmt: skip
    wear(world, "safety_dept")
    tomorrow = world.at + timedelta(days=1)
    person = Person.objects.get(pk=world.person("rules_keeper").pk)
    actor = actor_for(person, at=tomorrow)
    assert actor.lost_hat and actor.may(P.INSPECTION_PLAN)


@pytest.mark.parametrize("case", ["not held", "a program", "another administrator's"])
def test_it_refuses(world, two, case):
    actor, person = world.actor("rules_keeper"), Person.objects.get(pk=world.person("rules_keeper").pk)
    if case == "not held":
        hat = world.actor("rules_keeper").hat
        other = world.actor("liaison")
        with pytest.raises(Refused, match="没有这个身份"):
            wear_hat(person=Person.objects.get(pk=other.person_id), hat=hat, by=other, at=world.at)
    elif case == "a program":
        _, text = open_token(
            person=person, name="程序", scope="read", expires_on=world.day, by=actor, at=world.at
        )
        _, program = use_token(text=text, address="", at=world.at)
        with pytest.raises(Refused, match="本人在页面上换"):
            wear_hat(person=person, hat=actor.hats[1], by=program, at=world.at)
    else:
        with pytest.raises(Refused, match="三员随时都是三员"):
            grant_role(
                role="audit_admin", unit=world.unit("group"), person=world.person("leader"), from_day=SINCE,
                hat=world.unit("safety_dept"), by=world.actor("security_admin"), at=world.at,
            )  # fmt: skip
        held = Grant.objects.get(person=world.person("audit_admin"))
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.filter(pk=held.pk).update(hat=world.unit("safety_dept"))
    assert not Event.objects.filter(kind="hat.worn").exists()


def test_the_same_role_may_be_held_under_each_hat_but_once(world, two):
    hatted(world, "inspection_office", "group", "safety_dept")
    with pytest.raises(Refused, match="已经有"):
        hatted(world, "inspection_office", "group", "safety_dept")


def test_who_may_does_not_depend_on_the_hat(world, two):
    wear(world, "safety_dept")
    group, mill = world.unit("group").path, world.unit("hot_mill").path
    me = world.person("rules_keeper")
    assert me in people_who(P.INSPECTION_PLAN, group, day=world.day)
    assert me in people_who(P.PROBLEM_VERIFY, mill, day=world.day)
    person = Person.objects.get(pk=me.pk)
    assert actor_for(person, at=world.at, wear=Wear.ANY).may(P.INSPECTION_PLAN)


def test_a_token_keeps_the_hat_it_was_opened_under(world, two):
    person = Person.objects.get(pk=world.person("rules_keeper").pk)
    said = {"person": person, "scope": "read", "expires_on": world.day, "at": world.at}
    _, text = open_token(name="程序", by=world.actor("rules_keeper"), **said)
    wear(world, "safety_dept")
    _, actor = use_token(text=text, address="", at=world.at)
    assert actor.hat.code == "XCB"
    assert actor.reaches_for(P.INSPECTION_PLAN) and not actor.reaches_for(P.FILE_ORIGINAL)
    revoke_grant(grant=two[0], by=world.actor("security_admin"), at=world.at)
    _, actor = use_token(text=text, address="", at=world.at)
    assert not actor.reaches_for(P.FILE_ORIGINAL), "it never slips under the other hat"
    assert actor.reaches_for(P.RULES_MANAGE)


def test_the_frame_shows_the_hat_and_changes_it_with_one_tap(world, two, signed_in):
    client = signed_in("rules_keeper")
    page = client.get("/settings/").content.decode()
    assert "巡察办</b>" in page and 'value="AQ"' in page and 'data-hat="XCB"' in page
    answer = client.post("/me/hat/", {"hat": "AQ"}, follow=True)
    assert "现在以安全部身份" in answer.content.decode()
    assert client.get("/inspection/").status_code == 404, "the plan is of the other body"
    client.post("/me/hat/", {"hat": "XCB"})
    assert client.get("/inspection/").status_code == 200
    assert "没有这个身份" in client.post("/me/hat/", {"hat": "JT"}, follow=True).content.decode()
    assert client.get("/me/hat/").status_code == 405


def test_a_page_of_the_other_hat_sends_nothing(world, two, signed_in):
    client = signed_in("rules_keeper")
    client.get("/settings/")
    mine = str(world.accounts["rules_keeper"].pk)
    said = {"Accept": "application/json", "X-Bihuan-Account": f"{mine}:XCB"}
    assert client.post("/me/hat/", {"hat": "AQ"}, headers=said).status_code == 302
    refused = client.post("/problems/views/", {"name": "夜班"}, headers=said)
    assert refused.status_code == 409 and "换过身份" in refused.content.decode()


def test_the_frame_costs_no_query_more(world, signed_in):
    client = signed_in("rules_keeper")
    client.get("/settings/")
    with CaptureQueriesContext(connection) as without:
        client.get("/settings/")
    for role, hat in (("inspection_office", "inspection_dept"), ("safety_officer", "safety_dept")):
        hatted(world, role, "group", hat)
    client.get("/settings/")
    with CaptureQueriesContext(connection) as two_hats:
        client.get("/settings/")
    assert len(two_hats) <= len(without) + 3, "the badges of the loop are all that two offices add"


def test_the_grant_page_gives_and_shows_a_hat(world, signed_in):
    client = signed_in("security_admin")
    said = {
        "role": "supervisor", "person": world.person("leader").staff_no, "unit": world.unit("group").pk,
        "hat": world.unit("safety_dept").pk, "from_day": "2025-01-01",
    }  # fmt: skip
    assert client.post("/settings/grants/new/", said).status_code == 302
    made = Grant.objects.get(role="supervisor", person=world.person("leader"))
    assert made.hat == world.unit("safety_dept")
    assert "戴上这个身份时有效" in client.get(f"/settings/grants/{made.pk}/").content.decode()
    assert "以谁的身份" in client.get("/settings/grants/").content.decode()


def test_another_page_was_faster(world, two):
    actor, person = world.actor("rules_keeper"), Person.objects.get(pk=world.person("rules_keeper").pk)
    wear(world, "safety_dept")
    with pytest.raises(Stale):
        wear_hat(person=person, hat=actor.hats[0], by=actor, at=world.at)
