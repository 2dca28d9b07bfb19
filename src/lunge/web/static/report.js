// The report is a page of its own in a frame; the frame is made as tall as the page.

const frame = document.getElementById("report");

function fit() {
  const inside = frame.contentDocument?.documentElement;
  if (inside) frame.style.height = `${inside.scrollHeight + 4}px`;
}

frame.addEventListener("load", fit);
window.addEventListener("resize", fit);
if (frame.contentDocument?.readyState === "complete") fit();
