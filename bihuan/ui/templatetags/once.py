"""Every form of ours carries a key of its own, so that a second click or a resent page does nothing twice.

Loaded as a builtin: `{% csrf_token %}` writes both fields, and no form can forget the second one.
"""

from __future__ import annotations

import secrets
from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

register = template.Library()


class FormKeysNode(CsrfTokenNode):
    """The token against forged forms, and the key that makes a form count once (`record.middleware`)."""

    def render(self, context: Any) -> str:
        token = super().render(context)
        if not token:
            return token
        return token + format_html('<input type="hidden" name="_once" value="{}">', secrets.token_urlsafe(12))


@register.tag
def csrf_token(parser: Any, token: Any) -> FormKeysNode:
    return FormKeysNode()
