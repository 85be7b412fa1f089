// Invented files, made here: pictures, a sound, a film, a page of text.

const COLOURS = ["#2f7d6b", "#c8792b", "#4c6fb1", "#8a5aa8"];

function drawn(width, height, number, turn = 0) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  paint(canvas, number, turn);
  return canvas;
}

/** A footbridge over water, in one of a few colours. */
function paint(canvas, number, turn) {
  const pen = canvas.getContext("2d");
  const { width, height } = canvas;
  pen.fillStyle = "#f3ead7";
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = COLOURS[number % COLOURS.length];
  pen.fillRect(0, height * 0.72, width, height);
  pen.lineWidth = height / 22;
  pen.strokeStyle = "#33404a";
  pen.beginPath();
  pen.arc(width / 2, height * 1.05, width * 0.46, Math.PI * 1.13, Math.PI * 1.87);
  pen.stroke();
  pen.fillStyle = "#e7b33c";
  pen.beginPath();
  pen.arc(width * (0.2 + 0.6 * turn), height * 0.24, height / 10, 0, 7);
  pen.fill();
}

const picture = (number, type = "image/jpeg", width = 480, height = 320) =>
  new Promise((done) => drawn(width, height, number).toBlob(done, type, 0.8));

/** One second of two soft notes, as a WAV. */
function sound() {
  const rate = 8000;
  const bytes = new DataView(new ArrayBuffer(44 + rate * 2));
  const letters = (at, text) => [...text].forEach((letter, n) => bytes.setUint8(at + n, letter.charCodeAt(0)));
  letters(0, "RIFF"); bytes.setUint32(4, 36 + rate * 2, true); letters(8, "WAVEfmt ");
  [[16, 16, 4], [20, 1, 2], [22, 1, 2], [24, rate, 4], [28, rate * 2, 4], [32, 2, 2], [34, 16, 2]].forEach(([at, value, size]) =>
    size === 4 ? bytes.setUint32(at, value, true) : bytes.setUint16(at, value, true));
  letters(36, "data"); bytes.setUint32(40, rate * 2, true);
  for (let n = 0; n < rate; n += 1) {
    const note = n < rate / 2 ? 392 : 494;
    bytes.setInt16(44 + 2 * n, 5000 * Math.sin((2 * Math.PI * note * n) / rate) * (1 - n / rate), true);
  }
  return new Blob([bytes.buffer], { type: "audio/wav" });
}

/** A second of film, or null where the browser cannot record one (the local Bot API then invents the file). */
async function film(square) {
  const type = ["video/webm;codecs=vp8", "video/mp4"].find((one) => window.MediaRecorder?.isTypeSupported(one));
  const canvas = drawn(square ? 240 : 320, square ? 240 : 180, 2);
  if (!type || !canvas.captureStream) return null;
  const recorder = new MediaRecorder(canvas.captureStream(15), { mimeType: type });
  const parts = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const ended = new Promise((done) => recorder.addEventListener("stop", done));
  recorder.start();
  for (let n = 0; n <= 15; n += 1) {
    paint(canvas, 2, n / 15);
    await new Promise((done) => setTimeout(done, 66));
  }
  recorder.stop();
  await ended;
  return new Blob(parts, { type: type.split(";")[0] });
}

const form = (args, ...files) => {
  const made = new FormData();
  made.append("args", JSON.stringify(args));
  for (const [file, name] of files) made.append("file", file, name);
  return made;
};

async function filmed(args, square) {
  const made = await film(square);
  return made ? form(args, [made, `film.${made.type.split("/")[1]}`]) : args;
}

/** What can be sent at a touch: label, icon, and a function that makes what the send call takes. */
export const SAMPLES = [
  ["Photo", "image", async () => form({ kind: "photo" }, [await picture(0), "photo.jpg"])],
  ["Album", "image", async () => form({ kind: "photo", caption: "La fresque de la classe" }, ...await Promise.all([0, 1, 2].map(async (n) => [await picture(n), `photo-${n}.jpg`])))],
  ["Vocal", "mic", async () => form({ kind: "voice", duration: 1 }, [sound(), "vocal.wav"])],
  ["Vidéo", "film", () => filmed({ kind: "video", duration: 1 }, false)],
  ["Message vidéo", "film", () => filmed({ kind: "video_note", duration: 1 }, true)],
  ["Document", "file", async () => form({ kind: "document" }, [new Blob(["Fiche inventée pour la démonstration.\n"], { type: "text/plain" }), "fiche.txt"])],
  ["Sticker", "smile", async () => form({ kind: "sticker", emoji: "👍" }, [await picture(1, "image/webp", 256, 256), "sticker.webp"])],
  ["Position", "pin", async () => ({ kind: "location", latitude: 49.0173, longitude: 2.0911 })],
  ["Lieu", "pin", async () => ({ kind: "venue", latitude: 49.0173, longitude: 2.0911, title: "École Les Tilleuls", address: "1 rue des Tilleuls" })],
  ["Contact", "person", async () => ({ kind: "contact", phone_number: "+33639980001", first_name: "Mme Lenoir" })],
  ["Sondage", "poll", async () => ({ kind: "poll", question: "Quel jour pour la réunion ?", options: ["Mardi", "Jeudi"] })],
  ["Dé", "smile", async () => ({ kind: "dice" })],
];

/** One's own files: pictures as photos, several as an album, the rest as documents. */
export function ownFiles(files) {
  const images = files.every((file) => file.type.startsWith("image/"));
  return form({ kind: images ? "photo" : "document" }, ...files.map((file) => [file, file.name]));
}
