"""The code that lets a phone in."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Final

from lunge.web.constants import constants

CODE_BYTES: Final = 6
TOKEN_BYTES: Final = 32


@dataclass
class Pairing:
    """Lets in whoever has the code, once, and knows them again by a token.

    Attributes
    ----------
    address : str
        Of the server for phones, with ``https`` and without a slash at the end.
    """

    address: str
    _code: str = ""
    _until: float = 0.0
    _wrong: int = 0
    _tokens: set[str] = field(default_factory=set)

    def new_link(self) -> str:
        """Return an address with a new code in it; the code before is worth nothing any more."""
        self._code = secrets.token_hex(CODE_BYTES)
        self._until = time.monotonic() + constants().pairing.code_valid_s
        return f"{self.address}/pair/{self._code}"

    def take(self, code: str) -> str | None:
        """Return a token for a code, which is used up by that; None for a wrong one."""
        if not self._code or self._wrong >= constants().pairing.most_wrong_count or time.monotonic() > self._until:
            return None
        if not secrets.compare_digest(code.encode(), self._code.encode()):
            self._wrong += 1
            return None
        self._code = ""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self._tokens.add(token)
        return token

    def knows(self, token: str) -> bool:
        """Return whether a token was given out."""
        return token in self._tokens
