"""The small pieces and the tags that draw them."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from bihuan.kernel.verdict import Verdict
from bihuan.ui import parts

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)

pytestmark = pytest.mark.pure


def draw(text, **context):
    request = RequestFactory().get("/")
    request.at, request.actor = AT, SimpleNamespace(name="高文静", unit_name="巡察办")
    return Template("{% load ui %}" + text).render(Context(context | {"request": request}))


@pytest.mark.parametrize(
    ("due", "timing", "tone", "words"),
    [
        (date(2026, 11, 17), "", "late", "逾期 3 天"),
        (TODAY, "", "today", "今天到期"),
        (date(2026, 11, 23), "", "soon", "剩 3 天"),
        (date(2026, 11, 27), "", "later", "剩 7 天"),
        (date(2026, 12, 31), "long_term", "stage", "节点 12月31日"),
        (None, "", "none", "未定期限"),
    ],
)
def test_the_clock_has_tone_and_words(due, timing, tone, words):
    html = draw("{% clock due timing=timing %}", due=due, timing=timing)
    assert f"b-clock--{tone}" in html and words in html


def test_everything_from_outside_is_escaped():
    evil = "<b onclick=x>"
    for html in (
        parts.state(evil),
        parts.tag(evil),
        parts.person(evil, evil, second=evil),
        parts.bar(1, 2, words=evil),
    ):
        assert evil not in html and "&lt;b" in html


def test_a_bar_never_runs_over_its_end():
    assert 'max="3" value="3"' in parts.bar(5, 3)
    assert 'max="1" value="0"' in parts.bar(0, 0)


def test_shares_add_up_to_the_whole():
    html = parts.shares([(300, "good"), (100, "late")])
    assert 'x="0.0" y="0" width="750.0"' in html and 'x="750.0" y="0" width="250.0"' in html


def test_dates_are_written_as_in_an_office():
    assert draw("{{ d|date_long }} {{ d|weekday }}", d=TODAY) == "2026年11月20日 星期五"
    assert draw("{% date_short d %}", d=TODAY) == "11月20日"
    assert draw("{% date_short d %}", d=date(2025, 1, 3)) == "2025年1月3日"
    assert draw("{{ at|moment }}", at=datetime(2026, 11, 19, 17, 5, tzinfo=UTC)) == "11月20日 01:05"


def test_an_allowed_act_is_a_button():
    assert 'href="/x/"' in draw('{% act "核验" "/x/" v kind="primary" %}', v=Verdict.yes())
    assert "<form" in draw('{% act "核验" "/x/" method="post" %}')


def test_a_refused_act_stays_grey_with_its_reason():
    html = draw('{% act "销号" "/x/" v next=True %}', v=Verdict.no("佐证还差 2 份", "补齐后再办"))
    assert 'aria-disabled="true"' in html and "/x/" not in html
    assert html.count("佐证还差 2 份。") == 2 and "现在不能销号" in html


def test_what_is_none_of_ones_business_is_not_drawn():
    assert draw('{% act "销号" "/x/" v %}', v=Verdict.not_yours("不是核验人")) == ""


class Report(forms.Form):
    text = forms.CharField(label="问题表述", help_text="照原文填")
    unit = forms.ChoiceField(label="责任单位", choices=[("1", "炼铁厂")])
    note = forms.CharField(label="备注", required=False)


def test_a_field_stands_with_its_help_and_its_error():
    form = Report({})
    html = draw(
        "{% form_errors form %}{% field form.text %}{% field form.unit %}{% field form.note %}", form=form
    )
    assert "请填问题表述。" in html and "请选责任单位。" in html and "照原文填" in html
    assert html.count("可不填") == 1 and 'href="#id_text"' in html


def test_the_watermark_names_reader_and_time():
    assert "高文静 巡察办 11月20日 10:00" in draw("{% watermark %}")
