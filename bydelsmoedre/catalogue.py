"""The interface's strings as the program uses them, and the file in which they are put into Danish."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_python
from django.conf import settings
from django.utils.translation.template import templatize
from jinja2.ext import babel_extract

from bydelsmoedre.jinja import SYNTAX

#: The functions that mark a string, and which of their arguments it is.
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
#: Jinja2's strings are read as `bydelsmoedre.jinja` writes them; a template that cannot be read is an error.
JINJA = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"} | dict.fromkeys(SYNTAX, "true")


class Text(NamedTuple):
    """A string to translate. A plural goes with its singular, which is what it is looked up by."""

    context: str | None
    singular: str
    plural: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.singular


def path() -> Path:
    return Path(settings.LOCALE_PATHS[0]) / "da" / "LC_MESSAGES" / "django.po"


def texts() -> list[Text]:
    """Every string in code and templates, once, in the order of the files."""
    found: dict[tuple[str | None, str], Text] = {}
    for text in _all():
        if text.key not in found or found[text.key].plural is None:
            found[text.key] = text
    return list(found.values())


def _all() -> Iterator[Text]:
    for app in settings.PROJECT_APPS:
        for file in sorted((settings.BASE_DIR / app).rglob("*.py")):
            if "migrations" not in file.parts:
                yield from _read(extract_python, file.read_bytes())
    for file in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        yield from _read(babel_extract, file.read_bytes(), JINJA)
    for file in sorted((settings.BASE_DIR / "django_templates").rglob("*.html")):
        # Django turns its template into calls of gettext, with anything between them; indentation means nothing there.
        lines = templatize(file.read_text()).splitlines()
        yield from _read(extract_python, "\n".join(line.strip() for line in lines).encode())


def _read(method: Callable[..., Any], source: bytes, options: dict[str, str] | None = None) -> Iterator[Text]:
    for _line, message, _comments, context in extract(method, BytesIO(source), KEYWORDS, (), options):
        singular, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, None)
        yield Text(context, singular, plural)


def merge(catalogue: polib.POFile, wanted: list[Text]) -> polib.POFile:
    """The catalogue with just the strings that are wanted. What is in Danish already stays as it is and where it is; a
    new string comes last, without Danish: nothing is guessed."""
    missing = {text.key: text for text in wanted}
    merged = polib.POFile(wrapwidth=catalogue.wrapwidth)
    merged.header, merged.metadata = catalogue.header, catalogue.metadata
    for entry in catalogue:
        text = missing.pop((entry.msgctxt, entry.msgid), None)
        if text and (text.plural or "") == entry.msgid_plural:
            merged.append(entry)
        elif text:
            missing[text.key] = text
    merged.extend(_entry(missing[key]) for key in sorted(missing, key=lambda key: (key[1], key[0] or "")))
    return merged


def _entry(text: Text) -> polib.POEntry:
    plural = {"msgid_plural": text.plural, "msgstr_plural": {0: "", 1: ""}} if text.plural else {}
    return polib.POEntry(msgctxt=text.context, msgid=text.singular, **plural)
