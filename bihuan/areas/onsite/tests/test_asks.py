"""提请协助 and 巡中促: who may read and answer them, cell by cell; that nobody answers or settles twice over."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest

from bihuan.areas.inspection.models import Round
from bihuan.areas.onsite.actions.read_closed import read_closed
from bihuan.areas.onsite.actions.read_file import read_file
from bihuan.areas.onsite.actions.send_ask import send_ask
from bihuan.areas.onsite.actions.send_back_ask import send_back_ask
from bihuan.areas.onsite.actions.settle_ask import settle_ask
from bihuan.areas.onsite.actions.withdraw_ask import withdraw_ask
from bihuan.areas.onsite.models import Ask
from bihuan.areas.onsite.reads.addressed import asks_to
from bihuan.areas.onsite.reads.files import files_of
from bihuan.kernel.refused import Missing, Refused
from bihuan.record.models import Event

from . import work
from .story import SECRET, Onsite

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "member", "other_member", "deputy", "team_leader", "inspection_officer", "registrar", "leading", "head",
    "discipline", "personnel", "department", "unit_head", "liaison", "secretary", "worker_a", "safety_officer",
    "outsider", "system_admin",
)  # fmt: skip
TEAM = {"member", "other_member", "deputy", "team_leader"}


def readers(onsite: Onsite, one: Ask) -> set[str]:
    """Who gets its words; for the others it does not exist, or for the office its words do not."""
    got = set()
    for word in EVERYBODY:
        try:
            (said,) = read_closed(things=[work.fresh(one)], **work.towards(onsite, one, word))
        except (Missing, Refused) as refused:
            assert isinstance(refused, Missing) or word == "inspection_officer"
        else:
            assert SECRET in said["ask"]
            got.add(word)
    return got


def test_who_reads_what_was_asked(contact):
    cells = {
        ("data", "safety_dept"): TEAM | {"department"},
        ("push", "safety_dept"): TEAM | {"department"},
        # the story has both bodies of supervision sit in that department
        ("data", "inspection_dept"): TEAM | {"inspection_officer", "discipline", "personnel"},
        ("push", "hot_mill"): TEAM | {"unit_head", "liaison"},
        ("push", "furnace"): TEAM | {"unit_head", "liaison"},
    }
    got = {cell: readers(contact, work.ask(contact, *cell)) for cell in cells}
    assert got == cells
    assert SECRET not in str(list(Event.objects.values_list("data", "subject")))


def test_another_organisation_is_asked_nothing_here(contact):
    work.ask(contact, "push", "hot_mill")
    for word in ("outsider", "secretary", "worker_a"):
        assert not asks_to(contact.actor(word)).exists()


def test_asked_answered_sent_back_settled(contact):
    one = work.ask(contact)
    file = BytesIO(b"2025 year")
    file.name = "台账.txt"
    work.answered(contact, one, files=[file])
    assert [kept.order for kept in files_of(one)] == [1]
    send_back_ask(
        ask=work.fresh(one), why="缺 2024 年", due_on=contact.day + timedelta(days=5), **contact.as_("member")
    )
    assert Ask.objects.get().sent_back == 1
    (said,) = read_closed(things=[work.fresh(one)], **work.towards(contact, one, "department"))
    assert said["back"] == "缺 2024 年"
    work.answered(contact, one)
    settle_ask(ask=work.fresh(one), **contact.as_("other_member"))
    found = Ask.objects.get()
    assert found.state == "settled" and found.answered_by == contact.world.person("department")
    assert found.due_on == contact.day + timedelta(days=5)


def test_the_file_is_opened_by_who_may_read_and_is_written_down(contact):
    one = work.ask(contact)
    file = BytesIO(b"2025 year")
    file.name = "台账.txt"
    work.answered(contact, one, files=[file])
    (kept,) = files_of(one)
    content = read_file(thing=work.fresh(one), file=kept, **work.towards(contact, one, "department"))
    assert (content.name, content.data) == ("台账.txt", b"2025 year")
    with pytest.raises(Missing):
        read_file(thing=work.fresh(one), file=kept, **work.towards(contact, one, "discipline"))
    assert Event.objects.filter(kind="onsite.file_read").count() == 1


def test_what_was_withdrawn_is_gone_for_the_department(contact):
    one = work.ask(contact)
    withdraw_ask(ask=work.fresh(one), **contact.as_("member"))
    assert not asks_to(contact.actor("department")).exists()
    assert readers(contact, one) == TEAM


def test_after_the_archive_the_team_has_nothing_and_the_office_keeps(contact):
    one = work.ask(contact)
    Round.objects.update(state="archived")
    assert readers(contact, one) == {"department", "inspection_officer"}


def _send(onsite, **more):
    said = {"task": onsite.task, "kind": "data", "to": onsite.world.unit("safety_dept"), "ask": "台账",
            "due_on": onsite.day, **more}  # fmt: skip
    return send_ask(**said, **onsite.as_("member"))


REFUSED = (
    (lambda o: _send(o, ask=" "), "要写清"),
    (lambda o: _send(o, due_on=o.day - timedelta(days=1)), "今天以前"),
    (lambda o: _send(o, to=o.world.unit("furnace")), "被巡察单位"),
    (lambda o: _send(o, kind="gift"), "没有这一类"),
    (lambda o: work.answered(o, work.ask(o), "member"), "收件单位"),
    (lambda o: work.answered(o, work.ask(o), "discipline"), "收件单位"),
    (lambda o: settle_ask(ask=work.ask(o), **o.as_("member")), "待答复"),
    (
        lambda o: settle_ask(ask=work.fresh(work.answered(o, work.ask(o))), **o.as_("department")),
        "授权的巡察组",
    ),
    (lambda o: withdraw_ask(ask=work.fresh(work.answered(o, work.ask(o))), **o.as_("member")), "已答复"),
)


def test_it_refuses(contact):
    for how, reason in REFUSED:
        assert reason in work.refusal(contact, how)
