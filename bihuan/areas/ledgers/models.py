"""One import of one file, and what became of each of its rows."""

from __future__ import annotations

from django.db import models

from bihuan.org.models import Person, Unit
from bihuan.problems.models import Problem
from bihuan.record.models import StoredFile

from .querysets import ImportQuery


class ColumnMemory(models.Model):
    """How the columns of one shape of ledger were put right by hand: used again for the next file like it.

    `shape` are the folded headers of that file, `columns` header → field of those that were corrected. It counts for
    ledgers of its unit and of those below; forgotten ones stay, with who forgot them.
    """

    home = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="适用单位")
    shape = models.JSONField("表头", default=list)
    columns = models.JSONField("更正过的列", default=dict)
    learned_from = models.CharField("学自", max_length=200)
    learned_at = models.DateTimeField("记住时间")
    learned_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    forgotten_at = models.DateTimeField("忘掉时间", null=True)
    forgotten_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "记住的列对应"
        indexes = [
            models.Index(
                fields=["home", "-id"], condition=models.Q(forgotten_at=None), name="ledger_memory_live"
            )
        ]

    def __str__(self) -> str:
        return self.learned_from


class LedgerImport(models.Model):
    """An upload on its way to the ledger. `wishes` is everything a person corrected, see `wishes.py`;
    `revision` counts the corrections, so that of two people who correct at once one is told.

    `layout` and `columns` are the detected layout as JSON (the contract of `bihuan import --json`), kept so
    that the page opens at once and the office's own layout can be given back on export.
    """

    class State(models.TextChoices):
        READING = "reading", "识别中"
        DRAFT = "draft", "试运行"
        LOADING = "loading", "导入中"
        DONE = "done", "已导入"
        UNREADABLE = "unreadable", "读不出"
        DROPPED = "dropped", "已放弃"

    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    filename = models.CharField("文件名", max_length=200)
    size = models.BigIntegerField("字节数", default=0)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.READING)
    source = models.CharField("来源", max_length=30, default="ledger")
    home = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="归口单位")
    wishes = models.JSONField("人工更正", default=dict)
    layout = models.JSONField("版面", default=dict)
    columns = models.JSONField("列", default=list)
    notes = models.JSONField("说明", default=list)
    names = models.JSONField("对不上的名称", default=dict)
    counts = models.JSONField("计数", default=dict)
    signature = models.CharField("表头形状", max_length=64, blank=True)
    previous = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", verbose_name="上一版")
    memory = models.ForeignKey(
        ColumnMemory, models.SET_NULL, null=True, related_name="+", verbose_name="沿用的列对应"
    )
    annex = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="附表")
    annex_name = models.CharField("附表文件名", max_length=200, blank=True)
    joined = models.JSONField("两份怎么对上", default=dict)
    refused = models.TextField("读不出或没有导成的原因", blank=True)
    revision = models.PositiveIntegerField("更正次数", default=0)
    job_id = models.BigIntegerField("后台任务", null=True)
    started_at = models.DateTimeField("上传时间")
    started_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField("导入时间", null=True)
    loaded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = ImportQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "台账导入"
        indexes = [models.Index(fields=["started_by", "-id"], name="ledger_mine")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(loaded_at__isnull=False), name="ledger_done_when"
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def row_word(self) -> str:
        """What a line of it is called: a workbook has rows, a Word notice has items."""
        return "条" if self.layout.get("kind") == "docx" else "行"

    @property
    def stream(self) -> str:
        return f"ledger:{self.pk}"


class LedgerRow(models.Model):
    """One data row of the file: what was read, what was guessed, what became of it. Never deleted once loaded.

    `cells` are the cells as they stand in the file, by `reading.draft.cell_key`.
    """

    class Outcome(models.TextChoices):
        WAITING = "", "未导入"
        TAKEN = "taken", "已导入"
        UPDATED = "updated", "已更新"
        PRESENT = "present", "已有，不重复导入"
        LEFT = "left", "未导入，留在更正表"

    ledger = models.ForeignKey(LedgerImport, models.CASCADE, related_name="rows")
    order = models.PositiveIntegerField("次序")
    sheet = models.CharField("工作表", max_length=100)
    source_row = models.PositiveIntegerField("原表行")
    verdict = models.CharField("结论", max_length=8)
    cells = models.JSONField("原样的格子", default=dict)
    values = models.JSONField("读出的值", default=dict)
    guessed = models.JSONField("推断", default=list)
    problems = models.JSONField("要处理", default=list)
    origin_key = models.CharField("来源键", max_length=64)
    said_key = models.CharField("表述键", max_length=40, blank=True)
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices, blank=True)
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, related_name="ledger_rows")

    class Meta:
        verbose_name = verbose_name_plural = "台账行"
        constraints = [models.UniqueConstraint(fields=["ledger", "order"], name="ledger_row_order")]
        indexes = [
            models.Index(fields=["ledger", "verdict", "order"], name="ledger_row_verdict"),
            models.Index(fields=["origin_key"], name="ledger_row_origin"),
            models.Index(fields=["said_key"], name="ledger_row_said"),
        ]

    def __str__(self) -> str:
        return f"{self.ledger_id}:{self.source_row}"


class RowMatch(models.Model):
    """One problem of the last version beside its row of this one; `row` is None where this version has none.

    `changes`: [{code, label, old, new, ours, conflict, why}], the values as shown; `why` says that only what stands
    here counts. `seen_version` is the problem's version when it was compared. What a person decided is in the wishes.
    """

    class Kind(models.TextChoices):
        SAME = "same", "没有变化"
        CHANGED = "changed", "有变化"
        CONFLICT = "conflict", "两边都改过"
        GONE = "gone", "这一版没有"

    ledger = models.ForeignKey(LedgerImport, models.CASCADE, related_name="matches")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="+")
    row = models.ForeignKey(LedgerRow, models.CASCADE, null=True, related_name="matches")
    base = models.ForeignKey(LedgerRow, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField("结论", max_length=8, choices=Kind.choices)
    changes = models.JSONField("变化", default=list)
    seen_version = models.PositiveIntegerField("对照时的版本", default=1)
    done = models.JSONField("办了什么", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "新旧对照"
        constraints = [models.UniqueConstraint(fields=["ledger", "problem"], name="ledger_match_once")]
        indexes = [models.Index(fields=["ledger", "kind", "id"], name="ledger_match_kind")]

    def __str__(self) -> str:
        return f"{self.ledger_id}:{self.problem_id}"
