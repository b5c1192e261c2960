"""The words of what comes of a task: which reports and feedbacks somebody may see, and which they may open."""

from __future__ import annotations

from collections.abc import Collection
from typing import Self

from django.db import models

from bihuan.areas.onsite.access import Standing

from . import access, states


class ReportQuery(models.QuerySet):
    def listed_for(self, standing: Standing, departments: Collection[int] = ()) -> Self:
        """State and days may be seen."""
        return self.filter(access.listed_reports(standing, departments))

    def readable_by(self, standing: Standing, departments: Collection[int] = ()) -> Self:
        """The words may be opened, by an action that writes it down."""
        return self.filter(access.readable_reports(standing, departments))

    def approved(self) -> Self:
        return self.filter(state__in=states.DONE)


class FeedbackQuery(models.QuerySet):
    def readable_by(self, standing: Standing) -> Self:
        return self.filter(access.readable_feedback(standing))

    def issued(self) -> Self:
        return self.filter(issued_at__isnull=False)

    def received(self) -> Self:
        return self.filter(received_on__isnull=False)
