// Guides through a set that nobody sees: squeeze, stand up, sit down slowly, as often as asked.

const box = document.getElementById("paced");
const { hold, count, lower } = box.dataset;
const texts = JSON.parse(box.dataset.texts);
const step = document.getElementById("pace-step");
const counted = document.getElementById("pace-count");
const beginning = document.getElementById("pace-begin");
const stopping = document.getElementById("pace-stop");
const STEPS = [
  ["pace_squeeze", Number(hold)],
  ["pace_up", 2],
  ["pace_down", Number(lower)],
  ["pace_rest", 2],
];
const TICK_MS = 1000;
let under_way = 0; // a number for each run, so that one that was stopped says nothing more

const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * TICK_MS));

function show(done) {
  counted.textContent = `${done} / ${count}`;
  document.getElementById("said-done").value = String(done);
}

function stop() {
  under_way += 1;
  step.textContent = "";
  stopping.hidden = true;
  beginning.hidden = false;
}

async function run() {
  const mine = ++under_way;
  beginning.hidden = true;
  stopping.hidden = false;
  show(0);
  for (let done = 0; done < Number(count); done += 1) {
    for (const [key, seconds] of STEPS) {
      step.textContent = texts[key];
      await wait(seconds);
      if (mine !== under_way) return;
    }
    show(done + 1);
  }
  stop();
  step.textContent = texts.pace_done;
}

box.hidden = false;
beginning.addEventListener("click", run);
stopping.addEventListener("click", stop);
