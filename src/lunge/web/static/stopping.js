// The one question when somebody stops, and what follows from the answer.

import { now } from "/static/log.js";

const READ_MS = 6000;
const byId = (id) => document.getElementById(id);

export class Stopping {
  #link;
  #say;
  #box = byId("stop");
  #then = byId("stop-then");
  #answered = false; // since the pause began
  #ends_at = null;

  constructor(link, say) {
    this.#link = link;
    this.#say = say;
    for (const button of this.#box.querySelectorAll("button")) {
      button.addEventListener("click", () => this.#answer(button.dataset.why));
    }
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  // Shows the question while the set is paused by the person.
  show(is_paused) {
    if (!is_paused) this.#answered = false;
    this.#box.hidden = !is_paused || (this.#answered && this.#then.hidden);
    if (!is_paused) this.#then.hidden = true;
    if (this.#ends_at !== null && now() >= this.#ends_at) this.#end();
  }

  #key(event) {
    if (this.#box.hidden || this.#answered || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const button = this.#box.querySelectorAll("button")[Number(event.key) - 1];
    if (button) button.click();
  }

  async #answer(why) {
    if (this.#answered) return;
    this.#answered = true;
    const answer = await this.#link.stopped(why);
    if (!answer) {
      this.#answered = false;
      return;
    }
    this.#box.querySelector("ol").hidden = true;
    this.#then.textContent = answer.text;
    this.#then.hidden = false;
    this.#say(answer.text);
    if (answer.over) this.#ends_at = now() + READ_MS;
    else setTimeout(() => this.#again(), READ_MS);
  }

  #again() {
    this.#then.hidden = true;
    this.#box.querySelector("ol").hidden = false;
    this.#box.hidden = true;
  }

  #end() {
    this.#ends_at = null;
    this.#link.command("finish");
  }
}
