// One message to /api/v1/messages and its answer back.
import { memory } from "./memory.js";
import { words } from "./show.js";

export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The answer, or an empty object when the server refuses this message for good. Throws when it helps to try again:
// the error's message is for the person, `seconds` says how long to wait.
export async function ask(content) {
  const body = memory.conversation ? { ...content, conversation: memory.conversation } : { language: memory.picked, ...content };
  let response, answer;
  try {
    response = await fetch("/api/v1/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
      body: JSON.stringify(body),
    });
    answer = await response.json();
  } catch {
    throw new Error(words.offline);
  }
  if (response.ok) return answer;
  if (response.status === 429 || response.status >= 500) {
    const reason = response.status === 429 ? words.wait : words.offline;
    throw Object.assign(new Error(reason), { seconds: Number(response.headers.get("Retry-After")) });
  }
  if (!memory.conversation || !answer.detail?.startsWith("conversation:")) return {};
  delete memory.conversation; // the server does not know it any more: start anew
  return ask(content);
}
