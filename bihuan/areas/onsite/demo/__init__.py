from .group import build
from .ugly import build as build_ugly

__all__ = ["build", "build_ugly"]
