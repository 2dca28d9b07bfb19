/**
 * What the figure is made of: rounded limbs about the joints.
 *
 * A part is a list of blobs, a blob a list of balls, and what is drawn of a blob is the hull of its balls. Lengths are
 * metres; a ball is [left, up, forward, radius]. The measures were taken from an average body.
 */

const add = (a, b, k = 1) => [a[0] + k * b[0], a[1] + k * b[1], a[2] + k * b[2]];
const minus = (a, b) => add(a, b, -1);
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const unit = (a) => add([0, 0, 0], a, 1 / (Math.hypot(...a) || 1));
const mix = (a, b, t) => add(a, minus(b, a), t);
const across = (a, axis) => unit(add(a, axis, -dot(a, axis)));
const ball = (point, radius) => [...point, radius];

/** Hulls of neighbours in a chain. */
const chain = (balls) => balls.slice(1).map((next, i) => [balls[i], next]);

/** A limb from rows of [share of its length, radius, how far ahead of the line between the joints]. */
function limb(from, to, ahead, rows) {
  return chain(rows.map(([t, radius, forward]) => ball(add(mix(from, to, t), ahead, forward), radius)));
}

const THIGH = [[0, 0.094, -0.006], [0.2, 0.088, 0.004], [0.45, 0.078, 0.012], [0.75, 0.064, 0.01], [1, 0.054, 0.003]];
const SHANK = [[0, 0.053, 0.002], [0.14, 0.05, -0.01], [0.32, 0.055, -0.02], [0.55, 0.047, -0.018], [0.8, 0.036, -0.009], [1, 0.034, 0]];
const UPPER_ARM = [[0, 0.053, 0], [0.3, 0.047, 0], [0.65, 0.043, 0], [1, 0.037, 0]];
const SLEEVE = [[0, 0.06, 0], [0.25, 0.055, 0], [0.52, 0.053, 0]];
const FOREARM = [[0, 0.037, 0], [0.25, 0.038, 0], [0.6, 0.031, 0], [1, 0.024, 0]];

/** Where a knee points. */
function kneeAhead(p, side) {
  const hip = p[`${side}_hip`];
  return across(minus(p[`${side}_knee`], hip), unit(minus(p[`${side}_ankle`], hip)));
}

function legParts(p, side) {
  const [hip, knee, ankle] = ["hip", "knee", "ankle"].map((j) => p[`${side}_${j}`]);
  const ahead = kneeAhead(p, side);
  const thigh = limb(hip, knee, across(ahead, unit(minus(knee, hip))), THIGH);
  const shank = limb(knee, ankle, across(ahead, unit(minus(ankle, knee))), SHANK);
  return [
    { kind: "leg", blobs: thigh, from: hip, to: knee, radius: 0.078 },
    { kind: "leg", blobs: shank, from: knee, to: ankle, radius: 0.05 },
    { kind: "shoe", blobs: footBlobs(p, side), from: p[`${side}_heel`], to: p[`${side}_ball`], radius: 0.04 },
  ];
}

function footBlobs(p, side) {
  const [ankle, heel, foot, toe] = ["ankle", "heel", "ball", "toe"].map((j) => p[`${side}_${j}`]);
  const along = unit(minus(foot, heel));
  const forward = unit(minus(toe, foot));
  const outward = unit(cross([0, 1, 0], along)).map((v) => (side === "left" ? v : -v));
  const back = ball(add(heel, along, 0.034), 0.037);
  const middle = ball(foot, 0.041);
  const big = ball(add(toe, forward, -0.024), 0.027);
  const small = ball(add(add(foot, outward, 0.012), forward, 0.03), 0.03);
  return [[ball(ankle, 0.041), back, middle], [middle, big, small]];
}

/** The axes of a place in the trunk: left, and ahead. */
function trunkAxes(p, share) {
  const hips = minus(p.left_hip, p.right_hip);
  const shoulders = minus(p.left_shoulder, p.right_shoulder);
  const up = unit(minus(p.neck, mix(p.left_hip, p.right_hip, 0.5)));
  const left = across(mix(unit(hips), unit(shoulders), share), up);
  return { left, ahead: cross(left, up) };
}

/** Two balls side by side. */
function pair(p, centre, share, [apart, radius, forward]) {
  const { left, ahead } = trunkAxes(p, share);
  const middle = add(centre, ahead, forward);
  return [ball(add(middle, left, apart), radius), ball(add(middle, left, -apart), radius)];
}

function trunkParts(p) {
  const hips = mix(p.left_hip, p.right_hip, 0.5);
  const seat = pair(p, mix(hips, p.spine_low, 0.12), 0, [0.082, 0.09, -0.012]);
  const crotch = ball(mix(hips, p.spine_low, -0.55), 0.045);
  const belt = pair(p, p.spine_low, 0, [0.05, 0.098, 0.05]);
  const rings = [
    pair(p, p.spine_low, 0.1, [0.052, 0.1, 0.05]),
    pair(p, p.spine_middle, 0.35, [0.042, 0.091, 0.053]),
    pair(p, mix(p.spine_middle, p.spine_high, 0.5), 0.6, [0.05, 0.096, 0.054]),
    pair(p, p.spine_high, 0.85, [0.064, 0.1, 0.05]),
    pair(p, mix(p.spine_high, p.neck, 0.5), 1, [0.092, 0.077, 0.018]),
    [ball(mix(p.spine_high, p.neck, 0.86), 0.058), ball(mix(p.spine_high, p.neck, 0.86), 0.058)],
  ];
  const chest = rings.slice(1).map((next, i) => [...rings[i], ...next]);
  const shoulders = ["left", "right"].map((side) => [ball(p[`${side}_shoulder`], 0.052), ...rings[4]]);
  const top = mix(p.left_shoulder, p.right_shoulder, 0.5);
  return [
    { kind: "hips", blobs: [[...seat, ...belt], [...seat, crotch]], from: hips, to: p.spine_low, radius: 0.15 },
    { kind: "shirt", blobs: [...chest, ...shoulders], from: hips, to: top, radius: 0.15 },
  ];
}

function armParts(p, side) {
  const [shoulder, elbow, wrist] = ["shoulder", "elbow", "wrist"].map((j) => p[`${side}_${j}`]);
  const none = [0, 0, 0];
  const forearm = limb(elbow, wrist, none, FOREARM);
  return [
    { kind: "skin", blobs: limb(shoulder, elbow, none, UPPER_ARM), from: shoulder, to: elbow, radius: 0.045 },
    { kind: "skin", blobs: forearm, edged: forearm.slice(0, -1), from: elbow, to: wrist, radius: 0.034 },
    { kind: "shirt", blobs: limb(shoulder, elbow, none, SLEEVE), from: shoulder, to: elbow, radius: 0.055 },
  ];
}

function handParts(p, side) {
  const [wrist, knuckle, tip] = ["wrist", "knuckle", "fingertip"].map((j) => p[`${side}_${j}`]);
  const blobs = chain([ball(wrist, 0.026), ball(mix(wrist, knuckle, 0.75), 0.035), ball(tip, 0.019)]);
  return [{ kind: "skin", blobs, from: wrist, to: tip, radius: 0.032 }];
}

/** The head's middle and axes, and its face as far as it sticks out of the skull. */
export function headOf(p) {
  const up = unit(minus(p.crown, p.head));
  const ahead = across(minus(p.nose, p.head), up);
  const left = cross(up, ahead);
  const place = (l, u, f) => add(add(add(p.head, left, l), up, u), ahead, f);
  return {
    up,
    ahead,
    skull: ball(place(0, 0.062, 0.006), 0.092),
    hair: ball(place(0, 0.066, -0.002), 0.102),
    jaw: [0.01, -0.01].flatMap((l) => [ball(place(l, 0.012, 0.044), 0.056), ball(place(l, -0.034, 0.06), 0.039)]),
    nose: [ball(place(0, 0, 0.106), 0.011), ball(place(0, 0.03, 0.09), 0.01)],
    ears: [0.088, -0.088].map((aside) => ball(place(aside, 0.026, -0.026), 0.02)),
  };
}

function neckParts(p) {
  const blobs = chain([ball(mix(p.spine_high, p.neck, 0.9), 0.056), ball(mix(p.neck, p.head, 0.9), 0.05)]);
  return [{ kind: "skin", blobs, from: p.neck, to: p.head, radius: 0.05 }];
}

/** Return the body in groups that cover each other as a whole; the head is drawn apart. */
export function groupsOf(p) {
  return [
    ...["left", "right"].flatMap((side) => [
      { name: `${side}_leg`, parts: legParts(p, side), edged: true },
      { name: `${side}_arm`, parts: armParts(p, side), edged: true },
      { name: `${side}_hand`, parts: handParts(p, side) },
    ]),
    { name: "trunk", parts: trunkParts(p), edged: true },
    { name: "neck", parts: neckParts(p) },
  ];
}
