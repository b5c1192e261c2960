"""Forms of the responsible unit: take it, plan it, report, show the evidence."""

from __future__ import annotations

from django import forms

from bihuan.problems import states
from bihuan.problems.actions.set_measures import MeasureDraft

from .fields import Slot, StepForm, day_field, find_person, people_of, person_field, shown_person, words


class AcceptForm(StepForm):
    """认领: who answers for it. A general problem may go straight to work."""

    lead = person_field("责任人", help_text="不填就是认领的人")
    skip_plan = forms.BooleanField(label="不报方案，直接整改", required=False, help_text="只有一般问题可以")
    text = words("说明", rows=3)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.problem.grade != "general":
            del self.fields["skip_plan"]

    def start(self, problem) -> dict:
        return {"lead": shown_person(problem.lead), "skip_plan": not problem.needs_plan}

    def people(self) -> list[tuple[str, str]]:
        return people_of(self.problem.unit, self.day)

    def clean_lead(self):
        return self.find("lead", self.problem.unit)

    def kwargs(self) -> dict:
        return {**super().kwargs(), "skip_plan": self.cleaned_data.get("skip_plan", False)}


class MeasureForm(forms.Form):
    """One line of a plan. An empty line is no measure."""

    text = forms.CharField(
        label="措施", max_length=1000, widget=forms.Textarea(attrs={"rows": 2, "placeholder": "做什么"})
    )
    standard = forms.CharField(
        label="结果标准",
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "能查验的结果，例如 检定证书 6 份"}),
    )
    owner = person_field("责任人")
    due_on = day_field("期限")
    document_no = forms.CharField(label="制度文号", required=False, max_length=60)

    def __init__(self, *args, unit=None, day=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.day = unit, day

    def clean_owner(self):
        return find_person(self.cleaned_data["owner"], day=self.day, unit=self.unit)

    def draft(self) -> MeasureDraft:
        data = self.cleaned_data
        owner = data.get("owner")
        return MeasureDraft(
            text=data["text"].strip(),
            standard=data["standard"].strip(),
            due_on=data["due_on"],
            owner_id=owner.pk if owner else None,
            document_no=data["document_no"].strip(),
        )


Measures = forms.formset_factory(MeasureForm, extra=0, max_num=40, absolute_max=60)


class PlanForm(StepForm):
    """报方案: cause, goal and the measures line by line. 再加一行 comes back with one more empty line."""

    template = "problems/step_plan.html"
    cause = words("原因分析", rows=3)
    goal = words("整改目标", rows=2)
    stage_goals = words("阶段目标", rows=2, help_text="长期坚持的必须写：每个节点做到什么、哪天检查")
    text = words("说明", rows=2)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        given = {
            "form_kwargs": {"unit": self.problem.unit, "day": self.day, "empty_permitted": True},
            "prefix": "m",
        }
        self.rows = (
            Measures(self._with_lines(), **given)
            if self.is_bound
            else Measures(initial=self._lines(), **given)
        )
        if self.problem.timing != "long_term":
            del self.fields["stage_goals"]

    def start(self, problem) -> dict:
        return {"cause": problem.cause, "goal": problem.goal, "stage_goals": problem.stage_goals}

    def _lines(self) -> list[dict]:
        written = [
            {
                "text": m.text,
                "standard": m.standard,
                "owner": shown_person(m.owner),
                "due_on": m.due_on,
                "document_no": m.document_no,
            }
            for m in self.problem.measures.select_related("owner").order_by("order")
        ]
        first = {"owner": shown_person(self.problem.lead), "due_on": self.problem.due_on}
        return written + [first if not written and n == 0 else {} for n in range(max(1, 3 - len(written)))]

    def _with_lines(self):
        """One more line where 再加一行 was pressed."""
        if "more" not in self.data:
            return self.data
        data = self.data.copy()
        data["m-TOTAL_FORMS"] = str(min(40, int(data.get("m-TOTAL_FORMS") or 0) + 1))
        return data

    def people(self) -> list[tuple[str, str]]:
        return people_of(self.problem.unit, self.day)

    def make_slots(self) -> list[Slot]:
        return [Slot("papers", "附件", role="paper", help="方案原件、图纸、会议纪要")]

    def is_valid(self) -> bool:
        return super().is_valid() & (self.rows.is_valid() if self.is_bound else True)

    def kwargs(self) -> dict:
        drafts = [row.draft() for row in self.rows if row.cleaned_data.get("text")]
        return {**super().kwargs(), "measures": drafts}


def _evidence_slots(problem, *, name: str = "evidence") -> list[Slot]:
    """One place for each measure, so that what proves what is never guessed."""
    measures = list(problem.measures.order_by("order"))
    if len(measures) < 2:
        only = measures[0].pk if measures else None
        return [Slot(name, "佐证", measure_id=only, help="照片、检定证书、制度文件，能证明结果的都可以")]
    return [
        Slot(f"{name}_{m.pk}", f"措施 {m.order} 的佐证", measure_id=m.pk, help=m.standard or m.text[:40])
        for m in measures
    ]


class ProgressForm(StepForm):
    """报进度: a percentage for each measure. What the unit says, not what was proven."""

    template = "problems/step_progress.html"
    progress = forms.ChoiceField(
        label="整体进度", required=False, choices=(("", "按各条措施算"), *states.PROGRESS)
    )
    text = words("做了什么", rows=3)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.measures = list(self.problem.measures.select_related("owner").order_by("order"))
        for m in self.measures:
            self.fields[f"percent_{m.pk}"] = forms.IntegerField(
                label=f"措施 {m.order} 完成（%）",
                min_value=0,
                max_value=100,
                required=False,
                initial=m.percent,
                error_messages={
                    "max_value": "改成 0 到 100 的整数",
                    "min_value": "改成 0 到 100 的整数",
                    "invalid": "改成 0 到 100 的整数",
                },
                widget=forms.NumberInput(attrs={"step": 5, "inputmode": "numeric"}),
            )
            self.fields[f"document_{m.pk}"] = forms.CharField(
                label="制度文号", required=False, max_length=60, initial=m.document_no
            )
        if not self.measures:
            self.fields["progress"].choices = states.PROGRESS
            self.initial.setdefault("progress", self.problem.progress)

    def lines(self) -> list[tuple]:
        return [(m, self[f"percent_{m.pk}"], self[f"document_{m.pk}"]) for m in self.measures]

    def make_slots(self) -> list[Slot]:
        return _evidence_slots(self.problem)

    def kwargs(self) -> dict:
        data = self.cleaned_data
        return {
            "text": data["text"],
            "progress": data["progress"],
            "percents": {m.pk: p for m in self.measures if (p := data.get(f"percent_{m.pk}")) is not None},
            "documents": {m.pk: data.get(f"document_{m.pk}", "") for m in self.measures},
        }


class SubmitForm(StepForm):
    """申请销号: what was done, and the evidence for each measure."""

    text = words("完成情况", required=True, help_text="写清做了什么、结果怎样")

    def make_slots(self) -> list[Slot]:
        after = Slot(
            "after", "整改后照片", role="after", only_photos=True, help="与整改前同一位置拍，便于对照"
        )
        return [after, *_evidence_slots(self.problem)]


class FixForm(StepForm):
    """当场整改: one photo of after is enough; a second person looks."""

    text = words("怎么改的", rows=2)

    def make_slots(self) -> list[Slot]:
        return [
            Slot(
                "after",
                "整改后照片",
                role="after",
                only_photos=True,
                camera=True,
                required=True,
                help="与整改前同一位置拍，另一人看过后销号",
            ),
        ]


class GuaranteesForm(StepForm):
    """五落实 and what else a major hazard needs before its plan may be approved."""

    duty = words("责任：谁负责、负什么责", rows=2)
    measures = words("措施：怎么治理", rows=2)
    funds = words("资金：多少、从哪里出", rows=2)
    time_limit = words("时限：分几步、到哪天", rows=2)
    emergency_plan = words("预案：治理期间出了事怎么办", rows=2)
    interim_controls = words("临时防范措施", rows=2, help_text="治理期间怎样防范")
    stops_production = forms.TypedChoiceField(
        label="停产停用",
        required=False,
        choices=(("", "未定"), ("yes", "停产停用"), ("no", "不停")),
        coerce=lambda value: value == "yes",
        empty_value=None,
    )
    authority_report = forms.CharField(
        label="向监管部门报告", required=False, max_length=200, help_text="时间、对象、文号"
    )
    congress_report = forms.CharField(
        label="向职代会报告", required=False, max_length=200, help_text="时间、场合"
    )

    def start(self, problem) -> dict:
        kept = type(problem).guarantees.related.related_model.objects.filter(problem=problem).first()
        if kept is None:
            return {}
        said = {True: "yes", False: "no", None: ""}[kept.stops_production]
        names = [name for name in self.base_fields if name not in ("version", "stops_production")]
        return {**{name: getattr(kept, name) for name in names}, "stops_production": said}
