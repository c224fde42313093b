// The language list, on every page: the page is loaded in the chosen language, and the chat goes on in it.
import { memory, refresh, save } from "./memory.js";

const list = document.getElementById("language");
list.value = document.documentElement.lang;

list.addEventListener("change", () => {
  refresh();
  memory.picked = list.value;
  save();
  list.form.submit();
});

export function isOffered(language) {
  return Array.from(list.options).some((option) => option.value === language);
}
