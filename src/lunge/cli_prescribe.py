"""The command for whoever prescribes: `lunge prescribe` checks and signs a prescription file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from lunge.cli_speech import FAILED, one_sentence, say

app = typer.Typer()


@app.command()
def prescribe(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A prescription, TOML or JSON.")] = None,
    sign: Annotated[
        Path | None, typer.Option(metavar="KEYFILE", help="Sign FILE with this key, into FILE.sig.")
    ] = None,
    new_key: Annotated[
        Path | None, typer.Option(metavar="KEYFILE", help="Make a key of your own to sign with.")
    ] = None,
) -> None:
    """Check a prescription line by line, with its signature where FILE.sig is beside it; or sign it."""
    if (new_key is None) == (file is None) or (sign is not None and file is None):
        raise typer.BadParameter("Say which FILE, or --new-key alone.")
    with one_sentence():
        if new_key is not None:
            _make_key(new_key)
        elif file is not None:
            _check(file)
            _signed(file) if sign is None else _sign(file, sign)


def _make_key(path: Path) -> None:
    from lunge.files import output_error
    from lunge.plan.signature import new_key

    try:
        # Never over a key that is there, and readable for its owner only from the first moment on.
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as key:
            key.write(new_key().hex() + "\n")
    except FileExistsError as error:
        say(f"{path} is there already, and was left as it is. Choose another name.")
        raise typer.Exit(FAILED) from error
    except OSError as error:
        raise output_error(path, error) from error
    say(f"The key: {path}. Keep it to yourself.")


def _check(path: Path) -> None:
    from lunge.errors import InputError, WrittenFileError
    from lunge.plan.prescription import parse

    try:
        parse(_content(path).decode("utf-8"), path.name)
    except UnicodeDecodeError as error:
        raise InputError("errors.input.no_text", name=path.name) from error
    except WrittenFileError as error:
        for problem in error.facts["problems"]:  # type: ignore[attr-defined]  # a tuple of Problem, by its docstring
            say(f"{path.name}: {problem.text('en')}")
        raise typer.Exit(FAILED) from error
    say(f"{path.name} holds together.")


def _signed(path: Path) -> None:
    from lunge.errors import InputError
    from lunge.plan.signature import fingerprint, signer_of

    beside = _signature_of(path)
    if not beside.is_file():
        say("It is not signed.")
        return
    signer = signer_of(_content(path), _content(beside).decode("utf-8", errors="replace"))
    if signer is None:
        raise InputError("errors.written.signature_changed", name=beside.name, signed=path.name)
    say(f"Signed, and unchanged. Compare the key's fingerprint with its owner: {fingerprint(signer)}")


def _sign(path: Path, key_file: Path) -> None:
    from lunge.errors import InputError
    from lunge.files import write_text
    from lunge.plan.signature import signature_of

    try:
        signature = signature_of(_content(path), bytes.fromhex(_content(key_file).decode("ascii")))
    except ValueError as error:
        raise InputError("errors.written.no_key", name=key_file.name) from error
    say(f"The signature: {write_text(_signature_of(path), signature)}. Send it along with {path.name}.")
    _signed(path)


def _signature_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.sig")


def _content(path: Path) -> bytes:
    from lunge.errors import InputError, MissingFileError

    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise MissingFileError(path) from error
    except OSError as error:
        raise InputError("errors.input.unreadable", path=path, cause=error.strerror or str(error)) from error
