"""People move and leave; what they answer for is asked about line by line, and nothing is orphaned."""

from dataclasses import replace
from datetime import date

import pytest

from bihuan.kernel.refused import Refused, Stale
from bihuan.org.actions.confirm_holding import confirm_holding
from bihuan.org.actions.correct_person import correct_person
from bihuan.org.actions.erase_person import erase_person
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.actions.hand_over import LATER
from bihuan.org.actions.hold_post import hold_post
from bihuan.org.actions.leave import leave
from bihuan.org.actions.leave_post import leave_post
from bihuan.org.actions.move_person import move_person
from bihuan.org.actions.open_post import open_post
from bihuan.org.actions.settle_hand_over import settle_hand_over
from bihuan.org.models import Account, Employment, Grant, HandOver, Person
from bihuan.org.permissions import Permission as P
from bihuan.org.reads import open_work, pending_hand_overs
from bihuan.record.models import Event
from bihuan.registry import shelf
from bihuan.registry.contract import Offer
from bihuan.registry.lines import WorkLine

ON = date(2025, 9, 15)


@pytest.fixture
def desk(world, monkeypatch):
    """A room with open work, as a higher room would offer it: {line key: person id}."""
    owned = {"1": world.person("liaison").pk, "2": world.person("liaison").pk}

    def hand_over(keys, from_id, to_id, by, at):
        for key in keys:
            assert owned[key] == from_id
            owned[key] = to_id

    room = Offer(
        code="toyroom",
        title="玩具",
        hand_over=hand_over,
        open_work=lambda person_id, at: [
            WorkLine(k, f"第 {k} 件") for k, owner in owned.items() if owner == person_id
        ],
    )
    real = tuple(replace(offer, open_work=None) for offer in shelf.offers())
    monkeypatch.setattr(shelf, "offers", lambda: (*real, room))
    return owned


def _who(world, word="system_admin"):
    return {"by": world.actor(word), "at": world.at}


def test_leaving_needs_an_answer_for_every_line(world, desk):
    person = world.person("liaison")
    with pytest.raises(Refused) as refused:
        leave(person=person, on=ON, choices={"toyroom:1": LATER}, **_who(world))
    assert "还有 1 件工作没说交给谁" in refused.value.reason and "第 2 件" in refused.value.reason
    with pytest.raises(Refused, match="不能留在名下"):
        leave(person=person, on=ON, choices={"toyroom:1": LATER, "toyroom:2": person.pk}, **_who(world))
    assert Person.objects.get(pk=person.pk).left_on is None


def test_leaving_gives_on_lists_the_rest_and_ends_everything(world, desk):
    person, taker = world.person("liaison"), world.person("worker_b")
    leave(person=person, on=ON, choices={"toyroom:1": taker.pk, "toyroom:2": LATER}, **_who(world))
    assert desk == {"1": taker.pk, "2": person.pk}
    assert not Account.objects.get(person=person).is_active
    assert not Grant.objects.filter(person=person, revoked_at=None).exists()
    assert Employment.objects.get(person=person).to_day == date(2025, 9, 14)
    assert not world.actor("liaison").is_person
    listed = HandOver.objects.get(person=person)
    assert list(pending_hand_overs(world.actor("unit_head"))) == [listed]
    assert not pending_hand_overs(world.actor("outsider")).exists()


def test_the_head_of_the_unit_settles_what_was_listed(world, desk):
    person, taker = world.person("liaison"), world.person("worker_b")
    leave(person=person, on=ON, choices={"toyroom:1": LATER, "toyroom:2": LATER}, **_who(world))
    listed = HandOver.objects.get(person=person)
    with pytest.raises(Refused, match="单位负责人"):
        settle_hand_over(listed=listed, choices={"toyroom:1": taker.pk}, **_who(world, "outsider"))
    head = _who(world, "unit_head")
    assert settle_hand_over(listed=listed, choices={"toyroom:1": taker.pk}, **head) == 1
    assert HandOver.objects.get(pk=listed.pk).done_at is None
    with pytest.raises(Refused, match="不在岗"):
        settle_hand_over(listed=listed, choices={"toyroom:2": 999_999}, **head)
    assert settle_hand_over(listed=listed, choices={"toyroom:2": taker.pk}, **head) == 0
    assert HandOver.objects.get(pk=listed.pk).done_by_id == world.person("unit_head").pk
    assert open_work(person.pk, world.at) == []


def test_moving_may_take_work_along_and_ends_grants_that_no_longer_cover(world, desk):
    person, iron = world.person("liaison"), world.unit("iron_mill")
    keep = {"toyroom:1": person.pk, "toyroom:2": world.person("unit_head").pk}
    move_person(person=person, unit=iron, title="调度员", on=ON, choices=keep, **_who(world))
    assert desk["1"] == person.pk and desk["2"] == world.person("unit_head").pk
    fresh = Person.objects.get(pk=person.pk)
    assert fresh.unit_id == iron.pk and fresh.title == "调度员"
    assert not world.actor("liaison").may(P.PROBLEM_RECTIFY)
    assert Event.objects.filter(kind="grant.ended", data__why="moved").count() == 1
    assert Employment.objects.filter(person=person, to_day=None).get().unit_id == iron.pk


def test_moving_inside_the_grant_keeps_it(world, desk):
    person = world.person("worker_a")
    move_person(person=person, unit=world.unit("finishing"), on=ON, choices={}, **_who(world))
    assert Grant.objects.filter(person=person, revoked_at=None).count() == 1


@pytest.mark.parametrize("word", ["security_admin", "unit_head", "outsider"])
def test_only_the_system_administrator_moves_people(world, word):
    person = world.person("worker_a")
    for act in (
        lambda who: leave(person=person, on=ON, choices={}, **who),
        lambda who: move_person(person=person, unit=world.unit("finishing"), on=ON, choices={}, **who),
        lambda who: erase_person(person=person, request="申请", **who),
    ):
        with pytest.raises(Refused, match="系统管理员"):
            act(_who(world, word))


def test_nobody_leaves_twice_or_sends_themselves_away(world):
    with pytest.raises(Refused, match="自己"):
        leave(person=world.person("system_admin"), on=ON, choices={}, **_who(world))
    stale = Person.objects.get(pk=world.person("worker_a").pk)
    leave(person=world.person("worker_a"), on=ON, choices={}, **_who(world))
    with pytest.raises(Stale):
        leave(person=stale, on=ON, choices={}, **_who(world))


def test_a_post_carries_its_grant_to_whoever_holds_it(world):
    mill, worker = world.unit("hot_mill"), world.person("worker_a")
    post = open_post(code="RZ-LLY", title="联络岗", unit=mill, **_who(world))
    grant_role(
        role="unit_liaison", unit=mill, post=post, from_day=date(2025, 1, 1), **_who(world, "security_admin")
    )
    assert not world.actor("worker_a").may(P.PROBLEM_RECTIFY)
    held = hold_post(person=worker, post=post, on=ON, **_who(world))
    confirm_holding(holding=held, **_who(world, "security_admin"))
    assert world.actor("worker_a").may(P.PROBLEM_RECTIFY)
    with pytest.raises(Refused, match="已经任"):
        hold_post(person=worker, post=post, on=ON, **_who(world))
    with pytest.raises(Refused, match="不能给自己任"):
        hold_post(person=world.person("system_admin"), post=post, on=ON, **_who(world))
    leave_post(holding=held, on=ON, **_who(world))
    later = world.at.replace(day=16)
    assert not world.actor("worker_a", at=later).may(P.PROBLEM_RECTIFY)


def test_erasure_removes_the_name_and_keeps_the_id(world):
    person = world.person("worker_a")
    with pytest.raises(Refused, match="还在岗"):
        erase_person(person=person, request="本人申请 2025-09-15", **_who(world))
    leave(person=person, on=ON, choices={}, **_who(world))
    with pytest.raises(Refused, match="没有写依据"):
        erase_person(person=person, request=" ", **_who(world))
    erase_person(person=person, request="本人申请 2025-09-15", **_who(world))
    gone = Person.objects.get(pk=person.pk)
    assert "牛晓东" not in (gone.name, gone.sort_key) and gone.staff_no == f"erased-{person.pk}"
    account = Account.objects.get(person=person)
    assert account.username == f"erased-{account.pk}" and not account.has_usable_password()
    told = " ".join(str(data) for data in Event.objects.values_list("data", flat=True))
    assert "牛晓东" not in told and "3101" not in told


def test_no_event_of_the_world_names_a_person(world):
    told = " ".join(str(data) for data in Event.objects.values_list("data", flat=True))
    assert not any(person.name in told for person in world.people.values())


def test_a_person_corrects_their_own_telephone_but_not_their_name(world):
    me = world.person("worker_a")
    correct_person(person=me, phone="13900000001", **_who(world, "worker_a"))
    assert Event.objects.get(kind="person.corrected").data == {"fields": ["phone"]}
    with pytest.raises(Refused, match="系统管理员"):
        correct_person(person=me, name="牛小东", **_who(world, "worker_a"))
    correct_person(person=me, name="牛小东", **_who(world))
    assert Person.objects.get(pk=me.pk).sort_key == "niu xiao dong"


def test_the_pages_of_going(world, desk, signed_in):
    person = world.person("liaison")
    admin = signed_in("system_admin")
    url = f"/org/people/{person.pk}/leaving/"
    assert "第 1 件" in admin.get(url).content.decode()
    refused = admin.post(url, {"on": "2025-09-15", "how0": "give", "who0": "", "how1": "wait"})
    assert "填接手人" in refused.content.decode()
    done = admin.post(url, {"on": "2025-09-15", "how0": "give", "who0": "任秀英", "how1": "wait"})
    assert done.status_code == 302 and desk["1"] == world.person("worker_b").pk
    head = signed_in("unit_head")
    assert "第 2 件" in head.get("/org/hand-overs/").content.decode()
    listed = HandOver.objects.get()
    assert signed_in("outsider").get(f"/org/hand-overs/{listed.pk}/").status_code == 404
    head.post(f"/org/hand-overs/{listed.pk}/", {"how0": "give", "who0": "3102"})
    assert HandOver.objects.get().done_at is not None
