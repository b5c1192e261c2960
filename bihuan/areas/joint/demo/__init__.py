from .joint import build

__all__ = ["build"]
