"""One visit of two bodies, told by the office, audit and a person who sits in both: reports, hats and portfolios."""

from __future__ import annotations

from bihuan.areas.joint.actions.publish_matrix import publish_matrix
from bihuan.areas.joint.models import JointPart, JointTask
from bihuan.areas.joint.reads import shipped
from bihuan.areas.joint.tests.story import Joint
from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.give_portfolio import give_portfolio
from bihuan.org.actions.keep_line import keep_line
from bihuan.org.tests.test_hats import hatted
from bihuan.problems.tests.story import raised
from bihuan.record.models import Event


def _both(joint: Joint) -> None:
    """The keeper of rules works for the office and for audit, and has charge of a mill and of a line."""
    world, said = joint.world, {"by": SYSTEM, "at": joint.at}
    hatted(world, "inspection_office", "group", "inspection_dept")
    hatted(world, "department_officer", "audit_dept", "audit_dept")
    line = keep_line(title="安全环保", categories=["煤气"], **said)
    me = {"person": world.person("rules_keeper"), "from_day": world.day}
    give_portfolio(unit=world.unit("hot_mill"), **me, **said)
    give_portfolio(line=line, **me, **said)
    for unit, category in (("furnace", "煤气"), ("finishing", "起重"), ("iron_mill", "煤气")):
        raised(
            world,
            statement=f"{world.unit(unit).shown}{category}隐患",
            unit=world.unit(unit),
            category=category,
        )


def test_one_visit_two_reports_and_two_hats(world, people, clock, camera):
    joint = Joint(world)
    _both(joint)
    publish_matrix(
        title="工作规则", from_day=world.day, duties=shipped()["duties"], by=joint.office, at=joint.at
    )
    joint.story.task(joint.story.round())
    office, audit, both = people("inspection_officer"), people("audit"), people("rules_keeper")
    office.go("/joint/")
    office.press("立联动任务")
    office.page.locator("[name='task']").select_option(index=1)
    office.fill(title="热轧厂巡察审计联动", plan="一次进驻，一个动员会；每周五碰头。")
    office.press("立项")
    office.press("列入部门")
    office.page.locator("[name='unit']").select_option(str(world.unit("audit_dept").pk))
    office.fill(leader="2201", looks_into="经济责任、物资采购", due_on="2026-12-20")
    office.press("列入")
    office.press("开始")
    office.sees("开始了，已通知各部门负责人")
    audit.go("/")
    audit.press("交报告")
    audit.fill(number="晋岭审〔2026〕12 号", received_on="2026-11-20")
    audit.press("交报告")
    office.go(f"/joint/tasks/{JointTask.objects.get().pk}/")
    office.sees("已交，没有共享")
    office.does_not_see("晋岭审〔2026〕12 号")
    assert camera.look(office.page, "joint-task") == []
    audit.go("/joint/")
    audit.sees("热轧厂巡察审计联动", "已交报告")
    assert camera.look(audit.page, "joint-department") == []
    both.go("/")
    both.sees("我分管的", "未销号 3 件")
    assert camera.look(both.page, "hats-desk") == []
    both.go("/joint/matrix/")
    assert camera.look(both.page, "joint-matrix") == []
    both.go("/settings/portfolios/")
    assert camera.look(both.page, "portfolios") == []
    both.press("换审计部")
    both.sees("现在以审计部身份")
    both.go("/joint/")
    both.sees("审计部", "热轧厂巡察审计联动")
    assert Event.objects.get(kind="hat.worn").data["hat"] == "SJ"
    assert JointPart.objects.get().shared_at is None
    pocket = people("rules_keeper", phone=True)
    for place, name in (("/", "hats-desk"), ("/joint/", "joint-department"), ("/joint/matrix/", "joint-matrix"),
                        (f"/joint/tasks/{JointTask.objects.get().pk}/", "joint-task")):  # fmt: skip
        pocket.go(place)
        assert camera.look(pocket.page, name) == []
