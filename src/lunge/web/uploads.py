"""Small files that a form sends; the guard bounds their size."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import UploadFile


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came: its name, to be shown only, and its bytes."""

    name: str
    content: bytes


async def sent_files(request: Request) -> dict[str, SentFile]:
    """Return the files that were chosen in a form, by the names of their fields."""
    async with request.form(max_files=2, max_fields=1) as form:
        return {
            field: SentFile(sent.filename, await sent.read())
            for field, sent in form.items()
            if isinstance(sent, UploadFile) and sent.filename
        }
