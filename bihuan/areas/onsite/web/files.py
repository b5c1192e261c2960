"""Files of what is closed: handed in, and opened."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bihuan.areas.onsite.actions.attach_closed import attach_closed
from bihuan.areas.onsite.actions.read_file import read_file
from bihuan.areas.onsite.models import Ask, Clue, Complaint, Draft, Talk
from bihuan.record.models import ClosedFile
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.act import act_page

from .finding import crumbs, hands, thing_for

KINDS: dict[str, type[Any]] = {"talk": Talk, "draft": Draft, "complaint": Complaint, "clue": Clue, "ask": Ask}
_LOCKED = "default-src 'none'; sandbox"
_SHOWN = ("image/jpeg", "image/png", "application/pdf", "text/plain")


class FileForm(forms.Form):
    file = forms.FileField(label="文件", help_text="加密保存；图片、PDF、Office 文档")


@view(needs=SIGNED_IN)
def attach(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    if kind not in ("talk", "draft"):
        raise Http404
    found, one = thing_for(request, KINDS[kind], pk)
    back = reverse(f"onsite:{kind}", args=[pk])

    def do(cleaned: dict[str, Any]) -> None:
        attach_closed(thing=one, content=cleaned["file"], name=cleaned["file"].name, **hands(found, request))

    return act_page(
        request, FileForm(request.POST or None, request.FILES or None), do, title=f"加附件：{one}", button="加上",
        back=back, done="加上了", multipart=True, crumbs=crumbs(found, (str(one), back)),
    )  # fmt: skip


@require_safe
@view(needs=SIGNED_IN)
def file(request: HttpRequest, kind: str, pk: int, order: int) -> HttpResponse:
    """The `order`-th file of this thing, opened for this one answer."""
    if kind not in KINDS:
        raise Http404
    found, one = thing_for(request, KINDS[kind], pk)
    owner = f"{one._meta.label_lower}:{one.key}"
    kept = get_object_or_404(ClosedFile.objects.select_related("stored"), owner=owner, order=order)
    return answer_with(read_file(thing=one, file=kept, **hands(found, request)))


def answer_with(content: Any) -> HttpResponse:
    """A closed file as an answer: nothing in it runs, whatever it is."""
    answer = HttpResponse(content.data, content_type=content.mime)
    shown = content.mime in _SHOWN
    answer["Content-Disposition"] = content_disposition_header(not shown, content.name) or "attachment"
    answer["X-Content-Type-Options"], answer["Content-Security-Policy"] = "nosniff", _LOCKED
    return answer
