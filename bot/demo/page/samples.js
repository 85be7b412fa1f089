// Invented files, made here: pictures and films of a footbridge, a page of text. Sounds are the local Bot API's.

const COLOURS = ["#2f7d6b", "#c8792b", "#4c6fb1", "#8a5aa8"];

/** A footbridge over water; `turn` (0–1) is where the sun stands. */
function paint(canvas, number, turn = 0) {
  const pen = canvas.getContext("2d");
  const { width, height } = canvas;
  const fill = (colour, ...box) => { pen.fillStyle = colour; pen.fillRect(...box); };
  fill("#f3ead7", 0, 0, width, height);
  fill("#e7b33c", width * (0.15 + 0.6 * turn), height * 0.15, height / 6, height / 6);
  fill(COLOURS[number % COLOURS.length], 0, height * 0.72, width, height);
  pen.lineWidth = height / 22;
  pen.beginPath();
  pen.arc(width / 2, height * 1.05, width * 0.46, Math.PI * 1.13, Math.PI * 1.87);
  pen.stroke();
}

const canvasOf = (width, height) => Object.assign(document.createElement("canvas"), { width, height });

function picture(number, type = "image/jpeg", width = 480, height = 320) {
  const canvas = canvasOf(width, height);
  paint(canvas, number);
  return new Promise((done) => canvas.toBlob(done, type, 0.8));
}

/** What the send call takes: arguments, and files as [blob, name]. */
function form(args, ...files) {
  const made = new FormData();
  made.append("args", JSON.stringify(args));
  for (const file of files) made.append("file", ...file);
  return made;
}

/** A second of film; where the browser cannot record one, the local Bot API invents the file. */
async function film(kind, width, height) {
  const args = { kind, duration: 1 };
  const canvas = canvasOf(width, height);
  const mimeType = ["video/webm;codecs=vp8", "video/mp4"].find((one) => window.MediaRecorder?.isTypeSupported(one));
  if (!mimeType || !canvas.captureStream) return args;
  const recorder = new MediaRecorder(canvas.captureStream(15), { mimeType });
  const made = new Promise((done) => recorder.addEventListener("dataavailable", ({ data }) => done(data)));
  recorder.start();
  for (let n = 0; n <= 15; n += 1) {
    paint(canvas, 2, n / 15);
    await new Promise((done) => setTimeout(done, 66));
  }
  recorder.stop();
  const [type] = mimeType.split(";");
  return form(args, [new Blob([await made], { type }), type.replace("video/", "film.")]);
}

/** What can be sent at a touch: label, icon, and a function that makes what the send call takes. */
export const SAMPLES = [
  ["Photo", "image", async () => form({ kind: "photo" }, [await picture(0), "photo.jpg"])],
  ["Album", "image", async () => form({ kind: "photo", caption: "La fresque de la classe" },
    ...await Promise.all([0, 1, 2].map(async (n) => [await picture(n), `photo-${n}.jpg`])))],
  ["Vocal", "mic", () => ({ kind: "voice", duration: 1 })],
  ["Vidéo", "film", () => film("video", 320, 180)],
  ["Message vidéo", "film", () => film("video_note", 240, 240)],
  ["Document", "file", () => form({ kind: "document" }, [new Blob(["Fiche inventée pour la démonstration.\n"], { type: "text/plain" }), "fiche.txt"])],
  ["Sticker", "smile", async () => form({ kind: "sticker", emoji: "👍" }, [await picture(1, "image/webp", 256, 256), "sticker.webp"])],
  ["Position", "pin", () => ({ kind: "location", latitude: 49.0173, longitude: 2.0911 })],
  ["Lieu", "pin", () => ({ kind: "venue", latitude: 49.0173, longitude: 2.0911, title: "École Les Tilleuls", address: "1 rue des Tilleuls" })],
  ["Contact", "person", () => ({ kind: "contact", phone_number: "+33639980001", first_name: "Mme Lenoir" })],
  ["Sondage", "poll", () => ({ kind: "poll", question: "Quel jour pour la réunion ?", options: ["Mardi", "Jeudi"] })],
  ["Dé", "smile", () => ({ kind: "dice" })],
];

/** One's own files: pictures as photos, several as an album, the rest as documents. */
export function ownFiles(files) {
  const images = files.every((file) => file.type.startsWith("image/"));
  return form({ kind: images ? "photo" : "document" }, ...files.map((file) => [file, file.name]));
}
