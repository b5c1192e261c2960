"""Official papers: the outline as a Word template and as PDF, with whatever stands in the facts."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from bihuan.kernel.refused import Invalid
from bihuan.paper import docx, pdf
from bihuan.paper.filling import filled
from bihuan.paper.handed_in import MOST_UNPACKED
from bihuan.paper.official import Outline, say

OUTLINE = Outline(
    code="x",
    label="督办函",
    organ="{{ 机关 }}",
    number="{{ 文号 }}",
    title="关于督办的函",
    to="{{ 单位 }}",
    body=("请 {{ 单位 }} 办理。", ("要求", "要求：{{ 要求 }}。")),
    rows=(("问题", "{{ 问题 }}"),),
    sign="{{ 机关 }}",
    day="2026年11月20日",
    copies="{{ 单位 }}",
    slip=(("签收人", ""),),
)
FACTS = {
    "机关": "安全管理部",
    "文号": "督办〔2026〕17号",
    "单位": "热轧厂",
    "要求": "",
    "问题": "6 台过期 <b>&",
}
LONG = "晋岭钢铁集团有限公司热轧厂二号加热炉及附属煤气设施检修与环保技术改造联合作业区综合办公室"


def made(facts: dict | None = None) -> bytes:
    return docx.fill(docx.build_template(OUTLINE), FACTS | (facts or {}))


def test_word_says_what_the_facts_say():
    content = made()
    assert docx.says(content, "督办〔2026〕17号")
    assert docx.says(content, "6 台过期 <b>&"), "escaped, not lost and not markup"
    assert not docx.says(content, "要求："), "a paragraph without its fact is left out"
    assert docx.says(made({"要求": "限期送检"}), "要求：限期送检。")


def test_every_run_names_its_chinese_font_and_lines_are_28_points():
    with ZipFile(BytesIO(made())) as parts:
        document, styles = parts.read("word/document.xml").decode(), parts.read("word/styles.xml").decode()
        settings = parts.read("word/settings.xml").decode()
    assert document.count("<w:r>") <= document.count("w:eastAsia=")
    assert "仿宋_GB2312" in styles
    assert 'w:line="560"' in styles
    assert 'w:lineRule="exact"' in styles
    assert "evenAndOddHeaders" in settings
    assert "PAGE" in _footers(made())


def _footers(content: bytes) -> str:
    doc = Document(BytesIO(content))
    section = doc.sections[0]
    return section.footer._element.xml + section.even_page_footer._element.xml


def test_lines_of_a_long_text_stay_lines():
    doc = Document(BytesIO(made({"问题": "1. 送检\n2. 建立清单"})))
    assert doc.tables[0].rows[0].cells[1].text == "1. 送检\n2. 建立清单"


def test_pdf_of_a_long_paper():
    assert pdf.trouble() == "", "make test brings Pango: scripts/system.py pango"
    paper = filled(OUTLINE, FACTS | {"机关": LONG, "单位": LONG, "问题": "长" * 1500})
    assert pdf.make_pdf(paper)[:5] == b"%PDF-"


def test_nothing_in_a_page_is_markup():
    page = pdf.page_of(filled(OUTLINE, FACTS | {"单位": "<script>alert(1)</script>"}))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_text_cannot_reach_beyond_its_facts():
    with pytest.raises(Invalid):
        say("{{ x.__class__ }}", {"x": 1})
    with pytest.raises(Invalid, match="不认识的字段"):
        say("{{ 没有的 }}", {})


def test_something_else_than_word_is_refused():
    with pytest.raises(Invalid, match="不是 Word"):
        docx.fill(b"%PDF-1.4 nothing", FACTS)


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
        "{{ 单位|center(999999999) }}",
        "{{ 单位 * 999999999 }}",
        "{{ ''.join(单位) }}",
        "{% set x = 单位 %}{{ x }}",
    ],
)
def test_a_template_names_facts_and_computes_nothing(text):
    with pytest.raises(Invalid, match="不允许的写法"):
        say(text, FACTS)
    doc = Document()
    doc.add_paragraph(text)
    content = BytesIO()
    doc.save(content)
    with pytest.raises(Invalid, match="不允许的写法"):
        docx.fill(content.getvalue(), FACTS)


def repacked(more: dict[str, bytes]) -> bytes:
    """The shipped template with further or other parts."""
    content = BytesIO()
    with ZipFile(BytesIO(docx.build_template(OUTLINE))) as old, ZipFile(content, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in more:
                new.writestr(name, old.read(name))
        for name, part in more.items():
            new.writestr(name, part)
    return content.getvalue()


def test_a_template_that_becomes_gigabytes_is_not_opened():
    bomb = repacked({"word/media/bomb.bin": bytes(MOST_UNPACKED + 1)})
    assert len(bomb) < 1_000_000
    with pytest.raises(Invalid, match="展开后有"):
        docx.fill(bomb, FACTS)


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject"])
def test_a_letter_calls_nobody_when_it_is_opened(kind):
    about = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{about}/{kind}" Target="http://elsewhere.example/" TargetMode="External"/>'
        "</Relationships>"
    )
    with pytest.raises(Invalid, match="链接着外面"):
        docx.fill(repacked({"word/_rels/settings.xml.rels": rels.encode()}), FACTS)
    allowed = rels.replace(kind, "hyperlink").encode()
    assert docx.says(docx.fill(repacked({"word/_rels/settings.xml.rels": allowed}), FACTS), "热轧厂")
