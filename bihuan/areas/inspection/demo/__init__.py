from .rounds import build

__all__ = ["build"]
