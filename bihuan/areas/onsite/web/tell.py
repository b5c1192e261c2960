"""The public page behind the QR code. No account, no cookie, no script; what is kept says ADR 27.

It is drawn without the request: no frame of the house, nothing that asks who is there.
"""

from __future__ import annotations

import secrets
import time
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.actions.tell import MOST_FILES, tell
from bihuan.areas.onsite.forms import FilesField
from bihuan.areas.onsite.reads import door
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.ui.access import PUBLIC, view
from bihuan.ui.flood import Flood
from bihuan.ui.refusals import into_form

#: a form is good for so long; then the page gives a new one and keeps what was typed
FORM_S = 12 * 3600
_SALT = "onsite.tell"
_MB = 1 << 20
#: seconds for which a process remembers which task an address leads to, and of how many
MOMENT_S, MOST_DOORS = 5.0, 200
_behind_it: dict[str, tuple[Task | None, float]] = {}
flood = Flood(settings.TELL_MOST, settings.TELL_WINDOW_S, settings.TELL_EACH_SECOND)


class TellForm(forms.Form):
    text = forms.CharField(
        label="反映的内容", widget=forms.Textarea(attrs={"rows": 8}), min_length=10, max_length=8000,
        help_text="写清时间、地点、什么人、什么事，有什么可以查证。不得录入国家秘密",
        error_messages={"required": "请写反映的内容。", "min_length": "写得太短，查不下去：写清什么人、什么事。"},
    )  # fmt: skip
    about = forms.CharField(
        label="反映的是谁、什么岗位", max_length=200, required=False, help_text="知道多少写多少"
    )
    files = FilesField(
        label="附件",
        help_text=f"最多 {MOST_FILES} 个，每个 {settings.TELL_FILE_MB} MB 以内：图片、PDF、Word、Excel、文本",
    )
    name = forms.CharField(label="您的姓名", max_length=40, required=False)
    phone = forms.CharField(label="您的电话", max_length=40, required=False)


class StateForm(forms.Form):
    code = forms.CharField(
        label="回执号", max_length=40, help_text="16 位，四位一组，空格和大小写不论",
        error_messages={"required": "请填回执号。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


@csrf_exempt  # there is no cookie whose bearer a forged form could act for
@sensitive_post_parameters()
@view(needs=PUBLIC)
def page(request: HttpRequest, code: str) -> HttpResponse:
    """GET gives the form, POST the receipt; outside the term it says so and where else to turn."""
    if request.method == "POST" and (refused := _too_much(request)):
        return refused
    task = _behind(code)
    if task is None:
        return _page("gone", 404)
    if not door.takes_in(task, local_day(request.at)):
        return _page("over", task=task, posted=task.announcement, early=_early(request, task))
    if request.method == "POST":
        return _told(request, task)
    return _form(TellForm(), task)


@csrf_exempt
@sensitive_post_parameters()
@view(needs=PUBLIC)
def state(request: HttpRequest) -> HttpResponse:
    """How far it has come, for who has the receipt; the code stands in no address."""
    if request.method != "POST":
        return _page("state", form=StateForm())
    if refused := _too_much(request):
        return refused
    form = StateForm(request.POST)
    found = door.state_of(form.cleaned_data["code"]) if form.is_valid() else None
    if form.is_valid() and found is None:
        form.add_error("code", "没有这个回执号，请核对每一位。")
    return _page("state", 400 if form.errors else 200, form=form, found=found)


@sensitive_variables()
def _told(request: HttpRequest, task: Task) -> HttpResponse:
    form = TellForm(request.POST, {"files": request.FILES.getlist("files")})
    nonce = _nonce(request.POST.get("form", ""), task)
    if nonce is None:
        form.add_error(None, "这一页打开得太久了，内容还在，请再按一次提交。")
    if not form.is_valid():
        return _form(form, task, 400)
    said = {key: form.cleaned_data[key] for key in ("text", "about", "name", "phone")}
    try:
        receipt = tell(
            task=task, said=said, files=form.cleaned_data["files"], nonce=nonce or "", at=request.at
        )
    except Refused as refused:
        if refused.field == "file":
            refused.field = "files"
        into_form(form, refused)
        return _form(form, task, 400)
    state_url = reverse("tell:state")
    return _page(
        "receipt", code=door.in_fours(receipt.code), again=receipt.again, task=task, state_url=state_url
    )


def _behind(code: str) -> Task | None:
    """The task of this address, remembered for a moment: it is a third of what a letter costs."""
    now = time.monotonic()
    found, until = _behind_it.get(code, (None, 0.0))
    if now >= until:
        found = door.task_behind(code)
        if found is None:
            return None
        if len(_behind_it) >= MOST_DOORS:
            _behind_it.clear()
        _behind_it[code] = found, now + MOMENT_S
    return found


def _form(form: TellForm, task: Task, status: int = 200) -> HttpResponse:
    """With a word of its own, which makes the receipt and counts a form once."""
    word = signing.TimestampSigner(salt=_SALT).sign(f"{task.pk}.{secrets.token_urlsafe(18)}")
    return _page("form", status, form=form, word=word, task=task, posted=task.announcement)


def _nonce(word: str, task: Task) -> str | None:
    """The word of a form of ours, of this task and not too old; None otherwise."""
    try:
        said = signing.TimestampSigner(salt=_SALT).unsign(word, max_age=FORM_S)
    except signing.BadSignature:
        return None
    return said if said.startswith(f"{task.pk}.") else None


def _too_much(request: HttpRequest) -> HttpResponse | None:
    """Asked before anything of the body is read: a flood costs next to nothing."""
    size = request.META.get("CONTENT_LENGTH") or "0"
    if int(size) > (MOST_FILES * settings.TELL_FILE_MB + 1) * _MB:
        return _page("busy", 413, much=True)
    seconds = flood.wait(request.line)
    if not seconds:
        return None
    crowd = seconds == 1
    answer = _page("busy", 503 if crowd else 429, crowd=crowd, minutes=-(-seconds // 60))
    answer["Retry-After"] = str(seconds)
    return answer


def _early(request: HttpRequest, task: Task) -> bool:
    return local_day(request.at) < task.announcement.posted_on


def _page(name: str, status: int = 200, **context: Any) -> HttpResponse:
    return HttpResponse(render_to_string(f"onsite/tell/{name}.html", context), status=status)
