"""The table of who may see what, cell by cell; and that every opening leaves an event."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.areas.inspection.actions.prolong_team import prolong_team
from bihuan.areas.inspection.models import Member, Round, Team
from bihuan.areas.onsite.actions.ask_consent import ask_consent
from bihuan.areas.onsite.actions.decide_consent import decide_consent
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.models import Clue, Complaint, Handed
from bihuan.areas.onsite.reads import tasks_of
from bihuan.kernel.refused import Missing, Refused
from bihuan.record.closed import shut
from bihuan.record.models import Event

from .story import SECRET, Onsite

pytestmark = pytest.mark.django_db

NO, LIST, READ = "nothing", "listed", "read"
#: who -> talk, complaint, draft being written, signed draft, clue; `member` has a part in each, `other_member` in none
CELLS = {
    "member": (READ, READ, READ, READ, READ),
    "other_member": (NO, NO, READ, READ, NO),
    "deputy": (READ, NO, READ, READ, NO),
    "team_leader": (READ, READ, READ, READ, READ),
    "inspection_officer": (LIST, LIST, LIST, READ, NO),
    "registrar": (NO, NO, NO, NO, READ),
    "leading": (LIST, LIST, NO, NO, NO),
    "head": (LIST, LIST, NO, NO, READ),
    "discipline": (NO, NO, NO, NO, NO),
    "personnel": (NO, NO, NO, NO, NO),
    "department": (NO, NO, NO, NO, NO),
    "unit_head": (NO, NO, NO, NO, NO),
    "secretary": (NO, NO, NO, NO, NO),
    "safety_officer": (NO, NO, NO, NO, NO),
    "system_admin": (NO, NO, NO, NO, NO),
    "outsider": (NO, NO, NO, NO, NO),
}


def things(onsite: Onsite) -> tuple:
    """One of each; the member's own."""
    member = onsite.world.person("member")
    complaint = Complaint(
        task=onsite.task, number=1, channel="letter", received_on=onsite.day, registered_by=member,
        registered_at=onsite.at,
    )  # fmt: skip
    clue = Clue(task=onsite.task, number=1, noted_by=member, noted_at=onsite.at)
    for one in (complaint, clue):
        shut(one, {"summary": SECRET})
        one.save()
    return onsite.talk(), complaint, onsite.draft(), onsite.draft("signed"), clue


def seen(onsite: Onsite, thing, word: str) -> str:
    """What this person gets of it; the list and the action must agree."""
    standing, model = onsite.standing(word), type(thing)
    listed = model.objects.listed_for(standing).filter(pk=thing.pk).exists()
    readable = model.objects.readable_by(standing).filter(pk=thing.pk).exists()
    before = Event.objects.filter(kind="onsite.read").count()
    try:
        (said,) = read_closed(things=[thing], **onsite.as_(word))
    except Missing:
        assert not listed and not readable
        got = NO
    except Refused as refused:
        assert listed and not readable and refused.todo
        got = LIST
    else:
        assert SECRET in str(said) and readable and listed
        got = READ
    events = Event.objects.filter(kind="onsite.read").count() - before
    assert events == (got == READ)
    return got


def test_every_cell_of_the_table(onsite):
    made = things(onsite)
    got = {word: tuple(seen(onsite, thing, word) for thing in made) for word in CELLS}
    assert got == CELLS


def test_the_event_names_who_read_what_and_as_what(onsite):
    talk = onsite.talk()
    read_closed(things=[talk], **onsite.as_("team_leader"))
    event = Event.objects.filter(kind="onsite.read").get()
    assert event.by_id == onsite.world.person("team_leader").pk and event.subject == "谈话001"
    assert event.data["as"] == ["leader"] and event.data["thing"] == "talk"
    assert SECRET not in str(list(Event.objects.values_list("data", "subject")))


def test_what_was_handed_over_and_nothing_else(onsite):
    talk, complaint, _, _, clue = things(onsite)
    for thing in (complaint, clue):
        Handed.objects.create(
            task=onsite.task, kind=thing.DATA.value, thing=thing.key, body="discipline", handed_at=onsite.at,
            handed_by=onsite.world.person("registrar"),
        )  # fmt: skip
    assert [seen(onsite, one, "discipline") for one in (talk, complaint, clue)] == [NO, READ, READ]
    assert [seen(onsite, one, "personnel") for one in (talk, complaint, clue)] == [NO, NO, NO]


def test_on_request_until_the_day_it_was_granted_to(onsite):
    talk = onsite.talk()
    consent = ask_consent(thing=talk, reason="研究安全投入问题", **onsite.as_("leading"))
    assert seen(onsite, talk, "leading") == LIST
    with pytest.raises(Refused):
        decide_consent(consent=consent, until=onsite.day, **onsite.as_("member"))
    decide_consent(consent=consent, until=onsite.day, **onsite.as_("team_leader"))
    assert seen(onsite, talk, "leading") == READ
    assert seen(onsite, talk, "head") == LIST
    onsite.day += timedelta(days=1)
    assert seen(onsite, talk, "leading") == LIST


def test_who_asks_does_not_consent(onsite):
    consent = ask_consent(thing=onsite.talk(), reason="了解", **onsite.as_("head"))
    with pytest.raises(Refused, match="自己申请"):
        decide_consent(consent=consent, until=onsite.day, **onsite.as_("head"))


def test_after_the_archive_the_team_reads_nothing_and_the_office_keeps(onsite):
    made = things(onsite)
    Round.objects.filter(pk=onsite.task.round_id).update(state="archived")
    onsite.task.round.refresh_from_db()
    for word in ("member", "other_member", "deputy", "team_leader"):
        assert {seen(onsite, thing, word) for thing in made} == {NO}
    assert [seen(onsite, thing, "inspection_officer") for thing in made] == [READ, READ, LIST, READ, NO]


def test_the_authority_of_a_team_has_a_term(onsite):
    talk = onsite.talk()
    Member.objects.update(authorised_until=onsite.day)
    assert seen(onsite, talk, "team_leader") == READ
    onsite.day += timedelta(days=1)
    assert seen(onsite, talk, "team_leader") == NO
    team = Team.objects.get()
    with pytest.raises(Refused, match="领导小组"):
        prolong_team(team=team, until=onsite.day, by=onsite.actor("team_leader"), at=onsite.at)
    prolong_team(team=team, until=onsite.day, by=onsite.lead, at=onsite.at)
    assert seen(onsite, talk, "team_leader") == READ


@pytest.mark.parametrize("how", ["replaced", "never authorised"])
def test_the_authority_of_colleagues_is_not_ones_own(onsite, how):
    """The others of the team stand authorised; this one was replaced, or never authorised."""
    one = Member.objects.filter(person=onsite.world.person("other_member"))
    if how == "replaced":
        one.update(
            removed_at=onsite.at, removed_by=onsite.world.person("inspection_officer"), why_removed="病假"
        )
    else:
        one.update(authorised_at=None, authorised_by=None)
    assert not tasks_of(onsite.actor("other_member")).exists()
    assert tasks_of(onsite.actor("member")).exists()


def test_the_inspected_see_nothing_whatever_else_they_may(onsite):
    """Somebody of the mill who holds a right of supervision in the group as well."""
    from bihuan.org.actions.grant_role import grant_role
    from bihuan.org.tests.world import SINCE

    for role in ("inspection_head", "discipline_officer", "clue_registrar"):
        grant_role(
            role=role, unit=onsite.world.unit("group"), person=onsite.world.person("unit_head"),
            from_day=SINCE, by=onsite.world.actor("security_admin"), at=onsite.at,
        )  # fmt: skip
    assert {seen(onsite, thing, "unit_head") for thing in things(onsite)} == {NO}


def test_a_member_of_another_team_is_nobody_here(onsite):
    talk = onsite.talk()
    onsite.world.people["stranger"] = onsite.world.person("second_officer")
    assert seen(onsite, talk, "stranger") == NO
