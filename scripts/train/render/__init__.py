"""Renders signs to learn from: house numbers, lettering, notices and bars, in the typefaces at hand."""
from .renderer import WEIGHTS, Renderer
from .sign import Sign
from .weather import weather

__all__ = ["Renderer", "Sign", "WEIGHTS", "weather"]
