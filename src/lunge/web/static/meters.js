// The meters of stretch and load: bars with a band, and words that change only with the class.

import { filled } from "/static/panel.js";

const byId = (id) => document.getElementById(id);
const NAMES = ["stretch", "hip_stretch", "load", "hip_share"];
const LARGE = ["stretch", "load"];
const QUIET = ["step", "moving"]; // they come and go with every repetition
const NOTHING = { answer: "cannot_judge", reason: "step", level: null, low: null, high: null };
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Meters {
  #texts;
  #told = {};

  constructor(texts) {
    this.#texts = texts;
  }

  show(meters) {
    const news = [];
    for (const name of NAMES) {
      const meter = meters?.[name] ?? NOTHING;
      this.#bar(byId(`${name}-bar`), meter);
      const word = this.#word(name, meter);
      if (this.#told[name] === word) continue;
      this.#told[name] = word;
      byId(`${name}-word`).textContent = word;
      if (LARGE.includes(name) && meter.answer !== "rest" && !QUIET.includes(meter.reason)) {
        news.push(filled(this.#texts.said, { title: this.#texts[`titles.${name}`], word }));
      }
    }
    this.#trade(meters?.leaning && meters.stretch.level !== null, news);
    if (news.length) byId("meters-said").textContent = news.join(" ");
  }

  // A small one stays silent where the large one above it says the same.
  #word(name, { answer, reason }) {
    if (!LARGE.includes(name) && ["rest", "cannot_judge"].includes(answer)) return "";
    return answer === "cannot_judge" ? this.#texts[`reasons.${reason}`] : this.#texts[`${name}.${answer}`];
  }

  #bar(bar, meter) {
    bar.classList.toggle("judged", meter.level !== null);
    if (meter.level === null) return;
    for (const end of ["low", "level", "high"]) {
      bar.style.setProperty(`--${end}`, calm.matches ? Math.round(10 * meter[end]) / 10 : meter[end]);
    }
  }

  #trade(leaning, news) {
    const text = leaning ? this.#texts.leaning : "";
    if (byId("trade").textContent === text) return;
    byId("trade").textContent = text;
    if (text) news.push(text);
  }
}
