"""A round summed up: what organisations share, its report heard by others than its writer."""

from __future__ import annotations

import pytest

from bihuan.areas.inspection.models import Task
from bihuan.areas.outcome.actions.confirm_common import confirm_common
from bihuan.areas.outcome.actions.hear_round_paper import hear_round_paper
from bihuan.areas.outcome.actions.write_round_paper import write_round_paper
from bihuan.areas.outcome.models import Feedback, FeedbackItem
from bihuan.areas.outcome.reads.round_sums import shared_in, sums_of
from bihuan.kernel.refused import Refused
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.models import PackVersion
from bihuan.org.tests.world import SINCE

from .closing_story import Closing
from .story import OFFICE


@pytest.fixture
def closing(world) -> Closing:
    return Closing(world)


def _another(closing: Closing) -> None:
    """A feedback of another organisation in the same round, with one problem of the same tag."""
    task, given = closing.task, closing.given
    other = Task.objects.create(
        round=task.round, org=closing.world.party["joint"], mode="regular", framework=task.framework,
        from_day=closing.day, to_day=closing.day, entered_on=closing.day, left_on=closing.day,
    )  # fmt: skip
    made = Feedback.objects.create(
        task=other, report=given.report, made_at=closing.at, made_by=given.made_by, told_on=closing.day,
        meeting_on=closing.day, issued_at=closing.at, received_on=closing.day, receiver=given.receiver,
    )  # fmt: skip
    FeedbackItem.objects.create(feedback=made, order=1, common="费用挪用")


def _least(number: int) -> None:
    pack = PackVersion.objects.filter(pack="inspection").order_by("-effective_from").first()
    for row in pack.values:
        if row["key"] == "common.organisations":
            row["value"] = number
    PackVersion.objects.filter(pk=pack.pk).update(values=pack.values)


def test_what_several_organisations_share(closing):
    closing.given.items.filter(kind="problem").update(common="费用挪用")
    _another(closing)
    found, office = closing.task.round, {"by": closing.actor(OFFICE), "at": closing.at}
    assert shared_in(found) == []
    said = {"round": found, "tag": "费用挪用", "title": "安全费用挪用", "text": "各单位自查"}
    with pytest.raises(Refused, match="不到 3 个党组织"):
        confirm_common(**said, **office)
    _least(2)
    found.refresh_from_db()
    (one,) = shared_in(found)
    assert (one.tag, len(one.orgs), one.items) == ("费用挪用", 2, 3)
    for word in ("leading", "member", "unit_head", "outsider"):
        with pytest.raises(Refused, match="由巡察办办"):
            confirm_common(**said, by=closing.actor(word), at=closing.at)
    with pytest.raises(Refused, match="名称和通报内容"):
        confirm_common(**{**said, "text": " "}, **office)
    assert confirm_common(**said, **office).orgs == 2
    with pytest.raises(Refused, match="已经认定"):
        confirm_common(**said, **office)


def test_the_report_of_the_round_is_heard_by_others(closing):
    closing.measured()
    closing.closed(closing.problems[0])
    found, office = closing.task.round, {"by": closing.actor(OFFICE), "at": closing.at}
    assert {key: sums_of(found)[key] for key in ("orgs", "days", "drafts", "total", "done", "percent")} == {
        "orgs": 1, "days": 1, "drafts": 2, "total": 2, "done": 1, "percent": "50.00%",
    }  # fmt: skip
    with pytest.raises(Refused, match="没有写正文"):
        write_round_paper(round=found, kind="round", text=" ", **office)
    paper = write_round_paper(round=found, kind="round", text="本轮情况", **office)
    paper = write_round_paper(round=found, kind="round", text="本轮情况，改过", **office)
    on = {"on": closing.day, "document": "党委常委会会议纪要〔2025〕20 号"}
    with pytest.raises(Refused, match="由领导小组成员记"):
        hear_round_paper(paper=paper, **on, **office)
    grant_role(
        role="inspection_lead", unit=closing.world.unit("group"), person=closing.world.person(OFFICE),
        from_day=SINCE, by=closing.world.actor("security_admin"), at=closing.at,
    )  # fmt: skip
    with pytest.raises(Refused, match="是你起草的"):
        hear_round_paper(paper=paper, **on, by=closing.actor(OFFICE), at=closing.at)
    hear_round_paper(paper=paper, **on, by=closing.actor("leading"), at=closing.at)
    assert paper.figures["done"] == 1 and paper.text == "本轮情况，改过"
    with pytest.raises(Refused, match="不能改"):
        write_round_paper(round=found, kind="round", text="再改", **office)


def test_the_page_of_the_sum(closing, signed_in):
    at, office = f"/outcome/rounds/{closing.task.round.code}/sum/", signed_in(OFFICE)
    office.post(f"/outcome/rounds/{closing.task.round.code}/papers/special/", {"text": "专项治理做了三件事"})
    page = office.get(at).content.decode()
    assert "专项治理做了三件事" in page and "共性问题" in page
    assert office.get(f"/outcome/rounds/{closing.task.round.code}/common/new/").status_code == 200
    for word in ("outsider", "unit_head", "system_admin"):
        assert signed_in(word).get(at).status_code == 404
