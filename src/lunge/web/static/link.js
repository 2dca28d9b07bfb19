// The connection to the coach, lunge.live/1: it comes back by itself, and takes up the set where it was.

import { note } from "/static/log.js";

const PROTOCOL = "lunge.live/1";
const LIVE = "/live/socket";
const SCHEME = location.protocol === "https:" ? "wss:" : "ws:";
const REFUSED_AFTER = 2; // tries without a socket ever having opened
const HEAD_BYTES = 12;
const LONGEST_WAIT_MS = 3000;
const WATCH_EVERY_MS = 500;

export function packed(capture_ms, jpeg) {
  const head = new DataView(new ArrayBuffer(HEAD_BYTES));
  [..."LNG1"].forEach((letter, i) => head.setUint8(i, letter.charCodeAt(0)));
  head.setFloat64(4, capture_ms, true);
  return new Blob([head, jpeg]);
}

// Stands in for a socket where the browser refuses one: each message is a request of its own.
class Requests {
  #session = "";
  #closed = false;

  constructor() {
    queueMicrotask(() => this.onopen());
  }

  async send(message) {
    const type = typeof message === "string" ? "application/json" : "application/octet-stream";
    const address = `/live/frame?session=${encodeURIComponent(this.#session)}`;
    try {
      const answer = await fetch(address, { method: "POST", body: message, headers: { "content-type": type } });
      this.#heard(await answer.text());
    } catch {
      this.close();
    }
  }

  close() {
    if (this.#closed) return;
    this.#closed = true;
    this.onclose();
  }

  #heard(data) {
    const { type, session, mode } = JSON.parse(data);
    if (type === "ready") this.#session = session;
    if (type !== "taken") this.onmessage({ data });
    // A socket ends the set by itself.
    if (mode === "finished") this.send(JSON.stringify({ type: "command", name: "finish" }));
  }
}

export class Link extends EventTarget {
  #address;
  #hello;
  #mostInFlight;
  #answerWithin;
  #socket = null;
  #ready = false;
  #over = false;
  #opened = false;
  #tries = 0;
  #sent = []; // {capture_ms, at}: not answered yet
  #making = false; // one picture is packed at a time: two could overtake each other

  // `socket` and `hello` are another protocol's: its address, and what it says first.
  constructor({ language, wishes, pictures, in_flight, answer_within_ms, break: id, socket, hello }) {
    super();
    this.#address = socket ?? LIVE;
    this.#hello = { type: "hello", protocol: PROTOCOL, language, wishes, pictures, break: id, ...hello };
    this.#mostInFlight = in_flight;
    this.#answerWithin = answer_within_ms;
    setInterval(() => this.#watch(), WATCH_EVERY_MS);
  }

  open() {
    const socket = this.#refused ? new Requests() : new WebSocket(`${SCHEME}//${location.host}${this.#address}`);
    this.#socket = socket;
    socket.onopen = () => {
      this.#opened ||= socket instanceof WebSocket;
      const session = sessionStorage.getItem(this.#address) ?? undefined;
      socket.send(JSON.stringify({ ...this.#hello, session }));
    };
    socket.onmessage = (message) => this.#heard(JSON.parse(message.data));
    socket.onclose = () => this.#closed(socket);
  }

  // Only the protocol of a set goes by requests, too.
  get #refused() {
    return this.#address === LIVE && !this.#opened && this.#tries >= REFUSED_AFTER;
  }

  get free() {
    const most = this.#refused ? 1 : this.#mostInFlight; // requests could overtake each other, too
    return this.#ready && !this.#making && this.#sent.length < most;
  }

  // Sends a frame; `make` gives its picture. What is behind is dropped here, not queued.
  async frame(capture_ms, make) {
    this.#making = true;
    const socket = this.#socket;
    try {
      const message = packed(capture_ms, await make());
      if (!this.#ready || socket !== this.#socket) return;
      this.#sent.push({ capture_ms, at: performance.now() });
      socket.send(message);
    } finally {
      this.#making = false;
    }
  }

  command(name) {
    if (this.#ready) this.#socket.send(JSON.stringify({ type: "command", name }));
  }

  #heard(message) {
    if (message.type === "ready") {
      this.#ready = true;
      this.#tries = 0;
      sessionStorage.setItem(this.#address, message.session);
    } else if (message.type === "update") {
      this.#sent = this.#sent.filter((frame) => frame.capture_ms > message.capture_ms);
      // The set is being kept, which may take a while: nothing more is sent, and no answer is missed.
      if (message.mode === "finished") [this.#ready, this.#sent] = [false, []];
    } else {
      this.#over = true;
      sessionStorage.removeItem(this.#address);
    }
    this.dispatchEvent(new CustomEvent(message.type, { detail: message }));
  }

  #closed(socket) {
    if (socket !== this.#socket || this.#over) return;
    if (this.#tries === 0) {
      note("connection_lost");
      this.dispatchEvent(new Event("lost"));
    }
    this.#socket = null;
    this.#ready = false;
    this.#sent = [];
    this.#tries += 1;
    setTimeout(() => this.open(), Math.min(250 * 2 ** this.#tries, LONGEST_WAIT_MS));
  }

  // A dead line does not always close: without an answer it is given up.
  #watch() {
    const oldest = this.#sent[0];
    if (!oldest || performance.now() - oldest.at < this.#answerWithin) return;
    const socket = this.#socket;
    this.#closed(socket);
    socket.close();
  }
}
