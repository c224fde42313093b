// What this device remembers of the chat: survives a reload, is deleted with the chat.
const NAME = "wegweiser";
const KEPT_MESSAGES = 200;

// conversation: the secret the server gave; after: the last message that came by itself; language: of the last answer;
// picked: chosen in the list and not told the server yet;
// messages: what is shown; waiting: what is not answered yet; draft: typed and not sent; turned: the page followed the answer's language.
export const memory = { messages: [], waiting: [], ...load() };

function load() {
  try { return JSON.parse(localStorage.getItem(NAME)); } catch { return null; }
}

// Take over what another tab has stored, but for what is being typed in this one.
export function refresh() {
  const { draft } = memory;
  empty();
  Object.assign(memory, load(), draft ? { draft } : {});
}

export function save() {
  memory.messages = memory.messages.slice(-KEPT_MESSAGES);
  try { localStorage.setItem(NAME, JSON.stringify(memory)); } catch { /* private window: the chat lives as long as the page */ }
}

function empty() {
  Object.keys(memory).forEach((key) => delete memory[key]);
  Object.assign(memory, { messages: [], waiting: [] });
}

export function forget() {
  empty();
  try { localStorage.removeItem(NAME); } catch { /* nothing was kept */ }
}
