"""A group chat is connected by the system administrator; the security administrator confirms who holds a post."""

from __future__ import annotations

import pytest
from django.utils import timezone

from bihuan.notify import robots
from bihuan.notify.tests.robot_server import RobotServer
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.hold_post import hold_post
from bihuan.org.actions.open_post import open_post


@pytest.fixture
def robots_house(settings):
    found = RobotServer()
    settings.ROBOT_HOSTS = dict.fromkeys(robots.LABELS, found.url)
    yield found
    found.end()


def test_a_group_is_connected_and_tried(world, people, camera, robots_house):
    admin = people("system_admin")
    admin.go("/notices/channels/")
    faults = camera.look(admin.page, "channels-empty")
    admin.press("设一个群")
    faults += camera.look(admin.page, "channel-new")
    admin.fill(name="热轧厂整改群", unit=str(world.unit("hot_mill").pk), address="https://wrong.example/")
    admin.press("保存")
    admin.sees("这不是企业微信群机器人的地址")
    admin.fill(address=f"{robots_house.url}/cgi-bin/webhook/send?key=693a91f6-7ccc-4bc4-97a0-0ec2c1fa5aaa")
    admin.press("保存")
    admin.sees("热轧厂整改群", "尾号 5aaa")
    admin.press("试发")
    admin.sees("收下了")
    assert len(robots_house.got) == 1
    admin.go("/notices/channels/new/")
    admin.fill(
        name="晋岭钢铁集团有限公司安全环保巡察整改督办联席工作群（值班）", unit=str(world.unit("group").pk)
    )
    admin.fill(kind="钉钉", address=f"{robots_house.url}/robot/send?access_token={'a1' * 32}")
    admin.press("保存")
    robots_house.answer = {"errcode": 310000}
    admin.press("试发")
    admin.sees("没有收：错误码 310000")
    admin.go("/notices/channels/")
    faults += camera.look(admin.page, "channels")
    phone = people("system_admin", phone=True)
    phone.go("/notices/channels/")
    faults += camera.look(phone.page, "channels")
    phone.go("/notices/channels/new/")
    faults += camera.look(phone.page, "channel-new")
    assert faults == []


def test_rights_through_a_post_are_confirmed(world, people, camera, work):
    at, system = timezone.now(), world.actor("system_admin")
    post = open_post(code="RZ-CZ", title="厂长", unit=world.unit("hot_mill"), by=system, at=at)
    grant_role(
        role="unit_head", unit=world.unit("hot_mill"), post=post, from_day=world.day,
        by=world.actor("security_admin"), at=at,
    )  # fmt: skip
    hold_post(person=world.person("worker_b"), post=post, on=world.day, by=system, at=at)
    work()
    security = people("security_admin")
    security.go("/notices/")
    security.sees("有人任了带授权的岗位，等您确认")
    security.page.get_by_role("link", name="有人任了带授权的岗位").click()
    security.sees("等您确认的任岗", "任秀英，工号 3102")
    faults = camera.look(security.page, "grants-confirm")
    phone = people("security_admin", phone=True)
    phone.go("/settings/grants/")
    faults += camera.look(phone.page, "grants-confirm")
    security.press("确认")
    security.button("确定").click()
    security.sees("确认了：任秀英任厂长")
    assert faults == []
