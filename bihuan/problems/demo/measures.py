"""The measures of a plan: mend it, look for its like, and see to it that it does not come back."""

from __future__ import annotations

from datetime import date, timedelta

from bihuan.problems.actions.set_measures import MeasureDraft

from . import texts
from .cases import Case

#: words that make a measure a matter of the enterprise's own regulations: it then needs a document number
_RULES = ("制度", "办法", "规定", "规程", "细则", "机制", "方案", "流程")


def is_rule(text: str) -> bool:
    return any(word in text for word in _RULES)


def drafts(case: Case, latest: date, *, from_day: date) -> list[MeasureDraft]:
    """One to three measures, the last one due on `latest` or before."""
    random = case.random
    count = 3 if case.grade != "general" else random.choice((1, 2, 2, 3))
    span = max(0, (latest - from_day).days)
    second, standard = random.choice(tuple(zip(texts.SECOND, texts.SECOND_STANDARD, strict=True)))
    lines = [(case.fix, case.standard, case.lead.pk), (second, standard, case.second.pk)]
    if random.random() < 0.5:
        lines.append((texts.THIRD.format(rule=case.category.rule), texts.THIRD_STANDARD, case.second.pk))
    else:
        training = tuple(zip(texts.TRAINING, texts.TRAINING_STANDARD, strict=True))
        lines.append((*random.choice(training), case.lead.pk))
    return [
        MeasureDraft(
            text,
            standard=result,
            owner_id=owner,
            due_on=latest - timedelta(days=span * (count - n) // (count + 2)),
        )
        for n, (text, result, owner) in enumerate(lines[:count], 1)
    ]
