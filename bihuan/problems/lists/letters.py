"""督办函件: the register of letters, every number ever given included."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import day_start, local_day
from bihuan.org.models import Unit
from bihuan.problems import words
from bihuan.problems.models import Addressee, Letter
from bihuan.problems.models.letters import LetterQuery
from bihuan.ui import parts
from bihuan.ui.lists import Choice, Column, Export, Filter, Highlight, ListPage, Order, View
from bihuan.ui.lists.spans import Span

from .filters import unit_choices, unit_labels

State = Letter.State
#: state -> (word, tone, icon)
LETTER_LOOKS = {
    State.WAITING: ("待签发", "soon", "writing"),
    State.ISSUED: ("待签收", "busy", "mail"),
    State.RECEIVED: ("已签收", "good", "circle-check"),
    State.CANCELLED: ("已作废", "calm", "ban"),
}
_STEPS = tuple((step, said["label"]) for step, said in words.LETTERS.items())


class RegisterQuery(LetterQuery):
    """The filters of the register as words; the reader comes in with `seen_by`."""

    reader: Actor

    def _clone(self):  # type: ignore[no-untyped-def]
        twin = super()._clone()
        twin.reader = self.reader
        return twin

    @classmethod
    def seen_by(cls, actor: Actor) -> RegisterQuery:
        rows = cls(model=Letter)
        rows.reader = actor
        return rows.visible_to(actor)  # type: ignore[return-value]

    def in_units(self, ids: tuple[str, ...]) -> RegisterQuery:
        paths = Q(pk__in=())
        known = Unit.objects.filter(pk__in=[i for i in ids if i.isdecimal()]).exclude(path=None)
        for path in known.values_list("path", flat=True):
            paths |= Q(path__startswith=path)
        return self.filter(unit__in=Unit.objects.filter(paths).values("pk"))

    def at_steps(self, steps: tuple[str, ...]) -> RegisterQuery:
        return self.filter(step__in=steps)

    def in_states(self, codes: tuple[str, ...]) -> RegisterQuery:
        return self.filter(state__in=codes)

    def issued_in(self, span: Span) -> RegisterQuery:
        rows = self if span.start is None else self.filter(issued_at__gte=day_start(span.start))
        return (
            rows if span.end is None else rows.filter(issued_at__lt=day_start(span.end + timedelta(days=1)))
        )

    def saying(self, text: str) -> RegisterQuery:
        return self.filter(Q(number__contains=text) | Q(problem__number__contains=text.upper()))

    def mine(self, code: str) -> RegisterQuery:
        if code == "release":
            return self.to_release(self.reader)  # type: ignore[return-value]
        if code == "to":
            return self.to_sign(self.reader.person_id)  # type: ignore[return-value]
        copied = Addressee.objects.filter(person_id=self.reader.person_id, kind=Addressee.Kind.COPY)
        return self.filter(pk__in=copied.values("letter_id"))


def _step_cell(row: Letter, page: Any):
    colour = words.LETTER_COLOURS.get(row.colour, "")
    if not colour:
        return row.label
    return format_html('<span class="b-level b-level--{}">{}</span> {}', row.colour, colour, row.label)


def _state_cell(row: Letter, page: Any):
    return parts.state(*LETTER_LOOKS[State(row.state)])


def _said(row: Letter) -> str:
    return "（限知悉）" if row.problem.secrecy != "normal" else row.problem.statement[:100]


def _receipt(row: Letter) -> str:
    if row.received_by is None:
        return ""
    return f"{row.received_by.name} {parts.date_short(local_day(row.received_at))}"


class LetterRegister(ListPage):
    """One object serves one reader, one moment and one address."""

    model = Letter
    title = "督办函件"
    noun = "份"
    template = "problems/letters.html"
    filters = (
        Filter("unit", "单位", choices=unit_choices, labels=unit_labels, lazy=True, method="in_units", phrase="{}"),
        Filter("step", "步骤", choices=_STEPS, method="at_steps", phrase="{}"),
        Filter("state", "状态", choices=State.choices, method="in_states", phrase="{}"),
        Filter("issued", "发出", kind="date", method="issued_in", phrase="{}发出"),
        Filter("text", "文号或编号", kind="text", method="saying", phrase="含“{}”", more=True),
        Filter(
            "mine", "与我有关", method="mine", multiple=False, phrase="{}", more=True,
            choices=(Choice("to", "待我签收"), Choice("copy", "抄送我的"), Choice("release", "待我签发")),
        ),
    )  # fmt: skip
    columns = (
        Column("number", "文号", value=lambda row: row.number or "未编号", width=150, link=True, fixed=True, phone="note"),
        Column("step", "步骤", cell=_step_cell, value="label", width=76, phone="top"),
        Column("statement", "所催问题", value=_said, link=True, phone="title"),
        Column("problem", "问题编号", value="problem.number", width=154, soft=True, shown=False),
        Column("unit", "责任单位", value="unit.shown", width=96, soft=True, phone="note"),
        Column("due", "期限", value="due_on", width=84, soft=True),
        Column("days", "逾期天数", value="days", width=70, align="num", soft=True),
        Column("issued", "发出", value="issued_at", width=84, soft=True),
        Column("receipt", "签收", value=_receipt, width=120, soft=True),
        Column("reason", "作废说明", value="reason", width=150, soft=True, shown=False),
        Column("state", "状态", cell=_state_cell, value="get_state_display", width=88, phone="end"),
    )  # fmt: skip
    orders = (Order("new", "新生成的在前", "-made_on"),)
    empty_title = "还没有督办函件。"
    empty_text = "问题逾期到规则包定的天数，系统会自动生成提醒、督办、预警和问责函件。"

    def queryset(self) -> RegisterQuery:
        return RegisterQuery.seen_by(self.actor).for_page()  # type: ignore[return-value]

    @property
    def views(self) -> list[View]:  # type: ignore[override]
        views = [View("all", "全部"), View("sign", "待我签收", "mine=to")]
        if self.actor.may("letter.release"):
            views.append(View("release", "待我签发", "mine=release"))
        return [
            *views,
            View("out", "待签收", "state=issued"),
            View("void", "已作废", "state=cancelled", counted=False),
        ]

    @property
    def exports(self) -> list[Export]:  # type: ignore[override]
        if not self.actor.may("export"):
            return []
        url = reverse("problems:letter-exports")
        return [Export("letters", "督办函件登记簿", url, "Excel，按本页的筛选")]

    def highlights(self) -> list[Highlight]:
        rows = self.filtered()
        waiting, out = rows.in_states((State.WAITING,)).count(), rows.in_states((State.ISSUED,)).count()
        told = (
            [Highlight("待签发", waiting, self.address.with_(state="waiting").url, "soon")] if waiting else []
        )
        return told + ([Highlight("待签收", out, self.address.with_(state="issued").url)] if out else [])

    def row_url(self, row: Letter) -> str:
        return reverse("problems:letter", args=[row.pk])

    def row_css(self, row: Letter) -> str:
        return "is-void" if row.state == State.CANCELLED else ""
