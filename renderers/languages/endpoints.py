"""What each endpoint is, and what it runs from, in German, French and Spanish.

A row is (English, German, French, Spanish); a test holds the rows to the registry of endpoints.
"""

from __future__ import annotations

_ROWS = (
    (
        "time to progression: death without progression is censored",
        "Zeit bis zur Progression: Tod ohne Progression wird zensiert",
        "temps jusqu’à progression : un décès sans progression est censuré",
        "tiempo hasta la progresión: la muerte sin progresión se censura",
    ),
    (
        "real-world PFS: progression as the authors called it, or death",
        "PFS der Versorgung: Progression, wie die Autoren sie nannten, oder Tod",
        "PFS en vie réelle : progression selon les auteurs, ou décès",
        "PFS en vida real: progresión según los autores, o muerte",
    ),
    (
        "duration of response: first CR or PR to progression or death",
        "Dauer des Ansprechens: erste CR oder PR bis Progression oder Tod",
        "durée de la réponse : de la première CR ou PR à la progression ou au décès",
        "duración de la respuesta: de la primera CR o PR a la progresión o la muerte",
    ),
    (
        "time to response",
        "Zeit bis zum Ansprechen",
        "temps jusqu’à la réponse",
        "tiempo hasta la respuesta",
    ),
    (
        "time to treatment failure: progression, death, or the end of treatment",
        "Zeit bis zum Therapieversagen: Progression, Tod oder Ende der Behandlung",
        "temps jusqu’à l’échec du traitement : progression, décès ou fin du traitement",
        "tiempo hasta el fracaso del tratamiento: progresión, muerte o fin del tratamiento",
    ),
    (
        "time on treatment: to its stop, the next line, or death",
        "Zeit unter Behandlung: bis zu ihrem Ende, der nächsten Linie oder dem Tod",
        "temps sous traitement : jusqu’à son arrêt, la ligne suivante ou le décès",
        "tiempo en tratamiento: hasta su fin, la línea siguiente o la muerte",
    ),
    (
        "time to discontinuation: the last dose, if the drug was not taken up again",
        "Zeit bis zum Absetzen: letzte Gabe, wenn das Mittel nicht wieder gegeben wurde",
        "temps jusqu’à l’arrêt : dernière dose, si le médicament n’a pas été repris",
        "tiempo hasta la suspensión: última dosis, si el fármaco no se reanudó",
    ),
    (
        "exposure to the treatment: from the first dose to the last",
        "Exposition: von der ersten bis zur letzten Gabe",
        "exposition au traitement : de la première à la dernière dose",
        "exposición al tratamiento: de la primera a la última dosis",
    ),
    (
        "time to next treatment, or death",
        "Zeit bis zur nächsten Behandlung oder zum Tod",
        "temps jusqu’au traitement suivant, ou décès",
        "tiempo hasta el siguiente tratamiento, o muerte",
    ),
    (
        "treatment-free interval: from the stop to the next line",
        "behandlungsfreies Intervall: vom Ende bis zur nächsten Linie",
        "intervalle sans traitement : de l’arrêt à la ligne suivante",
        "intervalo sin tratamiento: del fin a la línea siguiente",
    ),
    (
        "progression-free survival 2 (EMA): to progression on the next line, or death",
        "progressionsfreies Überleben 2 (EMA): bis Progression in der nächsten Linie oder Tod",
        "survie sans progression 2 (EMA) : jusqu’à progression sur la ligne suivante, ou décès",
        "supervivencia libre de progresión 2 (EMA): hasta progresar en otra línea, o muerte",
    ),
    (
        "overall survival from diagnosis",
        "Gesamtüberleben ab der Diagnose",
        "survie globale depuis le diagnostic",
        "supervivencia global desde el diagnóstico",
    ),
    (
        "disease-free survival: from surgery to recurrence or death",
        "krankheitsfreies Überleben: von der Operation bis Rezidiv oder Tod",
        "survie sans maladie : de la chirurgie à la récidive ou au décès",
        "supervivencia libre de enfermedad: de la cirugía a la recaída o la muerte",
    ),
    (
        "disease-free interval: from surgery to recurrence",
        "krankheitsfreies Intervall: von der Operation bis zum Rezidiv",
        "intervalle sans maladie : de la chirurgie à la récidive",
        "intervalo libre de enfermedad: de la cirugía a la recaída",
    ),
    (
        (
            "event-free survival: from neoadjuvant treatment to progression that precludes "
            "surgery, recurrence or death"
        ),
        (
            "ereignisfreies Überleben: von der neoadjuvanten Behandlung bis zu Progression, die "
            "die Operation verhindert, Rezidiv oder Tod"
        ),
        (
            "survie sans événement : du traitement néoadjuvant à une progression qui empêche la "
            "chirurgie, à la récidive ou au décès"
        ),
        (
            "supervivencia libre de eventos: del tratamiento neoadyuvante a una progresión que "
            "impide la cirugía, la recaída o la muerte"
        ),
    ),
    ("treatment stop", "Ende der Behandlung", "arrêt du traitement", "fin del tratamiento"),
    ("curative surgery", "kurative Operation", "chirurgie curative", "cirugía curativa"),
    (
        "neoadjuvant start",
        "Beginn der neoadjuvanten Behandlung",
        "début du traitement néoadjuvant",
        "inicio del tratamiento neoadyuvante",
    ),
)
GERMAN, FRENCH, SPANISH = ({row[0]: row[place] for row in _ROWS} for place in (1, 2, 3))
