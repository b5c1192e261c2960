"""换身份: who holds grants of several bodies says in whose name they act, with one tap."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.views.decorators.http import require_POST

from bihuan.kernel.refused import Refused
from bihuan.org.actions.wear_hat import wear_hat
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.refusals import sentence


@require_POST
@view(needs=SIGNED_IN)
def wear(request: HttpRequest) -> HttpResponse:
    """To the desk afterwards: the page one comes from may be none of the other body's. Forms that are open in other
    tabs were made under the hat taken off; their proof of origin is made void."""
    actor, code = request.actor, request.POST.get("hat", "")
    wanted = next((hat for hat in (*actor.hats, actor.hat) if hat and hat.code == code), None)
    try:
        if code and wanted is None:
            raise Refused("没有这个身份的授权，或已经收回、到期", "从现有的身份里选")
        changed = wear_hat(person=request.user.person, hat=wanted, by=actor, at=request.at)
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        if changed:
            rotate_token(request)
        messages.success(request, f"现在以{wanted.name}身份。" if wanted else "知道了。")
    return HttpResponseRedirect("/")
