"""Visits, what was explained, the mid-term report, the log of a day and its figures."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.areas.onsite.actions.amend_midterm import amend_midterm
from bihuan.areas.onsite.actions.hear_midterm import hear_midterm
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.actions.submit_midterm import submit_midterm
from bihuan.areas.onsite.actions.write_day import write_day
from bihuan.areas.onsite.models import DayLog, Midterm, Visit
from bihuan.areas.onsite.reads.figures import Figures, by_day, total
from bihuan.kernel.refused import Missing, Refused, Stale
from bihuan.record.models import Event

from . import work
from .story import SECRET, Onsite

pytestmark = pytest.mark.django_db
EVERYBODY = (
    "member", "other_member", "deputy", "team_leader", "inspection_officer", "registrar", "leading", "head",
    "discipline", "personnel", "department", "unit_head", "secretary", "outsider", "system_admin",
)  # fmt: skip
TEAM = {"member", "other_member", "deputy", "team_leader"}


def readers(onsite: Onsite, one) -> set[str]:
    got = set()
    for word in EVERYBODY:
        try:
            read_closed(things=[one], **onsite.as_(word))
        except (Missing, Refused):
            continue
        got.add(word)
    return got


def test_a_visit_is_the_teams_and_names_its_drafts(onsite):
    draft = onsite.draft()
    made = work.visit(
        onsite, drafts=[draft], members=[onsite.world.person("member"), onsite.world.person("deputy")]
    )
    assert list(Visit.objects.get().drafts.all()) == [draft] and made.members.count() == 2
    assert readers(onsite, made) == TEAM
    assert SECRET not in str(list(Event.objects.values_list("data", "subject")))


def test_a_mid_term_report_is_read_above_once_it_was_submitted_and_then_stands(onsite):
    made = work.midterm(onsite)
    assert readers(onsite, made) == TEAM
    amend_midterm(midterm=work.fresh(made), text=f"{SECRET}，补充", **onsite.as_("deputy"))
    submit_midterm(midterm=work.fresh(made), **onsite.as_("team_leader"))
    found = work.fresh(made)
    assert readers(onsite, found) == TEAM | {"inspection_officer", "leading", "head"}
    with pytest.raises(Refused, match="已经报送"):
        amend_midterm(midterm=found, text="改", **onsite.as_("member"))
    hear_midterm(midterm=work.fresh(made), on=onsite.day, opinions="加快进度", **onsite.as_("leading"))
    (said,) = read_closed(things=[work.fresh(made)], **onsite.as_("member"))
    assert said == {"text": f"{SECRET}，补充", "opinions": "加快进度"}


def test_two_who_write_one_report_do_not_write_over_each_other(onsite):
    first = work.midterm(onsite)
    other = work.fresh(first)
    amend_midterm(midterm=work.fresh(first), text="一", **onsite.as_("member"))
    with pytest.raises(Stale):
        amend_midterm(midterm=other, text="二", **onsite.as_("deputy"))
    assert Midterm.objects.get().version == 2


def test_the_log_of_a_day_is_one_and_nobody_writes_over_another(onsite):
    said = {"task": onsite.task, "day": onsite.day}
    made = write_day(**said, text="谈话 3 人", **onsite.as_("member"))
    with pytest.raises(Stale, match="写过"):
        write_day(**said, text="另一篇", **onsite.as_("deputy"))
    write_day(**said, text="谈话 3 人，下沉 1 次", version=1, **onsite.as_("deputy"))
    found = DayLog.objects.get()
    assert found == made and found.written_by == onsite.world.person("deputy")
    assert readers(onsite, found) == TEAM


def test_the_figures_of_a_day_come_from_the_work(contact):
    contact.talk()
    contact.draft()
    work.visit(contact)
    work.outreach(contact)
    work.loan(contact, "held")
    days = by_day(contact.task, contact.day - timedelta(days=1), contact.day)
    assert not days[contact.day - timedelta(days=1)].some
    assert days[contact.day] == Figures(talks=1, documents=3, visits=1, outreaches=1, drafts=1)
    assert total(days) == days[contact.day]


REFUSED = (
    (lambda o: work.visit(o, on=o.day + timedelta(days=1)), "今天以后"),
    (lambda o: work.visit(o, on=o.day - timedelta(days=1)), "早于进驻"),
    (lambda o: work.visit(o, place=" "), "要写地点"),
    (lambda o: work.visit(o, seen=" "), "看到的情况"),
    (lambda o: work.visit(o, members=[]), "去的人"),
    (lambda o: work.visit(o, members=[o.world.person("unit_head")]), "不在授权的组员里"),
    (lambda o: work.outreach(o, audience=0), "至少是 1"),
    (lambda o: work.outreach(o, speaker=o.world.person("outsider")), "不在授权的组员里"),
    (lambda o: work.outreach(o, on=o.day + timedelta(days=1)), "进驻期间"),
    (lambda o: submit_midterm(midterm=work.midterm(o), **o.as_("member")), "组长"),
    (
        lambda o: hear_midterm(midterm=work.midterm(o), on=o.day, opinions="好", **o.as_("leading")),
        "编写中",
    ),
    (lambda o: write_day(task=o.task, day=o.day, text=" ", **o.as_("member")), "做了什么"),
    (
        lambda o: write_day(task=o.task, day=o.day + timedelta(days=1), text="a", **o.as_("member")),
        "今天以后",
    ),
    (
        lambda o: write_day(task=o.task, day=o.day, text="a", **o.as_("inspection_officer")),
        "授权的巡察组",
    ),
)


def test_it_refuses(onsite):
    for how, reason in REFUSED:
        assert reason in work.refusal(onsite, how)


def test_who_submitted_it_may_not_record_the_hearing(onsite):
    made = work.midterm(onsite)
    submit_midterm(midterm=work.fresh(made), **onsite.as_("team_leader"))
    with pytest.raises(Refused, match="巡察办或领导小组"):
        hear_midterm(midterm=work.fresh(made), on=onsite.day, opinions="好", **onsite.as_("team_leader"))
