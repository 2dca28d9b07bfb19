/**
 * The figure: draws a posture as an SVG picture, seen from any side.
 *
 * Colours come from the classes in `learn.css`, so that they follow the theme, and print. One unit of the picture is a
 * millimetre.
 */

import { groupsOf, headOf } from "./figure_body.js";

const SVG = "http://www.w3.org/2000/svg";
const MM = 1000;
const ELEVATION = (9 * Math.PI) / 180;
const MIDDLE_M = -0.4; // the person moves about here, forward of where they stand first
const CORNERS = 24; // of a ball's outline
const LIGHT = [-0.42, 0.62, 0.66]; // in the picture: to the right, up, to the viewer
const [SHADING, LIT] = [0.5, 0.62]; // how strong light and shade are, and where the colour is unchanged
const DARKEST = 0.34;
const FAR_M = 0.4; // from here on, what is farther gets no darker
const FACE_MIDDLE = [0.78, -0.62]; // from the skull's middle: ahead and up
const EAR_SHOWS_MM = 15;
const MAT_M = { left: 0.4, front: 0.34, back: -1.16, corner: 0.05 };

const SHADOW_AREA = { x: -1200, y: -500, width: 2400, height: 1000 };

let figures = 0;

/** The camera: 0 in front, 90 on the person's left. */
class View {
  constructor(azimuth_deg) {
    const turn = (azimuth_deg * Math.PI) / 180;
    [this.sine, this.cosine] = [Math.sin(turn), Math.cos(turn)];
  }

  /** Return a direction as [right, up, to the viewer]. */
  turned([left, up, forward]) {
    const near = left * this.sine + forward * this.cosine;
    return [
      left * this.cosine - forward * this.sine,
      up * Math.cos(ELEVATION) - near * Math.sin(ELEVATION),
      near * Math.cos(ELEVATION) + up * Math.sin(ELEVATION),
    ];
  }

  /** Return a place in the picture, mm: x, y, how near. */
  seen([left, up, forward]) {
    const [x, y, near] = this.turned([left, up, forward - MIDDLE_M]);
    return [x * MM, -y * MM, near * MM];
  }
}

/** The convex outline of points, in order. */
function hull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list) => {
    const out = [];
    for (const point of list) {
      while (out.length > 1 && turn(out.at(-2), out.at(-1), point) <= 0) out.pop();
      out.push(point);
    }
    return out.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

const ROUND = Array.from({ length: CORNERS }, (_, i) => (2 * Math.PI * i) / CORNERS).map((t) => [
  Math.cos(t) / Math.cos(Math.PI / CORNERS / 2),
  Math.sin(t) / Math.cos(Math.PI / CORNERS / 2),
]);

const circle = ([x, y], radius) => ROUND.map(([c, s]) => [x + radius * c, y + radius * s]);
const pathOf = (outline) => `M${outline.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;

/** The path of the hull of balls. */
function blobPath(view, balls) {
  return pathOf(hull(balls.flatMap((b) => circle(view.seen(b), b[3] * MM))));
}

/** The path of what balls would cover if they lay on the floor. */
function shadowPath(view, balls) {
  const flat = balls.flatMap(([x, , z, r]) => ROUND.map(([c, s]) => view.seen([x + r * c, 0, z + r * s])));
  return pathOf(hull(flat));
}

const nearest = (view, part) => (view.seen(part.from)[2] + view.seen(part.to)[2]) / 2;

function element(name, attributes = {}, parent = null) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  parent?.append(node);
  return node;
}

/** A part with light on it: two paths, the colour and the shade. */
class Painted {
  constructor(defs, id) {
    this.node = element("g");
    this.colour = element("path", {}, this.node);
    this.shade = element("path", { fill: `url(#${id})` }, this.node);
    this.gradient = element("linearGradient", { id, gradientUnits: "userSpaceOnUse" }, defs);
    this.stops = [-1, -0.6, -0.2, 0.2, 0.6, 1].map((at) => {
      const stop = element("stop", { offset: (at + 1) / 2 }, this.gradient);
      return { at, stop };
    });
  }

  draw(view, part, role, far) {
    const path = part.blobs.map((balls) => blobPath(view, balls)).join("");
    this.colour.setAttribute("d", path);
    this.shade.setAttribute("d", path);
    this.colour.setAttribute("class", `figure-${part.kind === "leg" ? role : part.kind}`);
    this.light(view, part, far);
  }

  /** Light from above on the left, as on a cylinder along the part. */
  light(view, part, far) {
    const axis = view.turned(part.to.map((value, i) => value - part.from[i]));
    const length = Math.hypot(...axis) || 1;
    const flat = Math.hypot(axis[0], axis[1]) || 1e-6;
    const side = [-axis[1] / flat, axis[0] / flat, 0];
    const front = [(-axis[2] * axis[0]) / (flat * length), (-axis[2] * axis[1]) / (flat * length), flat / length];
    const [x, y] = [0, 1].map((i) => (view.seen(part.from)[i] + view.seen(part.to)[i]) / 2);
    const r = part.radius * MM;
    const ends = { x1: x - r * side[0], y1: y + r * side[1], x2: x + r * side[0], y2: y - r * side[1] };
    for (const [key, value] of Object.entries(ends)) this.gradient.setAttribute(key, value.toFixed(1));
    for (const { at, stop } of this.stops) {
      const lit = LIGHT.reduce((sum, l, i) => sum + l * (at * side[i] + Math.sqrt(1 - at * at) * front[i]), 0);
      setShade(stop, SHADING * (lit - LIT) - far);
    }
  }
}

/** Lighten (above 0) or darken a gradient's stop. */
function setShade(stop, value) {
  stop.setAttribute("stop-color", value > 0 ? "#fff" : "#000");
  stop.setAttribute("stop-opacity", Math.min(Math.abs(value), DARKEST).toFixed(3));
}

/** Limbs that are covered, or cover, as a whole, with a thin edge about them. */
class Group {
  constructor(defs, id) {
    this.node = element("g");
    this.edge = element("path", { class: "figure-edge" }, this.node);
    this.parts = [];
    this.defs = defs;
    this.id = id;
  }

  draw(view, group, role) {
    while (this.parts.length < group.parts.length) {
      this.parts.push(new Painted(this.defs, `${this.id}-${this.parts.length}`));
    }
    const depths = group.parts.map((part) => nearest(view, part));
    this.near = depths.reduce((sum, depth) => sum + depth, 0) / depths.length;
    const far = Math.min(Math.max(-this.near / MM, 0), FAR_M) * 0.3;
    group.parts.forEach((part, i) => this.parts[i].draw(view, part, role, far));
    const edged = group.edged ? group.parts.flatMap((part) => part.edged ?? part.blobs) : [];
    this.edge.setAttribute("d", edged.map((balls) => blobPath(view, balls)).join(""));
    const order = [...depths.keys()].sort((a, b) => later(group, depths, a, b));
    this.node.append(...order.map((i) => this.parts[i].node));
  }
}

/** Nearer parts later; a sleeve always over its arm. */
function later(group, depths, a, b) {
  const over = (i) => (group.parts[i].kind === "shirt" ? 1 : 0);
  return over(a) - over(b) || depths[a] - depths[b];
}

/** The outline of the part of a ball beyond a plane through its middle, which faces `towards`. */
function halfBall(view, [left, up, forward, radius], towards) {
  const [x, y] = view.seen([left, up, forward]);
  const facing = view.turned(towards);
  const beside = unit2([-facing[1], facing[0]]);
  const flat = Math.abs(facing[2]);
  const rim = ROUND.map(([c, s]) => {
    const [along, over] = [c * flat, s];
    return [along * beside[1] + over * beside[0], -along * beside[0] + over * beside[1]];
  });
  const limb = ROUND.filter(([c, s]) => c * facing[0] + s * facing[1] >= 0);
  return [...rim, ...limb].map(([right, high]) => [x + radius * MM * right, y - radius * MM * high]);
}

const unit2 = ([x, y]) => [x / (Math.hypot(x, y) || 1), y / (Math.hypot(x, y) || 1)];

/** The head: half a ball of hair, and the face before it. */
class Head {
  constructor(defs, id) {
    this.node = element("g");
    this.edge = element("path", { class: "figure-edge" }, this.node);
    this.hair = element("path", { class: "figure-hair" }, this.node);
    this.face = element("path", { class: "figure-skin" }, this.node);
    this.ears = element("path", { class: "figure-skin" }, this.node);
    this.shade = element("path", { fill: `url(#${id})` }, this.node);
    const gradient = element("radialGradient", { id, cx: 0.36, cy: 0.3, r: 0.85 }, defs);
    for (const [offset, value] of [[0, 0.14], [0.45, 0], [1, -0.26]]) {
      setShade(element("stop", { offset }, gradient), value);
    }
  }

  draw(view, points) {
    const head = headOf(points);
    const towards = head.ahead.map((ahead, i) => FACE_MIDDLE[0] * ahead + FACE_MIDDLE[1] * head.up[i]);
    const behind = towards.map((value) => -value);
    const jaw = head.jaw.flatMap((b) => circle(view.seen(b), b[3] * MM));
    const hair = pathOf(hull(halfBall(view, head.hair, behind)));
    const face = pathOf(hull([...halfBall(view, head.skull, towards), ...jaw])) + blobPath(view, head.nose);
    this.hair.setAttribute("d", hair);
    this.face.setAttribute("d", face);
    this.ears.setAttribute("d", nearEars(view, head));
    this.edge.setAttribute("d", hair + face);
    this.shade.setAttribute("d", hair + face);
    const inFront = view.turned(towards)[2] > 0 ? this.face : this.hair;
    this.node.append(inFront, this.ears, this.shade);
    this.near = view.seen(head.skull)[2];
  }
}

/** The path of the ear on this side of the head, if one is. */
function nearEars(view, { skull, ears }) {
  const near = ears.filter((ear) => view.seen(ear)[2] > view.seen(skull)[2] + EAR_SHOWS_MM);
  return near.map((ear) => blobPath(view, [ear])).join("");
}

/** A person on a mat. */
export class Figure {
  /** Draw into an SVG element. */
  constructor(svg) {
    const id = `figure-${(figures += 1)}`;
    this.defs = element("defs", {}, svg);
    const blur = element("filter", { id: `${id}-blur`, filterUnits: "userSpaceOnUse", ...SHADOW_AREA }, this.defs);
    element("feGaussianBlur", { stdDeviation: 16 }, blur);
    this.mat = element("path", { class: "figure-mat" }, svg);
    this.shadow = element("path", { class: "figure-shadow", filter: `url(#${id}-blur)` }, svg);
    this.body = element("g", {}, svg);
    this.head = new Head(this.defs, `${id}-head`);
    this.groups = new Map();
    this.id = id;
  }

  /**
   * Show a posture.
   *
   * @param points where the joints are, from `Motion.at`
   * @param azimuth_deg where the viewer is: 0 in front, 90 on the person's left
   * @param leg which leg steps back, "left" or "right"
   */
  draw(points, azimuth_deg, leg) {
    const view = new View(azimuth_deg);
    const groups = groupsOf(points);
    for (const group of groups) this.group(group.name).draw(view, group, group.name === `${leg}_leg` ? "steps" : "stays");
    this.head.draw(view, points);
    const neck = this.group("neck");
    neck.near = Math.min(neck.near, this.head.near - 1);
    const drawn = [...groups.map((group) => this.groups.get(group.name)), this.head];
    this.body.append(...drawn.sort((a, b) => a.near - b.near).map((group) => group.node));
    this.mat.setAttribute("d", matPath(view));
    const blobs = groups.flatMap((group) => group.parts.flatMap((part) => part.blobs));
    this.shadow.setAttribute("d", blobs.map((balls) => shadowPath(view, balls)).join(""));
  }

  group(name) {
    if (!this.groups.has(name)) this.groups.set(name, new Group(this.defs, `${this.id}-${name}`));
    return this.groups.get(name);
  }
}

function matPath(view) {
  const { left, front, back, corner } = MAT_M;
  const corners = [[left - corner, front - corner], [left - corner, back + corner], [corner - left, back + corner], [corner - left, front - corner]];
  return shadowPath(view, corners.map(([x, z]) => [x, 0, z, corner]));
}
