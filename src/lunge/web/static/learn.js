/** The page that teaches the exercise: its pictures, and the figure that performs. */

import { Figure } from "./figure.js";
import { Motion, loadTracks } from "./figure_motion.js";

const KEY_TURN_DEG = 10;
const DRAG_DEG_PER_PX = 0.5;
const QUARTER_DEG = 90;
const FULL_DEG = 360;
const LONGEST_FRAME_S = 0.1; // after a hidden tab, the figure goes on where it was

const byId = (id) => document.getElementById(id);

/** When a picture's moment is; the last phase of its name counts. */
function timeOf(data, { phase, share }) {
  const span = data.steps.findLast((step) => step.name === phase);
  return span.start_s + Number(share) * (span.end_s - span.start_s);
}

function drawPictures(data, motions) {
  for (const svg of document.querySelectorAll("svg[data-phase]")) {
    const { track, azimuth, leg } = svg.dataset;
    new Figure(svg).draw(motions[track].at(timeOf(data, svg.dataset), leg), Number(azimuth), leg);
  }
}

/** The figure that performs, and what steers it. */
class Stage {
  constructor(data, motions) {
    this.motions = motions;
    this.duration_s = motions.right_form.duration_s;
    this.buttons = [...document.querySelectorAll("button[data-step]")];
    this.stops_s = this.buttons.map((button) => timeOf(data, button.dataset));
    this.ends_s = endsOfSteps(data, this.buttons);
    this.right = new Figure(byId("stage-right").querySelector("svg"));
    this.beside = new Figure(byId("stage-mistake").querySelector("svg"));
    this.time_s = 0;
    this.leg = "right";
    this.speed = 1;
    this.azimuth_deg = Number(byId("turn").value);
    this.mistake = null;
    this.playing = false;
    this.step = -1;
    this.listen();
  }

  listen() {
    byId("play").addEventListener("click", () => this.play(!this.playing));
    byId("other-leg").addEventListener("click", () => this.show(this.time_s, other(this.leg)));
    this.buttons.forEach((button, i) => button.addEventListener("click", () => this.stopAt(i)));
    byId("turn").addEventListener("input", (event) => this.turn(Number(event.target.value)));
    for (const button of document.querySelectorAll("button[data-turn]")) {
      button.addEventListener("click", () => this.turn(Number(button.dataset.turn)));
    }
    byId("speed").addEventListener("input", (event) => this.setSpeed(Number(event.target.value)));
    for (const radio of document.querySelectorAll("input[name=mistake]")) {
      radio.addEventListener("change", () => this.compare(radio));
    }
    byId("stage").addEventListener("click", () => (byId("stage-now").ariaLive = "polite"));
    this.listenToFigures(byId("stage-figures"));
  }

  listenToFigures(area) {
    area.addEventListener("keydown", (event) => {
      const turns = { ArrowLeft: KEY_TURN_DEG, ArrowRight: -KEY_TURN_DEG };
      if (event.key in turns) this.turn(this.azimuth_deg + turns[event.key]);
      else if (event.key === " ") this.play(!this.playing);
      else return;
      event.preventDefault();
    });
    area.addEventListener("pointerdown", (event) => area.setPointerCapture(event.pointerId));
    area.addEventListener("pointermove", (event) => {
      if (area.hasPointerCapture(event.pointerId)) this.turn(this.azimuth_deg - event.movementX * DRAG_DEG_PER_PX);
    });
  }

  /** Show a moment, and say which step it is. */
  show(time_s, leg = this.leg) {
    const step = this.ends_s.findIndex((end) => time_s < end);
    const changed = step !== this.step || leg !== this.leg;
    [this.time_s, this.leg, this.step] = [time_s, leg, step];
    this.draw();
    if (changed) this.name(this.buttons[step]);
  }

  draw() {
    this.right.draw(this.motions.right_form.at(this.time_s, this.leg), this.azimuth_deg, this.leg);
    if (!this.mistake) return;
    this.beside.draw(this.motions[this.mistake.value].at(this.time_s, this.leg), this.azimuth_deg, this.leg);
  }

  name(current) {
    const texts = byId("stage").dataset;
    const step = texts.now.replace("{number}", this.step + 1).replace("{step}", current.lastChild.textContent.trim());
    byId("stage-now").textContent = `${step} (${texts[this.leg]})`;
    byId("stage-right").querySelector("svg").ariaLabel = `${current.dataset.picture} (${texts[this.leg]})`;
    for (const button of this.buttons) button.ariaCurrent = button === current ? "step" : null;
  }

  stopAt(i) {
    this.play(false);
    this.show(this.stops_s[i]);
  }

  play(playing) {
    if (playing && !this.playing) requestAnimationFrame((now) => this.advance(now, now));
    this.playing = playing;
    const { play, pause } = byId("play").dataset;
    byId("play").textContent = playing ? pause : play;
  }

  advance(now, before) {
    if (!this.playing) return;
    const next_s = this.time_s + this.speed * Math.min((now - before) / 1000, LONGEST_FRAME_S);
    const stop = this.stops_s.findIndex((at) => this.time_s < at && at <= next_s);
    if (stop >= 0 && byId("stops").checked) {
      this.stopAt(stop);
      return;
    }
    if (next_s < this.duration_s) this.show(next_s);
    else this.show(0, other(this.leg));
    requestAnimationFrame((later) => this.advance(later, now));
  }

  turn(azimuth_deg) {
    this.azimuth_deg = ((azimuth_deg % FULL_DEG) + FULL_DEG) % FULL_DEG;
    const slider = byId("turn");
    slider.value = this.azimuth_deg;
    slider.ariaValueText = slider.dataset.views.split("|")[Math.round(this.azimuth_deg / QUARTER_DEG) % 4];
    this.draw();
  }

  setSpeed(speed) {
    this.speed = speed;
    byId("speed-now").textContent = `${speed.toLocaleString(document.documentElement.lang)} ×`;
  }

  compare(radio) {
    this.mistake = radio.value ? radio : null;
    byId("stage-mistake").hidden = !this.mistake;
    if (this.mistake) {
      byId("stage-mistake-name").textContent = radio.nextElementSibling.textContent;
      byId("stage-mistake").querySelector("svg").ariaLabel = radio.dataset.picture;
      this.turn(Number(radio.dataset.azimuth));
    }
    this.draw();
  }
}

const other = (leg) => (leg === "right" ? "left" : "right");

/** When each step of the buttons is over: with its phase, the last one with the repetition. */
function endsOfSteps(data, buttons) {
  return buttons.map((button) => data.steps.findLast((step) => step.name === button.dataset.phase).end_s + 1e-6);
}

async function main() {
  const data = await loadTracks();
  const motions = Object.fromEntries(Object.keys(data.tracks).map((track) => [track, new Motion(data, track)]));
  drawPictures(data, motions);
  const stage = new Stage(data, motions);
  byId("stage").hidden = false;
  stage.turn(stage.azimuth_deg);
  stage.setSpeed(1);
  stage.show(0);
  stage.play(!matchMedia("(prefers-reduced-motion: reduce)").matches);
}

main().catch((error) => {
  byId("no-figure").hidden = false;
  throw error;
});
