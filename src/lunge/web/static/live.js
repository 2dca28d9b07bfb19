// The page of the coach: camera in, coaching out.

import { Camera, Frames } from "/static/camera.js";
import { Drawing } from "/static/drawing.js";
import { Link } from "/static/link.js";
import { note, now } from "/static/log.js";
import { Meters } from "/static/meters.js";
import { Panel, filled } from "/static/panel.js";
import { Stopping } from "/static/stopping.js";
import { Voice } from "/static/voice.js";

const SLOW_AFTER_MS = 5000;
const NOTICE_MS = 4000;
const FAREWELL_MS = 1500;

const byId = (id) => document.getElementById(id);
const setup = JSON.parse(byId("coach").dataset.setup);
const texts = setup.texts.live;
const video = byId("video");
const camera = new Camera(video);
const frames = new Frames(video, setup.long_side_px, setup.quality);
const drawing = new Drawing(byId("drawing"), video);
const link = new Link(setup);
const panel = new Panel(setup.texts);
const voice = new Voice(setup);
const meters = new Meters(setup.texts.meters);

const stopping = new Stopping(link, (text) => voice.say({ key: "stop", text, kind: "safety" }, null));

let update = null;
let first_ms = null;
let outline = setup.outline;
let metersOn = setup.meters;
let quiet = 0; // the timer that takes a passing notice away

// ---------------------------------------------------------------- what is said and shown

function pass(key, { stays = false, say = true, fill = {} } = {}) {
  const text = filled(texts[key], fill);
  note("notice", { key: `live.${key}`, text });
  panel.notice(text);
  byId("said").textContent = text;
  if (say) voice.say({ key: `live.${key}`, text, kind: "safety" }, null);
  clearTimeout(quiet);
  if (!stays) quiet = setTimeout(() => panel.notice(""), NOTICE_MS);
}

function trouble(key) {
  byId("trouble-text").textContent = texts[key];
  byId("trouble").hidden = false;
  note("trouble", { key: `live.${key}`, text: texts[key] });
  voice.say({ key: `live.${key}`, text: texts[key], kind: "safety" }, null);
}

function answered({ detail }) {
  if (update?.mode === "active" && detail.mode === "paused" && !document.hidden) stopping.ask();
  // An answer from before the pause may still be on its way: it must not take the question away.
  if (update?.mode === "paused" && detail.mode !== "paused") stopping.close();
  update = detail;
  first_ms ??= now();
  const { capture_ms } = update;
  panel.show(update);
  if (metersOn) meters.show(update.meters);
  drawing.draw(update.points, update.target_points);
  for (const cue of update.cues) {
    const seen_ms = cue.seen_since_s === null ? null : capture_ms - 1000 * (update.time_s - cue.seen_since_s);
    note("cue", { key: cue.key, text: cue.text, capture_ms, kind: cue.kind, spoken: cue.spoken, seen_ms });
    if (cue.kind !== "count") panel.cueGiven(cue, capture_ms);
    if (cue.spoken && cue.text) voice.say(cue, capture_ms);
  }
  for (const sound of update.sounds) voice.sound(sound.name, capture_ms);
  for (const repetition of update.repetitions) note("repetition", { key: String(repetition.index), capture_ms });
  buttons();
  rate();
}

function rate() {
  const slow = update.fps < setup.slow_fps && now() - first_ms > SLOW_AFTER_MS;
  byId("rate").hidden = !slow;
  if (slow) byId("rate").textContent = filled(texts.slow, { fps: update.fps });
}

function buttons() {
  const mode = update?.mode;
  byId("start").disabled = mode !== "setting_up";
  byId("pause").disabled = mode !== "active" && mode !== "paused";
  byId("pause").textContent = mode === "paused" ? texts.resume : texts.pause;
  byId("stopped").disabled = !mode || mode === "finished";
  byId("finish").disabled = !mode || mode === "finished";
  byId("why").disabled = !update || !panel.why(update.faults);
}

// ---------------------------------------------------------------- camera

async function begin(deviceId) {
  byId("trouble").hidden = true;
  byId("door").hidden = true;
  panel.notice(texts.asking);
  try {
    await camera.start(deviceId);
  } catch (key) {
    panel.notice("");
    trouble(key);
    return false;
  }
  panel.notice("");
  await listCameras();
  return true;
}

async function listCameras() {
  const found = await camera.devices();
  const options = found.map((device, i) => {
    const label = device.label || filled(texts.camera_usual, { n: i + 1 });
    return new Option(label, device.deviceId, false, device.deviceId === camera.deviceId);
  });
  byId("camera").replaceChildren(...options);
}

async function cameraBack() {
  if (!(await begin())) return;
  link.command("back");
  pass("camera_back");
}

camera.addEventListener("lost", () => {
  link.command("gone");
  trouble("camera_lost");
});
camera.addEventListener("found", () => {
  byId("trouble").hidden = true;
  link.command("back");
  pass("camera_back");
});
camera.addEventListener("devices", () => {
  if (!byId("door").hidden) return;
  if (camera.open) listCameras();
  else cameraBack();
});

// ---------------------------------------------------------------- connection

link.addEventListener("ready", ({ detail }) => {
  note("ready", { key: detail.session, text: String(detail.resumed) });
  if (detail.resumed) pass("connection_back");
  else panel.notice("");
});
link.addEventListener("update", answered);
link.addEventListener("lost", () => pass("connection_lost", { stays: true }));
link.addEventListener("error", ({ detail }) => {
  note("error", { text: detail.text });
  byId("trouble-text").textContent = detail.text;
  byId("trouble").hidden = false;
});
link.addEventListener("done", ({ detail }) => {
  note("done", { key: detail.summary });
  camera.stop();
  panel.notice(texts.summary);
  if (!stopping.reads(detail.summary)) setTimeout(() => location.assign(detail.summary), FAREWELL_MS);
});

// ---------------------------------------------------------------- the person

const actions = {
  start: () => link.command("start"),
  pause: () => link.command(update?.mode === "paused" ? "resume" : "pause"),
  stopped: () => {
    link.command("pause");
    stopping.ask();
  },
  finish: () => byId("finish-dialog").showModal(),
  why: () => {
    const text = update && panel.why(update.faults);
    if (!text) return;
    panel.notice(text);
    voice.say({ key: "why", text, kind: "guide" }, update.capture_ms);
    clearTimeout(quiet);
    quiet = setTimeout(() => panel.notice(""), 2 * NOTICE_MS);
  },
  mute: () => {
    voice.on = !voice.on;
    if (!voice.on) voice.hush();
    shownVoice();
  },
  outline: () => {
    outline = !outline;
    link.command(outline ? "outline" : "no_outline");
    byId("outline").setAttribute("aria-pressed", outline);
  },
  "meters-on": () => {
    metersOn = !metersOn;
    shownMeters();
    // Remembered like the other choices; without a connection it holds until the page is left.
    fetch("/live/meters", { method: "POST", body: new URLSearchParams(metersOn ? { meters: "on" } : {}) }).catch(() => null);
  },
  "meters-about": () => byId("meters-dialog").showModal(),
  fullscreen: () => (document.fullscreenElement ? document.exitFullscreen() : byId("coach").requestFullscreen()),
};

for (const [id, act] of Object.entries(actions)) {
  byId(id).addEventListener("click", (click) => {
    act();
    // Left on the button, the space bar would press it again instead of pausing.
    if (click.detail) click.currentTarget.blur();
  });
}

const keys = { " ": "pause", Enter: "start", Escape: "finish" };
document.addEventListener("keydown", (event) => {
  const busy = event.target.closest("button, select, a, input, summary, dialog");
  const id = keys[event.key];
  if (!id || event.repeat || (busy && event.key !== "Escape") || document.querySelector("dialog[open]")) return;
  if (byId(id).disabled) return;
  event.preventDefault();
  actions[id]();
});

byId("finish-dialog").addEventListener("close", (event) => {
  if (event.target.returnValue === "finish") link.command("finish");
  event.target.returnValue = "";
});
byId("camera").addEventListener("change", (event) => begin(event.target.value));
byId("again").addEventListener("click", () => (camera.open ? location.reload() : cameraBack()));

function shownVoice() {
  byId("mute").textContent = voice.on ? texts.unmuted : texts.muted;
  byId("mute").setAttribute("aria-pressed", voice.on);
  byId("no-voice").hidden = !voice.on || Boolean(voice.voice);
}

function shownMeters() {
  byId("meters").hidden = !metersOn;
  byId("meters-about").hidden = !metersOn;
  byId("meters-on").setAttribute("aria-pressed", metersOn);
}

// ---------------------------------------------------------------- the page itself

async function stayAwake() {
  // Not every browser can; a screen that sleeps is a nuisance, no error.
  await navigator.wakeLock?.request("screen").catch(() => null);
}

document.addEventListener("visibilitychange", () => {
  if (!camera.open) return;
  if (document.hidden) {
    link.command("gone");
    pass("hidden", { stays: true });
  } else {
    link.command("back");
    pass("hidden", { say: false });
    stayAwake();
  }
});

window.speechSynthesis?.addEventListener?.("voiceschanged", shownVoice);
document.querySelector(".stage").classList.toggle("mirror", setup.mirror);
byId("outline").setAttribute("aria-pressed", outline);
shownVoice();
meters.show(null);
shownMeters();
byId("begin").focus();
byId("begin").addEventListener("click", async () => {
  voice.wake();
  if (!(await begin())) return;
  panel.notice(texts.loading);
  link.open();
  stayAwake();
  frames.each((capture_ms) => {
    if (link.free && camera.open && !document.hidden) link.frame(capture_ms, () => frames.picture());
  });
});
