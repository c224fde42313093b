// The chat in the page: keeps what is said in order until it is answered, and shows the answers.
import { isOffered } from "./language.js";
import { forget, memory, save, refresh } from "./memory.js";
import { ask, newId } from "./send.js";
import { element, isTick, toArticle, words } from "./show.js";
import { watchForUpdates } from "./updates.js";

const pageLanguage = document.documentElement.lang;
const [log, form, input, typing, notice] = ["log", "form", "text", "typing", "notice"].map((id) => document.getElementById(id));
const SAME_PRESS_MS = 1000, NEXT_PRESS_MS = 300, QUIET_MS = 500;

let delivery = null;
let pressed = { value: "", at: -Infinity };

function show(message) {
  memory.messages.push(message);
  return log.appendChild(toArticle(message));
}

function dimEarlierChoices() {
  log.querySelectorAll(".choices").forEach((group) => group.classList.add("past"));
}

// Change the log without having it read out.
function quietly(change) {
  log.setAttribute("aria-live", "off");
  change();
  setTimeout(() => log.setAttribute("aria-live", "polite"), QUIET_MS);
}

// Say something: it is remembered at once, and sent when everything before it is answered. `label` is what the person sees of it.
function say(content, label) {
  memory.waiting.push({ ...content, message_id: newId() });
  if (label) {
    dimEarlierChoices();
    show({ mine: true, text: label }).scrollIntoView({ block: "end" });
  }
  save();
  deliver();
}

function deliver() {
  delivery ??= deliverAll().catch(offerRetry).finally(() => { delivery = null; typing.hidden = true; });
}

async function deliverAll() {
  while (memory.waiting.length) {
    notice.hidden = true;
    typing.hidden = false;
    const asked = memory.waiting[0];
    const answer = await ask(asked);
    memory.waiting = memory.waiting.filter((each) => each !== asked);
    if (answer.replies) take(answer, asked);
    save();
  }
  followLanguage();
}

function take({ conversation, language, status, replies }, asked) {
  if (asked.choice === "forget:yes") clear();
  else memory.conversation = conversation;
  memory.language = language;
  delete memory.picked;
  const messages = replies.map((reply, number) => ({ ...reply, language, urgent: status === "emergency" && number === 0 }));
  if (isTick(asked.choice) && takePlace(messages, asked.choice)) return;
  dimEarlierChoices();
  messages.map(show)[0]?.scrollIntoView({ block: "start" });
}

function clear() {
  forget();
  log.querySelectorAll(".message:not(#welcome)").forEach((each) => each.remove());
}

// The question that is asked again after a tick takes its own place.
function takePlace([question, ...more], value) {
  const before = memory.messages[memory.messages.length - 1];
  if (more.length || before?.text !== question.text) return false;
  memory.messages.splice(-1, 1, question);
  quietly(() => {
    const hadFocus = log.contains(document.activeElement);
    log.lastElementChild.replaceWith(toArticle(question));
    const button = Array.from(log.lastElementChild.querySelectorAll("button")).find((each) => each.value === value);
    if (hadFocus) button?.focus({ preventScroll: true });
  });
  return true;
}

// When the answers come in another language, the whole page follows, as soon as nothing is under way.
function followLanguage() {
  if (!memory.language || memory.picked || memory.language === pageLanguage || !isOffered(memory.language)) return;
  memory.turned = true;
  save();
  location.replace(`/?language=${memory.language}`);
}

function offerRetry(error, again = deliver) {
  const retry = element("button", { type: "button" }, words.retry);
  retry.addEventListener("click", again);
  notice.replaceChildren(element("p", {}, error.message), retry);
  notice.hidden = false;
  if (error.seconds) setTimeout(deliver, error.seconds * 1000);
}

function grow() {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight + 3}px`;
  memory.draft = input.value;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (!text) return;
  input.value = "";
  grow();
  input.focus();
  say({ text }, text);
});

input.addEventListener("input", grow);
input.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
});

// A double click counts once, also when the page has moved under the finger.
function isRepeated(value, now) {
  const since = now - pressed.at;
  const repeated = since < (value === pressed.value ? SAME_PRESS_MS : NEXT_PRESS_MS);
  if (!repeated) pressed = { value, at: now };
  return repeated;
}

log.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || isRepeated(button.value, event.timeStamp)) return;
  const { value, textContent: label } = button;
  say(value.startsWith("/") ? { text: value } : { choice: value }, isTick(value) ? "" : label);
});

async function deleteChat() {
  memory.waiting = [];
  await delivery;
  notice.hidden = true;
  try {
    if (memory.conversation) await ask({ choice: "forget:yes", message_id: newId() });
  } catch (error) {
    offerRetry(error, deleteChat);
    return;
  }
  forget();
  location.replace(`/?language=${pageLanguage}`);
}

document.getElementById("forget").addEventListener("click", () => { if (confirm(words["delete-chat-ask"])) deleteChat(); });
addEventListener("online", deliver);
addEventListener("pagehide", () => { if (memory.draft !== undefined) save(); });
addEventListener("storage", () => { refresh(); location.reload(); }); // the chat went on, or was deleted, in another tab

function showEarlier() {
  if (!memory.messages.length) return;
  const articles = memory.messages.map((message) => log.appendChild(toArticle(message)));
  dimEarlierChoices();
  const fresh = articles.length - 1 - memory.messages.slice().reverse().findIndex((message) => message.mine);
  const last = articles[articles.length - 1];
  last.querySelector(".choices")?.classList.remove("past");
  (articles[fresh + 1] ?? last).scrollIntoView({ block: "start", behavior: "instant" });
  if (memory.turned) { last.tabIndex = -1; last.focus({ preventScroll: true }); }
  delete memory.turned;
}

function begin() {
  const query = new URLSearchParams(location.search);
  const [link, start] = [query.get("link"), query.get("start")];
  const picked = memory.conversation && memory.picked === pageLanguage && memory.language !== pageLanguage;
  if (link || start) history.replaceState(null, "", `/?language=${pageLanguage}`);
  if (memory.draft) { input.value = memory.draft; grow(); }
  quietly(showEarlier);
  if (link) say({ choice: `link:${link}`, language: pageLanguage });
  else if (start) say({ choice: start });
  else if (picked) { delete memory.picked; say({ choice: `language:${pageLanguage}` }); }
  else deliver();
}

begin();
watchForUpdates(show);
