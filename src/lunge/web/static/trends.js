// Points of the charts, read out one at a time: under the pointer, or by the arrow keys.

function show(chart, mark) {
  chart.querySelector(".mark.now")?.classList.remove("now");
  mark.classList.add("now");
  chart.nextElementSibling.textContent = mark.querySelector("title").textContent;
}

for (const chart of document.querySelectorAll(".chart")) {
  const marks = [...chart.querySelectorAll(".mark")].sort((a, b) => a.dataset.x - b.dataset.x);
  chart.addEventListener("pointermove", ({ clientX }) => {
    const away = (mark) => {
      const { left, width } = mark.getBoundingClientRect();
      return Math.abs(left + width / 2 - clientX);
    };
    show(chart, marks.reduce((best, mark) => (away(mark) < away(best) ? mark : best)));
  });
  chart.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -marks.length, End: marks.length }[event.key];
    if (!step) return;
    event.preventDefault();
    const now = marks.findIndex((mark) => mark.classList.contains("now"));
    const next = now < 0 ? marks.length - 1 : now + step;
    show(chart, marks[Math.min(Math.max(next, 0), marks.length - 1)]);
  });
}
