"""登记问题: on a phone a sentence and a photo are enough, the rest is folded away."""

from __future__ import annotations

from datetime import date

from django import forms

from bihuan.kernel.actor import Actor
from bihuan.problems import states
from bihuan.registry import shelf

from .fields import NO_SECRETS, Slot, UnitField, choice, day_field, words

#: where a worker's own find belongs when nothing else is said
USUAL = ("self_check", "daily_check", "ledger")
IMPORTED = "ledger"


class RaiseForm(forms.Form):
    statement = forms.CharField(
        label="问题",
        max_length=4000,
        error_messages={"required": "问题表述是空的，写清时间、地点、对象和问题"},
        help_text=f"写清在哪里、什么东西、怎么不对。{NO_SECRETS}",
        widget=forms.Textarea(
            attrs={"rows": 3, "autofocus": True, "placeholder": "例如：3 号加热炉操作台照明灯罩缺 1 个"}
        ),
    )
    unit = UnitField(label="责任单位")
    place = forms.CharField(label="地点", required=False, max_length=200)
    source = choice("来源", ())
    grade = choice("等级", (("", "按来源定"), *states.GRADE), required=False)
    timing = choice("整改类型", states.TIMING, required=False)
    found_on = day_field("发现日期", help_text="不填就是今天")
    found_by_name = forms.CharField(
        label="发现人", required=False, max_length=200, help_text="不填就是登记的人"
    )
    equipment = forms.CharField(label="设备", required=False, max_length=120)
    category = forms.CharField(label="类别", required=False, max_length=60)
    basis = forms.CharField(label="依据", required=False, max_length=300, help_text="文件和条款")
    demand = words("整改要求", rows=2)
    secrecy = choice("知悉范围", states.SECRECY, required=False)
    no_penalty = forms.BooleanField(label="本单位自查发现，按规定不扣分", required=False)

    #: what is in sight on a phone; the rest stands under 更多
    SHORT = ("statement", "unit")

    def __init__(self, *args, actor: Actor, day: date, **kwargs) -> None:
        sources = usable_sources(actor)
        first = next((code for code in USUAL if code in dict(sources)), sources[0][0] if sources else "")
        kwargs["initial"] = {
            "unit": actor.unit_id,
            "source": first,
            "timing": "time_limited",
            "secrecy": "normal",
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(day)
        self.fields["source"].choices = sources
        if not actor.may("problem.assign"):
            # Who restricts the circle of readers must be one of those who hand problems out.
            del self.fields["secrecy"]
        self.slots = [
            Slot("before", "整改前照片", role="before", only_photos=True, camera=True, help="现在是什么样"),
            Slot(
                "after",
                "整改后照片",
                role="after",
                only_photos=True,
                camera=True,
                help="当场改好了才拍，有这张就直接送人核验",
            ),
        ]

    def short(self) -> list:
        return [self[name] for name in self.SHORT]

    def rest(self) -> list:
        return [self[name] for name in self.fields if name not in self.SHORT]

    def details(self, actor: Actor) -> dict:
        """The arguments of `raise_problem`; empty optional ones are left out so that defaults hold."""
        data = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        data.setdefault("found_by_name", actor.name)
        return data


def usable_sources(actor: Actor) -> list[tuple[str, str]]:
    """Sources a person may register under: not the one that only an import fills; those of an office only by
    people who hand problems out."""
    known = [(code, source.label) for code, source in shelf.sources().items() if code != IMPORTED]
    if actor.may("problem.assign"):
        return known
    own = [(code, label) for code, label in known if code in USUAL]
    return own or known
