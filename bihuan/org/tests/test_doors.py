"""Doors that must not shut behind the last one, and a form that stays with whoever filled it in."""

from __future__ import annotations

import pytest
from django.test import Client

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Refused
from bihuan.org.actions.close_account import close_account
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.hold_post import hold_post
from bihuan.org.actions.leave import leave
from bihuan.org.actions.open_post import open_post
from bihuan.org.models import Account

from .world import PASSWORD, SINCE

pytestmark = pytest.mark.django_db


def test_the_last_security_administrator_is_not_shut_out(world):
    by, account = world.actor("system_admin"), world.accounts["security_admin"]
    with pytest.raises(Refused, match="唯一的安全管理员"):
        close_account(account=account, by=by, at=world.at)
    with pytest.raises(Refused, match="唯一的安全管理员"):
        leave(person=world.person("security_admin"), on=world.day, choices={}, by=by, at=world.at)
    grant_role(role="security_admin", unit=world.unit("group"), person=world.person("leader"), from_day=SINCE,
               by=SYSTEM, at=world.at)  # fmt: skip
    close_account(account=account, by=by, at=world.at)
    assert not Account.objects.get(pk=account.pk).is_active


def test_a_second_one_who_cannot_sign_in_does_not_count(world):
    grant_role(role="security_admin", unit=world.unit("group"), person=world.person("leader"), from_day=SINCE,
               by=SYSTEM, at=world.at)  # fmt: skip
    Account.objects.filter(pk=world.accounts["leader"].pk).update(is_active=False)
    with pytest.raises(Refused, match="唯一的安全管理员"):
        close_account(account=world.accounts["security_admin"], by=world.actor("system_admin"), at=world.at)


def test_signing_in_again_over_a_form_is_for_whoever_filled_it_in(world):
    visitor = Client()
    told = {"username": "liaison", "password": PASSWORD, "again": str(world.accounts["unit_head"].pk)}
    assert visitor.post("/signin/", told).status_code == 409
    assert "_auth_user_id" not in visitor.session
    assert visitor.post("/signin/", {**told, "again": str(world.accounts["liaison"].pk)}).status_code == 302


def test_a_closed_account_loses_its_live_session_at_once(world, signed_in):
    browser = signed_in("liaison")
    assert browser.get("/problems/").status_code == 200
    close_account(account=world.accounts["liaison"], by=world.actor("system_admin"), at=world.at)
    assert browser.get("/problems/").status_code == 302


def test_nobody_grants_to_a_post_they_hold(world):
    post = open_post(unit=world.unit("safety_dept"), code="AQ-GL", title="授权管理岗", by=SYSTEM, at=world.at)
    told = {
        "role": "safety_officer",
        "unit": world.unit("group"),
        "post": post,
        "from_day": world.day,
        "at": world.at,
    }
    hold_post(
        person=world.person("security_admin"),
        post=post,
        on=SINCE,
        by=world.actor("system_admin"),
        at=world.at,
    )
    with pytest.raises(Refused, match="不能给自己授权"):
        grant_role(**told, by=world.actor("security_admin"))
    assert not world.actor("security_admin").may("problem.verify")
    grant_role(role="security_admin", unit=world.unit("group"), person=world.person("leader"), from_day=SINCE,
               by=SYSTEM, at=world.at)  # fmt: skip
    grant_role(**told, by=world.actor("leader"))
