"""Passwords that come back, and passwords that have served too long: both by what the house says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from bihuan.kernel.refused import Invalid
from bihuan.org.actions.change_password import change_password
from bihuan.org.actions.erase_person import erase_person
from bihuan.org.actions.reset_password import reset_password
from bihuan.org.models import Account, OldPassword

from .world import PASSWORD

SERIES = [f"Xin-mima-{number}" for number in range(2026, 2031)]


def change(world, old, new):
    account = Account.objects.get(username="liaison")
    return change_password(account=account, old=old, new=new, by=world.actor("liaison"), at=world.at)


def test_the_last_few_do_not_come_back_and_older_ones_may(world, settings):
    settings.PASSWORD_HISTORY = 3
    change(world, PASSWORD, SERIES[0])
    change(world, SERIES[0], SERIES[1])
    with pytest.raises(Invalid, match="要和最近 3 次的都不一样") as refused:
        change(world, SERIES[1], PASSWORD)
    assert refused.value.field == "new"
    change(world, SERIES[1], SERIES[2])
    assert OldPassword.objects.count() == 2, "no more is kept than is compared"
    change(world, SERIES[2], PASSWORD)
    assert Account.objects.get(username="liaison").check_password(PASSWORD)


def test_a_reset_does_not_bring_back_what_was_given_up(world):
    account = world.accounts["liaison"]
    clear = reset_password(account=account, by=world.actor("system_admin"), at=world.at)
    with pytest.raises(Invalid, match="这个密码用过"):
        change(world, clear, PASSWORD)
    kept = " ".join(OldPassword.objects.values_list("password", flat=True))
    assert kept and PASSWORD not in kept and clear not in kept, "only hashes are kept"


def test_without_a_history_only_the_one_in_force_counts(world, settings):
    settings.PASSWORD_HISTORY = 1
    change(world, PASSWORD, SERIES[0])
    assert not OldPassword.objects.exists()
    change(world, SERIES[0], PASSWORD)


def test_it_goes_with_the_person(world):
    change(world, PASSWORD, SERIES[0])
    person = world.person("liaison")
    type(person).objects.filter(pk=person.pk).update(left_on=world.day - timedelta(days=1))
    person.refresh_from_db()
    erase_person(person=person, by=world.actor("system_admin"), at=world.at, request="本人申请 2025-09-14")
    assert not OldPassword.objects.exists()


def test_one_that_has_served_too_long_opens_only_the_page_to_change_it(world, settings):
    Account.objects.filter(username="liaison").update(password_set_on=world.at - timedelta(days=4000))
    client, form = Client(), {"username": "liaison", "password": PASSWORD}
    assert client.post("/signin/", form).headers["Location"] == "/", "where nobody asks for it, it serves on"
    settings.PASSWORD_DAYS = 90
    assert client.get("/org/").headers["Location"] == "/password/"
    assert Client().post("/signin/", form).headers["Location"] == "/password/"
    page = client.get("/password/").content.decode()
    assert "最多用 90 天" in page and "该换密码了" in page
    client.post("/password/", {"old": PASSWORD, "new": SERIES[0], "again": SERIES[0]})
    assert client.get("/org/").status_code == 200
