/* Moves a card by mouse: it may be dropped on the columns that its own links lead to, and then the link is followed.
   The step itself is taken by that form. Without this script the links are used as they are. */

"use strict";

(() => {
  const lanes = document.querySelectorAll("[data-lane]");
  let dragged = null;

  const linkTo = (lane) => dragged?.querySelector(`a[data-to="${lane.dataset.lane}"]`);
  const clear = () => {
    for (const lane of lanes) lane.classList.remove("is-open", "is-over", "is-closed");
    dragged = null;
  };

  for (const card of document.querySelectorAll(".card")) {
    if (!card.querySelector("a[data-to]")) continue;
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      dragged = card;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      for (const lane of lanes) {
        if (!lane.contains(card)) lane.classList.add(linkTo(lane) ? "is-open" : "is-closed");
      }
    });
    card.addEventListener("dragend", clear);
  }

  for (const lane of lanes) {
    lane.addEventListener("dragover", (event) => {
      if (!linkTo(lane)) return;
      event.preventDefault();
      lane.classList.add("is-over");
    });
    lane.addEventListener("dragleave", () => lane.classList.remove("is-over"));
    lane.addEventListener("drop", (event) => {
      const link = linkTo(lane);
      if (!link) return;
      event.preventDefault();
      clear();
      window.location.assign(link.href);
    });
  }

  for (const hint of document.querySelectorAll(".board-drag")) hint.hidden = false;
})();
