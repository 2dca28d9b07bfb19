// A guided timer: each side in turn, down, hold, up.

const byId = (id) => document.getElementById(id);
const { hold_s, legs, repetitions, step_s, texts } = JSON.parse(byId("timer").dataset.setup);
const TICK_MS = 200;

const steps = [];
for (let i = 0; i < legs.length * repetitions; i += 1) {
  const side = legs[i % legs.length];
  steps.push({ side, doing: "down", s: step_s }, { side, doing: "hold", s: hold_s }, { side, doing: "up", s: step_s });
}
const whole_s = steps.reduce((sum, step) => sum + step.s, 0);

function show(passed_s) {
  let end_s = 0;
  const step = steps.find(({ s }) => passed_s < (end_s += s));
  byId("all").value = Math.min(1, passed_s / whole_s);
  // A status that is set anew is read anew.
  const put = (id, text) => byId(id).textContent !== text && (byId(id).textContent = text);
  put("side", step ? texts[step.side] : texts.finished);
  put("doing", step ? texts[step.doing] : "");
  put("left", step ? String(Math.ceil(end_s - passed_s)) : "");
  return Boolean(step);
}

byId("begin").hidden = false;
byId("begin").addEventListener("click", () => {
  const begun = performance.now();
  byId("begin").hidden = true;
  byId("all").hidden = false;
  const timer = setInterval(() => show((performance.now() - begun) / 1000) || clearInterval(timer), TICK_MS);
  show(0);
});
