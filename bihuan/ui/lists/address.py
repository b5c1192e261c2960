"""The address of a list: what is filtered, ordered and shown, as a query string that can be bookmarked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode


@dataclass(frozen=True)
class Address:
    """Pairs in a stable order; every change gives a new address."""

    path: str
    pairs: tuple[tuple[str, str], ...] = ()

    def without(self, *names: str) -> Address:
        return replace(self, pairs=tuple(pair for pair in self.pairs if pair[0] not in names))

    def with_(self, **values: object) -> Address:
        """Sets single values; None takes the name away."""
        kept = self.without(*values).pairs
        return replace(
            self,
            pairs=kept + tuple((name, str(value)) for name, value in values.items() if value is not None),
        )

    @property
    def query(self) -> str:
        return urlencode(self.pairs)

    @property
    def url(self) -> str:
        return f"{self.path}?{self.query}" if self.pairs else self.path or "?"
