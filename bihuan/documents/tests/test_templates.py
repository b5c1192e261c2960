"""文书模板: one page for all kinds; an office's own is tried before it counts, and kept when it is given up."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from docx import Document

from bihuan.documents.models import Template
from bihuan.kernel.refused import Invalid
from bihuan.paper import docx
from bihuan.paper.filling import filled
from bihuan.paper.form import Form, check_template, lacks
from bihuan.paper.official import Each, Outline, Table
from bihuan.record.models import Event
from bihuan.registry import shelf

LIST = "/documents/templates/"


def upload(content: bytes, name: str = "本集团格式.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def word(*lines: str) -> bytes:
    doc, kept = Document(), BytesIO()
    for line in lines:
        doc.add_paragraph(line)
    doc.save(kept)
    return kept.getvalue()


def test_the_page_lists_every_kind_of_every_room(signed_in):
    page = signed_in("rules_keeper").get(LIST).content.decode()
    kinds = shelf.papers().values()
    assert {"notice", "letter.reminder", "inspection.notice"} <= set(shelf.papers())
    assert all(kind.form.label in page and f"{LIST}{kind.code}/" in page for kind in kinds)
    assert signed_in("safety_officer").get(LIST).status_code == 404


def test_a_shipped_template_comes_back_as_ones_own_and_is_given_up_again(signed_in):
    keeper, url = signed_in("rules_keeper"), f"{LIST}inspection.round_plan/"
    shipped = keeper.get(f"{url}file/").content
    assert docx.says(shipped, "{{ 行.党组织 }}"), "the row a list repeats"
    assert keeper.post(url, {"file": upload(shipped)}).status_code == 302
    page = keeper.get(url).content.decode()
    assert "本集团格式.docx" in page
    assert "关注重点" in page, "the fields of a row are named"
    assert docx.says(keeper.get(f"{url}sample/").content, "第一巡察组")
    own = Template.objects.get()
    assert b"".join(keeper.get(f"{url}file/?of={own.pk}")) == shipped
    assert keeper.post(f"{url}back/").status_code == 302
    page = keeper.get(url).content.decode()
    assert "现在用系统的模板" in page
    assert "改回系统的模板" in page
    assert b"".join(keeper.get(f"{url}file/?of={own.pk}")) == shipped, "what was in force is kept"
    assert keeper.get(f"{url}file/?of={own.pk + 1}").status_code == 404
    assert Event.objects.filter(kind="template.put").count() == 2
    assert keeper.get(f"{LIST}nothing/").status_code == 404


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("{{ 轮次 }} {{ 轮次名 }}",), "不认识的字段：轮次名"),
        (("{%p for 行 in 任务 %}", "{{ 行.厂名 }}", "{%p endfor %}"), "不认识的字段：厂名"),
        (("{{ 任务.党组织 }}",), "不允许的写法"),
        (
            (
                "{%p for 行 in 任务 %}",
                "{%p for 项 in 任务 %}",
                "{{ 轮次 }}",
                "{%p endfor %}",
                "{%p endfor %}",
            ),
            "不允许的写法",
        ),
        (("{{ 轮次",), "写得不对"),
        (("没有字段",), "一个字段也没有"),
    ],
)
def test_a_template_that_cannot_be_filled_is_refused_with_a_sentence(signed_in, lines, said):
    answer = signed_in("rules_keeper").post(f"{LIST}inspection.round_plan/", {"file": upload(word(*lines))})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Template.objects.exists()


FORM = Form(
    Outline(
        code="x",
        label="清单",
        title="清单",
        body=(
            Table("问题", (("编号", 40), ("表述", 100))),
            Each("问题", ("第{{ 项.编号 }}号：{{ 项.表述 }}",)),
        ),
    ),
    {"问题": [{"编号": "1", "表述": "没有检定"}]},
)


def test_a_list_is_gone_through_once_and_no_further():
    rows = [{"编号": str(n), "表述": f"<第 {n} 个> & 问题"} for n in range(1, 698)]
    made = docx.fill(docx.build_template(FORM.outline), {"问题": rows})
    assert len(Document(BytesIO(made)).tables[0].rows) == 698
    assert docx.says(made, "第697号：<第 697 个> & 问题")
    assert len(filled(FORM.outline, {"问题": rows}).body) == 698
    assert lacks(FORM, {"问题": [{"编号": "1"}]}) == ["问题.表述"]
    assert lacks(FORM, {}) == ["问题"]
    long = word("{%p for 行 in 问题 %}", *["很长的话" * 1000] * 60, "{{ 行.编号 }}", "{%p endfor %}")
    with pytest.raises(Invalid, match="不允许的写法"):
        check_template(FORM, long)


@pytest.mark.django_db(transaction=True)
def test_templates_of_the_loop_move_with_their_rows():
    """What an office put in before this room was there is in force afterwards, in the same order."""
    before = [("problems", "0007_indexes_that_cover"), ("documents", "0001_initial")]
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    executor.migrate(before)
    try:
        old = executor.loader.project_state(before).apps.get_model("problems", "PaperTemplate")
        for name in ("甲.docx", "乙.docx"):
            old.objects.create(kind="notice", name=name, put_at="2026-01-05T00:00:00Z")
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(latest)
    assert list(Template.objects.order_by("id").values_list("kind", "name")) == [
        ("notice", "甲.docx"),
        ("notice", "乙.docx"),
    ]
    Template.objects.all().delete()
