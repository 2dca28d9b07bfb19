// The timer of a set of standing up from a chair: squeeze, stand up, sit down slowly.

const TICK_MS = 1000;
const STAND_S = 2;

const byId = (id) => document.getElementById(id);
const { repetitions, hold, lowering, texts } = byId("chair").dataset;
const said = JSON.parse(texts);
const button = byId("timer");
const parts = [
  ["squeeze", Math.round(hold)],
  ["stand", STAND_S],
  ["down", Math.round(lowering)],
];

let ticking = 0;
let part = 0;
let left_s = 0;
let done = 0;

function show() {
  const [key] = parts[part];
  if (byId("say").textContent !== said[`chair.${key}`]) byId("say").textContent = said[`chair.${key}`];
  byId("seconds").textContent = left_s;
  byId("done").textContent = said["chair.count"].replace("{n}", done).replace("{asked}", repetitions);
}

function tick() {
  left_s -= 1;
  if (left_s <= 0) {
    part = (part + 1) % parts.length;
    if (part === 0) counted();
    left_s = parts[part][1];
  }
  if (ticking) show();
}

function counted() {
  done += 1;
  byId("told").value = done;
  if (done < Number(repetitions)) return;
  show();
  stop();
  byId("seconds").textContent = "";
  byId("say").textContent = said["chair.over"];
  button.hidden = true;
}

function stop() {
  clearInterval(ticking);
  ticking = 0;
  button.textContent = said["chair.start"];
}

button.hidden = false;
button.addEventListener("click", () => {
  if (ticking) return stop();
  left_s ||= parts[part][1];
  ticking = setInterval(tick, TICK_MS);
  button.textContent = said["chair.stop"];
  show();
});
