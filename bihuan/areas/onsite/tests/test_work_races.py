"""Two hands at once on one paper of the daily work: one wins."""

from __future__ import annotations

import pytest

from bihuan.areas.inspection.actions.name_liaison import name_liaison
from bihuan.areas.onsite.actions.answer_loan import answer_loan
from bihuan.areas.onsite.actions.issue_notice import issue_notice
from bihuan.areas.onsite.actions.return_loans import return_loans
from bihuan.areas.onsite.actions.settle_ask import settle_ask
from bihuan.areas.onsite.actions.sign_notice import sign_notice
from bihuan.areas.onsite.actions.submit_midterm import submit_midterm
from bihuan.areas.onsite.actions.verify_item import verify_item
from bihuan.areas.onsite.actions.write_day import write_day
from bihuan.areas.onsite.models import Ask, DayLog, ImmediateNotice, Loan, Midterm
from bihuan.kernel.refused import Refused
from bihuan.org.tests.world import build
from bihuan.problems.models import Problem
from bihuan.record.models import Event

from . import work
from .story import Onsite


@pytest.fixture
def onsite(transactional_db) -> Onsite:
    made = Onsite(build(accounts=False))
    name_liaison(task=made.task, side="org", person=made.world.person("liaison"), by=made.office, at=made.at)
    return made


def once(race, act, kind: str) -> bool:
    """Four at once: one does it, the others are told; one event."""
    done = race(act, times=4)
    told = all(isinstance(one.error, Refused) for one in done if one.error)
    return told and sum(one.error is None for one in done) == Event.objects.filter(kind=kind).count() == 1


def test_a_document_is_answered_received_and_returned_once(onsite, race):
    work.loan(onsite)
    liaison, hands = onsite.actor("liaison"), onsite.as_("member")
    one = lambda: work.fresh(Loan.objects.get())  # noqa: E731
    assert once(
        race, lambda: answer_loan(loan=one(), answer="有", by=liaison, at=onsite.at), "onsite.loan_answered"
    )
    assert once(race, lambda: work.receive(onsite, one()), "onsite.loan_received")
    assert once(
        race,
        lambda: return_loans(loans=[one()], ending="handed", taker="武", **hands),
        "onsite.loan_returned",
    )


def test_an_ask_is_answered_and_settled_once(onsite, race):
    work.ask(onsite)
    one = lambda: work.fresh(Ask.objects.get())  # noqa: E731
    assert once(race, lambda: work.answered(onsite, one()), "onsite.ask_answered")
    hands = onsite.as_("member")
    assert once(race, lambda: settle_ask(ask=one(), **hands), "onsite.ask_settled")


def test_a_notice_is_issued_signed_and_verified_once(onsite, race):
    work.notice(onsite)
    leader, head, other = onsite.as_("team_leader"), onsite.actor("unit_head"), onsite.as_("other_member")
    one = lambda: work.fresh(ImmediateNotice.objects.get())  # noqa: E731
    assert once(race, lambda: issue_notice(notice=one(), document="1 号", **leader), "onsite.notice_issued")
    assert Problem.objects.count() == 2
    assert once(race, lambda: sign_notice(notice=one(), by=head, at=onsite.at), "onsite.notice_signed")
    item = work.put_right(onsite, work.item_of(one().items.get(order=1).pk))
    assert once(
        race, lambda: verify_item(item=work.item_of(item.pk), note="看过", **other), "onsite.item_verified"
    )


def test_a_report_is_submitted_once_and_a_day_has_one_log(onsite, race):
    work.midterm(onsite)
    leader, member = onsite.as_("team_leader"), onsite.as_("member")
    assert once(
        race,
        lambda: submit_midterm(midterm=work.fresh(Midterm.objects.get()), **leader),
        "onsite.midterm_submitted",
    )
    assert once(
        race, lambda: write_day(task=onsite.task, day=onsite.day, text="一天", **member), "onsite.day_logged"
    )
    assert DayLog.objects.count() == 1
