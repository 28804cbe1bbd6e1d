// On a phone the card is a sheet from below with two stops: a glance, and nearly the whole screen.
import { h } from "./dom.js";
import { select } from "./core.js";

export function sheet(root) {
  const grip = h("button.grip", { type: "button", "aria-label": "Enlarge the card", "aria-expanded": "false" }, h("span"));
  const turn = (up) => {
    root.classList.toggle("up", up);
    grip.setAttribute("aria-expanded", up ? "true" : "false");
    grip.setAttribute("aria-label", up ? "Make the card smaller" : "Enlarge the card");
  };
  let start = null;
  let dragged = false;
  grip.onpointerdown = (event) => {
    start = event.clientY;
    dragged = false;
    grip.setPointerCapture(event.pointerId);
  };
  grip.onpointermove = (event) => {
    if (start === null) return;
    const by = event.clientY - start;
    if (Math.abs(by) > 8) dragged = true;
    root.style.setProperty("--drag", `${Math.max(by, root.classList.contains("up") ? 0 : -300)}px`);
  };
  const end = (event) => {
    if (start === null) return;
    const by = event.clientY - start;
    root.style.removeProperty("--drag");
    start = null;
    if (!dragged) return;
    if (by < -30) turn(true);
    else if (by > 30 && root.classList.contains("up")) turn(false);
    else if (by > 60) select(null);
  };
  grip.onpointerup = end;
  grip.onpointercancel = end;
  grip.onclick = () => {
    if (dragged) dragged = false;
    else turn(!root.classList.contains("up"));
  };
  return { grip, turn };
}
