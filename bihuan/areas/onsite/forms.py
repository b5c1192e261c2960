"""Fields that several pages of this room have."""

from __future__ import annotations

from typing import Any

from django import forms

from . import words


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleans to (name, content) pairs."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", FilesInput())
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, Any]]:
        given = data if isinstance(data, list | tuple) else [data]
        return [(one.name, one) for one in given if one]


def words_field(label: str, rows: int = 5, **kwargs: Any) -> forms.CharField:
    """Free text of what is confidential: it says what must not be typed in."""
    helped = kwargs.pop("help_text", "")
    kwargs["help_text"] = f"{helped}{'。' if helped else ''}{words.NO_SECRETS}"
    kwargs.setdefault("max_length", 20000)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
