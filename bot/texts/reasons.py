"""Why the tagger proposes what it proposes: one short clause, after « Plutôt CLAS : »."""

from __future__ import annotations

CLAUSES = {
    # CLAS
    "homework_undone": "parle de devoirs ou de leçons qui ne se font pas",
    "homework_help": "parle d'aide aux devoirs ou du groupe du soir",
    "place_asked": "demande une place ou une inscription",
    "attendance_group": "parle de la présence d'un enfant au groupe",
    "liaison": "parle du cahier de liaison",
    "group_news": "donne ou demande des nouvelles du groupe",
    "method": "parle de méthode et d'organisation",
    "reading_writing": "parle de lecture ou d'écriture",
    "maths": "parle de calcul",
    "confidence": "parle de confiance en soi",
    "whole_clas": "ressemble à une demande de travail scolaire",
    # PRE
    "absences": "parle d'absences répétées",
    "school_refusal": "parle d'un refus de l'école",
    "lateness": "parle de retards répétés",
    "care": "parle de soins ou de santé",
    "sleep_hunger": "parle de sommeil, de faim ou d'hygiène",
    "behaviour": "parle d'un comportement difficile",
    "grief_separation": "parle d'un deuil ou d'une séparation",
    "housing_papers": "parle de logement, de papiers ou d'argent",
    "newly_arrived": "parle d'une famille qui vient d'arriver",
    "carer_child": "parle d'un enfant qui s'occupe des siens",
    "distress": "parle d'un enfant qui va mal",
    "parent_overwhelmed": "parle d'un parent qui n'y arrive plus",
    "asks_pre": "nomme la réussite éducative",
    "pre_not_in_town": "nomme le PRE, que la commune n'a pas",
    "nursery": "concerne un enfant de maternelle, donc pas le CLAS",
    "whole_pre": "ressemble à une situation d'enfant ou de famille",
    # both, autre
    "both_sides": "parle du travail scolaire et de la situation de l'enfant",
    "both_cycles": "parle de deux niveaux, dont la maternelle (pas le CLAS)",
    "bullying": "parle de harcèlement entre élèves",
    "reading_action": "parle des lectures aux plus jeunes",
    "garden": "parle du jardin",
    "bike": "parle de l'atelier vélo",
    "class_project": "parle d'un projet de classe",
    "families_news": "parle d'affiches ou d'information aux familles",
    "mediation": "parle d'un lien à renouer entre parents et école",
    "parents": "parle des parents ou d'une question à partager",
    "meeting": "parle d'une réunion ou d'un rendez-vous",
    "school_tools": "parle des outils propres à l'école",
    "thanks_greetings": "est un mot de remerciement ou de politesse",
    "logistics": "parle d'organisation pratique",
    "whole_autre": "ne touche ni au CLAS ni au PRE",
    # the centre's own corrections
    "taught": "ressemble à des messages que vous avez corrigés",
    # what the teacher touched, when she was asked
    "said_work": "l'école dit « le travail scolaire »",
    "said_child": "l'école dit « l'enfant ou sa famille »",
    "said_other": "l'école dit « autre chose »",
}


def clause(*, key: str) -> str:
    """The clause for a reason key of ``bot/rules/territory.py``; lower case, no full stop."""
    return CLAUSES[key]
