"""Every form of inspection: its template is built, filled and read again; Word and PDF say the same."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from bihuan.paper import docx, pdf
from bihuan.paper.filling import filled
from bihuan.paper.form import Form, check_template
from bihuan.paper.official import Table
from bihuan.registry import shelf

OURS = ("inspection", "onsite", "outcome")
KINDS = [kind for kind in shelf.papers().values() if kind.code.partition(".")[0] in OURS]
FORMS = [kind.form for kind in KINDS]
#: what an A4 page has between its margins, in millimetres
ACROSS, ACROSS_WIDE = 156, 243


def texts(fact) -> list[str]:
    if isinstance(fact, list):
        return [text for row in fact for text in row.values() if text]
    return [fact] if isinstance(fact, str) and fact else []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_a_shipped_template_is_built_filled_and_read_again(form: Form):
    template = docx.build_template(form.outline)
    check_template(form, template)
    made = docx.fill(template, form.sample)
    assert not docx.says(made, "{{")
    assert not docx.says(made, "{%")
    unsaid = [text for fact in form.sample.values() for text in texts(fact) if not docx.says(made, text)]
    assert set(unsaid) <= {"有"}, "every fact of the contract stands on the paper"
    for part in form.outline.body:
        if isinstance(part, Table):
            assert sum(width for _, width in part.columns) <= (ACROSS_WIDE if form.outline.wide else ACROSS)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_the_page_says_the_same_and_an_empty_list_says_so(form: Form):
    page = pdf.page_of(filled(form.outline, form.sample))
    said = [text for fact in form.sample.values() for text in texts(fact)]
    assert [text for text in said if text not in page] in ([], ["有"])
    empty = {name: [] if isinstance(fact, list) else fact for name, fact in form.sample.items()}
    for made in (docx.fill(docx.build_template(form.outline), empty), None):
        lists = any(isinstance(fact, list) for fact in form.sample.values())
        assert not lists or (
            docx.says(made, "（无）") if made else "（无）" in pdf.page_of(filled(form.outline, empty))
        )


def test_codes_are_of_their_room_and_no_two_are_the_same():
    codes = [form.code for form in FORMS]
    assert len(set(codes)) == len(codes) == 44
    assert {code.partition(".")[0] for code in codes} == set(OURS)
    assert all(kind.where and bool(kind.may) == bool(kind.facts) for kind in KINDS)
    made_by_their_room = [kind.code for kind in KINDS if kind.may is None]
    assert made_by_their_room == ["outcome.pack_thread"], "all others can be asked for"


def test_a_long_paper_prints_over_several_pages():
    assert pdf.trouble() == "", "make test brings Pango: scripts/system.py pango"
    listed = shelf.papers()["outcome.problem_list"].form
    rows = [listed.sample["问题"][0] | {"序号": str(n), "问题表述": "问题表述很长" * 20} for n in range(120)]
    printed = pdf.make_pdf(filled(listed.outline, {**listed.sample, "问题": rows}))
    assert printed[:5] == b"%PDF-"
    announced = shelf.papers()["inspection.announcement"].form
    with_code = pdf.make_pdf(filled(announced.outline, announced.sample))
    without = pdf.make_pdf(filled(announced.outline, {**announced.sample, "二维码": None}))
    assert b"/Subtype /Image" in with_code or b"/Image" in with_code
    assert b"/Image" not in without


def test_what_was_typed_in_several_paragraphs_is_several_paragraphs():
    """On both, each with its indent; unseen characters of a paste stand on neither, and break nothing."""
    form = shelf.papers()["onsite.talk"].form
    facts = form.sample | {
        "记录": "问：怎么验收？\r\n\r\n\t答：补办\x0b的。\x00 & <3批>",
        "对象": "某甲\n某乙",
    }
    made = docx.fill(docx.build_template(form.outline), facts)
    lines = [one.text for one in Document(BytesIO(made)).paragraphs]
    assert {"问：怎么验收？", "答：补办的。 & <3批>"} <= set(lines)
    indents = [
        one.paragraph_format.first_line_indent
        for one in Document(BytesIO(made)).paragraphs
        if "：" in one.text
    ]
    assert None not in indents
    said = [one.text for one in filled(form.outline, facts).body if one.kind == "p"]
    assert {"问：怎么验收？", "答：补办的。 & <3批>"} <= set(said)
