"""Forms of those who look: back after closing, at a relapse, and the word anybody may add."""

from __future__ import annotations

from django import forms

from bihuan.problems.actions.suggest_likes import in_order
from bihuan.problems.models import Problem, Recheck
from bihuan.problems.policies.sides import may_rectify

from .fields import Slot, StepForm, day_field, either, words
from .rectifying import _evidence_slots


class RecheckForm(StepForm):
    """回头看: held, or came back. Both answers look alike."""

    passed = either("结论", "合格，没有反弹", "不合格，重新整改")
    found = forms.ChoiceField(
        label="不合格属于",
        required=False,
        help_text="不合格时必选；纸面整改单独计率",
        choices=(("", "请选择"), *Recheck._meta.get_field("found").choices),
    )
    due_on = day_field("新的期限", help_text="不合格时用，不填就按规则包算")
    text = words("看到的情况", required=True, help_text="写清看了什么、现状怎样")

    def make_slots(self) -> list[Slot]:
        return [Slot("photos", "现场照片", role="paper")]

    def clean(self) -> dict:
        """What kind of failure it was is said by who stood there: nothing is taken for granted."""
        given = super().clean() or {}
        if given.get("passed") is False and not given.get("found") and "found" not in self.errors:
            self.add_error("found", "还没有选。不合格属于反弹、纸面整改还是整改不彻底，选一种。")
        return given


class ReopenForm(StepForm):
    """反弹: where and when it came back, and the newly found problem that showed it."""

    reason = words("反弹情况", required=True, help_text="写清在哪里、什么时候又出现")
    due_on = day_field("新的期限", help_text="不填就按规则包算")
    repeat = forms.CharField(
        label="新发现的那一件",
        required=False,
        max_length=40,
        help_text="已经登记的，填它的编号，两件会互相链接",
    )

    def make_slots(self) -> list[Slot]:
        return [Slot("photos", "现场照片", role="paper")]

    def clean_repeat(self) -> Problem | None:
        number = self.cleaned_data["repeat"].strip().upper()
        if not number:
            return None
        found = (
            Problem.objects.visible_to(self.actor)
            .exclude(pk=self.problem.pk)
            .filter(number=number)
            .select_related("unit")
            .first()
        )
        if found is None:
            raise forms.ValidationError(f"没有找到编号“{number}”。核对编号，或不填。")
        if not self.actor.may_in("problem.recheck", found.unit.path or ""):
            raise forms.ValidationError(f"“{number}”不在您能认定反弹的范围里。不填，或请督办部门认定。")
        return found


def find_other(form: StepForm, number: str) -> Problem:
    """Another problem that this person may see, by its number. Raises ValidationError with what to do."""
    found = (
        Problem.objects.visible_to(form.actor)
        .exclude(pk=form.problem.pk)
        .filter(number=number.strip().upper())
        .select_related("unit")
        .first()
    )
    if found is None:
        raise forms.ValidationError(f"没有找到编号“{number.strip()}”。核对编号。")
    return found


class RepeatForm(StepForm):
    """认定重复: with which earlier one, and of which kind."""

    like = forms.CharField(label="与哪件相同", max_length=40, help_text="填先发现的那一件的编号")
    kind = forms.ChoiceField(
        label="属于",
        choices=(
            ("same", "重复发生：同一单位同一地点或设备，上次整改不彻底"),
            ("spread", "举一反三不到位：别处有过，这里又发生"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "还没有选是哪一种重复"},
    )
    text = words("说明", rows=3, help_text="记入办理过程，并计入单位的重复发生率")

    def clean_like(self) -> Problem:
        found = find_other(self, self.cleaned_data["like"])
        if in_order(self.problem, found)[0].pk != self.problem.pk:
            raise forms.ValidationError(f"“{found.number}”比这一件后发现。到那一件的页面上认定。")
        return found


class RefusalForm(StepForm):
    """认定不是重复: the pair is not offered again. What was confirmed is taken back with a reason."""

    like = forms.CharField(label="与哪件", max_length=40)
    text = words("理由", rows=3, help_text="撤销已经认定的重复，须写理由")

    def start(self, problem) -> dict:
        seen = Problem.objects.visible_to(self.actor).filter(pk=problem.repeat_of_id or 0).first()
        return {"like": seen.number} if seen else {}

    def clean_like(self) -> Problem:
        return find_other(self, self.cleaned_data["like"])


class CommentForm(StepForm):
    """附意见. Who rectifies may hand in missing evidence this way, also while the verifier is looking."""

    text = words("意见", required=True)

    def make_slots(self) -> list[Slot]:
        at_work = self.problem.closure in ("rectifying", "verifying")
        if at_work and may_rectify(self.problem, self.actor):
            return _evidence_slots(self.problem)
        return [Slot("papers", "附件", role="paper")]
