"""督办函件: the register, one letter, and what people do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.kernel.verdict import Verdict
from bihuan.org.permissions import Permission
from bihuan.org.reads.naming import people_named
from bihuan.paper.filling import filled
from bihuan.problems import words
from bihuan.problems.actions.release_letter import release_letter
from bihuan.problems.actions.sign_letter import sign_letter
from bihuan.problems.actions.withdraw_letter import withdraw_letter
from bihuan.problems.exports import ask_export
from bihuan.problems.exports.papers import letter_facts, outline_of
from bihuan.problems.forms.fields import words as word_field
from bihuan.problems.lists.letters import LETTER_LOOKS, LetterRegister
from bihuan.problems.models import Addressee, Letter, Problem
from bihuan.problems.policies.letters import may_release, may_sign, may_withdraw
from bihuan.record.models import Event
from bihuan.record.reads import file_response
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.refusals import into_form

_DONE = {
    "letter.made": ("生成，待签发", "calm", "writing"),
    "letter.issued": ("发出", "busy", "send"),
    "letter.received": ("签收", "good", "circle-check"),
    "letter.cancelled": ("作废", "late", "ban"),
    "letter.printed": ("成文", "calm", "file-text"),
}


@view(needs=SIGNED_IN)
def letters(request: HttpRequest) -> HttpResponse:
    """The register: those about problems one may see, and those one has received."""
    return LetterRegister.of(request).response(
        request, may_templates=request.actor.may(Permission.RULES_MANAGE)
    )


@require_POST
@view(needs=Permission.EXPORT)
def letter_exports(request: HttpRequest) -> HttpResponse:
    ask_export(layout="letters", query=request.POST.get("query", ""), by=request.actor, at=request.at)
    messages.info(request, "正在导出，可以离开本页，30 天内都能回来取。")
    return redirect("problems:exports")


def letter_for(request: HttpRequest, pk: int) -> Letter:
    """The letter as this reader may see it, or 404."""
    found = Letter.objects.visible_to(request.actor).for_page().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@view(needs=SIGNED_IN)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as it reads, with who has it and what became of it."""
    found = letter_for(request, pk)
    paper = filled(outline_of(found.step), letter_facts(found, local_day(request.at)))
    rows = list(found.addressees.select_related("person__unit").order_by("id"))
    context = {
        "letter": found,
        "page_title": f"{found.title} {found.number or '未编号'}",
        "look": LETTER_LOOKS[Letter.State(found.state)],
        "colour_word": words.LETTER_COLOURS.get(found.colour, ""),
        "paper": paper,
        "acts": acts_of(found, request.actor),
        "addressees": addressees_of(rows),
        "history": history_of(found),
        "sees_problem": Problem.objects.visible_to(request.actor).filter(pk=found.problem_id).exists(),
    }
    return render(request, "problems/letter.html", context)


def addressees_of(rows: list[Addressee]) -> list[dict[str, str]]:
    """People by name; a department that has a copy is one line, however many work there."""
    lines: dict[tuple, list[Addressee]] = {}
    for row in rows:
        together = (row.kind, row.role, row.person.unit_id) if row.role == "supervisor" else (row.pk,)
        lines.setdefault(together, []).append(row)
    made = []
    for pile in lines.values():
        first, unit = pile[0], pile[0].person.unit
        role, where = words.LETTER_ROLES.get(first.role, ""), unit.shown if unit else ""
        many = len(pile) > 1
        made.append(
            {
                "name": where if many else first.person.name,
                "note": f"{role}，{len(pile)} 人"
                if many
                else "，".join(part for part in (where, role) if part),
                "kind": first.get_kind_display(),
            }
        )
    return made


def history_of(found: Letter) -> list[dict[str, Any]]:
    """What happened to the letter, newest first. Two queries."""
    events = list(Event.objects.of(found.stream))
    names = people_named({event.by_id for event in events if event.by_id})
    return [
        {
            "title": _DONE.get(event.kind, (event.kind, "", ""))[0],
            "tone": _DONE.get(event.kind, ("", "calm", ""))[1],
            "icon": _DONE.get(event.kind, ("", "", "file"))[2],
            "who": names.get(event.by_id, "系统"),
            "at": event.occurred_at,
            "text": event.data.get("text", ""),
        }
        for event in reversed(events)
    ]


def acts_of(found: Letter, actor: Any) -> list[dict[str, Any]]:
    """The buttons of this person, refused ones with their reason."""
    made = []
    for act in ACTS.values():
        may: Verdict = act.verdict(found, actor)
        if may or not may.hidden:
            made.append(
                {"act": act, "verdict": may, "url": reverse(f"problems:letter-{act.noun}", args=[found.pk])}
            )
    return made


class SignForm(forms.Form):
    text = word_field("签收意见", help_text="可以不写；有困难、已安排的，写在这里")


class WithdrawForm(forms.Form):
    reason = word_field("撤回的原因", required=True, help_text="已编的文号保留，标为作废，不再用")


@dataclass(frozen=True)
class LetterAct:
    """One thing a person does with a letter; `form` None means one press is enough."""

    noun: str
    label: str
    icon: str
    kind: str
    verdict: Callable[..., Verdict]
    action: Callable[..., Letter]
    form: type[forms.Form]
    done: str
    lead: str


ACTS = {
    act.noun: act
    for act in (
        LetterAct("release", "签发", "send", "primary", may_release, release_letter, forms.Form,
                  "已签发", "签发后编号发出，收件人马上收到通知。编了的号不能收回，只能作废。"),
        LetterAct("receipt", "签收", "circle-check", "primary", may_sign, sign_letter, SignForm,
                  "已签收", "签收只说明收到了函件，记下签收人和时间。"),
        LetterAct("withdrawal", "撤回", "arrow-back-up", "quiet", may_withdraw, withdraw_letter, WithdrawForm,
                  "已撤回", "撤回后这一步不再发，本期限的督办到此为止。"),
    )
}  # fmt: skip


def letter_act(noun: str) -> Callable[..., HttpResponse]:
    """The view of one act: GET asks, POST does it."""
    act = ACTS[noun]

    @view(needs=SIGNED_IN)
    def take(request: HttpRequest, pk: int) -> HttpResponse:
        found = letter_for(request, pk)
        form = act.form(request.POST or None) if request.method == "POST" else act.form()
        if request.method == "POST" and (form.is_valid() or not form.fields):
            try:
                done = act.action(
                    letter=found, by=request.actor, at=request.at, **getattr(form, "cleaned_data", {})
                )
            except Refused as refused:
                into_form(form, refused)
            else:
                messages.success(request, f"{act.done}：{done.title} {done.number or ''}".strip())
                return redirect("problems:letter", pk=found.pk)
        context = {"letter": found, "act": act, "form": form, "verdict": act.verdict(found, request.actor),
                   "page_title": f"{act.label}{found.title}"}  # fmt: skip
        return render(request, "problems/letter_act.html", context, status=422 if form.errors else 200)

    take.__name__ = f"letter_{noun}"
    return take


@view(needs=SIGNED_IN)
def letter_file(request: HttpRequest, pk: int, which: str) -> HttpResponseBase:
    """The paper itself: Word or PDF, as it was made when the letter went out."""
    found = letter_for(request, pk)
    stored = {"docx": found.docx, "pdf": found.pdf}.get(which)
    if stored is None:
        raise Http404
    return file_response(
        stored,
        name=f"{found.title}_{found.number}.{which}",
        which="original",
        inline=which == "pdf",
        request=request,
    )
