"""The ledger as a list. Page, exports and other rooms' reports read this."""

from __future__ import annotations

from django.db.models import Count, F, Q
from django.urls import reverse

from bihuan.kernel.verdict import Verdict
from bihuan.problems import states
from bihuan.problems.models import Closure, Measure, Problem, SavedView
from bihuan.registry import shelf
from bihuan.ui.lists import BulkAct, Export, Highlight, ListPage, Order, View

from .columns import COLUMNS
from .filters import FILTERS
from .query import LedgerQuery

NO_BULK_CLOSING = Verdict.no("销号须逐件看佐证，不能批量")
ORDERS = (
    Order("new", "新登记的在前", "-raised_at"),
    Order("due", "早到期的在前", "due_on", nullable=True),
    Order("number", "按编号", "number"),
)
_VERIFY = ("problem.verify", "problem.verify_minor")


class Ledger(ListPage):
    """问题台账. One object serves one reader, one moment and one address."""

    model = Problem
    title = "问题台账"
    filters, columns, orders = FILTERS, COLUMNS, ORDERS
    template = "problems/ledger.html"

    def queryset(self) -> LedgerQuery:
        later = ("cause", "goal", "stage_goals", "demand", "extras", "basis")
        return LedgerQuery.seen_by(self.actor, self.today).for_page().defer(*later)  # type: ignore[return-value]

    @property
    def views(self) -> list[View]:  # type: ignore[override]
        late, month = "stage=open&clock=late&sort=due", "clock=month&sort=due"
        views = [
            View("all", "全部"),
            View("open", "未销号", "stage=open&sort=due"),
            View("late", "已逾期", late),
        ]
        if any(self.actor.may(code) for code in _VERIFY):
            views.append(View("verify", "等我核验", "mine=verify&sort=due"))
        return [
            *views,
            View("month", "本月到期", month, counted=False),
            View("taken", "接管的历史", "history=taken", counted=False),
        ]

    def own_views(self) -> list[View]:
        kept = SavedView.objects.filter(person_id=self.actor.person_id).order_by("order", "id")
        return [
            View(
                f"own{v.pk}",
                v.name,
                v.query,
                counted=False,
                own=True,
                drop_url=reverse("problems:view-drop", args=[v.pk]),
                rename_url=reverse("problems:view-name", args=[v.pk]),
            )
            for v in kept
        ]

    @property
    def save_view_url(self) -> str:  # type: ignore[override]
        return reverse("problems:views")

    @property
    def exports(self) -> list[Export]:  # type: ignore[override]
        if not self.actor.may("export"):
            return []
        url = reverse("problems:exports")
        own = [
            Export(link.code, link.label, link.url, note, link.icon)
            for offer in shelf.offers()
            for link in offer.export_links
            if (note := link.note(self.actor)) is not None
        ]
        return [
            Export(
                "page",
                "按本页的列和次序",
                url,
                f"Excel，{len(self.export_columns())} 列；带筛选说明",
                "table",
            ),
            *own,
            Export("standard", "标准台账", url, "Excel，两行表头：问题、责任、整改、销号", "layout-rows"),
            Export("lists", "问题、任务、责任三个清单", url, "Excel 一册三表，可直接上报", "list-check"),
            Export("back", "取回以前的导出", url, "保留 30 天，只有自己取得到", "history"),
        ]

    def bulk(self) -> list[BulkAct]:
        may = self.actor.may
        acts = (
            [BulkAct("催办责任人", reverse("problems:bulk-reminder"), "bell-ringing")]
            if may("problem.assign")
            else []
        )
        if may("problem.reown") or may("problem.reown_own"):
            acts.append(BulkAct("换责任人", reverse("problems:bulk-owner"), "user-share"))
        if may("export"):
            acts.append(BulkAct("导出所选", reverse("problems:bulk-export"), "file-export"))
        if may("problem.verify"):
            acts.append(BulkAct("批量销号", "", "circle-check", NO_BULK_CLOSING))
        return acts

    def highlights(self) -> list[Highlight]:
        rows = self.filtered()
        late, soon = rows.overdue(self.today).count(), rows.by_clock("three").count()
        told = [Highlight("逾期", late, self.address.with_(clock="late").url, "late")] if late else []
        return told + (
            [Highlight("三天内到期", soon, self.address.with_(clock="three").url, "soon")] if soon else []
        )

    def prepare(self, rows: list[Problem]) -> list[Problem]:
        """Measures and relapses of the whole page in two queries."""
        ids = [row.pk for row in rows]
        counted = (
            Measure.objects.filter(problem__in=ids)
            .values("problem_id")
            .annotate(n=Count("id"), done=Count("id", filter=Q(progress="done")))
            .values_list("problem_id", "n", "done")
        )
        found = {pk: (n, done) for pk, n, done in counted}
        for row in rows:
            row.measure_count, row.measure_done = found.get(row.pk, (0, 0))
        closed_before = Closure.objects.filter(problem__in=ids, round=F("problem__round") - 1)
        self.relapsed = set(closed_before.values_list("problem_id", flat=True))
        return rows

    def row_url(self, row: Problem) -> str:
        return reverse("problems:page", args=[row.number])

    def row_css(self, row: Problem) -> str:
        return "is-void" if row.closure == states.VOID else ""

    @property
    def empty_title(self) -> str:  # type: ignore[override]
        return "没有符合条件的问题。" if self.clear_url else "台账里还没有您能看的问题。"

    @property
    def empty_text(self) -> str:  # type: ignore[override]
        return "去掉一两个条件再看。" if self.clear_url else "登记第一件，或者导入原来的台账。"
