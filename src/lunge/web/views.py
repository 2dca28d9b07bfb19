"""Pages from templates, in the language that was chosen."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from lunge.messages import DEFAULT, Catalogue, catalogue, languages

LANGUAGE_COOKIE: Final = "lunge_language"


def language_of(request: Request) -> str:
    """Return the language chosen, or else the first one that the browser asks for and we have."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in languages():
        return str(chosen)
    wanted = request.headers.get("accept-language", "").lower().split(",")
    codes = [part.partition(";")[0].strip().partition("-")[0] for part in wanted]
    return next((code for code in codes if code in languages()), DEFAULT)


def texts_of(request: Request) -> Catalogue:
    """Return the texts in the language of a request."""
    return catalogue(language_of(request))


def shown(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page.

    Parameters
    ----------
    request : Request
    template : str
        Name of a file in ``templates``.
    status : int
        Of the answer.
    **values : object
        What the template speaks of, beside ``t``, the texts, and ``language``.
    """
    texts = texts_of(request)
    html = (
        environment()
        .get_template(template)
        .render(
            t=texts.text,
            section=texts.section,
            language=texts.language,
            languages=languages(),
            path=request.url.path,
            **values,
        )
    )
    return HTMLResponse(html, status_code=status)


@cache
def environment() -> Environment:
    """Return the templates."""
    return Environment(
        loader=PackageLoader("lunge.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def prepare() -> None:
    """Read all templates and texts, so that the first page comes as fast as the others."""
    for name in environment().list_templates():
        environment().get_template(name)
    for code in languages():
        catalogue(code)
