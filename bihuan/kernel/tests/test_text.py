"""Folding, search tokens and likeness: examples from workshops, then the laws they rest on."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.kernel.text import GAP, bigrams, fold, half_width, index_text, query_terms, similarity, simplify

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("天車吊鉤", "天车吊钩"),
        ("２＃炉", "2#炉"),
        (" 热 轧\n厂", "热轧厂"),
        ("ＲＺ－０４１２", "rz-0412"),
        ("Ⅲ级", "III级"),
        ("\ufeff整改\u200b期限", "整改期限"),
        ("⼀般隐患", "一般隐患"),
        ("整改单位（部门）", "整改单位(部门)"),
    ],
)
def test_two_spellings_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_width_and_script_can_be_had_alone() -> None:
    assert half_width("２０２４．１０，Ａ　炉") == "2024.10,A 炉"
    assert simplify("鋼鐵 STEEL") == "钢铁 STEEL"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("天车", ["天车"]),
        ("天车吊钩", ["天车", "车吊", "吊钩"]),
        ("天车 吊钩", ["天车", "吊钩"]),
        ("天", ["天"]),
        ("RZ-0412", ["rz0412"]),
        ("qbz80", ["qbz80"]),
        ("0412", ["0412"]),
        ("2#炉", ["2号", "号炉"]),
        ("＃2炉", ["2号", "号炉"]),
        ("炉，泵", ["炉", "泵"]),
        ("", []),
        ("*\"'():^-", []),
    ],
)
def test_it_makes_the_terms_of_a_search(text: str, terms: list[str]) -> None:
    assert query_terms(text) == terms


def test_the_index_holds_single_characters_pairs_and_words() -> None:
    assert index_text("天车吊钩") == "天 车 吊 钩 天车 车吊 吊钩"
    assert bigrams("QBZ80开关") == ["qbz", "80", "开", "关", "qbz80", "80开", "开关"]


SENTENCE = "2026年3#高炉（RZ-0412泵）天車吊鉤\n磨损，QBZ80开关无断 电仪，XC-RZ-202609-017"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("天车", True),
        ("吊钩磨损", True),
        ("断电", True),
        ("RZ-0412", True),
        ("rz0412", True),
        ("0412", True),
        ("QBZ", True),
        ("qbz-80", True),
        ("3号高炉", True),
        ("3#高炉", True),
        ("RZ-202609-017", True),
        ("高炉 磨损", True),
        ("13号高炉", False),
        ("号吊", False),
        ("车天", False),
        ("041", False),
    ],
)
def test_fts5_finds_it_and_not_its_neighbours(query: str, found: bool) -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(body, tokenize='unicode61')")
    database.execute("INSERT INTO t VALUES (?)", [index_text(SENTENCE)])
    match = " AND ".join(f'"{term}"' for term in query_terms(query))
    assert bool(database.execute("SELECT 1 FROM t WHERE t MATCH ?", [match]).fetchall()) is found
    database.close()


@given(CHINESE, st.data())
def test_every_piece_of_a_chinese_text_finds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    terms = query_terms(text[start:end])
    assert terms
    assert set(terms) <= set(index_text(text).split())


@given(st.text(), st.text())
def test_folding_looks_at_one_character_at_a_time(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_tokens_are_letters_and_digits_only(text: str) -> None:
    assert all(token.isalnum() for token in bigrams(text))
    assert set(query_terms(text)) <= set(bigrams(text))


@given(st.text())
def test_the_index_of_a_folded_text_loses_no_search(text: str) -> None:
    assert set(query_terms(text)) <= set(index_text(half_width(text)).split())


@settings(max_examples=50)
@given(st.text(), st.text())
def test_likeness_is_symmetric_and_between_nought_and_one(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0.0 <= similarity(one, other) <= 1.0
    assert similarity(one, one) == (1.0 if query_terms(one) else 0.0)


def test_likeness_ranks_the_same_fault_above_another() -> None:
    fault = "3号高炉天车吊钩磨损超标未更换"
    again, other = "3#高炉天車吊钩磨损超标", "配电室门口堆放杂物"
    assert similarity(fault, again) > 0.7 > 0.1 > similarity(fault, other)


def test_what_is_indexed_as_one_is_found_by_each_of_its_parts_and_not_across():
    words = index_text(GAP.join(["TZ-RZ-202503-001", "2 号炉煤气报警器", "炼铁厂"])).split()
    assert {"煤气", "报警", "2号", "炼铁", "rz202503"} <= set(words)
    assert "器炼" not in words
    assert set(index_text(f"煤气；报警{GAP}煤气").split()) == set(bigrams("煤气；报警"))
