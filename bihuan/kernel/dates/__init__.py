"""The reader of Chinese dates and deadlines: `read_date` and what it answers."""

from bihuan.kernel.dates.read import read_date
from bihuan.kernel.dates.reading import DateReading

__all__ = ["DateReading", "read_date"]
