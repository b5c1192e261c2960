"""What makes two reports alike: the same fault of the same thing, and rare words; not look-alikes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.likeness import cosine, found_part, likeness, named_words, read_report, shared_words

THRESHOLD = 0.55


def share(word: str) -> float:
    return {"通道": 0.05, "堆放": 0.04, "损坏": 0.06, "未": 0.1}.get(word, 0.002)


def near(one: str, other: str) -> float:
    return likeness(read_report(one), read_report(other), share)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2 号皮带机机尾防护罩缺失", "3号皮带机尾部防护罩缺失，检修人员可触及转动部位"),
        ("天车钢丝绳断丝超标，已更换", "南跨天车钢丝绳断丝"),
        ("氧气瓶未固定", "检修现场 4 只氧气瓶没有固定"),
        ("除尘平台护栏缺一段", "二层平台护栏缺失，长约 2 米"),
        ("煤气报警器未按周期检定", "加热炉煤气报警器未检定"),
    ],
)
def test_the_same_fault_of_the_same_thing_is_alike(one, other):
    assert near(one, other) >= THRESHOLD


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2 号皮带机机尾防护罩缺失", "2 号皮带机机尾拉绳开关失灵"),
        ("天车钢丝绳断丝超标", "天车钢丝绳未检查"),
        ("操作室照明灯罩损坏", "操作室门窗损坏"),
        ("配电柜前堆放杂物", "检修通道堆放杂物"),
        ("阀门未挂操作牌", "阀门已挂操作牌"),
        ("未组织应急演练", "定期组织应急演练"),
        ("一般", "一般"),
        ("已整改", "已整改"),
        ("均热坑作业未做“先通风、再检测”", "除尘风机停运 32 分钟，主体设备未同步停机"),
        ("精整区行车吊钩闭锁装置变形", "精整区 4 号行车起升钢丝绳断丝 6 处"),
        ("热风炉平台踢脚板缺失 2 米", "热风炉平台检修孔盖板移开后未设围栏"),
        ("急停按钮罩丢失，误碰停机 7 次", "设备联锁解除未办审批手续"),
        ("不得在配电箱内放置任何杂物", "配电箱内不得放置任何杂物"),
    ],
)
def test_look_alikes_are_not(one, other):
    assert near(one, other) < THRESHOLD


def test_without_known_words_the_rare_shared_words_decide():
    assert near("三辊轧机压下螺丝咬死", "三辊轧机压下螺丝咬死，第二次") >= THRESHOLD
    assert near("三辊轧机压下螺丝咬死", "六机架活套器起套异样") < THRESHOLD


def test_what_was_done_afterwards_is_not_what_was_found():
    assert found_part("护栏缺失，已立即整改。") == "护栏缺失"
    assert found_part("检查发现：1、灭火器过期；已更换") == "检查发现,灭火器过期"


def test_the_words_to_look_for_and_the_words_in_common():
    things, faults = named_words("除尘平台护栏缺失")
    assert things == ["护栏"] and faults == ["缺失"]
    assert set(shared_words("除尘平台护栏缺失一段", "二层平台护栏缺失", share)) == {"平台护栏缺失"}
    assert shared_words("护栏松", "油温高", share) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_the_same_figure_both_ways(one, other):
    there, back = near(one, other), near(other, one)
    assert 0 <= there <= 1.000001 and abs(there - back) < 1e-9


@given(st.text(max_size=60))
def test_a_text_is_like_itself_unless_it_says_nothing(text):
    report = read_report(text)
    assert report.empty or not report.words or cosine(report.words, report.words, share) > 0.999
