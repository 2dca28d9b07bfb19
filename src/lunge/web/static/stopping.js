// Why did you stop? One question, what follows, and then on or the end of the set.

import { note } from "/static/log.js";

const byId = (id) => document.getElementById(id);
const GOES_ON = ["go_on", "chair"];

export class Stopping {
  #link;
  #dialog = byId("stop-dialog");
  #ends = false;
  #next = "/today"; // where to go once the set is kept

  #say;

  constructor(link, say) {
    this.#link = link;
    this.#say = say;
    byId("stop-answers").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#answer(event.submitter.value);
    });
    byId("stop-on").addEventListener("click", () => this.#go("resume"));
    byId("stop-end").addEventListener("click", () => (this.#ends ? location.assign(this.#next) : this.#go("finish")));
    // Escape would hide the question without an answer; the first one is "just a moment".
    this.#dialog.addEventListener("cancel", (event) => event.preventDefault());
  }

  ask() {
    if (this.#dialog.open) return;
    byId("stop-answers").hidden = false;
    byId("stop-then").hidden = true;
    this.#dialog.showModal();
    this.#say(byId("stop-question").textContent);
  }

  close() {
    if (this.#dialog.open && !this.#ends) this.#dialog.close();
  }

  // Whether the person is still reading what follows; the button then leads on.
  reads(address) {
    if (this.#ends) this.#next = address;
    return this.#ends;
  }

  async #answer(why) {
    const sent = await fetch("/live/stop", { method: "POST", body: new URLSearchParams({ why }) }).catch(() => null);
    if (!sent?.ok) {
      byId("stop-text").textContent = byId("stop-then").dataset.again;
      byId("stop-then").hidden = false;
      return;
    }
    const { action, text } = await sent.json();
    note("stopped", { key: why, text });
    const goesOn = GOES_ON.includes(action);
    this.#ends = !goesOn;
    if (this.#ends) this.#link.command("finish");
    byId("stop-text").textContent = text;
    this.#say(text);
    byId("stop-on").hidden = !goesOn;
    byId("stop-end").hidden = action === "go_on";
    byId("stop-end").classList.toggle("big", this.#ends);
    byId("stop-answers").hidden = true;
    byId("stop-then").hidden = false;
    byId(goesOn ? "stop-on" : "stop-end").focus();
  }

  #go(command) {
    this.#dialog.close();
    this.#link.command(command);
  }
}
