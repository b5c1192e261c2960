"""调阅: asked, answered, received, returned; the liaison sees the list and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.areas.onsite.actions.answer_loan import answer_loan
from bihuan.areas.onsite.actions.ask_documents import ask_documents
from bihuan.areas.onsite.actions.return_loans import return_loans
from bihuan.areas.onsite.actions.withdraw_loan import withdraw_loan
from bihuan.areas.onsite.models import Loan
from bihuan.areas.onsite.reads.addressed import loans_to
from bihuan.areas.onsite.reads.loans import open_loans
from bihuan.kernel.refused import Refused
from bihuan.record.models import Event

from . import work

pytestmark = pytest.mark.django_db


def give_back(onsite, *loans, ending="handed", taker="武丽娜", word="other_member"):
    return return_loans(
        loans=[work.fresh(one) for one in loans], ending=ending, taker=taker, **onsite.as_(word)
    )


def test_from_the_list_to_the_return(contact):
    first, second = (
        work.fresh(one)
        for one in ask_documents(
            task=contact.task,
            items=["会议记录", " ", "合同台账"],
            due_on=contact.day,
            **contact.as_("member"),
        )
    )
    assert [first.number, second.number] == [1, 2]
    assert {one.pk for one in loans_to(contact.actor("liaison"))} == {first.pk, second.pk}
    answer_loan(loan=first, answer="已备齐", by=contact.actor("liaison"), at=contact.at)
    work.receive(contact, first)
    assert list(open_loans(contact.task)) == [first]
    give_back(contact, first)
    assert not open_loans(contact.task).exists()
    kinds = Event.objects.filter(stream=first.stream).order_by("seq").values_list("kind", flat=True)
    steps = ("asked", "answered", "received", "returned")
    assert list(kinds) == [f"onsite.loan_{one}" for one in steps]


def test_papers_still_out_after_the_team_left_can_be_returned(contact):
    one = work.loan(contact, "held")
    work.left(contact)
    contact.at += timedelta(days=1)
    contact.day += timedelta(days=1)
    with pytest.raises(Refused, match="离场"):
        ask_documents(task=contact.task, items=["账"], due_on=contact.day, **contact.as_("member"))
    give_back(contact, one)
    assert Loan.objects.get().state == "returned"


def test_what_is_not_needed_leaves_the_list_of_the_liaison(contact):
    one = work.loan(contact)
    withdraw_loan(loan=one, **contact.as_("member"))
    assert not loans_to(contact.actor("liaison")).exists()


REFUSED = (
    (lambda o: ask_documents(task=o.task, items=[" "], due_on=o.day, **o.as_("member")), "一项也没有写"),
    (
        lambda o: ask_documents(
            task=o.task, items=["a"], due_on=o.day - timedelta(days=1), **o.as_("member")
        ),
        "今天以前",
    ),
    (
        lambda o: ask_documents(task=o.task, items=["a"], due_on=o.day, **o.as_("inspection_officer")),
        "授权的巡察组",
    ),
    (
        lambda o: answer_loan(loan=work.loan(o), answer="有", by=o.actor("unit_head"), at=o.at),
        "联络员答复",
    ),
    (lambda o: answer_loan(loan=work.loan(o), answer=" ", by=o.actor("liaison"), at=o.at), "要写答复"),
    (lambda o: give_back(o, work.loan(o)), "待提供"),
    (lambda o: give_back(o, work.loan(o, "held"), ending="destroyed"), "原件"),
    (lambda o: give_back(o), "没有选"),
    (lambda o: give_back(o, work.loan(o, "held"), word="liaison"), "授权的巡察组"),
    (lambda o: withdraw_loan(loan=work.loan(o, "held"), **o.as_("member")), "在组里"),
)


def test_it_refuses(contact):
    for how, reason in REFUSED:
        assert reason in work.refusal(contact, how)


def test_several_go_back_together_or_none(contact):
    first, second = work.loan(contact, "held"), work.loan(contact, "held", "合同")
    give_back(contact, second)
    with pytest.raises(Refused):
        return_loans(loans=[work.fresh(first), second], ending="handed", taker="武", **contact.as_("member"))
    assert open_loans(contact.task).get() == first
