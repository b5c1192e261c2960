"""The words of a stay on site: which rows somebody may see, and of which they may open the words."""

from __future__ import annotations

from typing import Self

from django.db import models

from . import access
from .access import Data, Standing


class ClosedQuery(models.QuerySet):
    """Rows of one task; `DATA` of the model names its row in the table of who may see what."""

    def listed_for(self, standing: Standing) -> Self:
        """Number, day and state may be seen."""
        return self.filter(access.listed(self._data(), standing))

    def readable_by(self, standing: Standing) -> Self:
        """The words may be opened, by an action that writes it down."""
        return self.filter(access.readable(self._data(), standing))

    def _data(self) -> Data:
        return self.model.DATA
