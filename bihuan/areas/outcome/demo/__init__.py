from .group import build

__all__ = ["build"]
