"""The pictures of the guides, taken from a running demonstration.

    make demo PORT=8123
    .venv/bin/python -m tools.pictures http://127.0.0.1:8123/

Logs in as the demonstration's users and records, through the pages like anybody else, a little of a made-up year 2011
where it is not there yet. The browser is Debian's Chromium, or the one that CHROMIUM names; its date fields are Danish
where its translations are installed (Debian: chromium-l10n).
"""

import argparse
import os
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

FOUNDED, SHORT = "Bydelsmødre i Bispeparken", "Bydelsmødre i Akacieparken"

#: A step's address and what is typed into its form, by the fields' names.
Steps = dict[str, dict[str, str]]

STEPS: dict[str, Steps] = {
    FOUNDED: {
        "notice": {"happened_on": "2011-05-05", "evidence_text": "Indkaldelse, sagsnr. 2011-101"},
        "statutes": {"happened_on": "2011-05-26", "evidence_text": "Vedtægter, sagsnr. 2011-102"},
        "meeting": {"happened_on": "2011-05-26", "evidence_text": "Referat, sagsnr. 2011-103"},
        "board": {"happened_on": "2011-05-26", "board_members": "5"},
        "minutes": {"happened_on": "2011-06-01", "evidence_text": "Referat, sagsnr. 2011-103"},
        "constitution": {"happened_on": "2011-06-07"},
        "agreement": {"happened_on": "2011-08-15", "evidence_text": "Samarbejdsaftale, sagsnr. 2011-118"},
    },
    SHORT: {
        "notice": {"happened_on": "2011-09-20"},
        "statutes": {"happened_on": "2011-10-12"},
        "meeting": {"happened_on": "2011-10-12"},
        "board": {"happened_on": "2011-10-12", "board_members": "4"},
    },
}

#: Name, association, first day of the role. Nobody of that name is meant.
COORDINATORS = [
    ("Yasmin Eksempel", FOUNDED, "2011-05-26"),
    ("Hodan Prøvesen", SHORT, "2011-10-12"),
]
CERTIFIED_ON = "2011-09-17"


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
        self.fill({"username": f"{login}@example.org", "password": PASSWORD})

    def fill(self, values: dict[str, str]) -> None:
        """Fill the form in and send it; it must be taken."""
        self.type(values)
        self.page.click("main form[method=post] button[type=submit]")
        if self.page.locator(".error-summary").count():
            raise SystemExit(self.page.locator(".error-summary").inner_text())

    def type(self, values: dict[str, str]) -> None:
        for name, value in values.items():
            field = self.page.locator(f"main [name={name}]")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def open(self, link: Locator) -> bool:
        """Follow the first such link, if there is one."""
        if not link.count():
            return False
        link.first.click()
        return True

    def open_association(self, name: str) -> bool:
        self.go("/foreninger/")
        return self.open(self.page.get_by_role("link", name=name, exact=True))

    def open_criterion(self, number: int) -> None:
        self.go("/")
        self.page.locator(f".criterion-{number} h2 a").click()

    def open_volunteer(self, name: str) -> bool:
        self.go(f"/frivillige/?q={name}")
        return self.open(self.page.get_by_role("link", name=name, exact=True))


# --- A little of a made-up year


def record_the_year(visitor: Visitor) -> None:
    for name, steps in STEPS.items():
        record_association(visitor, name, steps)
    for person in COORDINATORS:
        record_coordinator(visitor, *person)
    record_concept(visitor)
    record_signature(visitor)


def record_association(visitor: Visitor, name: str, steps: Steps) -> None:
    if not visitor.open_association(name):
        visitor.go("/foreninger/ny/")
        visitor.fill({"name": name, "housing_area": name.removeprefix("Bydelsmødre i ")})
    for kind, values in steps.items():
        line = visitor.page.locator("li.task").filter(has=visitor.page.locator(f"a[href*='/trin/{kind}/']"))
        if line.count() and not line.locator(".task-fact").count():
            line.locator(f"a[href*='/trin/{kind}/']").click()
            visitor.fill(values)


def record_coordinator(visitor: Visitor, name: str, association: str, started_on: str) -> None:
    if not visitor.open_volunteer(name):
        visitor.open_association(association)
        visitor.page.locator("a[href*='/frivillige/ny/']").click()
        visitor.fill({"name": name, "role": "coordinator", "started_on": started_on})
        visitor.open_volunteer(name)
    if not visitor.page.locator("section[aria-labelledby=beviser] tbody tr").count():
        visitor.page.locator("a[href*='/uddannelse/bevis/']").click()
        visitor.fill({"curriculum": "Koordinatorkurset", "started_on": CERTIFIED_ON})


def record_concept(visitor: Visitor) -> None:
    """The steering group adopts the training concept."""
    visitor.open_criterion(3)
    if visitor.open(visitor.page.locator("main a[href*='/vedtagelse/']")):
        evidence = "Styregruppens referat, punkt 4, sagsnr. 2011-131"
        visitor.fill({"label": "1.0", "happened_on": "2011-10-06", "evidence_text": evidence})


def record_signature(visitor: Visitor) -> None:
    """The Foundation signs the agreement; the municipality has not yet."""
    visitor.open_criterion(5)
    lack = visitor.page.locator(".lacks li").filter(has_text="Fonden har ikke skrevet under")
    if visitor.open(lack.locator("a")):
        visitor.fill({"organisation": "Fonden for Socialt Ansvar", "happened_on": "2011-11-02"})


# --- The pictures


def take(page: Page, name: str, height: int = 0) -> None:
    """The page from its top, as tall as it is or as asked."""
    page.mouse.move(0, 0)
    whole = page.evaluate("document.documentElement.scrollHeight")
    width = page.evaluate("window.innerWidth")
    clip = {"x": 0, "y": 0, "width": width, "height": min(height or TALLEST, whole)}
    path = TARGET / f"{name}.png"
    page.screenshot(path=path, clip=clip, full_page=True, animations="disabled")  # type: ignore[arg-type]
    print(f"{path.name:<24} {path.stat().st_size // 1024} kB")


def wide_pictures(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/")
    take(page, "overblik-1280", height=1640)
    visitor.go("/?on=2011-12-31&known_at=2011-10-01")
    take(page, "som-vi-vidste-det", height=900)
    for number in (1, 2):
        visitor.open_criterion(number)
        take(page, f"kriterium-{number}", height=1440)
    visitor.open_association(FOUNDED)
    take(page, "forening-1280", height=1500)
    page.locator("a[href*='/trin/cvr/']").click()
    visitor.type({"happened_on": "2011-09-01", "cvr": "24256791"})
    page.click("main form[method=post] button[type=submit]")
    take(page, "fejl-ved-feltet")


def narrow_pictures(visitor: Visitor) -> None:
    visitor.go("/")
    take(visitor.page, "overblik-360")
    visitor.open_association(FOUNDED)
    take(visitor.page, "forening-360")


@contextmanager
def visit(browser: Browser, address: str, width: int, login: str = "") -> Iterator[Visitor]:
    """Somebody new at the site, logged in where a login is named."""
    context = browser.new_context(locale="da-DK", viewport={"width": width, "height": 800})
    page = context.new_page()
    page.set_default_timeout(15_000)
    visitor = Visitor(page, address)
    if login:
        visitor.log_in(login)
    yield visitor
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Take the guides' pictures from a running demonstration.")
    parser.add_argument("address", help="where it runs, such as http://127.0.0.1:8123/")
    address = parser.parse_args().address
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env=ENVIRONMENT)
        with visit(browser, address, WIDE) as visitor:
            visitor.go("/konto/log-ind/")
            take(visitor.page, "log-ind")
        with visit(browser, address, WIDE, "sekretariat") as visitor:
            record_the_year(visitor)
            wide_pictures(visitor)
        with visit(browser, address, NARROW, "sekretariat") as visitor:
            narrow_pictures(visitor)
        with visit(browser, address, WIDE, "fonden") as visitor:
            visitor.go("/admin/associations/foundingstep/")
            take(visitor.page, "administration", height=800)
        browser.close()


if __name__ == "__main__":
    main()
