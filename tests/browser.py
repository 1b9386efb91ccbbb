"""A real browser: Debian's Chromium, in Danish, with nothing but the live server in reach."""

import os
import shutil
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

PASSWORD = "velkommen-til-2011"

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@contextmanager
def chromium():
    """The browser itself; absent, the tests fail."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "No Chromium: run make test-browser, which installs it."
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=da-DK",
            ],
        )
        yield found
        found.close()


class Visitor:
    """Somebody at a browser, who remembers every request that leaves for another host."""

    def __init__(self, browser, server, *, viewport=WIDE, javascript=True):
        self.server = server
        self.strangers = []
        self.troubles = []
        self.context = browser.new_context(locale="da-DK", viewport=viewport, java_script_enabled=javascript)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("request", self._note)
        self.page.on("console", lambda message: message.type == "error" and self.troubles.append(message.text))

    def _note(self, request):
        if not request.url.startswith((self.server.url, "data:", "blob:")):
            self.strangers.append(request.url)

    def go(self, path):
        answer = self.page.goto(self.server.url + path)
        assert answer.status == 200, (path, answer.status)
        return self.page

    def may_open(self, path):
        """Opens the page; False where it is not this visitor's to see."""
        return self.page.goto(self.server.url + path).status == 200

    def log_in(self, user):
        user.set_password(PASSWORD)
        user.save()
        self.go("/konto/log-ind/")
        self.page.fill("[name=username]", user.email)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button[type=submit], main form button")
        return self

    def violations(self):
        """What axe finds on the page: id and the elements. Run with the page's own CSP on."""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]})
        return [
            (violation["id"], [node["target"] for node in violation["nodes"]])
            for violation in found.response["violations"]
        ]

    def is_too_wide(self):
        """Must one scroll sideways to read the page?"""
        return self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
