// The page of breaks: while it is open it reminds, too.

const EVERY_MS = 20_000;
const banner = document.getElementById("banner");
const box = document.getElementById("notify");
const KEPT = "lunge.breaks.notify";
let shown = banner.hidden ? null : document.getElementById("break-id").value;

if ("Notification" in window) {
  document.getElementById("page-ask").hidden = false;
  box.checked = localStorage.getItem(KEPT) === "yes" && Notification.permission === "granted";
  box.addEventListener("change", async () => {
    if (box.checked) box.checked = (await Notification.requestPermission()) === "granted";
    localStorage.setItem(KEPT, box.checked ? "yes" : "no");
  });
}

function remind(id) {
  shown = id;
  document.getElementById("break-id").value = id;
  banner.hidden = false;
  if (!box.checked || !document.hidden) return;
  const note = new Notification(banner.dataset.title, { body: banner.dataset.text, tag: "lunge-break" });
  note.addEventListener("click", () => window.focus());
}

async function look() {
  const answer = await fetch("/breaks/state").catch(() => null);
  if (!answer?.ok) return;
  const { phase, break: id } = await answer.json();
  if (phase !== "offered") banner.hidden = true;
  else if (id !== shown || banner.hidden) remind(id);
}

setInterval(look, EVERY_MS);
