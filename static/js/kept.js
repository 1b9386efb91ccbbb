/* Keeps a conversation on the phone until it has been sent. The form works without this script, as a plain form.

   What is chosen is kept as it is chosen, so that a reload or an empty battery loses nothing. What is saved is first
   put in a queue here, then sent; what could not be sent stays in the queue and is sent when there is net again. Each
   conversation has a uuid that was made here, by which the server stores it once, however often it is sent.
   Nothing of it says whom the conversation was with. */

"use strict";

(() => {
  const form = document.querySelector("form[data-kept]");
  if (!form || !window.fetch || !window.localStorage) return;

  const said = document.getElementById("kept-status");
  const place = form.dataset.kept;
  const DRAFT = `kladde-${place}`;
  const QUEUE = `samtaler-${place}`;
  const LEFT_OUT = ["csrfmiddlewaretoken"];

  const read = (name, otherwise) => {
    try {
      return JSON.parse(localStorage.getItem(name)) ?? otherwise;
    } catch {
      return otherwise;
    }
  };
  const write = (name, value) => localStorage.setItem(name, JSON.stringify(value));
  const filled = () => [...new FormData(form)].filter(([name]) => !LEFT_OUT.includes(name));
  const identity = (pairs) => pairs.find(([name]) => name === "uuid")?.[1];

  const newIdentity = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  const fill = (pairs) => {
    for (const field of form.elements) {
      if (!field.name || LEFT_OUT.includes(field.name)) continue;
      const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
  };

  const begin = () => {
    form.reset();
    form.elements.uuid.value = newIdentity();
    localStorage.removeItem(DRAFT);
    form.querySelector("details")?.removeAttribute("open");
  };

  const say = (words) => {
    const waiting = read(QUEUE, []).length;
    said.textContent = waiting > 1 ? `${words} ${said.dataset.waiting} ${waiting}.` : words;
    said.hidden = false;
  };

  /* "sent" · "refused": the server says what is wrong · "closed": no longer allowed in · "away": no net, or no server */
  const send = async (pairs) => {
    const body = new URLSearchParams(pairs);
    const token = form.elements.csrfmiddlewaretoken;
    if (token) body.append(token.name, token.value);
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
      });
      if (answer.status === 200) return (await answer.json()).saved ? "sent" : "away";
      if (answer.status === 422) return "refused";
      return answer.type === "opaqueredirect" || [403, 404].includes(answer.status) ? "closed" : "away";
    } catch {
      return "away";
    }
  };

  const unqueue = (pairs) => write(QUEUE, read(QUEUE, []).filter((one) => identity(one) !== identity(pairs)));

  /* Sends what is waiting, one at a time, in one tab at a time. */
  const flush = async () => {
    for (const pairs of read(QUEUE, [])) {
      const outcome = await send(pairs);
      if (outcome === "sent") {
        unqueue(pairs);
        if (identity(read(DRAFT, [])) === identity(pairs)) begin();
        say(said.dataset.saved);
      } else if (outcome === "refused") {
        unqueue(pairs);
        fill(pairs);
        HTMLFormElement.prototype.submit.call(form); // the page itself says what is wrong, beside the field
        return;
      } else {
        say(outcome === "closed" ? said.dataset.closed : said.dataset.kept);
        return;
      }
    }
  };
  let flushing = null;
  const flushOnce = () => {
    const alone = navigator.locks ? () => navigator.locks.request(QUEUE, flush) : flush;
    flushing ??= alone().finally(() => (flushing = null));
    return flushing;
  };

  form.addEventListener("change", () => write(DRAFT, filled()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const pairs = filled();
    if (!["contact", "topics", "next_step"].every((name) => pairs.some(([given]) => given === name))) {
      if (navigator.onLine) HTMLFormElement.prototype.submit.call(form); // the page itself says what is missing
      else say(said.dataset.missing);
      return;
    }
    write(QUEUE, [...read(QUEUE, []).filter((one) => identity(one) !== identity(pairs)), pairs]);
    begin();
    window.scrollTo(0, 0);
    say(said.dataset.sending);
    (flushing ?? Promise.resolve()).then(flushOnce);
  });
  window.addEventListener("online", flushOnce);
  setInterval(() => read(QUEUE, []).length && flushOnce(), 20_000);

  if (!form.dataset.refused) {
    const draft = read(DRAFT, null);
    if (draft) fill(draft);
  }
  flushOnce();
})();
