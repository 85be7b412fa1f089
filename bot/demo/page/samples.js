// What can be sent at a touch, invented by the local Bot API, and one's own files.

const PLACE = { latitude: 49.0173, longitude: 2.0911 };

/** Label, icon, and what the send call takes. */
export const SAMPLES = [
  ["Photo", "image", { kind: "photo" }],
  ["Album", "image", { kind: "photo", count: 3, caption: "La fresque de la classe" }],
  ["Vocal", "mic", { kind: "voice", duration: 1 }],
  ["Musique", "mic", { kind: "audio", duration: 1, file_name: "la chorale.wav" }],
  ["Vidéo", "film", { kind: "video", duration: 1 }],
  ["Message vidéo", "film", { kind: "video_note", duration: 1 }],
  ["Document", "file", { kind: "document", file_name: "fiche.txt" }],
  ["Sticker", "smile", { kind: "sticker", emoji: "👍" }],
  ["Position", "pin", { kind: "location", ...PLACE }],
  ["Lieu", "pin", { kind: "venue", ...PLACE, title: "École Les Tilleuls", address: "1 rue des Tilleuls" }],
  ["Contact", "person", { kind: "contact", phone_number: "+33639980001", first_name: "Mme Lenoir" }],
  ["Sondage", "poll", { kind: "poll", question: "Quel jour pour la réunion ?", options: ["Mardi", "Jeudi"] }],
  ["Dé", "smile", { kind: "dice" }],
];

/** One's own files, as the send call takes them: pictures as photos, several as an album, the rest as documents. */
export function ownFiles(files, about) {
  const kind = files.every(({ type }) => type.startsWith("image/")) ? "photo" : "document";
  const made = new FormData();
  made.append("args", JSON.stringify({ ...about, kind }));
  for (const file of files) made.append("file", file, file.name);
  return made;
}
