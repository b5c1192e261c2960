"""The ledger as a list. Page, exports and other rooms' reports read this."""

from __future__ import annotations

from functools import cached_property
from urllib.parse import quote

from django.db.models import Count, F, Q
from django.urls import reverse

from bihuan.kernel.verdict import Verdict
from bihuan.org.reads import portfolio_of
from bihuan.problems import states
from bihuan.problems.models import Closure, Measure, Problem, SavedView
from bihuan.registry import shelf
from bihuan.ui.lists import BulkAct, Export, Highlight, ListPage, Order, View, capped_count

from .columns import COLUMNS
from .filters import FILTERS
from .query import LedgerQuery
from .sight import Sight, sight_of

NO_BULK_CLOSING = Verdict.no("销号须逐件看佐证，不能批量")
ORDERS = (
    Order("new", "新登记的在前", "-pk"),
    Order("due", "早到期的在前", "due_on", nullable=True),
    Order("number", "按编号", "number"),
)
#: what no cell of the page needs
_LATER = ("cause", "goal", "stage_goals", "demand", "extras", "basis")
#: what the cells of the page need, whichever columns are chosen
_DRAWN = (
    "number", "source", "statement", "place", "category", "grade", "secrecy", "guessed", "repeat_of", "round",
    "timing", "progress", "closure", "is_open", "taken_over", "closed_by", "due_on", "first_due_on", "found_on",
    "raised_at", "lead_text", "lead__name", "unit__name", "unit__short_name",
)  # fmt: skip
_SUPERVISOR = ("supervisor__name", "supervisor__short_name")
_VERIFY = ("problem.verify", "problem.verify_minor")


class Ledger(ListPage):
    """问题台账. One object serves one reader, one moment and one address."""

    model = Problem
    title = "问题台账"
    filters, columns, orders = FILTERS, COLUMNS, ORDERS
    template = "problems/ledger.html"

    def queryset(self) -> LedgerQuery:
        rows = LedgerQuery.seen_by(self.actor, self.today, self.sight.walk)
        return rows.for_page().defer(*_LATER)  # type: ignore[return-value]

    def drawn(self) -> LedgerQuery:
        rows = LedgerQuery.seen_by(self.actor, self.today, self.sight.walk).select_related("unit", "lead")
        if any(column.key == "supervisor" for column in self.shown_columns):
            return rows.select_related("supervisor").only(*_DRAWN, *_SUPERVISOR)  # type: ignore[return-value]
        return rows.only(*_DRAWN)  # type: ignore[return-value]

    def countable(self) -> LedgerQuery:
        return LedgerQuery.seen_by(self.actor, self.today, self.sight.find)

    @cached_property
    def sight(self) -> Sight:
        return sight_of(self.actor)

    @cached_property
    def in_charge(self) -> bool:
        return bool(portfolio_of(self.actor.person_id, self.today))

    @property
    def sorts(self) -> bool:
        return self.sight.find is not None and self.sight.find is self.sight.walk

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
        if self.in_charge:
            views.append(View("portfolio", "我分管的", "mine=portfolio&stage=open&sort=due"))
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

    @cached_property
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
        rows = self.counted()
        late, soon = capped_count(rows.overdue(self.today)), capped_count(rows.by_clock("three"))
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
        return f"{self._pages}{quote(row.number)}/"

    @cached_property
    def _pages(self) -> str:
        return reverse("problems:page", args=["0"]).removesuffix("0/")

    def row_css(self, row: Problem) -> str:
        return "is-void" if row.closure == states.VOID else ""

    @property
    def empty_title(self) -> str:  # type: ignore[override]
        return "没有符合条件的问题。" if self.clear_url else "台账里还没有您能看的问题。"

    @property
    def empty_text(self) -> str:  # type: ignore[override]
        return "去掉一两个条件再看。" if self.clear_url else "登记第一件，或者导入原来的台账。"
