/**
 * How the figure moves: tracks of points from `figure.json`.
 *
 * Lengths are metres, times seconds. A point is [left, up, forward], seen from the person, from the floor between the
 * feet of the first standing.
 */

const MM = 0.001;

/** Where things stand between four neighbouring pictures: Catmull-Rom. */
function between(a, b, c, d, u) {
  return b + (u / 2) * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * (b - c) + d - a)));
}

/** The other side's name of a point; points in the middle keep theirs. */
function otherSide(name) {
  if (name.startsWith("left_")) return name.replace("left_", "right_");
  return name.replace("right_", "left_");
}

/** Undo the coding of a track: each picture is the difference to the one before. */
function decoded(rows) {
  let before = new Array(rows[0].length).fill(0);
  return rows.map((row) => (before = row.map((change, i) => before[i] + change)));
}

/** One repetition, right leg back as stored, or mirrored. */
export class Motion {
  constructor(data, track) {
    this.fps = data.fps;
    this.names = data.points;
    this.rows = decoded(data.tracks[track]);
    this.duration_s = (this.rows.length - 1) / data.fps;
  }

  /** Return the points at a time: an object of name to [left, up, forward]. */
  at(time_s, leg) {
    const at = Math.min(Math.max(time_s * this.fps, 0), this.rows.length - 1);
    const first = Math.min(Math.floor(at), this.rows.length - 2);
    const last = this.rows.length - 1;
    const [a, b, c, d] = [-1, 0, 1, 2].map((k) => this.rows[Math.min(Math.max(first + k, 0), last)]);
    const value = (i) => MM * between(a[i], b[i], c[i], d[i], at - first);
    const points = {};
    const flip = leg === "left" ? -1 : 1;
    this.names.forEach((name, i) => {
      const point = [flip * value(3 * i), value(3 * i + 1), value(3 * i + 2)];
      points[flip < 0 ? otherSide(name) : name] = point;
    });
    return points;
  }
}

/** Load the tracks. */
export async function loadTracks() {
  const response = await fetch(new URL("figure.json", import.meta.url));
  if (!response.ok) throw new Error(`figure.json: ${response.status}`);
  return response.json();
}
