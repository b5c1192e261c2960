"""Who may do what: three administrators are three people, nobody grants to themselves."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Invalid, Refused, Stale
from bihuan.org.actions.add_person import add_person
from bihuan.org.actions.close_account import close_account
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.open_account import open_account
from bihuan.org.actions.open_post import open_post
from bihuan.org.actions.reopen_account import reopen_account
from bihuan.org.actions.reset_password import reset_password
from bihuan.org.actions.revoke_grant import revoke_grant
from bihuan.org.models import Account, Grant
from bihuan.org.permissions import LABELS
from bihuan.org.permissions import Permission as P
from bihuan.org.roles import ADMINISTRATORS, ROLES
from bihuan.record.models import Event


def _grant(world, role="verifier", word="worker_a", by="security_admin", unit="hot_mill", **more):
    return grant_role(
        role=role,
        unit=world.unit(unit),
        person=world.person(word),
        from_day=world.day,
        by=world.actor(by),
        at=world.at,
        **more,
    )


def test_it_grants_and_tells(world):
    grant = _grant(world, to_day=world.day + timedelta(days=30))
    assert world.actor("worker_a").may_in(P.PROBLEM_VERIFY_MINOR, world.unit("furnace").path)
    event = Event.objects.get(stream=f"grant:{grant.pk}")
    assert event.data["role"] == "verifier" and event.data["person"] == world.person("worker_a").pk
    after = world.at + timedelta(days=31)
    assert not world.actor("worker_a", at=after).may(P.PROBLEM_VERIFY_MINOR), "a term ends by itself"


def test_without_the_subtree_the_units_below_are_not_reached(world):
    _grant(world, with_subtree=False)
    assert world.actor("worker_a").may_in(P.PROBLEM_VERIFY_MINOR, world.unit("hot_mill").path)
    assert not world.actor("worker_a").may_in(P.PROBLEM_VERIFY_MINOR, world.unit("furnace").path)


@pytest.mark.parametrize(
    ("role", "word", "by", "reason"),
    [
        ("verifier", "worker_a", "system_admin", "安全管理员"),
        ("verifier", "worker_a", "audit_admin", "安全管理员"),
        ("verifier", "worker_a", "unit_head", "安全管理员"),
        ("rules_keeper", "security_admin", "security_admin", "不能给自己授权"),
        ("audit_admin", "system_admin", "security_admin", "三员由三个人|由三个人分任|不能再任审计管理员"),
        ("system_admin", "system_admin", "security_admin", "已经是系统管理员"),
        ("king", "worker_a", "security_admin", "没有角色"),
        ("unit_liaison", "liaison", "security_admin", "已经有“整改联络员”"),
    ],
)
def test_it_refuses(world, role, word, by, reason):
    before = Grant.objects.count()
    with pytest.raises(Refused, match=reason):
        _grant(world, role=role, word=word, by=by)
    assert Grant.objects.count() == before


def test_the_database_itself_refuses_a_second_administrator(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(
            person=world.person("system_admin"),
            role="audit_admin",
            unit=world.unit("group"),
            from_day=world.day,
            granted_at=world.at,
        )


def test_an_administrator_never_hangs_on_a_post(world):
    post = open_post(
        code="JT-1", title="岗", unit=world.unit("group"), by=world.actor("system_admin"), at=world.at
    )
    with pytest.raises(Refused, match="三员不能授给岗位"):
        grant_role(
            role="audit_admin",
            unit=world.unit("group"),
            post=post,
            from_day=world.day,
            by=world.actor("security_admin"),
            at=world.at,
        )
    with pytest.raises(Invalid, match="二选一"):
        grant_role(
            role="verifier",
            unit=world.unit("group"),
            from_day=world.day,
            by=world.actor("security_admin"),
            at=world.at,
        )


def test_revoking_works_at_once_and_once(world):
    grant = Grant.objects.select_related("unit").get(person=world.person("liaison"))
    revoke_grant(grant=grant, by=world.actor("security_admin"), at=world.at)
    assert not world.actor("liaison").may(P.PROBLEM_RECTIFY)
    with pytest.raises(Stale):
        revoke_grant(grant=grant, by=world.actor("security_admin"), at=world.at)
    own = Grant.objects.select_related("unit").get(person=world.person("security_admin"))
    with pytest.raises(Refused, match="不能由你收回"):
        revoke_grant(grant=own, by=world.actor("security_admin"), at=world.at)


def test_accounts_are_the_other_administrators_business(world):
    person = add_person(
        staff_no="3998",
        name="白霜",
        unit=world.unit("hot_mill"),
        on=date(2025, 1, 1),
        by=world.actor("system_admin"),
        at=world.at,
    )
    with pytest.raises(Refused, match="账号由系统管理员管"):
        open_account(person=person, by=world.actor("security_admin"), at=world.at)
    account, clear = open_account(person=person, by=world.actor("system_admin"), at=world.at)
    assert account.username == "3998" and account.must_change and account.check_password(clear)
    with pytest.raises(Refused, match="已有账号"):
        open_account(person=person, by=world.actor("system_admin"), at=world.at)
    assert Event.objects.get(kind="account.opened", stream=f"account:{account.pk}").data == {
        "person": person.pk
    }


def test_resetting_closing_and_reopening(world):
    account, admin = world.accounts["liaison"], world.actor("system_admin")
    clear = reset_password(account=account, by=admin, at=world.at)
    fresh = Account.objects.get(pk=account.pk)
    assert fresh.must_change and fresh.check_password(clear)
    close_account(account=fresh, by=admin, at=world.at)
    with pytest.raises(Stale):
        close_account(account=fresh, by=admin, at=world.at)
    with pytest.raises(Refused, match="已停用"):
        reset_password(account=fresh, by=admin, at=world.at)
    again = reopen_account(account=fresh, by=admin, at=world.at)
    assert Account.objects.get(pk=account.pk).check_password(again)
    for act in (close_account, reset_password):
        with pytest.raises(Refused, match="自己"):
            act(account=world.accounts["system_admin"], by=admin, at=world.at)


def test_no_role_holds_the_powers_of_two_administrators():
    apart = (P.ACCOUNT_MANAGE, P.GRANT_MANAGE, P.AUDIT_VIEW)
    for role in ROLES.values():
        assert sum(code in role.permissions for code in apart) <= 1, role.code
    for code in ADMINISTRATORS:
        assert not any(p.startswith("problem.") for p in ROLES[code].permissions)
    assert set(LABELS) == set(P)


def test_no_administrator_resets_another_ones_password_from_a_page(world):
    """Whoever resets a password can sign in with it: that takes somebody at the server."""
    target, admin = world.accounts["security_admin"], world.actor("system_admin")
    with pytest.raises(Refused, match="三员的密码"):
        reset_password(account=target, by=admin, at=world.at)
    assert reset_password(account=target, by=SYSTEM, at=world.at)
    assert Account.objects.get(pk=target.pk).must_change
