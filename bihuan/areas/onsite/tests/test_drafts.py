"""Working drafts: three signatures by three people, frozen by the leader, corrected by a new edition."""

from __future__ import annotations

import pytest

from bihuan.areas.onsite.actions.amend_draft import amend_draft
from bihuan.areas.onsite.actions.correct_draft import correct_draft
from bihuan.areas.onsite.actions.discuss_draft import discuss_draft
from bihuan.areas.onsite.actions.hand_in_draft import hand_in_draft
from bihuan.areas.onsite.actions.return_draft import return_draft
from bihuan.areas.onsite.actions.review_draft import review_draft
from bihuan.areas.onsite.actions.set_aside_draft import set_aside_draft
from bihuan.areas.onsite.actions.sign_draft import sign_draft
from bihuan.areas.onsite.actions.write_draft import write_draft
from bihuan.areas.onsite.models import Draft
from bihuan.kernel.refused import Refused, Stale
from bihuan.record.closed import fingerprint, opened
from bihuan.record.models import Event

from .story import DRAFT, Onsite

pytestmark = pytest.mark.django_db


def test_three_people_sign_and_the_event_binds_what_was_signed(onsite: Onsite):
    made = onsite.draft("signed")
    made.refresh_from_db()
    hands = {made.written_by_id, made.reviewed_by_id, made.signed_by_id}
    assert len(hands) == 3 and made.state == "signed" and opened(made)["opinion"] == "同意"
    event = Event.objects.get(kind="onsite.draft_signed")
    assert event.data["fingerprint"] == fingerprint(made)


@pytest.mark.parametrize(
    ("state", "word", "step", "says"),
    [
        ("handed_in", "member", review_draft, "你编写的"),
        ("handed_in", "other_member", review_draft, "副组长"),
        ("handed_in", "team_leader", review_draft, "副组长"),
        ("discussed", "deputy", sign_draft, "组长"),
        ("written", "deputy", hand_in_draft, "编写人"),
        ("written", "team_leader", sign_draft, "已被他人处理"),
        ("handed_in", "inspection_officer", review_draft, "组员"),
        ("discussed", "unit_head", sign_draft, "组员"),
    ],
)
def test_who_may_not(onsite: Onsite, state, word, step, says):
    made = onsite.draft(state)
    with pytest.raises(Refused, match=says):
        step(draft=made, **onsite.as_(word))
    assert Draft.objects.get(pk=made.pk).state == state


@pytest.mark.parametrize("lacks", ["fact", "basis", "evidence", "parties"])
def test_a_draft_without_its_parts_is_not_handed_in(onsite: Onsite, lacks):
    made = onsite.draft(said={**DRAFT, lacks: [] if lacks in ("evidence", "parties") else " "})
    with pytest.raises(Refused, match="还缺"):
        hand_in_draft(draft=made, **onsite.as_("member"))


def test_the_leader_writes_none(onsite: Onsite):
    with pytest.raises(Refused, match="组长签字"):
        write_draft(task=onsite.task, focus=onsite.focus, said=DRAFT, **onsite.as_("team_leader"))


def test_a_signed_draft_does_not_change_and_a_correction_replaces_it(onsite: Onsite):
    signed = onsite.draft("signed")
    with pytest.raises(Refused, match="不能改"):
        amend_draft(draft=signed, focus=onsite.focus, said=DRAFT, **onsite.as_("member"))
    anew = correct_draft(draft=signed, **onsite.as_("other_member"))
    with pytest.raises(Stale):
        correct_draft(draft=signed, **onsite.as_("member"))
    assert "opinion" not in opened(anew) and str(anew) == "底稿001（第 2 版）"
    amend_draft(
        draft=anew, focus=onsite.focus, said={**DRAFT, "title": "改正的"}, **onsite.as_("other_member")
    )
    hand_in_draft(draft=anew, **onsite.as_("other_member"))
    review_draft(draft=anew, **onsite.as_("deputy"))
    discuss_draft(draft=anew, on=onsite.day, opinion="同意", **onsite.as_("team_leader"))
    assert Draft.objects.get(pk=signed.pk).state == "signed"
    sign_draft(draft=anew, **onsite.as_("team_leader"))
    assert Draft.objects.get(pk=signed.pk).state == "replaced"
    assert opened(Draft.objects.get(pk=signed.pk))["title"] == DRAFT["title"]


def test_a_return_voids_the_signatures_and_says_why_to_the_team_alone(onsite: Onsite):
    made = onsite.draft("discussed")
    return_draft(draft=made, text="补凭证号", **onsite.as_("team_leader"))
    made.refresh_from_db()
    assert (made.state, made.reviewed_by, made.discussed_on) == ("written", None, None)
    assert opened(made)["returns"][0]["text"] == "补凭证号"
    assert "补凭证号" not in str(list(Event.objects.values_list("data", flat=True)))


def test_set_aside_for_a_listed_reason(onsite: Onsite):
    made = onsite.draft("signed")
    with pytest.raises(Refused):
        set_aside_draft(draft=made, why="别的", **onsite.as_("team_leader"))
    set_aside_draft(draft=made, why="same", **onsite.as_("team_leader"))
    assert made.state == "set_aside"


def test_without_a_deputy_another_member_reviews(onsite: Onsite):
    from bihuan.areas.inspection.models import Member

    Member.objects.filter(part="deputy").update(part="member")
    made = onsite.draft("handed_in")
    review_draft(draft=made, **onsite.as_("other_member"))
    assert made.state == "reviewed"
