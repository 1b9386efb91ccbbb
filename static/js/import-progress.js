// How far an import has come: the page asks for itself again and takes over what is new.
// Without this script the page loads itself anew every other second (a meta element in noscript).
"use strict";

const EVERY = 800;

async function look() {
  try {
    const answer = await fetch(window.location.href, { credentials: "same-origin" });
    const text = await answer.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const there = page.querySelector("[data-running]");
    const here = document.querySelector("[data-running]");
    if (!answer.ok || !there) {
      window.location.reload();
      return;
    }
    here.querySelector("progress").value = there.querySelector("progress").value;
    here.querySelector("[role=status]").textContent = there.querySelector("[role=status]").textContent;
  } catch {
    // no connection at the moment: ask again
  }
  window.setTimeout(look, EVERY);
}

window.setTimeout(look, EVERY);
