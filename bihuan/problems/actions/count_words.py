"""Count how many of the problems hold each word: what makes a shared word telling or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Max

from bihuan.kernel.text import bigrams
from bihuan.problems.models import Problem, WordShares

SAMPLE = 20_000
_CHUNK = 500
#: a word that fewer of the sample hold is simply rare
_FEWEST = 3
#: counted anew when so much more has come in
_GROWN = 1.2


def count_words(*, always: bool = True) -> WordShares | None:
    """Read a sample spread over all problems and keep the shares. Without `always` only where the number of
    problems has grown by a fifth since. Some seconds at most, whatever the number of problems.
    """
    upto = Problem.objects.aggregate(last=Max("pk"))["last"] or 0
    newest = WordShares.objects.order_by("-id").first()
    if not upto or (not always and newest is not None and upto < newest.upto * _GROWN):
        return newest
    held: Counter[str] = Counter()
    sampled = 0
    for statement in _spread(upto):
        held.update(set(bigrams(statement)))
        sampled += 1
    shares = {word: round(n / sampled, 7) for word, n in held.items() if n >= _FEWEST}
    with transaction.atomic():
        kept = WordShares.objects.create(upto=upto, sampled=sampled, shares=shares)
        WordShares.objects.exclude(pk=kept.pk).delete()
    return kept


def _spread(upto: int) -> Iterator[str]:
    """Statements at even steps over all ids."""
    step = max(1, upto // SAMPLE)
    ids = range(upto, 0, -step)
    for start in range(0, len(ids), _CHUNK):
        chunk = list(ids[start : start + _CHUNK])
        yield from Problem.objects.filter(pk__in=chunk).values_list("statement", flat=True)
