"""Two hands at once on one draft, one talk, one request: one wins."""

from __future__ import annotations

import pytest

from bihuan.areas.onsite.actions.ask_consent import ask_consent
from bihuan.areas.onsite.actions.correct_draft import correct_draft
from bihuan.areas.onsite.actions.decide_consent import decide_consent
from bihuan.areas.onsite.actions.excuse_interviewee import excuse_interviewee
from bihuan.areas.onsite.actions.list_interviewee import list_interviewee
from bihuan.areas.onsite.actions.sign_draft import sign_draft
from bihuan.areas.onsite.actions.sign_talk import sign_talk
from bihuan.areas.onsite.models import Consent, Draft, Interviewee, Talk
from bihuan.kernel.refused import Refused
from bihuan.org.tests.world import build
from bihuan.record.models import Event

from .story import Onsite


@pytest.fixture
def onsite(transactional_db) -> Onsite:
    return Onsite(build(accounts=False))


def one_wins(race, action, kind: str) -> None:
    before = Event.objects.filter(kind=kind).count()
    done = race(action, times=4)
    assert sum(one.error is None for one in done) == 1
    assert all(isinstance(one.error, Refused) for one in done if one.error)
    assert Event.objects.filter(kind=kind).count() == before + 1


def test_one_wins(onsite, race):
    """One world for all: to build it costs more than to race in it."""
    _drafts(onsite, race)
    _talks(onsite, race)
    _names(onsite, race)
    assert Draft.objects.filter(state="signed").count() == 1


def _drafts(onsite: Onsite, race) -> None:
    made = onsite.draft("discussed")
    leader, member = onsite.as_("team_leader"), onsite.as_("member")

    def again() -> Draft:
        return Draft.objects.select_related("task__round", "focus").get(pk=made.pk)

    one_wins(race, lambda: sign_draft(draft=again(), **leader), "onsite.draft_signed")
    one_wins(race, lambda: correct_draft(draft=again(), **member), "onsite.draft_written")


def _talks(onsite: Onsite, race) -> None:
    talk = onsite.talk()
    member, leader = onsite.as_("member"), onsite.as_("team_leader")
    consent = ask_consent(thing=talk, reason="了解", **onsite.as_("leading"))

    def signing() -> None:
        sign_talk(talk=Talk.objects.select_related("task__round").get(pk=talk.pk), **member)

    def deciding() -> None:
        found = Consent.objects.select_related("task__round").get(pk=consent.pk)
        decide_consent(consent=found, until=onsite.day, **leader)

    one_wins(race, signing, "onsite.talk_signed")
    one_wins(race, deciding, "onsite.consent_granted")


def _names(onsite: Onsite, race) -> None:
    one = list_interviewee(
        task=onsite.task, person=onsite.world.person("unit_head"), why="班子成员", **onsite.as_("member")
    )
    leader = onsite.as_("team_leader")

    def excusing() -> None:
        found = Interviewee.objects.select_related("task__round").get(pk=one.pk)
        excuse_interviewee(interviewee=found, text="病假", **leader)

    one_wins(race, excusing, "onsite.talk_excused")
