"""A report that anybody may check."""

import pytest

from tests.reports import frozen


@pytest.fixture
def sent(programme):
    """A report that has been frozen."""
    return frozen(programme)
