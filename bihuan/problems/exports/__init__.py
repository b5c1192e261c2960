"""Excel out of the ledger: asked for on the page, made by the worker, kept for thirty days."""

from .ask import EXPORT, LABELS, LAYOUTS, ask_export, own_exports
from .make import run_export

__all__ = ["EXPORT", "LABELS", "LAYOUTS", "ask_export", "own_exports", "run_export"]
