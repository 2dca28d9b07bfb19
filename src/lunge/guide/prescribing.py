"""A prescription that is taken over, shown and ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lunge.errors import InputError
from lunge.guide.clock import Clock
from lunge.guide.reading import prescription_from
from lunge.plan.prescription import Prescription, parse
from lunge.storage import Store
from lunge.storage import records as rows
from lunge.storage.instants import local_day
from lunge.written import read_text


class WrongSignatureError(InputError):
    """A signature that does not belong to the file beside it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The prescription that counts.

    Attributes
    ----------
    prescription : Prescription
    name : str
        Of its file.
    on : date
        When it was taken over.
    signed_by : str, optional
        The fingerprint of the key.
    """

    prescription: Prescription
    name: str
    on: date
    signed_by: str | None

    @property
    def first(self) -> date:
        """The first day on which it could be followed."""
        return max(self.on, self.prescription.issued)


class Prescribing:
    """Keeps prescriptions.

    Parameters
    ----------
    store : Store
    clock : Clock
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def current(self) -> Taken | None:
        """Return the prescription that was taken over last, unless it was ended."""
        entries = self._store.prescriptions.all()
        found = prescription_from(entries)
        if found is None:
            return None
        last = entries[-1]
        return Taken(found, last.name, local_day(last.at, last.zone), last.signed_by)

    def take(self, content: bytes, name: str, signature: bytes | None) -> None:
        """Keep a prescription; it takes the place of the one before.

        Parameters
        ----------
        content : bytes
            TOML or JSON, in UTF-8.
        name : str
            Of the file.
        signature : bytes, optional

        Raises
        ------
        InputError
            If it is no text.
        WrittenFileError
            If it does not hold together; its ``problems`` say why, line by line.
        WrongSignatureError
            If the signature is there and does not fit.
        StorageError
            If it cannot be written.
        """
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError("errors.input.no_text", name=name) from error
        parse(text, name)
        entry = rows.Prescription(
            at=self._clock.now(),
            zone=self._clock.zone(),
            name=name,
            document=_plain(read_text(text, name)),
            signed_by=None if signature is None else _signer(content, signature, name),
        )
        self._store.prescriptions.put(entry)

    def end(self) -> None:
        """End the prescription that counts; nothing happens where there is none."""
        last = self._store.prescriptions.latest()
        if last is not None:
            self._store.prescriptions.put(replace(last, ended=True))


def _signer(content: bytes, signature: bytes, name: str) -> str:
    from lunge.plan.signature import fingerprint, signer_of

    key = signer_of(content, signature.decode("utf-8", errors="replace"))
    if key is None:
        raise WrongSignatureError("errors.written.wrong_signature", name=name)
    return fingerprint(key)


def _plain(value: Any) -> Any:
    """Return what a file says as JSON can hold it: days in writing."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value.isoformat() if isinstance(value, date) else value
