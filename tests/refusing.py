"""What the database says no to."""

import pytest
from django.db import IntegrityError, transaction


def refused_by(attempt, *args, **values):
    """The name of the constraint that refuses the attempt."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        attempt(*args, **values)
    return error.value.__cause__.diag.constraint_name
