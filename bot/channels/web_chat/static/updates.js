// What the office wrote meanwhile: asked for while the page is looked at, and shown once.
import { memory, save } from "./memory.js";

const EVERY_MS = 15000;
let asking = false;

// `after` names the last update that this device has: the server keeps what follows it until it is named, too.
async function fetchUpdates() {
  const { conversation, after } = memory;
  const response = await fetch("/api/v1/updates", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(after ? { conversation, after } : { conversation }),
  });
  const { updates = [] } = response.ok ? await response.json() : {};
  return memory.conversation === conversation ? updates : []; // the chat may have been deleted in the meantime
}

async function look(show) {
  if (asking || document.hidden || !memory.conversation) return;
  asking = true;
  try {
    const updates = await fetchUpdates();
    if (!updates.length) return;
    memory.after = updates[updates.length - 1].id;
    updates.map(({ id, ...message }) => show(message))[0].scrollIntoView({ block: "nearest" });
    save();
  } catch {
    // No connection: the next look finds what waits.
  } finally {
    asking = false;
  }
}

export function watchForUpdates(show) {
  setInterval(look, EVERY_MS, show);
  document.addEventListener("visibilitychange", () => look(show));
  look(show);
}
