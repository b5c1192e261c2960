"""An empty folder becomes an installation; the demo group never mixes with somebody's own data."""

from datetime import UTC, datetime

import pytest

from bihuan.config import prepare
from bihuan.kernel.refused import Refused
from bihuan.org.models import Account, Grant, PackVersion, SpecialDay
from bihuan.org.roles import ADMINISTRATORS
from bihuan.registry import shelf
from bihuan.registry.contract import Offer

AT = datetime(2026, 3, 2, tzinfo=UTC)
PEOPLE = ["郭启明:0001", "柳望舒：0002", "秦知白: 0003"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty_folder(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


def offer_that(demo):
    return lambda: (Offer(code="org", title="组织", demo=demo),)


def test_preparing_twice_changes_nothing():
    prepare.prepare(AT)
    first = (PackVersion.objects.count(), SpecialDay.objects.count())
    prepare.prepare(AT)
    assert (PackVersion.objects.count(), SpecialDay.objects.count()) == first
    assert all(first)


def test_the_three_administrators_are_entered_once():
    lines = prepare.create_administrators(
        group="晋岭钢铁集团有限公司", short_name="晋岭钢铁", people=PEOPLE, at=AT
    )
    assert len(lines) == 3
    assert "系统管理员　登录名 0001　初始口令 " in lines[0]
    assert sorted(Grant.objects.values_list("role", flat=True)) == sorted(ADMINISTRATORS)
    with pytest.raises(Refused, match="已经有账号"):
        prepare.create_administrators(group="晋岭钢铁集团有限公司", short_name="", people=PEOPLE, at=AT)


def test_the_demo_group_comes_once(empty_folder, monkeypatch):
    built = []
    monkeypatch.setattr(shelf, "offers", offer_that(built.append))
    said = []
    assert prepare.load_demo(AT, said.append) is True
    assert (empty_folder / "demo").exists()
    assert [world.at for world in built] == [AT]
    assert prepare.load_demo(AT, said.append) is False
    assert len(built) == 1


def test_a_broken_demo_leaves_nothing(empty_folder, monkeypatch):
    def half(world):
        prepare.create_administrators(group="晋岭钢铁集团有限公司", short_name="", people=PEOPLE, at=world.at)
        raise OSError("disk full")

    monkeypatch.setattr(shelf, "offers", offer_that(half))
    with pytest.raises(OSError, match="disk full"):
        prepare.load_demo(AT, lambda _: None)
    assert not (empty_folder / "demo").exists()
    assert not Account.objects.exists()


def test_the_demo_group_never_mixes_with_real_data(empty_folder):
    prepare.create_administrators(group="晋岭钢铁集团有限公司", short_name="", people=PEOPLE, at=AT)
    with pytest.raises(Refused, match="已经有正式数据"):
        prepare.load_demo(AT, lambda _: None)
