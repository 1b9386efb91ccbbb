"""The narrative's limited Markdown as data: what is understood, and that all else stays text."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.progress.markdown import Block, Kind, Run, read, runs

#: Much of what is written with the signs that mean something.
WRITTEN = st.text(st.sampled_from("ab ø.*-# \n\t\\$<_`") | st.characters(codec="utf-8"), max_size=60)


def told(text):
    """Each piece as its kind and its entries' words, bold as <b>, italic as <i>."""

    def spelled(run):
        words = f"<i>{run.text}</i>" if run.is_italic else run.text
        return f"<b>{words}</b>" if run.is_bold else words

    return [(block.kind.value, ["".join(map(spelled, entry)) for entry in block.entries]) for block in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n\t\n", []),
        ("en\nto\n\ntre", [("paragraph", ["en\nto"]), ("paragraph", ["tre"])]),
        ("- en\n- to\n  mere", [("list", ["en", "to\nmere"])]),
        ("- en\n\n- to", [("list", ["en", "to"])]),
        ("- en\nslut", [("list", ["en"]), ("paragraph", ["slut"])]),
        ("før\n- en", [("paragraph", ["før"]), ("list", ["en"])]),
        ("### Over\ntekst", [("heading", ["Over"]), ("paragraph", ["tekst"])]),
        ("### A\n### B", [("heading", ["A"]), ("heading", ["B"])]),
        ("-ikke\n##nej\n# nej\n#### nej", [("paragraph", ["-ikke\n##nej\n# nej\n#### nej"])]),
        ("en\r\n\r\nto", [("paragraph", ["en"]), ("paragraph", ["to"])]),
    ],
)
def test_pieces_are_told_apart(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a **b** c", "a <b>b</b> c"),
        ("a *b* c", "a <i>b</i> c"),
        ("***b***", "<b><i>b</i></b>"),
        ("**a *b* c**", "<b>a </b><b><i>b</i></b><b> c</b>"),
        ("(**b**).", "(<b>b</b>)."),
        ("**to\nlinjer**", "<b>to\nlinjer</b>"),
        ("**åben", "**åben"),
        ("lukket**", "lukket**"),
        ("2*3*4 og 5 * 6 * 7", "2*3*4 og 5 * 6 * 7"),
        ("****b****", "****b****"),
        ("**a *b** c*", "<b>a *b</b> c*"),
        ("** b **", "** b **"),
    ],
)
def test_bold_and_italic(text, expected):
    assert told(text) == [("paragraph", [expected])]


@pytest.mark.parametrize(
    "text",
    [
        '#import "x": *',
        '#read("/etc/passwd")',
        "$x$",
        r"\ \* \#",
        "<script>alert(1)</script>",
        "[a](b)",
        "`x`",
        "_x_",
        "= H",
    ],
)
def test_all_else_is_text(text):
    assert read(text) == [Block(Kind.PARAGRAPH, ((Run(text),),))]


@given(WRITTEN)
def test_no_letter_is_lost_but_marks(text):
    kept = "".join(run.text for block in read(text) for entry in block.entries for run in entry)

    def bare(words):
        return "".join(one for one in words if one not in "*#-" and not one.isspace())

    assert bare(kept) == bare("".join(text.splitlines()))


@given(st.text(st.characters(codec="utf-8", exclude_characters="*"), max_size=40))
def test_words_without_stars_are_one_run(text):
    assert runs(text) == ((Run(text),) if text else ())


@given(WRITTEN)
def test_entries_are_never_empty_runs_and_neighbours_differ(text):
    for block in read(text):
        for entry in block.entries:
            assert all(run.text for run in entry)
            looks = [(run.is_bold, run.is_italic) for run in entry]
            assert all(one != other for one, other in pairwise(looks))


@pytest.mark.parametrize("text", ["**a *b " * 50_000, "*" * 500_000, "- \n" * 100_000, "*a* **b** " * 40_000])
def test_time_grows_no_faster_than_the_text(text):
    began = time.process_time()

    read(text)

    assert time.process_time() - began < 4
