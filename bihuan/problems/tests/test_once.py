"""A command that arrives twice is done once: by the key of its sender, or by the key every form carries."""

import hashlib
import re

import pytest
from django.test import Client

from bihuan.org.tests.world import PASSWORD
from bihuan.record.models import Event, StoredFile, WireCommand

from .test_pages_new import NEW, form_data, picture

pytestmark = pytest.mark.django_db
CALENDAR = "/tokens/calendar/"


def test_every_form_carries_a_key_of_its_own(world, signed_in):
    page = signed_in("safety_officer").get(NEW).content.decode()
    keys = re.findall(r'name="_once" value="([^"]+)"', page)
    assert keys and len(set(keys)) == len(keys)
    assert len(keys) == page.count('name="csrfmiddlewaretoken"')


def raise_once(client, world, key="", **more):
    data = form_data(client.get(NEW), **{"statement": "3 号辊道护罩缺失", **more})
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(NEW, data, headers=headers)


def numbers():
    return Event.objects.filter(kind="problem.raised").count()


def test_a_form_sent_twice_raises_one_problem(world, signed_in):
    client = signed_in("safety_officer")
    first, second = (raise_once(client, world, _once="form-key-1234") for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert second["Idempotent-Replayed"] == "true"
    assert numbers() == 1


def test_a_changed_form_with_the_same_key_is_another_command(world, signed_in):
    client = signed_in("safety_officer")
    raise_once(client, world, _once="form-key-1234")
    raise_once(client, world, _once="form-key-1234", statement="4 号辊道护罩缺失")
    assert numbers() == 2


def test_a_header_key_holds_its_sender_to_it(world, signed_in):
    client = signed_in("safety_officer")
    raise_once(client, world, "a-key-of-mine")
    other = raise_once(client, world, "a-key-of-mine", statement="别的问题")
    assert other.status_code == 422 and "已经用在另一件事上" in other.json()["reason"]
    assert raise_once(client, world, "有空格 的").status_code == 400
    assert numbers() == 1


def test_a_key_counts_per_account(world, signed_in):
    raise_once(signed_in("safety_officer"), world, "the-same-key")
    raise_once(signed_in("worker_a"), world, "the-same-key")
    assert numbers() == 2


def test_what_was_refused_may_be_sent_again(world, signed_in):
    client = signed_in("safety_officer")
    assert raise_once(client, world, "key-of-a-typo", statement="").status_code == 422
    assert not WireCommand.objects.exists()
    good = raise_once(client, world, "key-of-a-typo")
    assert good.status_code == 302 and numbers() == 1


def test_a_file_of_an_incomplete_form_is_not_lost_with_it(world, signed_in):
    client = signed_in("safety_officer")
    data = form_data(client.get(NEW), statement="", before=picture("护罩"), _once="form-key-1234")
    assert client.post(NEW, data).status_code == 422
    assert StoredFile.objects.count() == 1


def test_nobody_is_remembered_who_is_not_signed_in(db):
    Client().post("/signin/", {"username": "x", "password": "y", "_once": "form-key-1234"})
    assert not WireCommand.objects.exists()


def test_what_is_kept_of_a_form_is_no_place_to_try_passwords(world, signed_in, settings):
    new = "Xin-mima-2026"
    form = {"old": PASSWORD, "new": new, "again": new, "_once": "form-key-1234"}
    assert signed_in("liaison").post("/password/", form).status_code == 302
    told = hashlib.sha256(b"POST /password/\n")
    for name in ("again", "new", "old"):
        told.update(repr((name, [form[name]])).encode())
    command = WireCommand.objects.get()
    assert told.hexdigest() != command.fingerprint
    assert not command.key.endswith(told.hexdigest()[:24]), "the key of a form carries the fingerprint too"


def test_a_secret_that_is_shown_once_is_not_kept_with_the_answer(world, signed_in):
    client = signed_in("liaison")
    form = {
        "name": "手机",
        "unit": "",
        "expires_on": client.get(CALENDAR).context["form"]["expires_on"].value(),
    }
    first, second = (
        client.post(CALENDAR, form, headers={"Idempotency-Key": "calendar-1234"}) for _ in range(2)
    )
    [address] = re.findall(r"/calendar/(bht_\w[\w-]+)\.ics", first.content.decode())
    assert address.encode() not in bytes(WireCommand.objects.get().body)
    assert second.status_code == 409 and "只显示一次" in second.json()["reason"]
    assert Event.objects.filter(kind="token.opened").count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_raise_one_problem(race, world, signed_in):
    clients = [signed_in("safety_officer") for _ in range(4)]
    outcomes = race(lambda n: raise_once(clients[n], world, "sent-by-four-hands"), times=4)
    assert [o.error for o in outcomes] == [None] * 4
    assert {o.value.status_code for o in outcomes} == {302}
    assert len({o.value["Location"] for o in outcomes}) == 1
    assert numbers() == 1
