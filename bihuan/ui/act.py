"""One page for every act: a form, what will be checked, one filled button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from bihuan.kernel.refused import Refused
from bihuan.ui.refusals import into_form


def act_page(
    request: HttpRequest,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    button: str,
    back: str,
    done: str,
    lead: str = "",
    checks: Sequence[str] = (),
    crumbs: Sequence[tuple[str, str]] = (),
    template: str = "ui/act.html",
    **context: Any,
) -> HttpResponse:
    """GET shows the form; POST calls `do(cleaned)`, says `done` and goes to `back`, or shows the refusal in place.

    `do` may return an address to go to instead of `back`, or a finished answer (a page that shows something once).
    """
    if request.method == "POST" and form.is_valid():
        try:
            went = do(form.cleaned_data)
        except Refused as refused:
            into_form(form, refused)
        else:
            if isinstance(went, HttpResponse):
                return went
            messages.success(request, done)
            return HttpResponseRedirect(went if isinstance(went, str) else back)
    page = {
        "form": form,
        "page_title": title,
        "button": button,
        "back": back,
        "lead": lead,
        "checks": checks,
        "crumbs": crumbs,
        **context,
    }
    return render(request, template, page, status=400 if form.is_bound and form.errors else 200)
