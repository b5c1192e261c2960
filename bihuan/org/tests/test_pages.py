"""Every page of this room opens for who may, and is not there for who may not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.add_person import NewPerson, add_people
from bihuan.org.actions.hold_post import hold_post
from bihuan.org.actions.open_post import open_post
from bihuan.org.models import Grant, PackVersion, PostHolding, SpecialDay
from bihuan.org.web.personal import FIELDS

EVERYBODY = ("home", "people", "party", "settings", "mine", "password", "steps", "hand-overs", "as-of")
UNIT_ACTS = ("unit-new", "unit-rename", "unit-move", "unit-merge", "unit-close", "post-new", "person-new")
PERSON_ACTS = ("person-correct", "person-move", "person-leave", "person-party", "person-post", "person-erase")
PARTY_ACTS = ("party-new", "party-rename", "party-move", "party-merge", "party-close", "party-cover")


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_signed_in(world, signed_in, client, name):
    url = reverse(f"org:{name}")
    assert signed_in("outsider").get(url).status_code == 200
    assert client.get(url).headers["Location"].startswith("/signin/")


def test_what_is_kept_about_me_is_said_with_its_reason(world, signed_in):
    page = signed_in("liaison").get("/me/").content.decode()
    assert len(FIELDS) >= 8
    for field in FIELDS:
        for said in (field.label, field.purpose, field.ground, field.who, field.how_long, field.change):
            assert said in page, said


def test_units_and_people_are_a_directory_without_private_things(world, signed_in):
    person = world.person("liaison")
    type(person).objects.filter(pk=person.pk).update(phone="13900000001")
    url = reverse("org:person", args=[person.pk])
    assert "13900000001" not in signed_in("outsider").get(url).content.decode()
    for word in ("liaison", "unit_head", "system_admin"):
        assert "13900000001" in signed_in(word).get(url).content.decode(), word
    assert (
        "武丽娜"
        in signed_in("outsider").get(reverse("org:unit", args=[world.unit("hot_mill").pk])).content.decode()
    )
    assert signed_in("outsider").get(reverse("org:person-correct", args=[person.pk])).status_code == 404


@pytest.mark.parametrize(
    ("names", "thing"), [(UNIT_ACTS, "unit"), (PERSON_ACTS, "person"), (PARTY_ACTS, "party")]
)
def test_acts_are_for_the_system_administrator(world, signed_in, names, thing):
    pk = {
        "unit": world.unit("finishing").pk,
        "person": world.person("worker_a").pk,
        "party": world.party["joint"].pk,
    }[thing]
    admin, other = signed_in("system_admin"), signed_in("security_admin")
    for name in names:
        url = reverse(f"org:{name}", args=[pk])
        assert admin.get(url).status_code == 200, name
        assert other.get(url).status_code == 404, name


@pytest.mark.parametrize(
    ("name", "may", "may_not"),
    [
        ("grants", "security_admin", "system_admin"),
        ("grants", "audit_admin", "liaison"),
        ("grant-new", "security_admin", "audit_admin"),
        ("accounts", "system_admin", "security_admin"),
        ("account-new", "system_admin", "security_admin"),
        ("import", "system_admin", "liaison"),
        ("import", "security_admin", "audit_admin"),
        ("rules", "safety_officer", "worker_a"),
        ("days", "rules_keeper", "worker_a"),
        ("days-add", "rules_keeper", "safety_officer"),
        ("party-first", "system_admin", "liaison"),
    ],
)
def test_administration_is_divided(world, signed_in, name, may, may_not):
    assert signed_in(may).get(reverse(f"org:{name}")).status_code == 200
    assert signed_in(may_not).get(reverse(f"org:{name}")).status_code == 404


def test_pages_of_one_thing(world, signed_in):
    pack = PackVersion.objects.get(pack="problems", version="2024.1")
    old = PackVersion.objects.get(pack="problems", version="2017")
    keeper = signed_in("rules_keeper")
    page = keeper.get(reverse("org:pack", args=[pack.pk]), {"against": old.pk}).content.decode()
    assert "6 个月，自收到反馈意见起" in page and "2 个月，自收到反馈意见起" in page and "有原文" in page
    assert keeper.get(reverse("org:pack-publish", args=[pack.pk])).status_code == 200
    assert keeper.get(reverse("org:rule-confirm", args=[pack.pk, "due.general"])).status_code == 200
    grant = Grant.objects.get(person=world.person("liaison"))
    assert (
        "整改联络员"
        in signed_in("security_admin").get(reverse("org:grant", args=[grant.pk])).content.decode()
    )
    assert signed_in("security_admin").get(reverse("org:grant-revoke", args=[grant.pk])).status_code == 200
    account = world.accounts["liaison"]
    assert (
        "3002"
        in signed_in("system_admin").get(reverse("org:person", args=[account.person_id])).content.decode()
    )
    assert "启用" in signed_in("system_admin").get(reverse("org:account", args=[account.pk])).content.decode()
    assert (
        "热轧厂第一联合党支部"
        in keeper.get(reverse("org:party-org", args=[world.party["joint"].pk])).content.decode()
    )


def test_lists_of_people_grants_and_accounts(world, signed_in):
    admin = signed_in("system_admin")
    hot = world.unit("hot_mill").pk
    page = admin.get(reverse("org:people"), {"in_units": hot, "status": "here"}).content.decode()
    assert "牛晓东" in page and "贾海峰" not in page
    assert "武丽娜" in admin.get(reverse("org:people"), {"text": "wulina"}).content.decode()
    assert "武丽娜" in admin.get(reverse("org:people"), {"text": "3002"}).content.decode()
    found = signed_in("security_admin").get(reverse("org:grants"), {"text": "武丽娜"}).content.decode()
    assert "整改联络员" in found and "长期" in found
    assert "liaison" in admin.get(reverse("org:accounts"), {"text": "武丽"}).content.decode()


def test_the_list_of_people_costs_the_same_for_any_number(world, signed_in):
    client, url = signed_in("outsider"), reverse("org:people")
    client.get(url)  # the first page of a session also notes that somebody is here
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    news = [NewPerson(f"9{n:03}", f"增员{n}", world.unit("furnace")) for n in range(30)]
    add_people(people=news, on=world.day, by=SYSTEM, at=world.at)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few) <= 12


def test_acting_through_the_pages(world, signed_in):
    admin = signed_in("system_admin")
    unit = world.unit("hot_mill")
    made = admin.post(
        reverse("org:unit-new", args=[unit.pk]),
        {
            "code": "RZ-DL",
            "name": "热轧厂动力车间",
            "short_name": "动力车间",
            "kind": "workshop",
            "on": "2025-09-01",
        },
    )
    assert made.status_code == 302 and unit.children.filter(code="RZ-DL").exists()
    again = admin.post(
        reverse("org:unit-new", args=[unit.pk]),
        {"code": "RZ-DL", "name": "另一个", "kind": "workshop", "on": "2025-09-01"},
    )
    assert again.status_code == 400 and "已被“热轧厂动力车间”用了" in again.content.decode()
    made = admin.post(
        reverse("org:person-new", args=[unit.pk]), {"staff_no": "3999", "name": "白霜", "on": "2025-09-01"}
    )
    assert made.status_code == 302 and unit.people.filter(staff_no="3999").exists()
    secret = admin.post(reverse("org:account-new"), {"person": "3999"})
    assert secret.headers["Cache-Control"] == "no-store" and "只在这里显示一次" in secret.content.decode()


def test_a_post_is_given_up_on_the_page(world, signed_in):
    post = open_post(
        code="RZ-CZ", title="厂长", unit=world.unit("hot_mill"), leads=True, by=SYSTEM, at=world.at
    )
    held = hold_post(person=world.person("unit_head"), post=post, on=world.day, by=SYSTEM, at=world.at)
    admin = signed_in("system_admin")
    assert "厂长" in admin.get(reverse("org:unit", args=[world.unit("hot_mill").pk])).content.decode()
    admin.post(reverse("org:person-post-end", args=[held.person_id, held.pk]))
    assert PostHolding.objects.get(pk=held.pk).to_day is not None


def test_a_notice_of_holidays_is_typed_in(world, signed_in):
    keeper = signed_in("rules_keeper")
    lines = "2027-01-01 放假 元旦\n2027-02-05至2027-02-07 放假 春节\n2027-02-20 上班 春节调休"
    form = {"source": "国务院办公厅关于2027年部分节假日安排的通知", "lines": lines}
    assert keeper.post(reverse("org:days-add"), form).status_code == 302
    assert SpecialDay.objects.filter(day__year=2027, kind="off").count() == 4
    assert SpecialDay.objects.get(day="2027-02-20").kind == "work"
    wrong = keeper.post(reverse("org:days-add"), form | {"lines": "过年放假"})
    assert "第 1 行读不出来" in wrong.content.decode()
    day = SpecialDay.objects.get(day="2027-02-20")
    keeper.post(reverse("org:day-remove", args=[day.pk]))
    assert not SpecialDay.objects.filter(pk=day.pk).exists()
