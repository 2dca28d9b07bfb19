"""The command for whoever prescribes: `lunge prescribe` checks, signs and writes a prescription file."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from lunge import cli_prescribe_options as options
from lunge.cli_draft import Draft, drafted
from lunge.cli_speech import FAILED, one_sentence, say
from lunge.cli_values import Language

app = typer.Typer()


@app.command()
def prescribe(  # noqa: PLR0913  one parameter for each option
    file: options.File = None,
    sign: options.Sign = None,
    new_key: options.NewKey = None,
    write: options.Write = False,
    by: options.By = None,
    exercise: options.Exercise = None,
    level: options.Level = None,
    depth: options.Depth = None,
    hold: options.Hold = None,
    repetitions: options.Repetitions = None,
    sides: options.Sides = None,
    hands: options.Hands = None,
    long_step: options.Longer = None,
    strength: options.Strength = None,
    sets_a_day: options.SetsADay = None,
    days: options.Days = None,
    weeks: options.Weeks = None,
    from_: options.From = None,
    stop_above: options.StopAbove = None,
    note: options.Note = None,
    overwrite: options.Overwrite = False,
    language: options.Spoken = Language.EN,
) -> None:
    """Check a prescription line by line, with its signature where FILE.sig is beside it; sign it; or write one.

    --write makes FILE from the options, checks it, and says what is in it.
    """
    draft = Draft(
        by=by,
        exercise=exercise,
        level=level,
        depth=depth,
        hands=hands,
        hold=hold,
        repetitions=repetitions,
        sides=sides,
        strength=strength,
        long_step=long_step,
        days=days,
        sets_a_day=sets_a_day,
        weeks=weeks,
        stop_above=stop_above,
        first=None if from_ is None else from_.date(),
        note=note,
    )
    if (new_key is None) == (file is None) or (sign is not None and file is None):
        raise typer.BadParameter("Say which FILE, or --new-key alone.")
    if (overwrite or not draft.is_empty) and not write:
        raise typer.BadParameter("These options go with --write.")
    if write and (file is None or not by):
        raise typer.BadParameter("--write needs a FILE, and --by: who prescribes it.")
    with one_sentence():
        if new_key is not None:
            _make_key(new_key)
        elif file is not None and write:
            _write(file, draft, sign, language.value, overwrite=overwrite)
        elif file is not None:
            _check(file, language.value)
            _signed(file) if sign is None else _sign(file, sign)


def _write(path: Path, draft: Draft, key_file: Path | None, language: str, *, overwrite: bool) -> None:
    from lunge.files import delete_file, write_text
    from lunge.guide.clock import Clock

    beside = _signature_of(path)
    there = [str(one) for one in (path, beside) if one.exists()]
    if there and not overwrite:
        say(f"{' and '.join(there)}: there already, and left as it was. Another name, or --overwrite?")
        raise typer.Exit(FAILED)
    text = drafted(draft, Clock().today(), language)
    signature = None if key_file is None else _signature(text.encode(), key_file)
    # An old signature fits no new file.
    delete_file(beside)
    say(f"The prescription: {write_text(path, text)}")
    if signature is not None:
        say(f"The signature: {write_text(beside, signature)}. Send it along with {path.name}.")
    _check(path, language)
    _signed(path)


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


def _check(path: Path, language: str) -> None:
    from lunge.errors import InputError, WrittenFileError
    from lunge.messages import catalogue
    from lunge.plan.prescribed import whole_text
    from lunge.plan.prescription import parse

    try:
        found = parse(_content(path).decode("utf-8"), path.name)
    except UnicodeDecodeError as error:
        raise InputError("errors.input.no_text", name=path.name) from error
    except WrittenFileError as error:
        for problem in error.facts["problems"]:  # type: ignore[attr-defined]  # a tuple of Problem, by its docstring
            say(f"{path.name}: {problem.text(language)}")
        raise typer.Exit(FAILED) from error
    say(f"{path.name} holds together. It says:")
    for line in whole_text(catalogue(language), found):
        typer.echo(f"  {line}")


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
    from lunge.files import write_text

    signature = _signature(_content(path), key_file)
    say(f"The signature: {write_text(_signature_of(path), signature)}. Send it along with {path.name}.")
    _signed(path)


def _signature(content: bytes, key_file: Path) -> str:
    from lunge.errors import InputError
    from lunge.plan.signature import signature_of

    try:
        return signature_of(content, bytes.fromhex(_content(key_file).decode("ascii")))
    except ValueError as error:
        raise InputError("errors.written.no_key", name=key_file.name) from error


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
