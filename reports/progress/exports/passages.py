"""A section's narrative in passages that a cell can hold and show."""

from collections.abc import Iterator

from reports.progress.markdown import read

#: A spreadsheet shows no more of a cell than fits in 409 points of height: some twenty-five lines.
LONGEST = 2000


def passages(text: str) -> Iterator[tuple[str, str]]:
    """Each heading, paragraph and item with its kind, without its marks; what is too long for a cell goes on in the
    next. No letter is lost."""
    for block in read(text):
        for entry in block.entries:
            for piece in _in_pieces("".join(run.text for run in entry)):
                yield block.kind.value, piece


def _in_pieces(text: str) -> Iterator[str]:
    """Cut between words where there are any."""
    while len(text) > LONGEST:
        at = max(text.rfind(" ", 0, LONGEST), text.rfind("\n", 0, LONGEST)) + 1 or LONGEST
        yield text[:at]
        text = text[at:]
    yield text
