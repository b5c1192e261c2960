"""Rights through a post: who manages people puts somebody in it, who grants says yes to that very person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.actions.add_person import add_person
from bihuan.org.actions.confirm_holding import confirm_holding
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.hold_post import hold_post
from bihuan.org.actions.leave_post import leave_post
from bihuan.org.actions.open_post import open_post
from bihuan.org.models import PostHolding
from bihuan.org.permissions import Permission as P
from bihuan.org.reads import actor_for, holdings_to_confirm, people_who
from bihuan.org.reads.nearest import WhoMay
from bihuan.record.models import Event

from .world import build


def _post_with_rights(world, role="unit_head"):
    post = open_post(
        code="RZ-CZ", title="厂长", unit=world.unit("hot_mill"), by=world.actor("system_admin"), at=world.at
    )
    grant_role(
        role=role, unit=world.unit("hot_mill"), post=post, from_day=world.day,
        by=world.actor("security_admin"), at=world.at,
    )  # fmt: skip
    return post


def _invented(world, post):
    """What a system administrator alone can do: a colleague nobody knows, in a post with rights."""
    admin = world.actor("system_admin")
    ghost = add_person(
        staff_no="9999", name="无此人", unit=world.unit("hot_mill"), on=world.day, by=admin, at=world.at
    )
    return ghost, hold_post(person=ghost, post=post, on=world.day, by=admin, at=world.at)


def _may(world, person):
    path = world.unit("furnace").path
    return {
        "actor": actor_for(person, at=world.at).may_in(P.PROBLEM_REOWN_OWN, path),
        "asked": person in people_who(P.PROBLEM_REOWN_OWN, path, day=world.day),
        "nearest": person.pk in WhoMay(P.PROBLEM_REOWN_OWN, day=world.day).all(path),
    }


def test_a_colleague_put_into_a_post_has_no_rights_until_the_security_administrator_says_so(world):
    ghost, holding = _invented(world, _post_with_rights(world))
    assert not any(_may(world, ghost).values())
    confirm_holding(holding=holding, by=world.actor("security_admin"), at=world.at)
    assert all(_may(world, ghost).values())
    event = Event.objects.get(kind="person.post_confirmed")
    assert event.by_id == world.person("security_admin").pk and event.stream == f"person:{ghost.pk}"


def test_rights_hung_on_a_post_later_wait_for_the_same_yes(world):
    admin = world.actor("system_admin")
    post = open_post(code="RZ-ZZ", title="站长", unit=world.unit("hot_mill"), by=admin, at=world.at)
    person = world.person("worker_a")
    holding = hold_post(person=person, post=post, on=world.day, by=admin, at=world.at)
    reaches = world.actor("security_admin").reaches_for(P.GRANT_MANAGE)
    assert holdings_to_confirm(world.day, reaches) == [], "a post without rights asks nobody"
    grant_role(
        role="unit_head", unit=world.unit("hot_mill"), post=post, from_day=world.day,
        by=world.actor("security_admin"), at=world.at,
    )  # fmt: skip
    assert not any(_may(world, person).values())
    (waiting,) = holdings_to_confirm(world.day, reaches)
    assert waiting == holding and waiting.roles == ["单位负责人"]
    confirm_holding(holding=waiting, by=world.actor("security_admin"), at=world.at)
    assert all(_may(world, person).values()) and holdings_to_confirm(world.day, reaches) == []


@pytest.mark.parametrize("word", ["system_admin", "audit_admin", "unit_head", "safety_officer"])
def test_nobody_else_says_yes(world, word):
    _, holding = _invented(world, _post_with_rights(world))
    with pytest.raises(Refused, match="授权由安全管理员管"):
        confirm_holding(holding=holding, by=world.actor(word), at=world.at)


def test_not_to_oneself_and_not_twice_and_not_to_what_is_over(world):
    post, admin, security = (
        _post_with_rights(world),
        world.actor("system_admin"),
        world.actor("security_admin"),
    )
    own = hold_post(person=world.person("security_admin"), post=post, on=world.day, by=admin, at=world.at)
    with pytest.raises(Refused, match="您自己任"):
        confirm_holding(holding=own, by=security, at=world.at)
    _, holding = _invented(world, post)
    confirm_holding(holding=holding, by=security, at=world.at)
    with pytest.raises(Stale):
        confirm_holding(holding=holding, by=security, at=world.at)
    other = hold_post(person=world.person("worker_b"), post=post, on=world.day, by=admin, at=world.at)
    leave_post(holding=other, on=world.day, by=admin, at=world.at)
    with pytest.raises(Stale):
        confirm_holding(holding=other, by=security, at=world.at)


def test_the_page_asks_the_security_administrator_and_tells_the_others(world, signed_in):
    ghost, holding = _invented(world, _post_with_rights(world))
    page = signed_in("security_admin").get("/settings/grants/").content.decode()
    assert "等您确认的任岗" in page and "9999" in page and "带的授权：单位负责人" in page
    assert "等您确认的任岗" not in signed_in("audit_admin").get("/settings/grants/").content.decode()
    assert "等安全管理员确认" in signed_in("system_admin").get(f"/org/people/{ghost.pk}/").content.decode()
    url = f"/settings/grants/posts/{holding.pk}/"
    assert signed_in("system_admin").post(url).status_code == 404
    assert signed_in("security_admin").post(url).status_code == 302
    holding.refresh_from_db()
    assert holding.confirmed_by_id == world.person("security_admin").pk
    assert (
        "等安全管理员确认" not in signed_in("system_admin").get(f"/org/people/{ghost.pk}/").content.decode()
    )


def test_confirmed_once_while_the_post_is_taken_away_at_the_same_moment(race, settings):
    """Two administrators confirm and the system administrator ends the holding: whatever comes first, one yes at
    most, and a holding that ended carries nothing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    world = build(accounts=False)
    ghost, holding = _invented(world, _post_with_rights(world))
    security, admin = world.actor("security_admin"), world.actor("system_admin")
    copies = [PostHolding.objects.select_related("post__unit").get(pk=holding.pk) for _ in range(3)]
    outcomes = race(
        [
            lambda: confirm_holding(holding=copies[0], by=security, at=world.at),
            lambda: confirm_holding(holding=copies[1], by=security, at=world.at),
            lambda: leave_post(holding=copies[2], on=world.day, by=admin, at=world.at),
        ]
    )
    assert outcomes[2].won
    said = [outcome for outcome in outcomes[:2] if outcome.won]
    assert len(said) == Event.objects.filter(kind="person.post_confirmed").count() <= 1
    tomorrow = world.at + timedelta(days=1)
    assert not actor_for(ghost, at=tomorrow).may(P.PROBLEM_REOWN_OWN)


def test_the_installation_itself_needs_nobody(world):
    post = _post_with_rights(world)
    assert hold_post(
        person=world.person("worker_a"), post=post, on=world.day, by=SYSTEM, at=world.at
    ).confirmed_at
