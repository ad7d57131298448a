"""What a verb group says was decided: the act, its status, who did it, its object and whom it addresses."""

from communique.acts.model import Act, ActNoun, Frame, Span
from communique.acts.reader import Reader

__all__ = ["Act", "ActNoun", "Frame", "Reader", "Span"]
