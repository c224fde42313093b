// Alerts as they come in, and a sign of life while somebody types: a session must not end in the middle of a long form.

const news = document.getElementById("alert-news");
const STAY_EVERY = 5 * 60 * 1000;

function show({ text, path }) {
  const note = document.createElement("p");
  const link = document.createElement("a");
  const close = document.createElement("button");
  link.href = path;
  link.textContent = text;
  close.type = "button";
  close.className = "link";
  close.textContent = news.dataset.close;
  close.addEventListener("click", () => note.remove());
  note.className = "notice good row apart";
  note.append(link, close);
  while (news.children.length >= 3) news.firstElementChild.remove();
  news.append(note);
}

// Only the page in front holds a stream: a browser keeps no more than six connections to one server.
let source;
function listen() {
  source?.close();
  if (document.visibilityState !== "visible") return;
  source = new EventSource("/console/alerts/events");
  source.addEventListener("alert", (event) => show(JSON.parse(event.data)));
  source.addEventListener("count", () => document.body.dispatchEvent(new Event("alerts-changed")));
}

if (news && window.EventSource) {
  listen();
  document.addEventListener("visibilitychange", listen);
  window.addEventListener("pagehide", () => source?.close());
}

let stayed = Date.now();
document.addEventListener("input", () => {
  if (Date.now() - stayed < STAY_EVERY) return;
  stayed = Date.now();
  fetch("/console/alerts/stay", { redirect: "manual" }).catch(() => {});
});
