"""The pages of an import, by client: what they show, what they accept, what they give to fetch."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from bihuan.areas.ledgers.models import LedgerImport
from bihuan.problems.models import Problem
from bihuan.record.worker import run_until_idle

from .ledger_files import ROWS, workbook

pytestmark = pytest.mark.django_db
WRONG_DAY = [
    "4",
    "2025年9月31日",
    "精整车间",
    "地面油污未清",
    "文明生产",
    "清理",
    "任秀英",
    "2025.9.20",
    "待整改",
    "",
]


@pytest.fixture
def client(world, signed_in):
    return signed_in("safety_officer")


def upload(client, world, data=None, name="热轧厂台账.xlsx", **more):
    file = SimpleUploadedFile(name, workbook([*ROWS, WRONG_DAY]) if data is None else data)
    given = {"file": file, "source": "daily_check", "home": world.unit("hot_mill").pk, **more}
    return client.post("/ledgers/new/", given)


def imported(client, world, *args, **more):
    answer = upload(client, world, *args, **more)
    assert answer.status_code == 302, answer.content.decode()
    return LedgerImport.objects.get()


def text_of(answer):
    return answer.content.decode()


def sheet_of(answer):
    assert answer["Content-Disposition"].startswith("attachment")
    return list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True))


def test_the_upload_form_says_what_is_missing(world, client):
    page = text_of(client.get("/ledgers/"))
    assert "还没有导入过台账" in page and "不得录入国家秘密" in page
    answer = client.post("/ledgers/new/", {"source": "daily_check", "home": ""})
    assert answer.status_code == 400
    for words in ("台账文件。", "归口单位。"):
        assert f"请填{words}" in text_of(answer) or f"请选{words}" in text_of(answer)
    assert "一个字节也没有" in text_of(upload(client, world, data=b""))
    foreign = upload(client, world, source="没有这个来源")
    assert foreign.status_code == 400 and not LedgerImport.objects.exists()


def test_a_file_past_the_limit_is_refused_at_its_field(world, client, settings):
    settings.FILE_LIMIT_MB = 0
    answer = upload(client, world)
    assert answer.status_code == 400 and "b-field__error" in text_of(answer)
    assert not LedgerImport.objects.exists()


def test_a_broken_file_gets_its_page_and_changes_nothing(world, client):
    ledger = imported(client, world, workbook()[:3000], name="坏的台账.xlsx")
    page = text_of(client.get(f"/ledgers/{ledger.pk}/"))
    for words in ("一行也没有写入", "为什么", "台账变了吗", "没变", "重新上传", "DR-"):
        assert words in page
    assert not Problem.objects.exists()


def test_the_dry_run_shows_sheet_columns_rows_and_a_sum_that_adds_up(
    world, client, django_assert_max_num_queries
):
    ledger = imported(client, world)
    with django_assert_max_num_queries(26):
        page = text_of(client.get(f"/ledgers/{ledger.pk}/"))
    assert 'class="is-wrong">2025年9月31日' in page and 'class="is-guess">10月底前' in page
    assert 'colspan="3">问题情况' in page and 'rowspan="2">序号' in page
    assert "还有 2 行要处理" in page and "改日期" in page and "选单位" in page
    counts = ledger.counts
    assert sum(count for verdict, count in counts.items() if verdict != "all") == counts["all"] == 4
    assert f"= {counts['all']}" in page


def test_the_queries_of_the_page_do_not_grow_with_the_rows(world, client, django_assert_max_num_queries):
    rows = [
        [str(n), "2025.9.1", "精整车间", f"{n} 号辊道护罩缺失", "机械", "补装", "", "2025.9.30", "待整改", ""]
        for n in range(300)
    ]
    ledger = imported(client, world, workbook(rows))
    with django_assert_max_num_queries(26):
        client.get(f"/ledgers/{ledger.pk}/")
    page = text_of(client.get(f"/ledgers/{ledger.pk}/?after=0"))
    assert "后面的" in page and page.count("b-btn--row") == 40
    later = text_of(
        client.get(
            f"/ledgers/{ledger.pk}/?verdict={'ok' if ledger.counts.get('ok') else 'guessed'}&after=260"
        )
    )
    assert later.count("b-btn--row") == 40 and "后面的行" not in later


def test_a_cell_is_mended_on_the_page_of_its_row(world, client):
    ledger = imported(client, world)
    row = ledger.rows.get(values__statement="地面油污未清")
    url = f"/ledgers/{ledger.pk}/rows/{row.order}/"
    page = text_of(client.get(url))
    assert "没有这一天" in page and 'value="2025年9月31日"' in page
    answer = client.post(url, {"cell-1": "2025年9月13日", "cell-3": "地面油污未清"}, follow=True)
    assert "还有 1 行要处理" in text_of(answer)
    ledger.refresh_from_db()
    assert ledger.wishes["cells"] == [["问题汇总", row.source_row, 1, "2025年9月13日"]]
    assert ledger.rows.get(values__statement="地面油污未清").values["found_at"] == "2025-09-13"


def test_names_are_decided_by_choice_by_typing_and_all_at_once(world, client):
    ledger = imported(client, world)
    names = f"/ledgers/{ledger.pk}/names/"
    assert "一个名称也没有定" in text_of(client.post(names, {"kind": "units"}, follow=True))
    wrong = client.post(names, {"kind": "units", "name-0": "没有的厂"})
    assert wrong.status_code == 400 and "没有“没有的厂”" in text_of(wrong)
    assert client.post(names, {"kind": "elsewhere"}).status_code == 404
    client.post(names, {"kind": "units", "how-0": "home"})
    row = ledger.rows.get(values__unit="机修外委队")
    assert row.values["unit_id"] == str(world.unit("hot_mill").pk)
    assert any("归到热轧厂，原文保留" in guess["why"] for guess in row.guessed)
    worker = world.person("worker_a")
    client.post(names, {"kind": "people", "name-0": f"{worker.name}（{worker.staff_no}）"})
    assert ledger.rows.get(values__unit="机修外委队").values["person_id"] == str(worker.pk)
    ledger.refresh_from_db()
    assert ledger.names == {"units": {}, "people": {}} and ledger.counts["fix"] == 1


def test_a_column_is_corrected_and_remembered_for_the_next_file_of_this_shape(world, client):
    ledger = imported(client, world)
    place = next(n for n, column in enumerate(ledger.columns) if column["header"].endswith("备注"))
    client.post(f"/ledgers/{ledger.pk}/columns/", {f"field-{place}": "progress_text"})
    ledger.refresh_from_db()
    assert (
        ledger.columns[place]["field"] == "progress_text" and ledger.columns[place]["reason"] == "按人工指定"
    )
    client.post(f"/ledgers/{ledger.pk}/skipping/")
    client.post(f"/ledgers/{ledger.pk}/loading/")
    upload(client, world, workbook([WRONG_DAY]), name="下一本.xlsx")
    later = LedgerImport.objects.get(filename="下一本.xlsx")
    assert (
        later.columns[place]["field"] == "progress_text"
        and later.columns[place]["reason"] == "按上次的对应（《热轧厂台账.xlsx》）"
    )


def test_the_layout_is_corrected_by_hand(world, client):
    ledger = imported(client, world)
    url = f"/ledgers/{ledger.pk}/layout/"
    assert client.post(url, {"use-0": "on", "head-0": "第二行"}).status_code == 400
    client.post(url, {"use-0": "on", "head-0": "3"})
    ledger.refresh_from_db()
    assert ledger.layout["sheets"][0]["header_rows"] == [3]
    client.post(url, {})
    ledger.refresh_from_db()
    assert ledger.state == "unreadable" and ledger.rows.count() == 0


def test_rows_are_left_out_and_taken_back(world, client):
    ledger = imported(client, world)
    row = ledger.rows.get(values__statement="地面油污未清")
    client.post(f"/ledgers/{ledger.pk}/skipping/", {"order": row.order})
    assert ledger.rows.get(order=row.order).verdict == "skip"
    client.post(f"/ledgers/{ledger.pk}/skipping/", {"order": row.order, "back": "1"})
    assert ledger.rows.get(order=row.order).verdict == "fix"
    client.post(f"/ledgers/{ledger.pk}/skipping/")
    assert not ledger.rows.filter(verdict="fix").exists()


def loaded(client, world):
    ledger = imported(client, world)
    client.post(f"/ledgers/{ledger.pk}/skipping/")
    refused = client.post(f"/ledgers/{ledger.pk}/loading/", follow=True)
    assert refused.status_code == 200
    ledger.refresh_from_db()
    return ledger


def test_while_rows_are_open_loading_is_refused_and_afterwards_there_is_a_report(world, client):
    ledger = imported(client, world)
    assert client.post(f"/ledgers/{ledger.pk}/loading/").status_code == 403
    assert not Problem.objects.exists()
    client.post(f"/ledgers/{ledger.pk}/skipping/")
    page = text_of(client.post(f"/ledgers/{ledger.pk}/loading/", follow=True))
    assert "导入了 2 件，其中 1 件台账载明已销号" in page and "2 + 0 + 2 = 4 行" in page
    assert "正在和以前的问题比对" in page
    run_until_idle(at=timezone.now())
    assert "比对" not in text_of(client.get(f"/ledgers/{ledger.pk}/"))
    problem = Problem.objects.order_by("id").first()
    assert f"/problems/{problem.number}/" in page
    row = text_of(client.get(f"/ledgers/{ledger.pk}/rows/1/"))
    assert problem.number in row and "<textarea" not in row
    report = sheet_of(client.get(f"/ledgers/{ledger.pk}/report.xlsx"))
    assert [line[2] for line in report if line[1] in (4, 5, 6, 7)] == [
        "已导入",
        "已导入",
        "未导入，留在更正表",
        "未导入，留在更正表",
    ]


def test_what_can_be_fetched(world, client):
    ledger = loaded(client, world)
    rows = sheet_of(client.get(f"/ledgers/{ledger.pk}/correction.xlsx"))
    assert rows[1][1] == "2025-08-12" and rows[2][1] == "2025年9月31日" and "没有这一天" in rows[2][-1]
    own = sheet_of(client.get(f"/ledgers/{ledger.pk}/own-layout.xlsx"))
    assert any("天车" in str(row[3]) for row in own) and not any("地面油污" in str(row[3]) for row in own)
    blank = sheet_of(client.get("/ledgers/blank.xlsx"))
    assert "问题描述" in blank[1]
    original = client.get(f"/ledgers/{ledger.pk}/file/")
    kept = b"".join(original.streaming_content)
    assert hashlib.sha256(kept).hexdigest() == ledger.file.sha256
    assert "地面油污未清" in str(list(load_workbook(BytesIO(kept)).active.values))


def test_a_cell_that_looks_like_a_formula_stays_text_in_every_download(world, client):
    head = "序号,责任单位,问题描述,备注\n"
    evil = '1,精整车间,"=HYPERLINK(""http://example.invalid"",""点我"")",@SUM(1)\n'
    bad = "2,没有的厂,+cmd|' /C calc'!A0,-1+1\n"
    ledger = imported(client, world, (head + evil + bad).encode(), name="=1+1.csv")
    assert ledger.counts["fix"] == 1
    client.post(f"/ledgers/{ledger.pk}/skipping/")
    client.post(f"/ledgers/{ledger.pk}/loading/")
    assert Problem.objects.get().statement.startswith("=HYPERLINK")
    for name in ("own-layout.xlsx", "report.xlsx", "correction.xlsx"):
        content = b"".join(client.get(f"/ledgers/{ledger.pk}/{name}").streaming_content)
        cells = [cell for row in load_workbook(BytesIO(content)).active.iter_rows() for cell in row]
        assert all(cell.data_type != "f" for cell in cells), name


def test_giving_up_and_who_sees_it(world, client, signed_in):
    ledger = imported(client, world)
    assert signed_in("outsider").get(f"/ledgers/{ledger.pk}/").status_code == 404
    client.post(f"/ledgers/{ledger.pk}/dropping/")
    assert "台账没有变" in text_of(client.get(f"/ledgers/{ledger.pk}/"))
    assert client.post(f"/ledgers/{ledger.pk}/dropping/").status_code == 409
    assert "已放弃" in text_of(client.get("/ledgers/"))


def test_of_two_who_correct_at_once_the_second_is_told(world, client):
    ledger = imported(client, world)
    first, second = (LedgerImport.objects.get(pk=ledger.pk) for _ in range(2))
    from bihuan.areas.ledgers.actions.correct_import import correct_import
    from bihuan.kernel.refused import Stale

    by = world.actor("safety_officer")
    correct_import(ledger=first, wishes={"units": {"机修外委队": "home"}}, by=by, at=world.at)
    with pytest.raises(Stale):
        correct_import(ledger=second, wishes={"units": {}}, by=by, at=world.at)
    ledger.refresh_from_db()
    assert ledger.wishes["units"] == {"机修外委队": "home"} and ledger.revision == 1
