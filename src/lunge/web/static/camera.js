// The camera: open it, notice when it goes, and give out its frames, small.

const TROUBLES = {
  NotAllowedError: "camera_denied",
  SecurityError: "camera_denied",
  NotFoundError: "camera_missing",
  OverconstrainedError: "camera_missing",
};

export class Camera extends EventTarget {
  #video;
  #stream = null;

  constructor(video) {
    super();
    this.#video = video;
    navigator.mediaDevices?.addEventListener("devicechange", () => this.dispatchEvent(new Event("devices")));
  }

  get open() {
    return this.#stream?.active ?? false;
  }

  // Opens a camera; rejects with the key of the text that says what is wrong.
  async start(deviceId) {
    this.stop();
    const wanted = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
    wanted.deviceId = deviceId ? { exact: deviceId } : undefined;
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    } catch (error) {
      throw TROUBLES[error.name] ?? (navigator.mediaDevices ? "camera_busy" : "camera_missing");
    }
    const [track] = this.#stream.getVideoTracks();
    for (const [event, told] of [["ended", "lost"], ["mute", "lost"], ["unmute", "found"]]) {
      track.addEventListener(event, () => this.dispatchEvent(new Event(told)));
    }
    this.#video.srcObject = this.#stream;
    await this.#video.play();
  }

  stop() {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
  }

  get deviceId() {
    return this.#stream?.getVideoTracks()[0]?.getSettings().deviceId;
  }

  async devices() {
    const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    return all.filter((device) => device.kind === "videoinput");
  }
}

export class Frames {
  #video;
  #longSide;
  #quality;
  #canvas = null;
  #last_ms = 0;

  constructor(video, longSide, quality) {
    this.#video = video;
    this.#longSide = longSide;
    this.#quality = quality;
  }

  // Calls back for each new frame with its capture time, for as long as the page lives.
  each(callback) {
    const video = this.#video;
    if (!video.requestVideoFrameCallback) {
      const tick = () => {
        if (video.readyState >= video.HAVE_CURRENT_DATA) callback(this.#later(performance.now()));
        requestAnimationFrame(tick);
      };
      tick();
      return;
    }
    const next = (shown, frame) => {
      callback(this.#later(frame.captureTime ?? frame.presentationTime ?? shown));
      video.requestVideoFrameCallback(next);
    };
    video.requestVideoFrameCallback(next);
  }

  // The frame that is on now, as a small JPEG.
  async picture() {
    const { videoWidth, videoHeight } = this.#video;
    const scale = Math.min(1, this.#longSide / Math.max(videoWidth, videoHeight));
    const [width, height] = [Math.round(videoWidth * scale), Math.round(videoHeight * scale)];
    if (this.#canvas?.width !== width || this.#canvas.height !== height) this.#canvas = canvas(width, height);
    this.#canvas.getContext("2d", { alpha: false }).drawImage(this.#video, 0, 0, width, height);
    return jpeg(this.#canvas, this.#quality);
  }

  // Milliseconds of the page's one clock; two frames never have the same.
  #later(captured) {
    this.#last_ms = Math.max(performance.timeOrigin + captured, this.#last_ms + 0.1);
    return this.#last_ms;
  }
}

function canvas(width, height) {
  if (window.OffscreenCanvas) return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

function jpeg(drawn, quality) {
  if (drawn.convertToBlob) return drawn.convertToBlob({ type: "image/jpeg", quality });
  return new Promise((done) => drawn.toBlob(done, "image/jpeg", quality));
}
