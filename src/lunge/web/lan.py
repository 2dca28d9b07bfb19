"""A phone as the camera: the address in the network, a certificate made on the spot, QR pictures.

Imported when a phone is wanted: what it needs takes a while to load.
"""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import segno
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lunge.errors import LungeError
from lunge.web.constants import constants

ELSEWHERE: Final = ("192.0.2.1", 9)
"""An address kept for examples: nothing is sent there, but the system says by which way it would be."""

EARLIER: Final = timedelta(days=1)
"""Certificates begin in the past: clocks of phones differ."""


class NoNetworkError(LungeError):
    """There is no network to be reached in."""


def own_address() -> str:
    """Return the address under which this computer is known in its network.

    Raises
    ------
    NoNetworkError
        If it is in none.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(ELSEWHERE)
            address = str(asking.getsockname()[0])
        except OSError as error:
            raise NoNetworkError("errors.coach.no_network") from error
    return address


def qr_picture(text: str) -> str:
    """Return a QR picture as a ``data:`` address."""
    return str(segno.make(text, micro=False).svg_data_uri(scale=6, border=4, light="#fff", dark="#000"))


def qr_text(text: str) -> str:
    """Return a QR picture in characters, for a terminal."""
    drawn = io.StringIO()
    segno.make(text, micro=False).terminal(drawn, border=2, compact=True)
    return drawn.getvalue()


@contextmanager
def certificate(address: str) -> Iterator[tuple[Path, Path]]:
    """Give the files of a new certificate for an address, and of its key; both vanish afterwards.

    Parameters
    ----------
    address : str
        An IP address.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "lunge")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(now + timedelta(days=constants().pairing.certificate_days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    with TemporaryDirectory(prefix="lunge-") as folder:  # only its owner may look into it
        files = Path(folder) / "certificate.pem", Path(folder) / "key.pem"
        files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
        files[1].write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        yield files
