// The scenes that play by themselves. Captions have eight words at most; the stage moves clock and phones.

import { at } from "./when.js";

/** What Mme Diallo has already typed when the page opens. */
export const TYPED = "Bonsoir Chantal, Yanis B. ne rend plus rien depuis quinze jours et la maman ne vient plus. On peut en parler ?";
export const ANSWER = "Bonjour, oui bien sûr. Je passe à l'école demain à midi, on en parle ?";
const WORRY = "Noé M. est arrivé avec des bleus sur les bras. Il dit que son père le frappe.";
const EVENING = "Lina T. a manqué quatre fois ce mois-ci, je voudrais votre avis.";

/** « Avancer à demain, 9 h »: an hour of the next morning. */
export const tomorrow = (now) => at(now, 1, 9, 5);

export const CHAPTERS = [
  {
    key: "soir", title: "Un soir",
    async play(stage) {
      await stage.say("Mardi soir, 19 h 42. Une idée revient.", 1200);
      await stage.type("diallo", TYPED, { instant: true });
      await stage.send("diallo");
      await stage.sees("diallo", "Bien reçu");
      await stage.say("Reçu. Elle sait qui répond, et quand.", 2800, "diallo");
      await stage.say("Chantal : aucune sonnerie. Le centre est fermé.", 3200, "chantal");
      await stage.clock(tomorrow);
      await stage.say("Le lendemain, 9 h.", 1200, "chantal");
      await stage.reveal("chantal", "Yanis");
      await stage.say("Elle glisse le message, elle répond.", 900);
      await stage.reply("chantal", "Yanis", ANSWER);
      await stage.sees("diallo", ANSWER.slice(0, 20));
      await stage.say("C'est chez Mme Diallo, avant la date promise.", 2500, "diallo");
    },
  },
  {
    key: "vacances", title: "Les vacances",
    async play(stage) {
      await stage.say("Premier samedi des vacances. Chantal est partie.", 1800, "diallo");
      await stage.type("diallo", EVENING);
      await stage.send("diallo");
      await stage.sees("diallo", "Esmaman");
      await stage.say("Qui lit, et quand : c'est écrit.", 3200, "diallo");
      await stage.sees("esmaman", "Mme Diallo");
      await stage.say("Un autre téléphone s'allume. Sans sonner.", 3200, "esmaman");
      await stage.say("Celui de Chantal reste en paix.", 2500, "chantal");
    },
  },
  {
    key: "danger", title: "Danger ou doute",
    async play(stage) {
      await stage.type("diallo", WORRY);
      await stage.send("diallo");
      await stage.sees("diallo", "En danger maintenant");
      await stage.say("Les numéros d'abord, tout de suite.", 2600, "diallo");
      await stage.sees("diallo", "Personne n'a encore confirmé");
      await stage.say("Pas de fausse promesse : personne n'a confirmé.", 2800, "diallo");
      await stage.say("L'écran verrouillé ne montre rien de l'enfant.", 2600, "chantal");
      await stage.press("chantal", "Lire");
      await stage.sees("diallo", "a lu votre message");
      await stage.say("« Chantal a lu » : un humain a lu.", 2600, "diallo");
      await stage.press("chantal", "Je m'en occupe");
      await stage.sees("diallo", "s'en occupe, depuis");
      await stage.say("Elle s'en occupe. Le 119 reste affiché.", 2600, "diallo");
    },
  },
];
