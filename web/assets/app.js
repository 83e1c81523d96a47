// What the search page does beyond forms and links: it searches while somebody
// types, and listens to keys. Without it everything works too.
"use strict";

const box = document.getElementById("q");
const form = box && box.form;
const results = document.getElementById("results");
const status = document.getElementById("status");
const wait = 150; // milliseconds without a key before a search

let timer = 0;
let running = null; // the search on its way, which a newer one ends
let composing = false; // an input method holds letters that are no text yet

function address() {
  const given = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value !== "") given.set(name, value);
  }
  const query = given.toString();
  return "/" + (query ? "?" + query : "");
}

async function search(push) {
  clearTimeout(timer);
  if (running) running.abort();
  const mine = (running = new AbortController());
  const shown = address();
  const part = shown + (shown.includes("?") ? "&" : "?") + "part=results";
  results.classList.add("stale");
  try {
    const answer = await fetch(part, { signal: mine.signal });
    const text = await answer.text();
    if (mine !== running) return;
    results.innerHTML = text; // made by the server, which escapes what it did not write
    document.getElementById("main").classList.toggle("home", shown === "/");
    const total = results.querySelector("[data-status]");
    status.textContent = total ? total.dataset.status : "";
    history[push ? "pushState" : "replaceState"]({ live: true }, "", shown);
    results.classList.remove("stale");
  } catch (problem) {
    if (problem.name === "AbortError") return;
    location.assign(shown); // the browser says best what is wrong
  }
}

if (form && results && status) {
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => search(false), wait);
  };
  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => { composing = false; later(); });
  box.addEventListener("input", () => { if (!composing) later(); });
  form.addEventListener("change", (event) => { if (event.target.tagName === "SELECT") search(true); });
  form.addEventListener("submit", (event) => { event.preventDefault(); search(true); });
  addEventListener("popstate", () => location.reload());
}

function texts() {
  return [...document.querySelectorAll(".hit .text")];
}

// move puts the focus on the next result, or on the one before.
function move(step) {
  const list = texts();
  if (list.length === 0) return false;
  const at = list.indexOf(document.activeElement);
  if (at === 0 && step < 0 && box) {
    box.focus();
    return true;
  }
  const next = list[at < 0 ? 0 : Math.min(Math.max(at + step, 0), list.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.closest && event.target.closest("input, select, textarea");
  let done = false;
  switch (event.key) {
    case "/":
      if (!typing && box) { box.focus(); box.select(); done = true; }
      break;
    case "j":
      done = !typing && move(1);
      break;
    case "k":
      done = !typing && move(-1);
      break;
    case "ArrowDown":
      done = (typing === box || !typing && texts().includes(document.activeElement)) && move(1);
      break;
    case "ArrowUp":
      done = !typing && texts().includes(document.activeElement) && move(-1);
      break;
    case "Escape":
      if (typing) { typing.blur(); done = true; }
      else if (!results && history.length > 1) { history.back(); done = true; }
      break;
  }
  if (done) event.preventDefault();
});
