// A page that has nothing to show: what is the matter, what to do next, a command to copy.
import { h, toast } from "./dom.js";

export function mount({ data, parentElement }) {
  const root = parentElement.querySelector(".notice") || parentElement.appendChild(h("section.notice"));
  root.replaceChildren(h("h1", {}, data.title), h("p", {}, data.text));
  if (data.command) {
    const copy = () => navigator.clipboard?.writeText(data.command).then(() => toast("Command copied"));
    root.append(h("div.command", {}, h("code", {}, data.command), h("button.button", { onclick: copy }, "Copy")));
  }
}
