"""What tests of documents work on: the values, a first version of them, and the secretariat logged in."""

import datetime as dt

import pytest

from programme.models import Document, Organisation
from tests import factories as make
from tests.hearings import TEXT


@pytest.fixture
def document(programme):
    return Document.objects.get(programme=programme, kind="values")


@pytest.fixture
def version(document):
    return make.DocumentVersionFactory(document=document, label="1.0", dated_on=dt.date(2011, 8, 1), text=TEXT)


@pytest.fixture
def body(document):
    return document.adopted_by


@pytest.fixture
def client(client_of, secretariat):
    return client_of(secretariat)


@pytest.fixture
def concept(programme):
    group = Organisation.objects.get(programme=programme, kind="steering_group")
    return make.DocumentFactory(programme=programme, kind="concept", title="Konceptet", adopted_by=group)
