// The two forms of a text: correcting its facts, and taking it out on purpose.
import { h, plural } from "./dom.js";

const FIELDS = [
  ["title", "Title", "text"],
  ["author", "Author", "text"],
  ["publisher", "Publisher", "text"],
  ["published", "Date", "text"],
  ["url", "Address", "url"],
];
const DATE = /^(\d{4}(-\d{2}(-\d{2})?)?[~?]?)?$/;

/** Show the form in a slot; `save(fields)` gets what was typed. */
export function details(slot, facts, save) {
  const inputs = FIELDS.map(([name, label]) => {
    const input = h("input.field", { name, value: facts[name], maxlength: "500", autocomplete: "off", "aria-describedby": name === "published" ? "date-hint" : null });
    return [name, label, input];
  });
  const wrong = h("p.form-error", { role: "alert" });
  const form = h(
    "form.text-form",
    { "aria-label": "Details of this text" },
    ...inputs.map(([name, label, input]) => h("label", {}, h("span", {}, label), input, name === "published" ? h("small", { id: "date-hint" }, "As in 2019, 2019-03 or 2019-03-21; with ~ after it where it is about then.") : null)),
    wrong,
    h("div.buttons", {}, h("button.button.dark", { type: "submit" }, "Save details"), h("button.button", { type: "button", onclick: () => slot.replaceChildren() }, "Leave as it was")),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(inputs.map(([name, , input]) => [name, input.value.trim()]));
    if (!DATE.test(fields.published)) {
      wrong.textContent = "This date cannot be read. Write a year, a month as 2019-03, or a day as 2019-03-21.";
      inputs.find(([name]) => name === "published")[2].focus();
      return;
    }
    save(fields);
    slot.replaceChildren(h("p.text-note", { role: "status" }, "Saving the details"));
  };
  slot.replaceChildren(form);
  inputs[0][2].focus();
}

/** Ask before a text is taken out. */
export function removal(slot, data, remove) {
  const told = data.projects.length;
  const words = told
    ? `Remove this text? ${plural(told, "project")} will lose what it says; those that no other text tells of will go. The file itself is not touched, and the removal can be undone.`
    : "Remove this text? The file itself is not touched, and the removal can be undone.";
  const yes = h("button.button.dark", { type: "button", onclick: () => (remove(), slot.replaceChildren(h("p.text-note", { role: "status" }, "Removing the text"))) }, "Remove text");
  slot.replaceChildren(h("div.text-form", { role: "group", "aria-label": "Remove this text" }, h("p", {}, words), h("div.buttons", {}, yes, h("button.button", { type: "button", onclick: () => slot.replaceChildren() }, "Keep it"))));
  yes.focus();
}
