"""What tests of the agreement work on."""

import pytest

from programme.models import Agreement


@pytest.fixture
def agreement(programme):
    return Agreement.objects.get(programme=programme)
