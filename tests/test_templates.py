"""The pages' templates: an undefined name fails, addresses are reversed, and strings to translate are found."""

from uuid import uuid4

import polib
import pytest
from django.template import engines
from django.urls import reverse
from jinja2 import UndefinedError

from bydelsmoedre.catalogue import Text, merge, texts
from bydelsmoedre.jinja import url


def rendered(source, **context):
    return engines["jinja2"].from_string(source).render(context)


def test_undefined_name_fails():
    with pytest.raises(UndefinedError):
        rendered("{{ nobody_gave_this }}")


def test_words_of_people_are_escaped():
    assert rendered("{{ name }}", name="<b>&") == "&lt;b&gt;&amp;"
    assert rendered("{% trans name=name %}Go to {{ name }}{% endtrans %}", name="<b>").endswith("&lt;b&gt;")


def test_address_is_the_one_that_django_gives():
    first, second = uuid4(), uuid4()

    for name, *arguments in (
        ["associations:list"],
        ["associations:detail", first],
        ["associations:detail", second],
        ["associations:step", first, "board"],
    ):
        assert url(name, *arguments) == reverse(name, args=arguments)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(Text(None, "secretariat"), id="code"),
        pytest.param(Text(None, "Where are we?"), id="page"),
        pytest.param(Text(None, "As of %(day)s, as we knew it on %(known)s"), id="page, over several lines"),
        pytest.param(Text(None, "%(members)s board member", "%(members)s board members"), id="page, plural"),
        pytest.param(Text(None, "View site"), id="administration"),
    ],
)
def test_strings_are_found(text):
    assert text in texts()


def test_catalogue_keeps_its_danish_and_guesses_none():
    catalogue = polib.POFile()
    for english, danish in (("names", "navne"), ("gone", "væk"), ("day", "dag")):
        catalogue.append(polib.POEntry(msgid=english, msgstr=danish))

    merged = merge(catalogue, [Text(None, "new"), Text(None, "day"), Text(None, "names"), Text(None, "name")])

    assert [(entry.msgid, entry.msgstr, entry.flags) for entry in merged] == [
        ("names", "navne", []),
        ("day", "dag", []),
        ("name", "", []),
        ("new", "", []),
    ]
