"""Rule packs: versions with sources, pinned by what uses them, never changed."""

from datetime import date

import pytest

from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.refused import Invalid, Missing, Refused
from bihuan.org.actions.confirm_rule import confirm_rule
from bihuan.org.actions.load_rule_packs import load_rule_packs
from bihuan.org.actions.load_special_days import load_special_days
from bihuan.org.actions.publish_pack import publish_pack
from bihuan.org.actions.set_special_days import SpecialDayRow, set_special_days
from bihuan.org.models import PackVersion, RuleConfirmation, SpecialDay
from bihuan.org.reads import current_pack, known_until, rule, rule_of, values_of, work_calendar
from bihuan.org.web.pack_words import changes_between, pack_shelf, pack_table
from bihuan.record.models import Event


def test_the_period_of_concentrated_rectification_depends_on_the_day(world):
    old, new = (
        rule("problems", "rectify.concentrated", date(2020, 5, 1)),
        rule("problems", "rectify.concentrated", date(2024, 2, 8)),
    )
    assert (old.value, old.certainty) == (2, "H") and (new.value, new.certainty) == (6, "H")
    due = new.due_rule().due(date(2025, 8, 31), WorkCalendar())
    assert due == date(2026, 2, 28)


def test_what_is_pinned_stays(world):
    pinned = world.pack
    values = values_of(pinned)
    changed = values.replaced(
        type(values["due.general"])(**{**values["due.general"].as_dict(), "value": 10})
    ).as_dicts()
    publish_pack(
        pack="problems",
        title="问题整改",
        version="2025.2",
        values=changed,
        effective_from=date(2025, 9, 1),
        document="晋岭〔2025〕9号",
        by=world.actor("rules_keeper"),
        at=world.at,
    )
    assert rule("problems", "due.general", world.day).value == 10
    assert rule_of(pinned, "due.general").value == 15
    assert changes_between(pinned, current_pack("problems", world.day)) == [
        ("一般问题整改期限", "15 天，自下达起", "10 天，自下达起")
    ]
    assert (
        Event.objects.get(kind="rules.published", data__version="2025.2").by_id
        == world.person("rules_keeper").pk
    )
    titles = dict(pack_shelf(world.day))
    assert [row.state for row in titles["问题整改"]] == ["现行", "历史版本", "历史版本"]


def test_a_published_version_never_changes(world):
    with pytest.raises(Refused, match="已经发布过"):
        publish_pack(
            pack="problems",
            title="问题整改",
            version="2024.1",
            values=[],
            effective_from=world.day,
            by=world.actor("rules_keeper"),
            at=world.at,
        )


@pytest.mark.parametrize("word", ["system_admin", "safety_officer", "outsider"])
def test_only_the_keeper_publishes_and_confirms(world, word):
    with pytest.raises(Refused, match="规则管理员"):
        publish_pack(
            pack="problems",
            title="x",
            version="9",
            values=[],
            effective_from=world.day,
            by=world.actor(word),
            at=world.at,
        )
    with pytest.raises(Refused, match="规则管理员"):
        confirm_rule(version=world.pack, key="due.general", note="x", by=world.actor(word), at=world.at)


def test_malformed_values_are_refused(world):
    row = {**world.pack.values[0], "certainty": "sure"}
    with pytest.raises(Invalid, match="规则值写得不对"):
        publish_pack(
            pack="problems",
            title="x",
            version="9",
            values=[row],
            effective_from=world.day,
            by=world.actor("rules_keeper"),
            at=world.at,
        )


def test_a_person_stands_for_what_rests_on_practice(world):
    keeper = world.actor("rules_keeper")
    confirm_rule(
        version=world.pack, key="due.general", note="安委会 2025 年第 3 次会议纪要", by=keeper, at=world.at
    )
    row = next(row for row in pack_table(world.pack) if row.rule.key == "due.general")
    assert row.confirmation.confirmed_by.name == "崔永刚" and not row.open
    with pytest.raises(Refused, match="已经确认过"):
        confirm_rule(version=world.pack, key="due.general", note="再来", by=keeper, at=world.at)
    with pytest.raises(Refused, match="不用确认"):
        confirm_rule(version=world.pack, key="rectify.concentrated", note="x", by=keeper, at=world.at)
    with pytest.raises(Invalid, match="没有写依据"):
        confirm_rule(version=world.pack, key="due.serious", note=" ", by=keeper, at=world.at)
    with pytest.raises(Missing):
        confirm_rule(version=world.pack, key="no.such", note="x", by=keeper, at=world.at)
    assert RuleConfirmation.objects.count() == 1


def test_loading_twice_changes_nothing(world):
    assert load_rule_packs(at=world.at) == [] and load_special_days(first_year=2025) == 0


def test_every_shipped_value_says_where_it_comes_from(world):
    for version in PackVersion.objects.all():
        for value in values_of(version).values():
            assert value.source and value.label, value.key
            assert not (value.certainty == "H" and "出厂" in value.source), value.key
            if value.day_type:
                assert value.due_rule()


def test_a_day_without_a_pack_says_so(world):
    with pytest.raises(Missing, match="没有生效的版本"):
        current_pack("problems", date(2010, 1, 1))


def test_the_calendar_knows_holidays_and_how_far_it_reaches(world):
    calendar = work_calendar()
    assert not calendar.is_working(date(2025, 10, 1)) and calendar.is_working(date(2025, 10, 11))
    assert known_until() == date(2026, 12, 31) == calendar.known_until
    rows = [SpecialDayRow(date(2027, 1, 1), "off", "元旦"), SpecialDayRow(date(2025, 10, 11), "off", "改休")]
    set_special_days(rows=rows, source="通知", by=world.actor("rules_keeper"), at=world.at)
    assert known_until() == date(2027, 12, 31) and not work_calendar().is_working(date(2025, 10, 11))
    assert SpecialDay.objects.get(day=date(2025, 10, 11)).source == "通知"


def test_publishing_on_the_page(world, signed_in):
    keeper = signed_in("rules_keeper")
    base = world.pack
    page = keeper.get(f"/settings/rules/{base.pk}/next/")
    form = {
        name: field.initial if field.initial is not None else ""
        for name, field in page.context["form"].fields.items()
    }
    place = next(n for n, value in enumerate(base.values) if value["key"] == "due.general")
    form |= {"version": "2026.1", "effective_from": "2026-01-01", f"v{place}": "12"}
    refused = keeper.post(f"/settings/rules/{base.pk}/next/", form)
    assert "没有写来源" in refused.content.decode()
    assert (
        keeper.post(f"/settings/rules/{base.pk}/next/", form | {f"s{place}": "晋岭〔2025〕31号"}).status_code
        == 302
    )
    made = PackVersion.objects.get(version="2026.1")
    assert rule_of(made, "due.general").value == 12 and rule_of(made, "remind.before").value == [7, 3, 1, 0]
    broken = keeper.post(
        f"/settings/rules/{base.pk}/next/", form | {"version": "2026.2", f"v{place}": "十二天"}
    )
    assert "读不出来" in broken.content.decode()
