"""Several people, or several files, in one field."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bihuan.org.forms import PersonField
from bihuan.org.models import Person

_BETWEEN = re.compile(r"[\s、，,；;]+")
MOST = 60


class PeopleField(forms.CharField):
    """Staff numbers, or names that only one person here has, as people write a list; cleans to Persons, each once."""

    def __init__(self, day: date, **kwargs: Any) -> None:
        self.one = PersonField(day, required=False)
        kwargs.setdefault("help_text", "填工号或姓名，用顿号、空格或换行隔开；重名的填工号")
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(max_length=1000, **kwargs)

    def clean(self, value: Any) -> list[Person]:
        words = [word for word in _BETWEEN.split(super().clean(value)) if word]
        if len(words) > MOST:
            raise ValidationError(f"一次最多 {MOST} 人")
        found = {person.pk: person for word in words if (person := self.one.clean(word)) is not None}
        return list(found.values())


class PickField(forms.ModelMultipleChoiceField):
    """People of the round, with boxes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, person: Person) -> str:
        return f"{person.name}　{person.unit or ''}"


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files with one choice; cleans to (content, name) pairs."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=_FilesInput(attrs={"multiple": True}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[tuple[Any, str]]:
        files = data if isinstance(data, list | tuple) else [data]
        kept = [super(FilesField, self).clean(file, initial) for file in files if file]
        return [(file, file.name) for file in kept]
