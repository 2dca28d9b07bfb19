// The choice of voices, which only the browser knows.

import { voicesHere } from "/static/voice.js";

const hearing = document.getElementById("hearing");
const list = document.getElementById("voices");
const usual = list.options[0];
const { language } = hearing.dataset;

function fill() {
  const found = voicesHere(language);
  const chosen = list.value || list.dataset.chosen;
  list.replaceChildren(usual, ...found.map(({ name }) => new Option(name, name, false, name === chosen)));
  document.getElementById("no-voice").hidden = found.length > 0;
}

document.getElementById("try").addEventListener("click", () => {
  const voice = voicesHere(language).find(({ name }) => name === list.value) ?? voicesHere(language)[0];
  if (!voice) return;
  const utterance = new SpeechSynthesisUtterance(hearing.dataset.try);
  Object.assign(utterance, { voice, lang: voice.lang, rate: Number(document.getElementById("speed").value) });
  speechSynthesis.cancel();
  speechSynthesis.speak(utterance);
});
window.speechSynthesis?.addEventListener?.("voiceschanged", fill);
fill();
