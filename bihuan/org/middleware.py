"""Every request knows who acts and when: `request.actor` and `request.at`, asked for nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bihuan.kernel.actor import NOBODY, Actor

from .reads import actor_for


def _actor(request: HttpRequest, at) -> Actor:
    account = request.user
    if not account.is_authenticated or not account.is_active:
        return NOBODY
    actor = actor_for(account.person, at=at)
    return replace(actor, account_id=account.pk) if actor.is_person else NOBODY


def who_and_when(get_response: Callable[[HttpRequest], HttpResponse]):
    def middleware(request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()
        request.actor = _actor(request, request.at)
        return get_response(request)

    return middleware
