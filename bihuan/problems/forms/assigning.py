"""Forms of the supervising side: hand over, change the owner, decide what was asked."""

from __future__ import annotations

from django import forms

from bihuan.problems import states

from .fields import (
    StepForm,
    UnitField,
    choice,
    day_field,
    either,
    people_of,
    person_field,
    shown_person,
    words,
)

_PLAN = (("", "按规则"), ("yes", "要报方案"), ("no", "不用报方案"))


class AssignForm(StepForm):
    """下达: unit, person, deadline. An empty deadline is filled by the rule pack of the problem."""

    unit = UnitField(label="责任单位")
    lead = person_field("责任人", help_text="可以先不定，由责任单位认领时定")
    timing = choice("整改类型", states.TIMING)
    grade = choice("等级", states.GRADE)
    due_on = day_field("期限", help_text="不填就按规则包算")
    needs_plan = choice("整改方案", _PLAN, required=False)
    supervisor = UnitField(label="督办部门", required=False, empty_label="本部门")
    demand = words("整改要求", rows=3)

    def start(self, problem) -> dict:
        return {
            "unit": problem.unit_id,
            "lead": shown_person(problem.lead),
            "timing": problem.timing,
            "grade": problem.grade,
            "due_on": problem.due_on,
            "supervisor": problem.supervisor_id,
            "demand": problem.demand,
        }

    def people(self) -> list[tuple[str, str]]:
        return people_of(self.problem.unit, self.day)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("unit") and "lead" in data:
            try:
                data["lead"] = self.find("lead", data["unit"])
            except forms.ValidationError as error:
                self.add_error("lead", error)
        data["needs_plan"] = {"yes": True, "no": False}.get(data.get("needs_plan", ""))
        return data


class ReownForm(StepForm):
    """换责任人: the person must be of the responsible unit."""

    lead = person_field("新的责任人", required=True)
    reason = words("原因", required=True, rows=3, help_text="写清为什么换，原责任人留在办理过程里")

    def people(self) -> list[tuple[str, str]]:
        return people_of(self.problem.unit, self.day)

    def clean_lead(self):
        return self.find("lead", self.problem.unit)


class TransferForm(StepForm):
    """申请移交: to whom, and why it is theirs."""

    to_unit = UnitField(label="移交给")
    reason = words("理由", required=True, help_text="写清为什么该由对方负责，对方接收后才移交")


class TransferDecisionForm(StepForm):
    accepted = either("答复", "接收", "不接收")
    lead = person_field("责任人", help_text="接收时可以先不定")
    text = words("说明", rows=3, help_text="不接收的要写理由")

    def _to_unit(self):
        asked = self.problem.transfers.filter(accepted=None).select_related("to_unit").first()
        return asked.to_unit if asked else self.problem.unit

    def people(self) -> list[tuple[str, str]]:
        return people_of(self._to_unit(), self.day)

    def clean_lead(self):
        return self.find("lead", self._to_unit())


class ExtensionForm(StepForm):
    """申请延期: a later day and why."""

    new_due_on = day_field("申请延至", required=True)
    reason = words("理由", required=True, help_text="写清为什么办不完、还要做什么")

    def kwargs(self) -> dict:
        return {"new_due_on": self.cleaned_data["new_due_on"], "reason": self.cleaned_data["reason"]}


class DecisionForm(StepForm):
    """A request of somebody else: yes, or no with a reason."""

    granted = either("批复", "同意", "不同意")
    text = words("意见", rows=3, help_text="不同意的要写理由")


class EvaluateForm(StepForm):
    text = words("评估结论", required=True, help_text="写清谁评估、怎么评、结论是什么")


class VoidForm(StepForm):
    """申请作废: a reason, and the twin where it is a duplicate."""

    reason = words("理由", required=True, help_text="不会删除，另一人批准后作废")
    duplicate_of = forms.CharField(
        label="与哪件重复", required=False, max_length=40, help_text="填那一件的编号，例如 RC-RZ-202609-004"
    )

    def clean_duplicate_of(self):
        number = self.cleaned_data["duplicate_of"].strip().upper()
        if not number:
            return None
        seen = type(self.problem).objects.visible_to(self.actor)
        found = seen.filter(number=number).first()
        if found is None:
            raise forms.ValidationError(f"没有找到编号“{number}”。核对编号，或不填。")
        return found


class RemindForm(StepForm):
    text = words("催办内容", rows=3, help_text="责任人会收到通知")


class WordForm(StepForm):
    """A step with an optional word: 销号、批方案."""

    text = words("意见", rows=3)
