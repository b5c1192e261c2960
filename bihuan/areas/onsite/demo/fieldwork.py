"""The daily work of a team of the demo group: what it asked for, went to see, pushed and had put right at once."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from bihuan.areas.onsite.actions.answer_ask import answer_ask
from bihuan.areas.onsite.actions.answer_loan import answer_loan
from bihuan.areas.onsite.actions.ask_documents import ask_documents
from bihuan.areas.onsite.actions.hear_midterm import hear_midterm
from bihuan.areas.onsite.actions.hold_outreach import hold_outreach
from bihuan.areas.onsite.actions.issue_notice import issue_notice
from bihuan.areas.onsite.actions.log_visit import log_visit
from bihuan.areas.onsite.actions.receive_loan import receive_loan
from bihuan.areas.onsite.actions.return_loans import return_loans
from bihuan.areas.onsite.actions.send_ask import send_ask
from bihuan.areas.onsite.actions.settle_ask import settle_ask
from bihuan.areas.onsite.actions.sign_notice import sign_notice
from bihuan.areas.onsite.actions.submit_midterm import submit_midterm
from bihuan.areas.onsite.actions.verify_item import verify_item
from bihuan.areas.onsite.actions.write_day import write_day
from bihuan.areas.onsite.actions.write_midterm import write_midterm
from bihuan.areas.onsite.actions.write_notice import ItemDraft, write_notice
from bihuan.areas.onsite.models import Ask, ImmediateNotice, Loan, NoticeItem
from bihuan.areas.onsite.reads.addressed import standing_towards
from bihuan.kernel.moment import local_day
from bihuan.org.models import Person
from bihuan.problems.actions.attach import Upload
from bihuan.problems.actions.fix_now import fix_now
from bihuan.problems.demo.pictures import photo

from .staying import Stay
from .works import ASKS, DAYS, DOCUMENTS, IMMEDIATE, MIDTERM, OPINION, OUTREACH, SEEN

#: of the documents of a stay that goes on: how many came, how many more were answered
_CAME, _ANSWERED = 5, 2
_DEPARTMENTS = ("CW", "SB")


def live_through(stay: Stay) -> None:
    """What the stay's team did beside talks and drafts, on its days; of one that is over everything is back."""
    work = _Work(stay)
    work.documents()
    work.went()
    work.asked()
    if not work.over:
        work.at_once()
    work.reported()


class _Work:
    def __init__(self, stay: Stay) -> None:
        self.stay, self.task = stay, stay.task
        self.over = stay.task.left_on is not None
        self.code = stay.task.org.code.removeprefix("DW-")
        self.member = stay.members[0]
        self.contact: Person = stay.group.staff.of(self.code, "liaison")[0]
        self.has_contact = stay.task.liaisons.filter(side="org").exists()

    def _at(self, after: int, hour: int) -> Any:
        return self.stay.as_(self.member, self.stay.day(after), hour)["at"]

    def documents(self) -> None:
        """Asked on the second day; of a stay that goes on some came, some wait, one is overdue."""
        asked = ask_documents(
            task=self.task, items=DOCUMENTS, period="近三年", due_on=self.stay.day(5),
            **self.stay.as_(self.member, self.stay.day(1)),
        )  # fmt: skip
        came = asked if self.over else asked[:_CAME]
        for n, loan in enumerate(asked if self.over else asked[: _CAME + _ANSWERED]):
            if self.has_contact:
                actor = self.stay.group.actor(self.contact)
                answer_loan(loan=self._loan(loan), answer="已备齐，在党委工作部", by=actor, at=self._at(2, 9))
            if loan in came:
                receive_loan(
                    loan=self._loan(loan), provider=self.contact.name, form="original" if n % 3 else "copy",
                    copies=4 + 3 * n, place="驻地 2 号柜", **self.stay.as_(self.member, self.stay.day(3 + n // 2)),
                )  # fmt: skip
        back = [self._loan(loan) for loan in (came if self.over else came[:2])]
        last = (self.task.left_on - self.task.entered_on).days if self.over else 9
        return_loans(
            loans=back, ending="handed", taker=self.contact.name,
            **self.stay.as_(self.member, self.stay.day(last), 14),
        )  # fmt: skip

    def _loan(self, loan: Loan) -> Loan:
        loan = Loan.objects.get(pk=loan.pk)
        loan.task = self.task
        return loan

    def went(self) -> None:
        for n, (method, place, seen) in enumerate(SEEN):
            own, day = self.stay.members[n % len(self.stay.members)], self.stay.day(4 + 3 * n)
            log_visit(
                task=self.task, on=day, method=method, place=place, members=[own, self.stay.deputy], seen=seen,
                **self.stay.as_(own, day),
            )  # fmt: skip
        for n, (topic, place, audience) in enumerate(OUTREACH):
            day = self.stay.day(1 + 2 * n)
            hold_outreach(
                task=self.task, on=day, topic=topic, place=place, audience=audience, speaker=self.stay.deputy,
                **self.stay.as_(self.stay.deputy, day),
            )  # fmt: skip

    def asked(self) -> None:
        """Help of two departments and a push to the unit; of a stay that goes on one is late, one to be looked at."""
        units = self.stay.group.units
        heads = {self.stay.group.staff.of(code, "head")[0].pk for code in _DEPARTMENTS}
        sender = next(one for one in self.stay.members if one.pk not in heads)  # who asks does not answer
        to = [units[code] for code in _DEPARTMENTS] + [units[self.code]]
        for n, ((kind, words, answer), unit) in enumerate(zip(ASKS, to, strict=True)):
            made = send_ask(
                task=self.task, kind=kind, to=unit, ask=words, due_on=self.stay.day(8),
                **self.stay.as_(sender, self.stay.day(4)),
            )  # fmt: skip
            if self.over or n != 1:
                self._answer(made, unit.code, answer)
            if self.over or n == 0:
                settle_ask(ask=self._ask(made), **self.stay.as_(sender, self.stay.day(9)))

    def _ask(self, ask: Ask) -> Ask:
        ask = Ask.objects.get(pk=ask.pk)
        ask.task = self.task
        return ask

    def _answer(self, ask: Ask, code: str, answer: str) -> None:
        actor, day = self.stay.group.actor(self.stay.group.staff.of(code, "head")[0]), self.stay.day(7)
        standing = standing_towards(self._ask(ask), actor, day)
        answer_ask(ask=self._ask(ask), answer=answer, standing=standing, by=actor, at=self._at(7, 11))

    def at_once(self) -> None:
        """One notice issued, signed for, its first item put right and looked at; another waits for the leader."""
        unit, due = self.stay.group.units[self.code], self.task.to_day
        items = [ItemDraft(*row) for row in IMMEDIATE]
        first = write_notice(
            task=self.task, unit=unit, due_on=due, items=items[:2],
            **self.stay.as_(self.member, self.stay.day(5)),
        )  # fmt: skip
        document = f"晋岭巡立改〔{self.task.entered_on.year}〕1 号"
        issue_notice(
            notice=self._notice(first),
            document=document,
            **self.stay.as_(self.stay.leader, self.stay.day(6), 9),
        )
        head = self.stay.group.actor(self.stay.group.staff.of(self.code, "head")[0])
        sign_notice(notice=self._notice(first), by=head, at=self._at(6, 15))
        item = NoticeItem.objects.select_related("problem").get(notice=first, order=1)
        mended = Upload(BytesIO(photo("rail", 0, "after")), "护栏补装后.jpg", "after")
        fix_now(problem=item.problem, text="已补装护栏和踢脚板", files=[mended], by=head, at=self._at(8, 10))
        item = NoticeItem.objects.select_related("problem").get(pk=item.pk)
        item.notice = self._notice(first)
        verify_item(
            item=item,
            note="现场看过，护栏和踢脚板已补装",
            **self.stay.as_(self.stay.deputy, self.stay.day(9)),
        )
        write_notice(
            task=self.task, unit=unit, due_on=due, items=items[2:],
            **self.stay.as_(self.member, self.stay.day(11)),
        )  # fmt: skip

    def _notice(self, notice: ImmediateNotice) -> ImmediateNotice:
        notice = ImmediateNotice.objects.select_related("unit").get(pk=notice.pk)
        notice.task = self.task
        return notice

    def reported(self) -> None:
        """The log of the first days, the mid-term report: submitted, and heard of a stay that is over."""
        for n, text in enumerate(DAYS):
            day = self.stay.day(n + 1)
            write_day(task=self.task, day=day, text=text, **self.stay.as_(self.stay.deputy, day, 17))
        made = write_midterm(task=self.task, text=MIDTERM, **self.stay.as_(self.member, self.stay.day(10)))
        made.task = self.task
        submit_midterm(midterm=made, **self.stay.as_(self.stay.leader, self.stay.day(11)))
        if self.over:
            on = min(self.stay.day(14), local_day(self.stay.now) - timedelta(days=1))
            office = self.stay.group.person("高文静")
            hear_midterm(midterm=made, on=on, opinions=OPINION, **self.stay.as_(office, on, 17))
