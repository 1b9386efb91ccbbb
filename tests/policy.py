"""What the policy for content refuses in a page: scripts and styles inside it, and anything from elsewhere."""

import re

INSIDE = {
    "a style element": r"<style\b",
    "a script without an address": r"<script(?![^>]*\ssrc=)[^>]*>",
    "a style attribute": r"<[^>]+\sstyle\s*=",
    "an event attribute": r"<[^>]+\son[a-z]+\s*=",
    "an address that runs": r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:",
    "an address elsewhere": r"(?:src|action|srcset)\s*=\s*[\"']?\s*(?:https?:)?//",
}


def assert_strict(path, page):
    """The page carries the policy, and holds nothing that the policy would refuse."""
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy, path
    assert "default-src 'none'" in policy, path
    html = page.content.decode()
    assert [what for what, pattern in INSIDE.items() if re.search(pattern, html, re.IGNORECASE)] == [], path
