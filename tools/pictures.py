"""The pictures of the guides, taken from a running demonstration.

    make demo PORT=8123
    .venv/bin/python -m tools.pictures http://127.0.0.1:8123/

Logs in as the demonstration's users and looks at the fictional year; nothing is recorded. The browser is Debian's
Chromium, or the one that CHROMIUM names; its date fields are Danish where its translations are installed (Debian:
chromium-l10n).
"""

import argparse
import os
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

PASSWORD = "velkommen-2011"
TARGET = Path(__file__).resolve().parent.parent / "docs" / "billeder"
CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=da-DK"]

#: How Chromium is told which language its own date fields are in.
ENVIRONMENT: dict[str, str | float | bool] = {**os.environ, "LANGUAGE": "da"}

WIDE, NARROW = 1280, 360
#: The tallest picture: what is below it is cut off.
TALLEST = 2400

FORMING = "Bydelsmødre i Sjælør"
COURSE = "Grunduddannelse 3, Akacieparken"

#: Pages that are pictured as they open: name, address, height.
PAGES = [
    ("overblik-1280", "/", 1640),
    ("som-vi-vidste-det", "/?on=2011-09-30&known_at=2011-10-01", 900),
    ("i-dag", "/i-dag/", 1500),
    ("foreninger", "/foreninger/", 1720),
    ("frivillige", "/frivillige/", 1100),
    ("rekruttering", "/frivillige/rekruttering/", 1560),
    ("oekonomi", "/oekonomi/", 1640),
    ("maal-og-aftaler", "/maal-og-aftaler/", 1640),
]


class Visitor:
    """Somebody who is logged in and clicks through the pages."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address.rstrip("/")

    def go(self, path: str) -> None:
        answer = self.page.goto(self.address + path)
        if answer is None or not answer.ok:
            raise SystemExit(f"{path}: {answer and answer.status}")

    def log_in(self, login: str) -> None:
        self.go("/konto/log-ind/")
        self.send({"username": f"{login}@example.org", "password": PASSWORD})

    def send(self, values: dict[str, str]) -> None:
        """Fill the form in and send it."""
        for name, value in values.items():
            self.page.locator(f"main [name={name}]").fill(value)
        self.page.click("main form[method=post] button[type=submit]")

    def follow(self, link: Locator) -> None:
        """Follow the first such link, without leaving the pointer on what comes then."""
        link.first.click()
        self.page.wait_for_load_state()

    def follow_named(self, name: str) -> None:
        self.follow(self.page.locator("main").get_by_role("link", name=name, exact=True))


# --- The pictures


def take(page: Page, name: str, height: int = 0) -> None:
    """The page from its top, as tall as it is or as asked."""
    page.mouse.move(0, 0)
    whole = page.evaluate("document.documentElement.scrollHeight")
    width = page.evaluate("window.innerWidth")
    clip = {"x": 0, "y": 0, "width": width, "height": min(height or TALLEST, whole)}
    taken = page.screenshot(clip=clip, full_page=True, animations="disabled")
    path = TARGET / f"{name}.png"
    path.write_bytes(with_palette(taken))
    print(f"{path.name:<24} {path.stat().st_size // 1024} kB")


def secretariat_wide(visitor: Visitor) -> None:
    page = visitor.page
    for name, address, height in PAGES:
        visitor.go(address)
        take(page, name, height)
    for number in (1, 2):
        visitor.go("/")
        visitor.follow(page.locator(f".criterion-{number} h2 a"))
        take(page, f"kriterium-{number}", height=1440)
    visitor.go("/foreninger/")
    visitor.follow_named(FORMING)
    take(page, "forening-1280", height=1720)
    visitor.go("/uddannelse/")
    visitor.follow_named(COURSE)
    take(page, "hold", height=1640)
    refused(visitor)


def refused(visitor: Visitor) -> None:
    """A CVR number with a wrong digit: the form says so, and nothing is saved."""
    visitor.go("/foreninger/")
    visitor.follow_named(FORMING)
    visitor.follow(visitor.page.locator("a[href*='/trin/cvr/']"))
    visitor.send({"happened_on": "2011-11-14", "cvr": "24256791"})
    if not visitor.page.locator(".error-summary").count():
        raise SystemExit("A wrong CVR number was taken.")
    take(visitor.page, "fejl-ved-feltet")


def secretariat_narrow(visitor: Visitor) -> None:
    visitor.go("/")
    take(visitor.page, "overblik-360")


def local_narrow(visitor: Visitor) -> None:
    """A local coordinator with her phone: her association, a conversation, attendance."""
    page = visitor.page
    visitor.go("/")
    take(page, "forening-360", height=1800)
    visitor.follow(page.locator("main a[href*='/samtale/']"))
    take(page, "samtale-360", height=1800)
    visitor.go("/i-dag/")
    visitor.follow(page.locator("main a[href*='/fremmoede/']"))
    page.set_viewport_size({"width": NARROW, "height": 1000})  # its buttons stay at the window's lower edge
    take(page, "fremmoede-360", height=1000)


def foundation_wide(visitor: Visitor) -> None:
    visitor.go("/admin/associations/foundingstep/")
    take(visitor.page, "administration", height=800)


def municipality_wide(visitor: Visitor) -> None:
    """What was sent to the municipality, and the latest report as it is read."""
    visitor.go("/rapporter/")
    take(visitor.page, "rapporter")
    visitor.follow(visitor.page.locator("main table a"))
    take(visitor.page, "rapport", height=1720)


@contextmanager
def visit(browser: Browser, address: str, width: int, login: str = "") -> Iterator[Visitor]:
    """Somebody new at the site, logged in where a login is named."""
    context = browser.new_context(locale="da-DK", viewport={"width": width, "height": 800})
    page = context.new_page()
    page.set_default_timeout(30_000)
    visitor = Visitor(page, address)
    if login:
        visitor.log_in(login)
    yield visitor
    context.close()


# --- Small files: a page has few colours, so a palette of 256 shows it as well as all of them


def with_palette(png: bytes) -> bytes:
    """The PNG that Chromium made (8 bits, RGB or RGBA, not interlaced) with a palette."""
    width, height, depth, raw = _unpacked(png)
    pixels = _pixels(raw, width, depth)
    common = [colour for colour, _ in Counter(pixels).most_common(256)]
    place = {colour: number for number, colour in enumerate(common)}
    for colour in set(pixels) - place.keys():
        place[colour] = min(range(len(common)), key=lambda number: _distance(common[number], colour))
    lines = (bytes(map(place.__getitem__, pixels[at : at + width])) for at in range(0, width * height, width))
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(common)),
        (b"IDAT", zlib.compress(b"".join(b"\0" + line for line in lines), 9)),
        (b"IEND", b""),
    ]
    return png[:8] + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _unpacked(png: bytes) -> tuple[int, int, int, bytes]:
    """Width, height, bytes in a pixel, and the filtered lines."""
    width, height, bits, colours = struct.unpack(">IIBB", png[16:26])
    depth = {2: 3, 6: 4}[colours]
    assert bits == 8
    packed, at = b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += length + 12
    return width, height, depth, zlib.decompress(packed)


def _pixels(raw: bytes, width: int, depth: int) -> list[bytes]:
    """The colours, line by line, with PNG's line filters undone."""
    size = width * depth
    found: list[bytes] = []
    above = bytearray(size)
    for at in range(0, len(raw), size + 1):
        line = _unfiltered(raw[at], bytearray(raw[at + 1 : at + 1 + size]), above, depth)
        found += [bytes(line[start : start + 3]) for start in range(0, size, depth)]
        above = line
    return found


def _unfiltered(kind: int, line: bytearray, above: bytearray, depth: int) -> bytearray:
    if kind == 2:
        return bytearray((one + up) & 255 for one, up in zip(line, above, strict=True))
    for at in range(len(line) if kind else 0):
        left, corner = (line[at - depth], above[at - depth]) if at >= depth else (0, 0)
        up = above[at]
        guess = {1: left, 3: (left + up) // 2}[kind] if kind != 4 else _paeth(left, up, corner)
        line[at] = (line[at] + guess) & 255
    return line


def _paeth(left: int, up: int, corner: int) -> int:
    """PNG's guess: whichever neighbour is nearest to left + up - corner."""
    wanted = left + up - corner
    return min((left, up, corner), key=lambda one: abs(wanted - one))


def _distance(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description="Take the guides' pictures from a running demonstration.")
    parser.add_argument("address", help="where it runs, such as http://127.0.0.1:8123/")
    address = parser.parse_args().address
    TARGET.mkdir(parents=True, exist_ok=True)
    rounds = [
        (WIDE, "", lambda visitor: (visitor.go("/konto/log-ind/"), take(visitor.page, "log-ind"))),
        (WIDE, "sekretariat", secretariat_wide),
        (NARROW, "sekretariat", secretariat_narrow),
        (NARROW, "lokal", local_narrow),
        (WIDE, "fonden", foundation_wide),
        (WIDE, "kommunen", municipality_wide),
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env=ENVIRONMENT)
        for width, login, look in rounds:
            with visit(browser, address, width, login) as visitor:
                look(visitor)
        browser.close()


if __name__ == "__main__":
    main()
