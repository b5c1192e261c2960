"""The first start of an empty installation."""

import pytest

from bihuan.kernel.refused import Refused
from bihuan.org.actions.enter_first import FirstAdministrator, enter_first
from bihuan.org.models import Account, Grant, PackVersion, SpecialDay, Unit

from .world import AT

THREE = [
    FirstAdministrator("郭启明", "0001"),
    FirstAdministrator("柳望舒", "0002"),
    FirstAdministrator("秦知白", "0003"),
]


def _enter(admins=THREE, name="晋岭钢铁集团有限公司"):
    return enter_first(group_name=name, short_name="晋岭钢铁", administrators=admins, at=AT)


@pytest.mark.django_db
def test_it_makes_the_group_and_three_administrators():
    made = _enter()
    assert [account.username for account, _ in made] == ["0001", "0002", "0003"]
    assert all(account.must_change and account.check_password(clear) for account, clear in made)
    assert set(Grant.objects.values_list("role", flat=True)) == {
        "system_admin",
        "security_admin",
        "audit_admin",
    }
    assert Unit.objects.get().kind == "group"
    assert PackVersion.objects.filter(pack="problems").count() == 2
    assert SpecialDay.objects.filter(name="国庆节").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("admins", "reason"),
    [
        (THREE[:2], "三个人"),
        ([THREE[0], THREE[0], THREE[2]], "相同"),
        ([THREE[0], FirstAdministrator("郭启明", "0009"), THREE[2]], "姓名有相同"),
        ([THREE[0], FirstAdministrator(" ", "0009"), THREE[2]], "姓名都要填"),
    ],
)
def test_it_refuses_what_is_not_three_people(admins, reason):
    with pytest.raises(Refused, match=reason):
        _enter(admins)
    assert not Account.objects.exists() and not Unit.objects.exists()


@pytest.mark.django_db
def test_once_there_are_accounts_there_is_no_first_start(client):
    _enter()
    with pytest.raises(Refused, match="已经有账号"):
        _enter()
    assert client.get("/start/").headers["Location"] == "/signin/"


@pytest.mark.django_db
def test_the_page_leads_there_and_shows_the_passwords_once(client):
    assert client.get("/signin/").headers["Location"] == "/start/"
    form = {"group_name": "晋岭钢铁集团有限公司", "short_name": "晋岭钢铁"}
    for role, name, no in (
        ("system_admin", "郭启明", "0001"),
        ("security_admin", "柳望舒", "0002"),
        ("audit_admin", "秦知白", "0003"),
    ):
        form |= {f"{role}_name": name, f"{role}_no": no}
    page = client.post("/start/", form)
    assert "只在这里显示一次" in page.content.decode() and page.headers["Cache-Control"] == "no-store"
    assert client.get("/start/").headers["Location"] == "/signin/"
