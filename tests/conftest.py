"""Fixtures: two logins, two programmes (one of them full of canaries), one user per role."""

import tempfile

import jinja2
import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.test import Client
from django.test.signals import template_rendered
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from bydelsmoedre.owner import as_owner
from reports.loading import load_plan
from reports.story.telling import load_story
from tests import factories
from tests.browser import chromium
from tests.roles import Logins, flush_as_owner, make_web_login
from tests.template import copy_of
from tests.world import shared_world

logins = Logins()


class ToldTemplate(jinja2.Template):
    """A page's template that tells the test client what it is given, as Django's own templates do."""

    def render(self, context):
        template_rendered.send(sender=self, template=self, context=context)
        return super().render(context)


jinja2.Environment.template_class = ToldTemplate


def pytest_configure(config):
    settings.MEDIA_ROOT = tempfile.mkdtemp(prefix="bm-test-media-")
    # Pages are rendered without collected static files.
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.STORAGES = settings.STORAGES | plain
    settings.WHITENOISE_AUTOREFRESH = True  # else every client reads the whole folder anew
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with config.stash[blocking_manager_key].unblock():
        make_web_login(is_first=not hasattr(config, "workerinput"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    logins.become_owner()  # before pytest-django creates the database
    with django_db_blocker.unblock():
        copy_of(connections["default"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    flush_as_owner()
    with django_db_blocker.unblock():
        logins.become_web()  # after: tests and live servers log in as the web role
    yield
    with django_db_blocker.unblock():
        logins.end()  # pytest-django then drops the database as the owner


@pytest.fixture
def programme(db):
    """København, with the five criteria, a checklist and a budget of the plan's shape."""
    return factories.plan("København")


@pytest.fixture
def twin(db):
    """A second programme: nothing of it may ever be seen from the first."""
    return factories.twin()


@pytest.fixture
def secretariat(programme):
    return factories.user_with_role(programme, "secretariat")


@pytest.fixture
def foundation(programme):
    return factories.user_with_role(programme, "foundation")


@pytest.fixture
def caseworker(programme):
    return factories.user_with_role(programme, "caseworker")


@pytest.fixture
def secretary(secretariat, client_of):
    """The programme's secretariat, logged in."""
    return client_of(secretariat)


@pytest.fixture
def reader(foundation, client_of):
    """The Foundation, logged in: it reads and mends in the administration."""
    return client_of(foundation)


@pytest.fixture
def client_of():
    """A test client logged in as the given user."""

    def log_in(user):
        client = Client()
        client.force_login(user)
        return client

    return log_in


world = pytest.fixture(scope="module")(shared_world)


@pytest.fixture
def visitor(world):
    """The secretariat of the shared world, logged in."""
    return world.client("secretariat")


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """The year, told once. The owner tells it in a transaction of its own login, which is taken back."""
    with django_db_blocker.unblock(), as_owner(), transaction.atomic():
        load_plan()
        yield load_story()
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests that drive one."""
    with chromium() as found:
        yield found


@pytest.fixture
def elsewhere():
    """A second connection as the web role: somebody else at work, in a transaction of her own."""
    other = connection.copy()
    other.set_autocommit(False)
    yield other
    other.rollback()
    other.close()


@pytest.fixture
def danish():
    """For what is read as Danes read it, where no request sets the language."""
    with translation.override("da"):
        yield
