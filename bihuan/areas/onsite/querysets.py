"""The words of a stay on site: which rows somebody may see, and of which they may open the words."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models

from . import access, states
from .access import Data, Standing


class ClosedQuery(models.QuerySet):
    """Rows of one task; `DATA` of the model names its row in the table of who may see what."""

    def listed_for(self, standing: Standing) -> Self:
        """Number, day and state may be seen."""
        return self.filter(access.listed(self._data(), standing))

    def readable_by(self, standing: Standing) -> Self:
        """The words may be opened, by an action that writes it down."""
        return self.filter(access.readable(self._data(), standing))

    def channel(self, values: tuple[str, ...]) -> Self:
        return self.filter(channel__in=values)

    def disposition(self, values: tuple[str, ...]) -> Self:
        return self.filter(disposition__in=values)

    def in_states(self, values: tuple[str, ...]) -> Self:
        return self.filter(state__in=values)

    def handled_by(self, values: tuple[str, ...]) -> Self:
        """The ids of handlers, or "none" where there is none yet."""
        found = models.Q(handler__in=[value for value in values if value != "none"])
        return self.filter(found | models.Q(handler=None) if "none" in values else found)

    def late(self, day: date) -> Self:
        """Clues handed over whose body has not reported by the day it should have."""
        return self.filter(state__in=states.WITH_BODY, due_on__lt=day)

    def _data(self) -> Data:
        return self.model.DATA
