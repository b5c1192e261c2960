"""One way to write a list: see `page.ListPage`."""

from .columns import Column
from .filters import Choice, Filter
from .page import BulkAct, Export, Highlight, ListPage, View
from .paging import Order, capped_count

__all__ = [
    "BulkAct",
    "Choice",
    "Column",
    "Export",
    "Filter",
    "Highlight",
    "ListPage",
    "Order",
    "View",
    "capped_count",
]
