// The camera on the page: what it sees, with its hints as one holds the paper, and one button that
// takes the picture. Without permission or a camera the file field remains, and says so.
import { drawn, seen, tell } from "./hints.js";

const PAUSE_MS = 120; // Between two looks: the phone stays cool.
const STEADY = 3; // Looks that agree before words change: they are read aloud.
const QUALITY = 0.92;
const WANTED = { audio: false, video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } } };

/** Offers the camera in a form, for its file field. */
export function camera(form, input) {
  const open = form.querySelector("[data-live]");
  const view = form.querySelector("[data-view]");
  const video = view.querySelector("video");
  const told = view.querySelector("[data-live-told]");
  let stream = null;

  const close = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
    shows(false);
  };
  // One picture at a time: what was chosen before waits.
  const before = ["[data-preview]", "[data-told]", "[data-send]"].map((part) => form.querySelector(part));
  const shows = (live) => {
    view.hidden = !live;
    for (const part of [open, ...before]) part.hidden = live;
  };

  const watch = () => {
    const canvas = document.createElement("canvas");
    const [layer] = view.getElementsByTagName("svg");
    let [shown, last, agreed] = [null, null, 0];
    let over = layer;
    const once = () => {
      if (!stream) return;
      const { videoWidth, videoHeight } = video;
      if (videoWidth) {
        const { hints, outline } = seen(video, videoWidth, videoHeight, input.dataset.hints, canvas);
        const codes = hints.map(({ code }) => code);
        const next = drawn(canvas, outline, codes.length > 0);
        over.replaceWith(next);
        over = next;
        agreed = codes.join() === last ? agreed + 1 : 1;
        last = codes.join();
        if (agreed >= STEADY && last !== shown) {
          // One thing at a time can be mended.
          tell(told, codes.slice(0, 1));
          shown = last;
        }
      }
      setTimeout(once, PAUSE_MS);
    };
    once();
  };

  open.hidden = false;
  open.addEventListener("click", async () => {
    const refused = form.querySelector("[data-no-camera]");
    refused.hidden = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia(WANTED);
    } catch {
      refused.hidden = false;
      return;
    }
    video.srcObject = stream;
    shows(true);
    await video.play();
    view.querySelector("[data-take]").focus();
    watch();
  });
  view.querySelector("[data-stop]").addEventListener("click", () => { close(); open.focus(); });
  view.querySelector("[data-take]").addEventListener("click", async () => {
    const still = document.createElement("canvas");
    [still.width, still.height] = [video.videoWidth, video.videoHeight];
    still.getContext("2d").drawImage(video, 0, 0);
    const jpeg = await new Promise((made) => { still.toBlob(made, "image/jpeg", QUALITY); });
    close();
    if (!jpeg) return;
    const taken = new DataTransfer();
    taken.items.add(new File([jpeg], "camera.jpg", { type: "image/jpeg" }));
    input.files = taken.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    form.querySelector("[data-send]").focus();
  });
  addEventListener("pagehide", close);
}
