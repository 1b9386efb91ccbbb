"""A CPR number is refused wherever somebody tries to write it; what only resembles one passes."""

import pytest
from django.core.exceptions import ValidationError

from bydelsmoedre.personal import refuse_cpr


@pytest.mark.parametrize(
    "text",
    [
        "0101701234",
        "010170-1234",
        "010170 1234",
        "010170 - 1234",
        "010170–1234",
        "01.01.70-1234",
        "01-01-70-1234",
        "01 01 70 - 1234",
        "Hun hedder Fatima, cpr. 010170-1234, og bor i Tingbjerg",
        "290200-1234",
        "Nr. (010170-1234).",
    ],
)
def test_cpr_number_is_refused(text):
    with pytest.raises(ValidationError) as error:
        refuse_cpr(text)

    assert error.value.code == "cpr"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20304050",
        "20 30 40 50",
        "+45 20 30 40 50",
        "+4520304050",
        "13748136",
        "310270-1234",
        "31.02.70-1234",
        "320170-1234",
        "011370-1234",
        "00010170-1234",
        "010170-12345",
        "2011-123456",
        "26.05.2011",
        "01.02.2011-05.03.2011",
        "01.02.11 kl. 1400",
        "26-05-11 2200 København N",
        "Referat, journalnr. 2011-123",
        "8f4b2c1d-0101-7012-8344-0d9f5b6a7c8e",
        "3f010170-1234-4f00-8000-0101701234ab",
        "😀",
    ],
)
def test_what_only_resembles_a_cpr_number_passes(text):
    refuse_cpr(text)
