"""Several out of many: boxes in a list that is searched, because a choice of forty is lost by one click without Ctrl."""

from __future__ import annotations

from typing import Any

from django import forms


class Picks(forms.CheckboxSelectMultiple):
    """A box for each choice, a field above that narrows the list to a name, and how many are chosen. What is hidden by the
    search stays chosen."""

    template_name = "ui/parts/picks.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        told = super().get_context(name, value, attrs)
        boxes = [option for _, group, _ in told["widget"]["optgroups"] for option in group]
        return told | {"boxes": boxes, "chosen": sum(bool(option["selected"]) for option in boxes)}
