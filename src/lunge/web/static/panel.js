// What is shown in words and numbers: step, ring, counts, cue, what is missing, what this view shows.

import { note } from "/static/log.js";

const byId = (id) => document.getElementById(id);

export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);

export class Panel {
  #texts;
  #cue = { key: "", text: "" };

  constructor(texts) {
    this.#texts = texts;
  }

  get cue() {
    return this.#cue;
  }

  show(update) {
    const { live } = this.#texts;
    setText(byId("step"), this.#step(update));
    this.#ring(update.hold);
    setText(byId("next"), this.#next(update));
    for (const side of ["left", "right"]) {
      setText(byId(`count-${side}`).lastElementChild, filled(live.count, update[side]));
    }
    this.#missing(update);
    this.#view(update);
    document.documentElement.dataset.mode = update.mode;
    document.documentElement.dataset.step = update.step ?? "";
    document.documentElement.dataset.fps = update.fps;
  }

  // One cue at a time; one without text takes the last away.
  cueGiven(cue, capture_ms) {
    this.#cue = cue;
    const place = byId("cue");
    setText(place, cue.text);
    place.className = `cue ${cue.kind}`;
    place.style.setProperty("--letters", cue.text.length); // as large as one line allows
    requestAnimationFrame(() => note("shown", { key: cue.key, text: cue.text, capture_ms }));
    if (cue.text) setText(byId("said"), cue.text);
  }

  notice(text) {
    const place = byId("notice");
    place.hidden = !text;
    setText(place, text);
  }

  why(faults) {
    const { why } = this.#texts;
    const fault = faults.find((one) => this.#cue.key.includes(one.check)) ?? faults[0];
    return fault && (why[fault.check] ?? why[`${fault.check}_${fault.measure}`]);
  }

  #step({ mode, step, turn_to }) {
    const { live, steps } = this.#texts;
    if (turn_to) return live[`turn_${turn_to}`];
    if (mode !== "active" || !step) return live[mode];
    return steps[step] ?? spaced(step);
  }

  #ring(hold) {
    const ring = byId("ring");
    ring.classList.toggle("idle", !hold);
    if (!hold) return;
    ring.classList.toggle("halted", !hold.running);
    byId("arc").setAttribute("stroke-dashoffset", 100 - (100 * Math.min(hold.done_s, hold.target_s)) / hold.target_s);
    setText(byId("ring-number"), String(Math.max(0, Math.ceil(hold.target_s - hold.done_s))));
  }

  #next({ mode, next_leg, step }) {
    if (mode !== "active" || (step && !["standing", "sitting", "squat", "lowering"].includes(step))) return "";
    return this.#texts.live[`next_${next_leg ?? "free"}`];
  }

  #missing({ mode, missing }) {
    const list = byId("missing");
    list.hidden = mode !== "setting_up";
    if (list.hidden) return;
    const { setup, live } = this.#texts;
    const lines = missing.length ? missing.map((key) => setup[key] ?? spaced(key)) : [live.all_well];
    if (lines.join("\n") === [...list.children].map((line) => line.textContent).join("\n")) return;
    list.replaceChildren(...lines.map((line) => item(line, missing.length === 0)));
  }

  #view({ can_judge, cannot_judge }) {
    const place = byId("view");
    const { live } = this.#texts;
    place.hidden = can_judge.length + cannot_judge.length === 0;
    const told = [[live.can_judge, can_judge], [live.cannot_judge, cannot_judge]]
      .filter(([, checks]) => checks.length)
      .map(([label, checks]) => `${label}: ${checks.map((check) => this.#title(check)).join(", ")}.`);
    setText(place, told.join(" "));
  }

  #title(check) {
    const { checks } = this.#texts;
    return checks[`${check}.title`] ?? checks[check] ?? spaced(check);
  }
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function item(text, well) {
  const line = document.createElement("li");
  line.textContent = text;
  line.classList.toggle("well", well);
  return line;
}

const spaced = (name) => name.replaceAll("_", " ");
