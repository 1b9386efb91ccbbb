"""What changed between two texts, and what a text must hold."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.models import Document
from programme.texts import Block, BlockKind, blocks, headings, required_parts
from programme.wording import ALLOWED, Allowance, Change, TooMuch, compared
from tests.hearings import TEXT

CONCEPT = Document.Kind.CONCEPT


# --- Headings, paragraphs, items


def test_text_is_headings_paragraphs_and_items():
    found = blocks("# En\nførste linje\nog den næste\n\n## To\n- a\n* b\n\n###### Seks\n#uden mellemrum\n#\n")

    assert found == [
        Block(BlockKind.HEADING, "En", 1),
        Block(BlockKind.PARAGRAPH, "første linje og den næste"),
        Block(BlockKind.HEADING, "To", 2),
        Block(BlockKind.ITEM, "a"),
        Block(BlockKind.ITEM, "b"),
        Block(BlockKind.HEADING, "Seks", 3),
        Block(BlockKind.PARAGRAPH, "#uden mellemrum #"),
    ]


def test_headings_stand_once_each():
    assert headings("# A\n\nx\n\n# B\n\n# A") == ["A", "B"]


@pytest.mark.parametrize("text", ["", "\n \n", "\r\n"])
def test_empty_text_has_nothing(text):
    assert blocks(text) == []


# --- What a concept must hold


def held(text):
    return [part.is_held for part in required_parts(CONCEPT, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(TEXT, [True, True], id="both"),
        pytest.param("", [False, False], id="nothing-written"),
        pytest.param("# Uddannelse\n\nFonden betaler.", [True, False], id="training-alone"),
        pytest.param("# Koordinatorens løn\n\nFonden betaler.", [False, True], id="pay-alone"),
        pytest.param("# Løn til koordinatoren\n\nJa", [False, True], id="in-another-order"),
        pytest.param("# KOORDINATORLOEN\n\nJa", [False, True], id="one-word-without-ø"),
        pytest.param("# Koordinatoren\n\nHendes løn", [False, False], id="pay-in-the-text-only"),
        pytest.param("Uddannelse\n\nFonden betaler.", [False, False], id="no-heading"),
        pytest.param("# Uddannelse", [False, False], id="nothing-below"),
        pytest.param("# Uddannelse\n\n# Andet\n\nTekst", [False, False], id="nothing-before-the-next"),
        pytest.param("# Uddannelse\n\n## Priser\n\nTekst", [True, False], id="below-a-lower-heading"),
        pytest.param("## Uddannelse\n\n# Andet\n\nTekst", [False, False], id="a-higher-one-ends-it"),
    ],
)
def test_concept_must_hold_the_financing_of_training_and_pay(text, expected):
    assert held(text) == expected


def test_nothing_is_asked_of_other_kinds():
    assert [required_parts(kind, "") for kind in Document.Kind if kind != CONCEPT] == [[]] * (len(Document.Kind) - 1)


# --- What changed


def told(before, after):
    return [(line.change, line.block.text) for line in compared(before, after)]


def pieces(before, after):
    (line,) = compared(before, after)
    assert line.change == Change.CHANGED
    return [(piece.change, piece.text.strip()) for piece in line.pieces]


def test_same_text_is_the_same():
    assert {line.change for line in compared(TEXT, TEXT)} == {Change.SAME}


def test_paragraph_put_in_and_one_taken_out():
    assert told("a a\n\nb b\n\nc c", "a a\n\nc c\n\nd d") == [
        (Change.SAME, "a a"),
        (Change.TAKEN_OUT, "b b"),
        (Change.SAME, "c c"),
        (Change.PUT_IN, "d d"),
    ]


def test_changed_paragraph_is_told_word_by_word():
    assert pieces("Fonden betaler hele lønnen i 2012.", "Fonden betaler halvdelen af lønnen i 2012.") == [
        (Change.SAME, "Fonden betaler"),
        (Change.TAKEN_OUT, "hele"),
        (Change.PUT_IN, "halvdelen af"),
        (Change.SAME, "lønnen i 2012."),
    ]


def test_words_added_at_the_end_leave_the_last_word_as_it_was():
    assert pieces("Fonden betaler", "Fonden betaler alt") == [(Change.SAME, "Fonden betaler"), (Change.PUT_IN, "alt")]


def test_paragraph_put_in_before_a_changed_one_is_not_mistaken_for_it():
    assert [change for change, _text in told("en to tre fire fem", "noget helt andet her\n\nen to tre fire seks")] == [
        Change.PUT_IN,
        Change.CHANGED,
    ]


def test_heading_that_becomes_a_paragraph_is_taken_out_and_put_in():
    assert told("# en to", "en to") == [(Change.TAKEN_OUT, "en to"), (Change.PUT_IN, "en to")]


def test_heading_of_another_level_is_taken_out_and_put_in():
    assert told("# en to", "## en to") == [(Change.TAKEN_OUT, "en to"), (Change.PUT_IN, "en to")]


@pytest.mark.parametrize(("before", "after"), [("", "a"), ("a", ""), ("", "")])
def test_one_empty_text_is_all_put_in_or_all_taken_out(before, after):
    changes = {line.change for line in compared(before, after)}

    assert changes == ({Change.PUT_IN} if after else {Change.TAKEN_OUT} if before else set())


WORDS = st.lists(st.sampled_from(["løn", "og", "# A", "- b", "kursus", "", "Fonden"]), max_size=30).map("\n".join)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_out_of_what_is_told(before, after):
    """Nothing is lost, invented or moved: what is not taken out is the new text, what is not put in is the old one."""
    lines = compared(before, after)

    def read(left_out):
        for line in lines:
            if line.change == Change.CHANGED:
                yield "".join(piece.text for piece in line.pieces if piece.change != left_out).strip()
            elif line.change != left_out:
                yield line.block.text

    assert list(read(Change.TAKEN_OUT)) == [block.text for block in blocks(after)]
    assert list(read(Change.PUT_IN)) == [block.text for block in blocks(before)]


def test_steps_beyond_the_allowance_are_refused():
    allowance = Allowance(10)

    allowance.take(10)

    with pytest.raises(TooMuch):
        allowance.take(1)


#: Texts as long as they may be that keep the standard library's comparison busy for minutes.
_RANDOM = random.Random(2011)
HOSTILE = {
    "two-words": lambda: " ".join(_RANDOM.choice(["a", "b"]) for _ in range(30_000)),
    "two-paragraphs": lambda: "\n\n".join(_RANDOM.choice(["a", "b"]) for _ in range(1000)),
    "many-alike": lambda: "\n\n".join(" ".join(_RANDOM.choice(["a", "b"]) for _ in range(29)) for _ in range(1000)),
    "150-words": lambda: " ".join(str(_RANDOM.randrange(150)) for _ in range(15_000)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_compared_in_bounded_time(text):
    before, after = text(), text()
    began = time.process_time()

    lines = compared(before, after)

    assert lines
    assert time.process_time() - began < 5  # about 0.3 s; without the allowance minutes


def test_long_text_of_one_paragraph_is_still_told_word_by_word():
    words = [f"ord{number % 700}" for number in range(4000)]
    changed = ["nyt" if number % 100 == 0 else word for number, word in enumerate(words)]

    (line,) = compared(" ".join(words), " ".join(changed))

    assert sum(piece.change == Change.SAME for piece in line.pieces) == 40
    assert ALLOWED > 1_000_000
