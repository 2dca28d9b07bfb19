"""Detached signatures of a prescription: Ed25519, as a small JSON text beside the file."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SCHEMA: Final = "lunge.signature/1"


def new_key() -> bytes:
    """Return a new private key, 32 bytes: to be kept by the one who signs."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def fingerprint(public_key: bytes) -> str:
    """Return what two people compare to know a key: the SHA-256 of its 32 bytes, in groups of four signs."""
    digits = hashlib.sha256(public_key).hexdigest()[:32]
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def signature_of(content: bytes, private_key: bytes) -> str:
    """Return the signature of a file's bytes, as JSON.

    Raises
    ------
    ValueError
        If the key is not 32 bytes long.
    """
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    parts = {"key": key.public_key().public_bytes_raw(), "signature": key.sign(content)}
    return json.dumps({"schema": SCHEMA} | {name: base64.b64encode(v).decode() for name, v in parts.items()})


def signer_of(content: bytes, signature: str) -> bytes | None:
    """Return the public key, 32 bytes, that signed exactly these bytes; None where the signature does not fit.

    Whose key it is only its owner can say: compare its `fingerprint`.
    """
    try:
        data = json.loads(signature)
        if data["schema"] != SCHEMA:
            return None
        key = base64.b64decode(data["key"], validate=True)
        Ed25519PublicKey.from_public_bytes(key).verify(base64.b64decode(data["signature"], validate=True), content)
    except (InvalidSignature, KeyError, TypeError, ValueError, binascii.Error):
        return None
    return key
