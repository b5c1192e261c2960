"""Every paper of inspection: its template is built, filled and read again; those of a round say what the round says."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest

from bihuan.areas.inspection.actions.tell_relative import tell_relative
from bihuan.areas.inspection.models import Briefing, Member
from bihuan.areas.inspection.papers import PAPERS
from bihuan.documents.actions.ask_paper import ask_paper
from bihuan.documents.actions.fetch_paper import fetch_paper
from bihuan.documents.models import MadePaper
from bihuan.documents.tests.making import made_of
from bihuan.kernel.refused import Missing, Refused
from bihuan.org.actions.revoke_grant import revoke_grant
from bihuan.org.models import Grant
from bihuan.paper import docx
from bihuan.paper.form import lacks
from bihuan.record.models import ClosedFile, Event, Job, StoredFile
from bihuan.record.worker import run_until_idle
from bihuan.registry import shelf

from .before import SECRET, asked, speaks, told
from .story import Story


@pytest.fixture
def story(world):
    return Story(world)


@pytest.fixture
def task(story):
    """Given to a team that is ready, before the entry."""
    found = story.round()
    task = story.task(found)
    story.decide(found)
    task.round = found
    story.ready(task)
    speaks(story, "safety_officer", "safety_dept")
    told(story, asked(story, task), files=[(BytesIO(SECRET.encode()), "清单.txt")])
    return task


def things_of(task) -> dict[str, object]:
    """Kind -> key of a real thing."""
    member = Member.objects.get(part="leader")
    keys = {"round_plan": "R1", "decision": "R1", "sign_in": "R1", "year_plan": 2025}
    keys |= {"term_plan": task.round.plan.term_id, "authority": member.team_id, "recusal": member.pk}
    keys |= {"pledge": member.pk, "notice": task.pk, "briefing": Briefing.objects.get().pk}
    keys |= {"entry_host": task.pk, "entry_speech": task.pk}
    return {f"inspection.{kind}": key for kind, key in keys.items()}


def test_every_paper_of_a_round_is_made_of_what_stands_there(story, task):
    leader = Member.objects.get(part="leader").person.name
    things = things_of(task)
    assert set(things) == {kind.code for kind in PAPERS}
    says = {
        "inspection.term_plan": "2025—2029年巡察工作规划", "inspection.year_plan": task.org.shown,
        "inspection.round_plan": "从严治党", "inspection.decision": leader, "inspection.sign_in": leader,
        "inspection.authority": leader, "inspection.recusal": leader, "inspection.pledge": leader,
        "inspection.notice": "晋岭巡通〔2025〕1 号", "inspection.briefing": SECRET,
        "inspection.entry_host": "6120", "inspection.entry_speech": task.framework.title,
    }  # fmt: skip
    for kind in PAPERS:
        facts = kind.facts(str(things[kind.code]), story.office, story.at)
        assert lacks(kind.form, facts.facts) == [], kind.code
        content = docx.fill(docx.build_template(kind.form.outline), facts.facts)
        assert docx.says(content, says[kind.code]), kind.code
        assert leader not in f"{facts.name}{facts.subject}", (
            "no person's name in a file's name or the audit trail"
        )


def test_the_worker_makes_it_once_and_it_is_fetched_again(story, task):
    made = made_of("inspection.notice", task.pk, story.office, story.at)
    assert made.name == f"巡察通知_R1_{task.org.shown}.docx"
    assert docx.says(fetch_paper(made=made, by=story.office, at=story.at).data, "晋岭巡通〔2025〕1 号")
    before = (StoredFile.objects.count(), made.made_on, Event.objects.filter(kind="document.made").count())
    Job.objects.filter(kind="documents.make").update(state=Job.State.WAITING)
    run_until_idle(at=story.at + timedelta(hours=1))
    made.refresh_from_db()
    assert (
        StoredFile.objects.count(),
        made.made_on,
        Event.objects.filter(kind="document.made").count(),
    ) == before
    assert fetch_paper(made=made, by=story.office, at=story.at).data[:2] == b"PK"
    kinds = [event.kind for event in Event.objects.filter(stream=made.stream).order_by("seq")]
    assert kinds == ["document.asked", "document.made", "document.fetched", "document.fetched"]


def test_a_confidential_one_lies_closed_and_goes_when_the_right_goes(story, task):
    member = Member.objects.get(part="leader")
    tell_relative(
        member=member, relation="spouse", unit=story.world.unit("hot_mill"), leads=False,
        by=story.world.actor("safety_officer"), at=story.at,
    )  # fmt: skip
    made = made_of("inspection.recusal", member.pk, story.office, story.at)
    assert made.confidential
    assert made.file is None
    stored = ClosedFile.objects.get(owner__startswith="documents.").stored
    assert not any(name in made.sealed + made.name for name in ("配偶", member.person.name))
    content = fetch_paper(made=made, by=story.office, at=story.at)
    assert docx.says(content.data, "配偶")
    assert stored.size != len(content.data)
    assert Event.objects.filter(kind="document.fetched", stream=made.stream).count() == 1
    grants = Grant.objects.filter(person=story.world.person("inspection_officer"))
    for grant in grants:
        revoke_grant(grant=grant, by=story.world.actor("security_admin"), at=story.at)
    later = story.world.actor("inspection_officer")
    with pytest.raises(Missing):
        fetch_paper(made=made, by=later, at=story.at)


@pytest.mark.parametrize("kind", [kind.code for kind in PAPERS])
def test_who_sees_nothing_gets_nothing(story, task, kind):
    about = str(things_of(task)[kind])
    for word in ("outsider", "liaison"):
        with pytest.raises((Missing, Refused)):
            ask_paper(kind=kind, about=about, which="docx", by=story.world.actor(word), at=story.at)
    for odd in ("0", "x", "9" * 30):
        with pytest.raises(Missing):
            ask_paper(kind=kind, about=odd, which="docx", by=story.office, at=story.at)
    assert not MadePaper.objects.exists()


def test_a_member_has_their_own_and_nobody_elses(story, task):
    first, second = (story.world.actor(word) for word in ("safety_officer", "second_officer"))
    own = Member.objects.get(person=story.world.person("second_officer"))
    assert ask_paper(kind="inspection.recusal", about=str(own.pk), which="docx", by=second, at=story.at)
    with pytest.raises(Refused):
        ask_paper(kind="inspection.recusal", about=str(own.pk), which="docx", by=first, at=story.at)


def test_pages_offer_what_one_may_have(story, task, signed_in):
    office = signed_in("inspection_officer")
    for url, code in (
        ("/inspection/", "inspection.term_plan"),
        ("/inspection/rounds/R1/", "inspection.decision:R1"),
        ("/inspection/rounds/R1/", "inspection.authority"),
        (f"/inspection/tasks/{task.pk}/gates/", f"inspection.notice:{task.pk}"),
    ):
        assert f"docx:{code}" in office.get(url).content.decode()
    mine = signed_in("safety_officer").get("/inspection/mine/").content.decode()
    assert "docx:inspection.pledge" in mine
    assert "inspection.decision" not in mine
    assert {kind.code for kind in PAPERS} <= set(shelf.papers())
