from .board import build

__all__ = ["build"]
