// The skeleton over the picture, and the posture to reach as a thin outline.

const SIDES = { // indices of the 33 points
  left: [[11, 13, 15, 19], [23, 25, 27, 29, 31, 27]],
  right: [[12, 14, 16, 20], [24, 26, 28, 30, 32, 28]],
  middle: [[11, 12, 24, 23, 11]],
};
const HEAD = [7, 8];
const SURE = 0.5; // points less likely seen than this are drawn faintly

export class Drawing {
  #canvas;
  #video;
  #colours;

  constructor(canvas, video) {
    this.#canvas = canvas;
    this.#video = video;
    const style = getComputedStyle(canvas);
    this.#colours = { middle: "#fff", left: style.getPropertyValue("--left"), right: style.getPropertyValue("--right") };
  }

  draw(points, target) {
    const { videoWidth: width, videoHeight: height } = this.#video;
    if (!width) return;
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      Object.assign(this.#canvas, { width, height });
    }
    const pen = this.#canvas.getContext("2d");
    pen.clearRect(0, 0, width, height);
    pen.lineCap = pen.lineJoin = "round";
    const place = ([x, y]) => [x * width, y * height];
    if (target.length) this.#outline(pen, target.map(place), height);
    if (points.length) this.#body(pen, points.map(place), points.map((point) => point[2]), height);
  }

  #body(pen, places, seen, height) {
    for (const [side, chains] of Object.entries(SIDES)) {
      for (const chain of chains) {
        stroke(pen, chain, places, seen, "rgba(0, 0, 0, .55)", height / 60);
        stroke(pen, chain, places, seen, this.#colours[side], height / 95);
      }
    }
    const [a, b] = HEAD.map((i) => places[i]);
    if (!isPlace(a) || !isPlace(b)) return;
    pen.globalAlpha = 1;
    pen.strokeStyle = this.#colours.middle;
    pen.lineWidth = height / 110;
    pen.beginPath();
    pen.arc((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, height / 22, 0, 2 * Math.PI);
    pen.stroke();
  }

  #outline(pen, places, height) {
    pen.setLineDash([height / 60, height / 70]);
    for (const chains of Object.values(SIDES)) {
      for (const chain of chains) stroke(pen, chain, places, null, "#fff", height / 200);
    }
    pen.setLineDash([]);
  }
}

function stroke(pen, chain, places, seen, colour, width) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  for (let i = 1; i < chain.length; i++) {
    const [from, to] = [chain[i - 1], chain[i]];
    if (!isPlace(places[from]) || !isPlace(places[to])) continue;
    pen.globalAlpha = seen && Math.min(seen[from], seen[to]) < SURE ? 0.35 : 1;
    pen.beginPath();
    pen.moveTo(...places[from]);
    pen.lineTo(...places[to]);
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

// Points that are not seen come as null, which counts as 0 in a product.
const isPlace = (place) => Boolean(place) && Number.isFinite(place[0]) && (place[0] !== 0 || place[1] !== 0);
