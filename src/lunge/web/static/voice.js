// What one hears: the browser's own speech, from voices on this computer only, and tones.

import { note } from "/static/log.js";

const TONES = { // [Hz, seconds] one after the other
  started: [[523, 0.12], [784, 0.2]],
  hold_started: [[880, 0.15]],
  second: [[587, 0.06]],
  hold_done: [[880, 0.1], [1175, 0.25]],
  repetition_done: [[784, 0.1], [1047, 0.2]],
  stopped: [[392, 0.2]],
  set_done: [[523, 0.14], [659, 0.14], [784, 0.14], [1047, 0.4]],
};
const LOUDNESS = 0.25;
const FADE_S = 0.02;

export function voicesHere(language) {
  const all = window.speechSynthesis?.getVoices() ?? [];
  return all.filter((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
}

export class Voice {
  #setup;
  #audio = null;

  constructor(setup) {
    this.#setup = setup;
    this.on = setup.voice;
    window.speechSynthesis?.getVoices(); // some browsers load them only when asked
  }

  get voice() {
    const here = voicesHere(this.#setup.language);
    return here.find((voice) => voice.name === this.#setup.voice_name) ?? here[0];
  }

  // Browsers let a page be heard only after the person has touched it.
  wake() {
    this.#audio ??= window.AudioContext ? new AudioContext() : null;
    this.#audio?.resume();
  }

  say({ key, text, kind }, capture_ms) {
    const voice = this.on ? this.voice : undefined;
    const speech = window.speechSynthesis;
    // A count that comes late is worth nothing; all else takes the place of what is being said.
    const waits = kind === "count" && speech?.speaking;
    note("utterance", { key, text, capture_ms, voiced: Boolean(voice) && !waits });
    if (!voice || waits) return;
    speech.cancel();
    const utterance = new SpeechSynthesisUtterance(text);
    Object.assign(utterance, { voice, lang: voice.lang, rate: this.#setup.speed });
    speech.speak(utterance);
  }

  hush() {
    window.speechSynthesis?.cancel();
  }

  sound(name, capture_ms) {
    note("sound", { key: name, capture_ms });
    if (!this.#setup.tones || !this.#audio) return;
    let at = this.#audio.currentTime;
    for (const [hertz, seconds] of TONES[name] ?? []) {
      this.#tone(hertz, at, seconds);
      at += seconds;
    }
  }

  #tone(hertz, at, seconds) {
    const [tone, gain] = [this.#audio.createOscillator(), this.#audio.createGain()];
    tone.frequency.value = hertz;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(LOUDNESS, at + FADE_S);
    gain.gain.linearRampToValueAtTime(0, at + seconds);
    tone.connect(gain).connect(this.#audio.destination);
    tone.start(at);
    tone.stop(at + seconds);
  }
}
