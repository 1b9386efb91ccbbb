"""How many pages a second the program serves over HTTP on this machine: gunicorn with two processes, and a client
beside it on the same cores, so that the number is rather too low than too high."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

WORKERS, CLIENTS, WARM_UP, SECONDS = 2, 4, 2.0, 8.0


def pages_a_second(address: str, cookie: str) -> float:
    """The rate over some seconds, after the processes have warmed up. Raises `RuntimeError` unless all answer 200."""
    with _served() as port:
        _ask_for(WARM_UP, port, address, cookie)
        return _ask_for(SECONDS, port, address, cookie) / SECONDS


@contextmanager
def _served() -> Iterator[int]:
    """The program as production runs it, on a free port, with the database of this connection."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    command += ["--threads", "2", "--log-level", "error", "--no-control-socket", "bydelsmoedre.wsgi:application"]
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ | _database())  # noqa: S603 (this Python)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _database() -> dict[str, str]:
    """The database that is measured, with the web's login; and the key that the session is signed with."""
    login = connection.settings_dict
    host = f"?host={login['HOST']}" if str(login["HOST"]).startswith("/") else ""
    place = "" if host else login["HOST"]
    port = login["PORT"] or 5432
    address = f"postgres://{login['USER']}:{login['PASSWORD']}@{place}:{port}/{login['NAME']}{host}"
    host_option = login.get("OPTIONS", {}).get("host")
    return {
        "DATABASE_URL": f"{address}?host={host_option}" if host_option and not host else address,
        "SECRET_KEY": settings.SECRET_KEY,
        "BM_LOCAL": "1",
        "DEMO_TODAY": settings.DEMO_TODAY.isoformat(),
    }


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not start.")


def _ask_for(seconds: float, port: int, address: str, cookie: str) -> int:
    """How many answers some clients get within so many seconds."""
    counts = [0] * CLIENTS
    wrong: list[int] = []
    until = time.monotonic() + seconds

    def ask(number: int) -> None:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < until and not wrong:
            client.request("GET", address, headers={"Cookie": cookie})
            answer = client.getresponse()
            answer.read()
            if answer.status != 200:
                wrong.append(answer.status)
            counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(f"{address}: answered {wrong[0]}")
    return sum(counts)
