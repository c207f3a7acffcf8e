"""The openings that the room of candidates is tested with."""

from tests.candidates.conftest import confidential, opening

__all__ = ["confidential", "opening"]
