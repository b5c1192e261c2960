"""The policy of passwords, sentence by sentence."""

import re

import pytest
from django.contrib.auth.hashers import make_password

from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.actions.change_password import change_password
from bihuan.org.models import Account
from bihuan.org.passwords import initial_password
from bihuan.record.models import Event

from .world import PASSWORD


def _change(world, new, old=PASSWORD, word="liaison", by="liaison"):
    return change_password(account=world.accounts[word], old=old, new=new, by=world.actor(by), at=world.at)


def test_it_changes_and_says_nothing_of_the_password(world):
    _change(world, "Xin-mima-2026")
    account = Account.objects.get(username="liaison")
    assert account.check_password("Xin-mima-2026") and account.password_set_on == world.at
    event = Event.objects.get(kind="account.password_changed")
    assert event.data == {}


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("Kurz-1", "密码只有 6 位"),
        ("nurkleinebuchstaben", "只用了 1 类"),
        ("LIAISON-x-2026", "不能有登录名、工号或姓名"),
        ("Wulina-abc-2026", "不能有登录名、工号或姓名"),
        ("Ab-3002-geheim", "不能有登录名、工号或姓名"),
        (PASSWORD, "和现在的一样"),
        ("Password123", "太常见|常见"),
    ],
)
def test_it_refuses_by_the_policy(world, new, reason):
    with pytest.raises(Invalid, match=reason) as refused:
        _change(world, new)
    assert refused.value.field == "new"


def test_it_wants_the_old_one_and_the_own_account(world):
    with pytest.raises(Invalid, match="现在的密码不对"):
        _change(world, "Xin-mima-2026", old="falsch")
    with pytest.raises(Refused, match="只能改自己的"):
        _change(world, "Xin-mima-2026", by="system_admin")


def test_initial_passwords_fulfil_the_policy_themselves():
    for _ in range(50):
        made = initial_password()
        assert len(made) == 12
        assert (
            any(c.isdigit() for c in made)
            and any(c.isupper() for c in made)
            and any(c.islower() for c in made)
        )


def test_a_long_one_counts_to_its_last_sign_as_it_was_typed(world):
    long = " Eine lange Losung, 密码 2026 " + "x" * 80
    _change(world, long)
    account = Account.objects.get(username="liaison")
    assert account.check_password(long)
    assert not account.check_password(long[:-1] + "y") and not account.check_password(long.strip())


def test_what_is_kept_is_argon2_with_enough_memory_and_a_salt_of_its_own(settings):
    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    first, second = make_password(PASSWORD), make_password(PASSWORD)
    assert first != second and first.startswith("argon2$argon2id$")
    memory = int(re.search(r"\$m=(\d+)", first)[1])
    assert memory >= 19 * 1024 and PASSWORD not in first


def test_the_fields_hide_what_is_typed_and_let_a_password_manager_help(world, signed_in):
    page = signed_in("liaison").get("/password/").content.decode()
    kinds = re.findall(r'<input type="(\w+)"[^>]*autocomplete="(current|new)-password"', page)
    assert [kind for kind, _ in kinds] == ["password"] * 3
    assert "onpaste" not in page
