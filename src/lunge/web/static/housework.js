// Housework before the camera: frames out, counts in; quiet.

import { Camera, Frames } from "/static/camera.js";
import { Drawing } from "/static/drawing.js";
import { Link } from "/static/link.js";
import { note } from "/static/log.js";
import { filled } from "/static/panel.js";
import { Voice } from "/static/voice.js";

const MINUTE_S = 60;
const FAREWELL_MS = 800;
const KINDS = ["lunge", "squat", "stoop", "kneel", "sit"];

const byId = (id) => document.getElementById(id);
const setup = JSON.parse(byId("coach").dataset.setup);
const { live, housework, setup: wanting } = setup.texts;
const video = byId("video");
const camera = new Camera(video);
const frames = new Frames(video, setup.long_side_px, setup.quality);
const drawing = new Drawing(byId("drawing"), video);
const { language, model, landmarks, protocol } = setup;
const link = new Link({ ...setup, hello: { protocol, language, model, landmarks } });
const voice = new Voice({ ...setup, tones: false });

let paused = false;
let before = { counts: {}, watched_s: 0 }; // of connections that were lost
let latest = { counts: {}, watched_s: 0 };

// ---------------------------------------------------------------- what is shown

function show(update) {
  latest = update;
  for (const kind of KINDS) write(`count-${kind}`, String((before.counts[kind] ?? 0) + (update.counts[kind] ?? 0)));
  const minutes = Math.floor((before.watched_s + update.watched_s) / MINUTE_S);
  write("watched", filled(housework.watched, { minutes }));
  write("state", update.mode === "paused" ? live.paused : housework.watching);
  const missing = update.missing.map((key) => wanting[key] ?? key);
  byId("missing").hidden = missing.length === 0;
  if (missing.join("\n") !== [...byId("missing").children].map((line) => line.textContent).join("\n")) {
    byId("missing").replaceChildren(...missing.map(line));
  }
  drawing.draw(update.points, []);
  document.documentElement.dataset.mode = update.mode;
}

function told(update) {
  for (const low of update.lowerings) {
    const text = housework[`was_${low.kind}`];
    note("lowering", { key: low.kind, text, capture_ms: update.capture_ms });
    write("last", text);
    write("said", text);
  }
  if (update.word) voice.say({ key: "housework.word", text: update.word, kind: "praise" }, update.capture_ms);
}

function write(id, text) {
  if (byId(id).textContent !== text) byId(id).textContent = text;
}

function line(text) {
  return Object.assign(document.createElement("li"), { textContent: text });
}

function notice(text) {
  byId("notice").hidden = !text;
  write("notice", text);
}

function trouble(text) {
  byId("trouble-text").textContent = text;
  byId("trouble").hidden = false;
  note("trouble", { text });
}

function buttons() {
  byId("pause").disabled = byId("finish").disabled = false;
  byId("pause").textContent = paused ? live.resume : live.pause;
}

// ---------------------------------------------------------------- camera and connection

async function begin(deviceId) {
  byId("trouble").hidden = byId("door").hidden = true;
  notice(live.asking);
  try {
    await camera.start(deviceId);
  } catch (key) {
    notice("");
    trouble(live[key]);
    return false;
  }
  notice("");
  const options = (await camera.devices()).map((device, i) => {
    const label = device.label || filled(live.camera_usual, { n: i + 1 });
    return new Option(label, device.deviceId, false, device.deviceId === camera.deviceId);
  });
  byId("camera").replaceChildren(...options);
  return true;
}

camera.addEventListener("lost", () => trouble(live.camera_lost));
camera.addEventListener("found", () => (byId("trouble").hidden = true));

link.addEventListener("ready", ({ detail }) => {
  note("ready", { key: detail.session });
  notice("");
  buttons();
  if (paused) link.command("pause");
});
link.addEventListener("update", ({ detail }) => {
  show(detail);
  told(detail);
});
link.addEventListener("lost", () => {
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, (before.counts[kind] ?? 0) + (latest.counts[kind] ?? 0)]));
  before = { counts, watched_s: before.watched_s + latest.watched_s };
  latest = { counts: {}, watched_s: 0 };
  notice(housework.connection_lost);
});
link.addEventListener("error", ({ detail }) => trouble(detail.text));
link.addEventListener("done", ({ detail }) => {
  note("done", { key: detail.summary });
  camera.stop();
  notice(housework.saving);
  setTimeout(() => location.assign(detail.summary), FAREWELL_MS);
});

// ---------------------------------------------------------------- the person

const actions = {
  pause: () => {
    paused = !paused;
    link.command(paused ? "pause" : "resume");
    buttons();
  },
  finish: () => {
    notice(housework.saving);
    link.command("finish");
  },
  mute: () => {
    voice.on = !voice.on;
    if (!voice.on) voice.hush();
    shownVoice();
  },
  fullscreen: () => (document.fullscreenElement ? document.exitFullscreen() : byId("coach").requestFullscreen()),
};

for (const [id, act] of Object.entries(actions)) byId(id).addEventListener("click", act);
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || event.repeat || event.target.closest("button, select, a") || byId("pause").disabled) return;
  event.preventDefault();
  actions.pause();
});
byId("camera").addEventListener("change", (event) => begin(event.target.value));
byId("again").addEventListener("click", () => (camera.open ? location.reload() : begin()));

function shownVoice() {
  byId("mute").textContent = voice.on ? live.unmuted : live.muted;
  byId("mute").setAttribute("aria-pressed", voice.on);
}

async function stayAwake() {
  // Not every browser can; a screen that sleeps is a nuisance, no error.
  await navigator.wakeLock?.request("screen").catch(() => null);
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && camera.open) stayAwake();
});

document.querySelector(".stage").classList.toggle("mirror", setup.mirror);
shownVoice();
byId("begin").focus();
byId("begin").addEventListener("click", async () => {
  voice.wake();
  if (!(await begin())) return;
  notice(live.loading);
  link.open();
  stayAwake();
  frames.each((capture_ms) => {
    if (link.free && camera.open && !document.hidden) link.frame(capture_ms, () => frames.picture());
  });
});
