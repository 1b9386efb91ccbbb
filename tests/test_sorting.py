"""Danish order: the same in Python and in the database, whatever its collation."""

from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from associations.models import District
from bydelsmoedre.sorting import danish_key, danish_order
from tests.factories import DistrictFactory, ProgrammeFactory

#: Texts that PostgreSQL can hold (no NUL, no half characters), rich in what the order is about.
texts = st.text(st.sampled_from("aAbzZæÆøØåÅäÄöÖüéÉ -'1😀ﷺ") | st.characters(codec="utf-8", exclude_characters="\0"))

steady = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@steady
@given(st.lists(texts, max_size=30))
def test_danish_key_is_the_same_in_python_and_in_sql(db, values):
    with connection.cursor() as cursor:
        cursor.execute("select danish_key(v) from unnest(%s::text[]) with ordinality as t(v, n) order by n", [values])
        in_sql = [key for (key,) in cursor.fetchall()]

    assert in_sql == [danish_key(value) for value in values]


@steady
@given(st.lists(texts, max_size=30))
def test_danish_order_is_the_same_in_python_and_in_sql(db, values):
    with connection.cursor() as cursor:
        cursor.execute(
            'select v from unnest(%s::text[]) with ordinality as t(v, n) order by danish_key(v) collate "C", n',
            [values],
        )
        in_sql = [value for (value,) in cursor.fetchall()]

    assert in_sql == sorted(values, key=danish_key)


def test_danish_order_ends_in_z_ae_oe_aa():
    assert sorted("åøæzyxa", key=danish_key) == list("axyzæøå")


def test_danish_order_takes_double_a_as_aa():
    assert danish_key("Aarhus") == danish_key("århus")
    assert sorted(["Aalborg", "Zebra", "Abe"], key=danish_key) == ["Abe", "Zebra", "Aalborg"]


def test_danish_order_has_no_regard_to_case():
    assert danish_key("NØRREBRO") == danish_key("nørrebro")


def test_danish_order_of_names_in_a_query(db):
    programme = ProgrammeFactory()
    names = ["Østerbro", "Aalholm", "Valby", "Ærø", "Amager", "vanløse"]
    for name in names:
        DistrictFactory(programme=programme, name=name)

    found = District.objects.order_by(danish_order("name")).values_list("name", flat=True)

    assert list(found) == ["Amager", "Valby", "vanløse", "Ærø", "Østerbro", "Aalholm"]
