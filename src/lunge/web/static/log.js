// What the page did and when, for tests and for whoever wonders: window.lungeLog.

export const log = [];
window.lungeLog = log;

// One clock for frames and log: it goes on over a reload, and never back.
export const now = () => performance.timeOrigin + performance.now();

export function note(what, { key = "", text = "", capture_ms = null, ...more } = {}) {
  const entry = { what, key, text, at_ms: now(), capture_ms, ...more };
  log.push(entry);
  return entry;
}
