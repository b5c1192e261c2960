"""Registering a receiver: only where it may go, shown once, kept sealed, and nobody else's."""

from __future__ import annotations

import re

import pytest

from bihuan.kernel.refused import Invalid, Refused
from bihuan.notify import wire
from bihuan.notify.actions.change_endpoint import change_endpoint
from bihuan.notify.actions.open_endpoint import open_endpoint, purpose_of
from bihuan.notify.models import Delivery, Endpoint
from bihuan.record.models import Event
from bihuan.record.strongbox import take_out

from .receiver import Receiver

OUTSIDE = "https://93.184.215.14/hook"


@pytest.fixture
def endpoint(world):
    made, _ = open_endpoint(
        person=world.person("liaison"),
        name="生产管理系统",
        url=OUTSIDE,
        kinds=["problem.closed"],
        by=world.actor("liaison"),
        at=world.at,
    )
    return made


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hook",
        "ftp://93.184.215.14/",
        "javascript:alert(1)",
        "http://93.184.215.14/hook",
        "https://",
        "https://user:secret@93.184.215.14/",
        "https://93.184.215.14:99999/",
        "https://93.184.215.14/勾",
        "https://93.184.215.14/a b",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.1.2.3/",
        "https://192.168.0.1/",
        "https://172.16.0.9/",
        "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://[::1]/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[fec0::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[2002:7f00:1::]/",
        "https://2130706433/",
        "https://0x7f000001/",
    ],
)
def test_an_address_that_leads_inside_is_refused(world, url):
    with pytest.raises((Invalid, wire.Unreachable)):
        wire.addresses_of(wire.read_url(url))


@pytest.mark.parametrize("url", [OUTSIDE, "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/x?a=1"])
def test_the_world_outside_is_reached(url):
    assert wire.addresses_of(wire.read_url(url))


@pytest.mark.parametrize(
    ("allowed", "url", "good"),
    [
        (["127.0.0.1"], "http://127.0.0.1:8080/hook", True),
        (["10.0.0.0/8"], "http://10.9.8.7/hook", True),
        (["10.0.0.0/8"], "https://192.168.1.1/hook", False),
        (["localhost"], "http://localhost/hook", True),
        (["LOCALHOST"], "http://localhost/hook", True),
        (["10.0.0.0/8"], "http://localhost/hook", False),
        (["erp.example.com"], "https://127.0.0.1/hook", False),
    ],
)
def test_the_installation_says_which_inner_hosts(settings, allowed, url, good):
    settings.WEBHOOK_HOSTS = allowed
    if good:
        assert wire.addresses_of(wire.read_url(url))
    else:
        with pytest.raises(Invalid):
            wire.addresses_of(wire.read_url(url))


def test_a_name_that_moves_inside_later_is_refused_when_it_is_sent(settings):
    """Registered while it was allowed; the installation has thought better of it."""
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    wire.addresses_of(wire.read_url("http://127.0.0.1:1/hook"))
    settings.WEBHOOK_HOSTS = []
    with pytest.raises(Invalid):
        wire.post("http://127.0.0.1:1/hook", b"{}", {})


def test_a_redirect_is_not_followed(settings):
    """It could lead inside; and an answer elsewhere is no answer of the receiver."""
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    here, elsewhere = Receiver(), Receiver()
    try:
        here.answer, here.location = 302, elsewhere.url
        assert wire.post(here.url, b"{}", {}) == 302
        assert len(here.heads) == 1 and not elsewhere.heads
    finally:
        here.down()
        elsewhere.down()


def test_the_key_is_sealed_and_the_event_names_none(endpoint):
    kept = Endpoint.objects.values().get()
    assert "whs_" not in str(kept)
    assert take_out(endpoint.sealed, purpose_of(endpoint.ident)).startswith("whs_")
    event = Event.objects.get(kind="endpoint.opened")
    assert "93.184" not in str(event.data) and event.subject == endpoint.ident


@pytest.mark.parametrize(
    ("given", "field"),
    [({"name": " "}, "name"), ({"kinds": []}, "kinds"), ({"kinds": ["account.opened"]}, "kinds")],
)
def test_what_cannot_be_is_not_registered(world, given, field):
    told = {"name": "系统", "url": OUTSIDE, "kinds": ["problem.closed"]} | given
    with pytest.raises(Refused) as caught:
        open_endpoint(person=world.person("liaison"), by=world.actor("liaison"), at=world.at, **told)
    assert caught.value.field == field
    with pytest.raises(Refused):
        open_endpoint(person=world.person("liaison"), by=world.actor("outsider"), at=world.at, **told)


def test_the_administrator_may_stop_it_but_not_start_it(world, endpoint):
    admin = world.actor("system_admin")
    with pytest.raises(Refused):
        change_endpoint(endpoint=endpoint, to="paused", by=admin, at=world.at)
    with pytest.raises(Refused):
        change_endpoint(endpoint=endpoint, to="ended", by=world.actor("outsider"), at=world.at)
    change_endpoint(endpoint=endpoint, to="ended", by=admin, at=world.at)
    with pytest.raises(Refused, match="已被他人处理"):
        change_endpoint(endpoint=endpoint, to="active", by=world.actor("liaison"), at=world.at)


def test_pages(world, signed_in, endpoint):
    liaison, outsider = signed_in("liaison"), signed_in("outsider")
    row = Delivery.objects.create(
        endpoint=endpoint, ident="6ff1f1a6-59a7-4b52-9d8b-3f4b9c1c3d5e", event=1, kind="problem.closed",
        subject="RC-RZ-202609-004", made_on=world.at, attempts=3, error="对方没有在接收",
    )  # fmt: skip
    for url, said in (
        ("/notices/endpoints/", "生产管理系统"),
        (f"/notices/endpoints/{endpoint.pk}/", "对方没有在接收"),
        (f"/notices/endpoints/{endpoint.pk}/{row.pk}/", "送达号"),
    ):
        assert said in liaison.get(url).content.decode()
    assert "生产管理系统" not in outsider.get("/notices/endpoints/").content.decode()
    assert "生产管理系统" in signed_in("system_admin").get("/notices/endpoints/").content.decode()
    assert liaison.post(f"/notices/endpoints/{endpoint.pk}/{row.pk}/skip/").status_code == 302
    assert liaison.post(f"/notices/endpoints/{endpoint.pk}/{row.pk}/again/").status_code == 302
    assert liaison.post(f"/notices/endpoints/{endpoint.pk}/paused/").status_code == 302
    given = {"name": "新的", "url": OUTSIDE, "kinds": ["problem.raised"]}
    bad = liaison.post("/notices/endpoints/new/", given | {"url": "https://10.0.0.1/"})
    assert bad.status_code == 400 and "内部网络" in bad.content.decode()
    made = liaison.post("/notices/endpoints/new/", given)
    secret = re.search(r"whs_[\w-]+", made.content.decode())[0]
    assert made["Cache-Control"] == "no-store"
    fresh = Endpoint.objects.get(name="新的")
    assert secret not in liaison.get(f"/notices/endpoints/{fresh.pk}/").content.decode()
