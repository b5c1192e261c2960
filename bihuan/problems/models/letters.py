"""Letters of supervision (督办函件): numbered papers that go out while a problem is overdue, step by step."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.kernel.actor import Actor
from bihuan.org.models import Person, Unit
from bihuan.problems import states
from bihuan.record.models import StoredFile

from .problem import Problem

#: why a letter ended before its time; those that leave its place in the series taken are in HELD
WITHDRAWN = "withdrawn"
HELD = ("", WITHDRAWN)


class LetterQuery(models.QuerySet):
    def visible_to(self, actor: Actor) -> LetterQuery:
        """Letters about problems this actor may see, and those addressed or copied to them."""
        if actor.is_system:
            return self
        if not actor.is_person:
            return self.none()
        to_me = Addressee.objects.filter(person_id=actor.person_id).values("letter_id")
        seen = Problem.objects.visible_to(actor)
        if not seen.query.where:
            return self
        return self.filter(Q(pk__in=to_me) | Q(problem__in=seen.values("pk")))

    def live(self) -> LetterQuery:
        """Still waiting for somebody: for the one who releases it, or for the one who signs for it."""
        return self.filter(state__in=(Letter.State.WAITING, Letter.State.ISSUED))

    def for_page(self) -> LetterQuery:
        return self.select_related(
            "problem__unit", "problem__supervisor", "problem__lead", "unit", "received_by", "issued_by"
        )

    def to_sign(self, person_id: int | None) -> LetterQuery:
        """Out, addressed to this person, and nobody has signed for it."""
        mine = Addressee.objects.filter(person_id=person_id, kind=Addressee.Kind.TO)
        return self.filter(state=Letter.State.ISSUED, pk__in=mine.values("letter_id"))

    def to_release(self, actor: Actor) -> LetterQuery:
        """What this person may release (`policies.letters`), of their own department or of none."""
        reaches = actor.reaches_for("letter.release")
        if not reaches or not actor.is_person:
            return self.none()
        own = [int(part) for part in actor.unit_path.strip("/").split("/") if part]
        rows = self.filter(
            Q(problem__supervisor=None) | Q(problem__supervisor__in=own),
            state=Letter.State.WAITING,
            unit__in=Unit.objects.in_reach(reaches).values("pk"),
            problem__closure__in=states.BEFORE_VERIFYING,
        )
        answers_for = actor.reaches_for("problem.rectify")
        if answers_for:
            rows = rows.exclude(unit__in=Unit.objects.in_reach(answers_for).values("pk"))
        return rows.exclude(problem__lead_id=actor.person_id)


class Letter(models.Model):
    """One letter about one problem: a step of the series for one deadline, round and responsible unit.

    `number` (督办〔2026〕17号) is given when it goes out and stays used for ever. Its words are frozen by the
    files made of it; `days` is how many days of the series' kind it was late when it fell due.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待签发"
        ISSUED = "issued", "待签收"
        RECEIVED = "received", "已签收"
        CANCELLED = "cancelled", "已作废"

    class Ended(models.TextChoices):
        OWNER = "owner", "责任人变动"
        DATE = "date", "准予延期"
        UNIT = "unit", "责任单位变动"
        CLOSED = "closed", "问题已销号"
        VOIDED = "voided", "问题已作废"
        ROUND = "round", "进入新一轮整改"
        WITHDRAWN = WITHDRAWN, "人工撤回"

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="letters", verbose_name="问题")
    round = models.PositiveSmallIntegerField("轮次")
    due_on = models.DateField("所催期限")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    step = models.CharField("步骤", max_length=20)
    rank = models.PositiveSmallIntegerField("第几步")
    label = models.CharField("步骤名称", max_length=20)
    title = models.CharField("文种", max_length=40)
    word = models.CharField("文号字头", max_length=20)
    colour = models.CharField("颜色", max_length=10, blank=True)
    addressed = models.CharField("主送", max_length=10)
    days = models.PositiveIntegerField("逾期天数")
    day_type = models.CharField("天的算法", max_length=20)
    number = models.CharField("文号", max_length=40, null=True, unique=True)
    state = models.CharField("状态", max_length=10, choices=State.choices)
    ended = models.CharField("作废缘由", max_length=10, blank=True, choices=Ended.choices)
    reason = models.CharField("作废说明", max_length=300, blank=True)
    made_on = models.DateTimeField("生成时间")
    issued_at = models.DateTimeField("发出时间", null=True)
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField("签收时间", null=True)
    received_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    receipt = models.CharField("签收意见", max_length=300, blank=True)
    cancelled_at = models.DateTimeField("作废时间", null=True)
    cancelled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = LetterQuery.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督办函件"
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "round", "due_on", "unit", "step"],
                condition=Q(ended__in=HELD),
                name="letter_once_a_step",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "cancelled"))
                | Q(number__isnull=False, issued_at__isnull=False),
                name="letter_out_has_number",
            ),
            models.CheckConstraint(
                condition=Q(number=None, issued_at=None) | Q(number__isnull=False, issued_at__isnull=False),
                name="letter_number_when_out",
            ),
            models.CheckConstraint(
                condition=Q(state="received", received_at__isnull=False, received_by__isnull=False)
                | (~Q(state="received") & Q(received_at=None, received_by=None)),
                name="letter_received_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(state="cancelled") & ~Q(ended="") & Q(cancelled_at__isnull=False))
                | (~Q(state="cancelled") & Q(ended="", cancelled_at=None)),
                name="letter_ended_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["-made_on", "-id"], name="letter_new"),
            models.Index(fields=["state", "-made_on", "-id"], name="letter_state"),
            models.Index(
                fields=["id"], condition=Q(docx=None, issued_at__isnull=False), name="letter_to_print"
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.title}（{self.get_state_display()}）"

    @property
    def stream(self) -> str:
        return f"letter:{self.pk}"


class Addressee(models.Model):
    """A person a letter goes to, or gets a copy of it; `role` says as what."""

    class Kind(models.TextChoices):
        TO = "to", "主送"
        COPY = "copy", "抄送"

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="addressees")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField("方式", max_length=4, choices=Kind.choices)
    role = models.CharField("身份", max_length=10)

    class Meta:
        verbose_name = verbose_name_plural = "收件人"
        constraints = [models.UniqueConstraint(fields=["letter", "person"], name="addressed_once")]
        indexes = [models.Index(fields=["person", "kind", "letter"], name="addressee_person")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.person_id}"
