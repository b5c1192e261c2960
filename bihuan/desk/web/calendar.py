"""日历订阅: calendars read due days at an address that is itself the key. It can be taken back."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from bihuan.desk.exports import calendar_of
from bihuan.org.actions.use_token import WINDOW_S, NotLetIn, use_token
from bihuan.record.replica import from_replica
from bihuan.registry import shelf
from bihuan.ui.access import PUBLIC, view


@require_safe
@view(needs=PUBLIC)
@sensitive_variables("key")
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """An address that is none, or none any more, does not exist."""
    try:
        address = request.META.get("REMOTE_ADDR", "")
        token, actor = use_token(text=key, address=address, at=request.at, calendar=True)
    except NotLetIn as refused:
        if refused.guessing:
            return HttpResponse(status=429, headers={"Retry-After": str(WINDOW_S)})
        raise Http404 from None
    content = calendar_of(from_replica(shelf.due_days)(actor, token.unit_id, request.at))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="bihuan.ics"'
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)
