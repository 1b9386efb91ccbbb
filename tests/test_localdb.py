"""The launcher of the local database, on clusters of its own in a folder with a space in its name."""

import os
import signal
import threading

import psycopg
import pytest

from bydelsmoedre.localdb import Cluster, LocalDatabaseError


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project folder that the account which runs PostgreSQL can reach."""
    folder = tmp_path_factory.mktemp("et projekt")
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.getuid() and str(parent).startswith("/tmp/pytest"):
            parent.chmod(0o711)
    return folder


@pytest.fixture(scope="module")
def cluster(project):
    made = Cluster(project)
    yield made
    made.stop()


def answers(cluster):
    """Does the web role get an answer from the database, as itself?"""
    with psycopg.connect(cluster.ensure().web) as connection:
        return connection.execute("select current_user").fetchone()[0]


def test_cluster_gives_two_logins(cluster):
    urls = cluster.ensure()

    with psycopg.connect(urls.owner) as owner, psycopg.connect(urls.web) as web:
        who = [connection.execute("select current_user").fetchone()[0] for connection in (owner, web)]

    assert who == ["bm_owner", "bm_web"]


def test_cluster_is_the_same_for_many_who_start_it_at_once(cluster):
    cluster.stop()
    found = []
    threads = [threading.Thread(target=lambda: found.append(Cluster(cluster.project).ensure())) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [cluster.urls()] * 4


def test_cluster_survives_a_killed_server_with_its_data(cluster):
    with psycopg.connect(cluster.ensure().owner) as connection:
        connection.execute("create table kept as select 42 as answer")
    pid = int((cluster.data / "postmaster.pid").read_text().split()[0])

    os.kill(pid, signal.SIGKILL)

    with psycopg.connect(cluster.ensure().owner) as connection:
        assert connection.execute("select answer from kept").fetchone() == (42,)


def test_cluster_listens_on_no_network_address(cluster):
    with psycopg.connect(cluster.ensure().web) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)


def test_cluster_refuses_a_wrong_password(cluster):
    cluster.ensure()

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host=str(cluster.socket), user="bm_web", password="forkert", dbname="bydelsmoedre")


def test_cluster_keeps_passwords_and_socket_to_itself(cluster):
    cluster.ensure()

    assert (cluster.home / "logins.json").stat().st_mode & 0o077 == 0
    assert cluster.socket.stat().st_mode & 0o077 == 0


def test_cluster_stops_and_starts_again(cluster):
    cluster.ensure()

    assert cluster.stop() is True
    assert cluster.is_running() is False
    assert answers(cluster) == "bm_web"


def test_cluster_refuses_a_socket_folder_that_is_a_link_to_elsewhere(project, tmp_path):
    other = Cluster(project / "andet")
    other.socket.symlink_to(tmp_path)
    try:
        with pytest.raises(LocalDatabaseError, match="belongs to somebody else"):
            other._make_folder(other.socket, 0o700, for_account=True)
    finally:
        other.socket.unlink()


def test_cluster_refuses_too_long_a_path(project):
    with pytest.raises(LocalDatabaseError, match="107 bytes"):
        Cluster(project, socket_root=project / ("x" * 100))
