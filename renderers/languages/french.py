"""The phrases of figures in French."""

from __future__ import annotations

# fmt: off
FRENCH = {
    # axes and their units
    "Days": "Jours", "Weeks": "Semaines", "Months": "Mois", "Years": "Années",
    "days": "jours", "weeks": "semaines", "months": "mois", "years": "années", "cycles": "cycles",
    "Cycles of {days} days": "Cycles de {days} jours",
    "{unit} since {nought}": "{unit} depuis {nought}",
    "{unit} since the earliest start, {day}": "{unit} depuis le début le plus précoce, {day}",
    "the start of the line": "le début de la ligne",
    "the start of line {number}": "le début de la ligne {number}",
    "the diagnosis": "le diagnostic", "the first surgery": "la première chirurgie",
    "the first response": "la première réponse", "the first start": "le premier début",
    "start": "début", "first response": "première réponse",
    "Change from baseline, %": "Variation depuis l’inclusion, %",
    "Best change from baseline, %": "Meilleure variation depuis l’inclusion, %",
    "Without the event": "Sans événement", "survival": "survie",
    # joints
    "to": "à", "{low} to {high}": "{low} à {high}", "{low} to {high} %": "{low} à {high} %",
    "{low} % or more": "{low} % ou plus", "{first} or {last}": "{first} ou {last}",
    "{first} and {last}": "{first} et {last}", "{part} of {whole}": "{part} sur {whole}",
    "{low} to {high}, by the record": "{low} à {high}, selon le dossier",
    "of {day}": "de {day}",
    "of any year": "d’une année quelconque", "up to {high}": "jusqu’à {high}",
    "from {low} on": "à partir de {low}", "from {start} to {end}": "de {start} à {end}",
    "from {start}, goes on": "depuis {start}, en cours",
    "an end that is not stated": "une fin non précisée",
    "{text} (some day {days})": "{text} (un jour {days})",
    # sections and events of a timeline
    "Procedures": "Actes", "Systemic treatment": "Traitement systémique",
    "Radiotherapy": "Radiothérapie", "Supportive care": "Soins de support",
    "Imaging": "Imagerie", "Notes on imaging": "Notes d’imagerie",
    "Toxicity": "Toxicité", "Performance": "Indice de performance", "Laboratory": "Biologie",
    "diagnosis": "diagnostic", "symptom": "symptôme", "biopsy": "biopsie", "surgery": "chirurgie",
    "radiotherapy": "radiothérapie", "treatment": "traitement",
    "supportive": "de support", "supportive care": "soins de support",
    "scan": "imagerie", "toxicity": "toxicité", "lab": "biologie",
    "randomisation": "randomisation", "lost to follow-up": "perdu de vue",
    "progression stated without a scan": "progression sans imagerie",
    "performance": "indice de performance", "last contact": "dernier contact", "death": "décès",
    "last dated event": "dernier événement daté",
    "Line {number}": "Ligne {number}", "line {number}": "ligne {number}",
    "Neoadjuvant": "Néoadjuvant", "Adjuvant": "Adjuvant", "Perioperative": "Périopératoire",
    "Maintenance": "Entretien", "Palliative": "Palliatif",
    "1 cycle": "1 cycle", "{number} cycles": "{number} cycles",
    "to progression": "jusqu’à progression", "to toxicity": "jusqu’à toxicité",
    "completed": "achevé", "ended by choice": "arrêté par choix", "to death": "jusqu’au décès",
    "in {number} fractions": "en {number} fractions", "planned": "prévu",
    "planned: {what}": "prévu : {what}", "grade {number}": "grade {number}",
    "target": "cibles", "non-target": "non-cibles",
    "earlier new lesion": "nouvelle lésion antérieure", "sum {size}": "somme {size}",
    "density {value}": "densité {value}", "new nodule": "nouveau nodule",
    "new: {where}": "nouveau : {where}",
    "no new lesion": "pas de nouvelle lésion", "equivocal lesion": "lésion équivoque",
    "absent": "disparues", "almost gone": "presque disparues", "shrunk": "diminuées",
    "stable": "stables", "grown": "augmentées", "gone": "disparues", "present": "présentes",
    "progressed": "en progression", "not evaluated": "non évaluées",
    "{findings}; called {label}": "{findings} ; dit {label}", "no finding": "aucun résultat",
    # columns of a swimmer
    "Line": "Ligne", "Patient": "Patient", "Diagnosis": "Diagnostic", "Site": "Site",
    "Sex": "Sexe", "Age": "Âge", "Lines": "Lignes", "Regimen": "Protocole",
    "Regimen of line 1": "Protocole de la ligne 1", "Start": "Début",
    "Start of line 1": "Début de la ligne 1", "Best response": "Meilleure réponse",
    "PFS, months": "PFS, mois", "PFS line 1, months": "PFS ligne 1, mois",
    "OS, months": "OS, mois", "OS from line 1, months": "OS depuis la ligne 1, mois",
    "Stopped": "Arrêt", "Last line stopped": "Arrêt de la dernière ligne",
    "End of record": "Fin du dossier", "female": "féminin", "male": "masculin",
    "progression": "progression", "choice": "choix", "other": "autre raison",
    "confirmed: {labels}": "confirmé : {labels}", "not derived": "non dérivé",
    "not stated": "non précisé", "alive": "vivant", "censored": "censuré",
    "event or censored": "événement ou censuré", "no sign": "aucun signe",
    # survival
    "All patients": "Tous les patients", "At risk": "À risque", "Censored": "Censurés",
    "Events": "Événements", "Events of": "Événements /", "patients": "patients",
    "Median, {unit}": "Médiane, {unit}", "(95 % CI, {kind})": "(IC à 95 %, {kind})",
    "not reached": "non atteinte", "{endpoint} line {number}": "{endpoint} ligne {number}",
    # legend: groups, then entries
    "Treatment": "Traitement", "State": "État", "Response": "Réponse",
    "Change": "Variation", "Survival": "Survie", "Status": "Statut", "Dates": "Dates",
    "line 1": "ligne 1", "line 2": "ligne 2", "line 3": "ligne 3", "line 4": "ligne 4",
    "line 5": "ligne 5", "line 6": "ligne 6", "line 7 or later": "ligne 7 ou suivante",
    "outside the lines": "hors des lignes",
    "response (CR or PR), to progression, death or the last scan":
        "réponse (CR ou PR), jusqu’à progression, décès ou dernière imagerie",
    "response, with the ends that the table gives":
        "réponse, début et fin selon le tableau",
    "response possible, but neither begins nor ends here":
        "réponse possible, mais sans début ni fin ici",
    "response possible, to progression, death or the last scan":
        "réponse possible, jusqu’à progression, décès ou dernière imagerie",
    "no evidence of disease": "aucun signe de maladie",
    "the findings allow two labels or more": "les résultats en permettent deux ou plus",
    "complete response": "réponse complète",
    "partial response": "réponse partielle",
    "stable disease": "maladie stable",
    "neither CR nor PD, no target disease": "ni CR ni PD, sans lésion cible",
    "progression, not confirmed": "progression, non confirmée",
    "the findings allow two or more": "les résultats en permettent deux ou plus",
    "scan disregarded, or not done": "examen non retenu ou non fait",
    "scan missing": "examen manquant",
    "NE, not evaluable": "NE, non évaluable", "baseline": "inclusion",
    "called so in the report": "ainsi nommé dans l’article",
    "measured": "mesuré", "new lesion": "nouvelle lésion",
    "some value in this range": "une valeur dans cet intervalle",
    "thresholds of response and progression": "seuils de réponse et de progression",
    "bar cut short, its value printed above": "barre coupée, valeur imprimée au-dessus",
    "median": "médiane",
    "every curve that the record allows": "toute courbe permise par le dossier",
    "scan with a new lesion": "imagerie avec nouvelle lésion",
    "performance status": "indice de performance", "laboratory value": "valeur biologique",
    "laboratory value, printed as a limit or in words":
        "valeur biologique, imprimée comme limite ou en mots",
    "limit of normal": "limite de la normale", "known to be alive": "connu vivant",
    "known to be alive, not measured any more": "connu vivant, plus mesuré",
    "goes on at last contact": "en cours au dernier contact",
    "alive at last contact, censored": "vivant au dernier contact, censuré",
    "censored: no progression up to then": "censuré : pas de progression jusque-là",
    "progressed or censored, findings allow both":
        "progression ou censure, les résultats permettent les deux",
    "treatment stopped: progression": "arrêt du traitement : progression",
    "treatment stopped: toxicity": "arrêt du traitement : toxicité",
    "treatment stopped: completed": "arrêt du traitement : achevé",
    "treatment stopped: choice": "arrêt du traitement : choix",
    "treatment stopped: death": "arrêt du traitement : décès",
    "treatment stopped: other or unnamed reason":
        "arrêt du traitement : autre raison ou non précisée",
    "last record: what became of the patient is not stated":
        "dernière donnée : devenir du patient non précisé",
    "last contact, some day in this range": "dernier contact, un jour de cet intervalle",
    "last dated event (no last contact on record)":
        "dernier événement daté (pas de dernier contact noté)",
    "data cut-off": "date de point", "data cut-off {day}": "date de point {day}",
    "reference time": "temps de référence", "planned, not done": "prévu, non fait",
    "some day in this range, sign at its middle":
        "un jour de cet intervalle, signe au milieu",
    "known by order alone, sign at the middle": "connu par l’ordre seul, signe au milieu",
    "begins or ends in this range": "commence ou finit dans cet intervalle",
    "begins or ends in this range, by order alone":
        "commence ou finit dans cet intervalle, par l’ordre seul",
    "end not stated": "fin non précisée", "time left out": "temps omis",
    # captions and alternative texts
    "A month is 30.4375 days.": "Un mois compte 30.4375 jours.",
    "Data cut-off {day}.": "Date de point : {day}.", "Nought: {nought}.": "Zéro : {nought}.",
    "Data to {day}, the last date on record.": "Données jusqu’au {day}, dernière date notée.",
    "Page {number} of {all}.": "Page {number} sur {all}.",
    "{short}: every {time}.": "{short} : toutes les {time}.",
    "no criterion": "aucun critère", "no systemic line": "aucune ligne systémique",
    "systemic line": "ligne systémique", "{moment} with a date": "{moment} avec une date",
    "Treatment timeline of one patient, {name}; n = 1.":
        "Chronologie du traitement d’un patient, {name} ; n = 1.",
    "Treatment timeline of {name}, {days}: {lines}. {scans} scans with their findings{judged}.":
        "Chronologie du traitement de {name}, {days} : {lines}. {scans} imageries avec leurs "
        "résultats{judged}.",
    ", and the status of each under {criteria}": " et le statut de chacune selon {criteria}",
    "The record ends with {end}.": "Fin du dossier : {end}.",
    "A sign stands in the middle of the days that its date allows and a bracket spans them, dashed "
    "where nothing but the order of events is known; pale ends of bars likewise. Response is "
    "derived from the findings printed, under {criteria}; two labels where the findings allow "
    "both.":
        "Un signe se trouve au milieu des jours que sa date permet et une accolade les couvre, en "
        "tirets lorsque seul l’ordre des événements est connu ; de même les extrémités pâles des "
        "barres. La réponse est dérivée des résultats imprimés, selon {criteria} ; deux étiquettes "
        "lorsque les résultats permettent les deux.",
    "Numbers below the scans are those of the notes on imaging.":
        "Les numéros sous les imageries sont ceux des notes d’imagerie.",
    "Swimmer plot of {drawn} of {given} lanes, one a line.":
        "Swimmer plot de {drawn} couloirs sur {given}, un par ligne.",
    "Swimmer plot of {drawn} of {given} lanes, one a patient.":
        "Swimmer plot de {drawn} couloirs sur {given}, un par patient.",
    "Swimmer plot of {drawn} of {given} patients; bars are stretches of the table.":
        "Swimmer plot de {drawn} patients sur {given} ; les barres sont les périodes du tableau.",
    "Not drawn: {name} (no {lack}).": "Non dessiné : {name} (sans {lack}).",
    "Bars: time on treatment, coloured by line; gaps are time off treatment.":
        "Barres : temps sous traitement, couleur par ligne ; les vides sont du temps sans "
        "traitement.",
    "Bars: time on treatment, coloured by drug; gaps are time off treatment.":
        "Barres : temps sous traitement, couleur par médicament ; les vides sont du temps sans "
        "traitement.",
    "No data cut-off is stated: arrows stand where treatment went on at the last contact.":
        "Aucune date de point n’est précisée : les flèches indiquent un traitement en cours au "
        "dernier contact.",
    "Response: from the first scan that shows CR or PR to progression, death or the last scan.":
        "Réponse : de la première imagerie montrant CR ou PR à la progression, au décès ou à la "
        "dernière imagerie.",
    "Scans are marked where the status changes.":
        "Les imageries sont marquées lorsque le statut change.",
    "Left out of the axis: {said}.": "Omis de l’axe : {said}.",
    "Swimmer of {number} patients, bars are time on treatment.":
        "Swimmer plot de {number} patients, les barres sont le temps sous traitement.",
    "Swimmer of the lines of {name}, bars are time on treatment.":
        "Swimmer plot des lignes de {name}, les barres sont le temps sous traitement.",
    "Swimmer of {number} patients. Drawn: {named}.":
        "Swimmer plot de {number} patients. Dessiné : {named}.",
    "on treatment at last contact": "sous traitement au dernier contact",
    "{drawn} of {given} patients: those with a systemic line":
        "{drawn} patients sur {given} : ceux avec une ligne systémique",
    "{drawn} of {given} patients: those with {lacks}":
        "{drawn} patients sur {given} : ceux avec {lacks}",
    "{number} faulty rows left out": "{number} lignes fautives omises",
    "{number} faulty rows are left out.": "{number} lignes fautives sont omises.",
    "{drawn} of {given} patients drawn": "{drawn} patients sur {given} dessinés",
    "{drawn} of {given} patients drawn.": "{drawn} patients sur {given} dessinés.",
    "{drawn} of {given} times of patients drawn": "{drawn} temps de patients sur {given} dessinés",
    "{drawn}; left out: {who}.": "{drawn} ; omis : {who}.",
    "{number} without {what}": "{number} sans {what}",
    "{number} not judged by {what}": "{number} non jugés selon {what}",
    "{number} without dates to count from or to": "{number} sans date de début ou de fin",
    "Of {number} it is open whether they belong to the curve at all.":
        "Pour {number}, leur appartenance à la courbe reste ouverte.",
    "{number} left out: targets not measured at baseline and after it.":
        "{number} omis : cibles non mesurées à l’inclusion et après.",
    "the first measured line": "première ligne mesurée",
    "Change of the sum of target diameters from baseline on {line}.":
        "Variation de la somme des diamètres des cibles depuis l’inclusion, {line}.",
    "Best change of the sum of target diameters from baseline on {line}.":
        "Meilleure variation de la somme des diamètres des cibles depuis l’inclusion, {line}.",
    "Each line begins at nought with the start of treatment; the baseline was taken before.":
        "Chaque courbe part de zéro au début du traitement ; l’inclusion est antérieure.",
    "Lines: {thresholds}; progression itself is held against the nadir.":
        "Lignes : {thresholds} ; la progression se juge au nadir.",
    "{below} % below and {above} % above baseline":
        "{below} % au-dessous et {above} % au-dessus de l’inclusion",
    "A line is broken where a scan has no size.":
        "Une ligne est interrompue où une imagerie n’a pas de taille.",
    "Reported without a size": "Rapporté sans taille",
    "all patients": "tous les patients",
    "Below the plot: categories reported without a size.":
        "Sous le graphique : catégories rapportées sans taille.",
    "Scans that report a category without a size, and have no part in a bar: {number}.":
        "Imageries avec une catégorie sans taille, qui n’entrent dans aucune barre : {number}.",
    "Upright ranges: the sum is not known.":
        "Intervalles verticaux : la somme n’est pas connue.",
    "Upright ranges: the sum is not known; the bar is as long as is certain.":
        "Intervalles verticaux : la somme n’est pas connue ; la barre va jusqu’à ce qui est "
        "certain.",
    "Spider plot of the change of target lesions from baseline in {drawn} of {given} patients. "
    "Changes at the last scan: {low} to {high} %. Shrunk by {below} % or more at some scan: "
    "{shrunk}; grown by {above} % or more: {grown}; new lesion: {new}; treatment goes on: {on}; "
    "died on the line: {died}.":
        "Spider plot de la variation des cibles depuis l’inclusion chez {drawn} patients sur "
        "{given}. Variation à la dernière imagerie : {low} à {high} %. Diminuées de {below} % ou "
        "plus : {shrunk} ; augmentées de {above} % ou plus : {grown} ; nouvelle lésion : {new} ; "
        "traitement en cours : {on} ; décédés pendant la ligne : {died}.",
    "Waterfall plot of the best change of target lesions from baseline in {drawn} of {given} "
    "patients, from {first} to {last}. Shrunk by {below} % or more: {shrunk}; grown by {above} % "
    "or more: {grown}; new lesion: {new}. Best responses: {responses}.":
        "Waterfall plot de la meilleure variation des cibles depuis l’inclusion chez {drawn} "
        "patients sur {given}, de {first} à {last}. Diminuées de {below} % ou plus : {shrunk} ; "
        "augmentées de {above} % ou plus : {grown} ; nouvelle lésion : {new}. Meilleures réponses "
        ": {responses}.",
    "Scans count up to progression, or to its confirmation where the criterion asks for one.":
        "Les imageries comptent jusqu’à la progression, "
        "ou jusqu’à sa confirmation si le critère en demande une.",
    "Fill: {fill} by the criterion of the line; {counted}.":
        "Remplissage : {fill} selon le critère de la ligne ; {counted}.",
    "best response": "meilleure réponse", "confirmed best response": "meilleure réponse confirmée",
    "Asterisk: new lesion.": "Astérisque : nouvelle lésion.",
    "Kaplan-Meier curve of {what}, from nought to {high}.":
        "Courbe de Kaplan-Meier : {what}, de zéro à {high}.",
    "Kaplan-Meier curves of {what}, from nought to {high}.":
        "Courbes de Kaplan-Meier : {what}, de zéro à {high}.",
    "Kaplan-Meier estimate of {what}.": "Estimation de Kaplan-Meier : {what}.",
    "{name}, {events} events of {size} patients, median {median}, survival at the last time {last}":
        "{name}, {events} événements chez {size} patients, médiane {median}, survie au dernier "
        "temps {last}",
    "{name}: {events} events, n = {size}": "{name} : {events} événements, n = {size}",
    "{name}: {first} with every time at its earliest, {last} at its latest":
        "{name} : {first} avec chaque temps au plus tôt, {last} au plus tard",
    "95 % confidence limits at each time": "limites de confiance à 95 % à chaque temps",
    "Shaded: 95 % limits of survival at each time (Greenwood, {kind} scale), not of the whole "
    "curve.":
        "Ombré : limites à 95 % de la survie à chaque temps (Greenwoo"
        "d, échelle {kind}), non de toute la courbe.",
    "{group}, continued": "{group}, suite",
    "Upright ticks: censored.": "Traits verticaux : censurés.",
    "Medians with 95 % Brookmeyer-Crowley limits, {kind} scale.":
        "Médianes avec limites à 95 % de Brookmeyer et Crowley, échelle {kind}.",
    "Where survival is one half over a stretch, the median is its middle.":
        "Lorsque la survie vaut un demi sur un segment, la médiane en est le milieu.",
    "Below the axis: patients at risk, and censored and events before each time.":
        "Sous l’axe : patients à risque, censurés et événements avant chaque temps.",
    "Where dates or findings are vague the two edges are the lowest and the highest survival that "
    "they allow at each time, each patient at one of the times that are possible, and numbers are "
    "ranges. Medians and limits: {limits}.":
        "Où des dates ou des constats sont imprécis, les deux bords sont la survie la plus basse "
        "et la plus haute qu’ils permettent à chaque temps, chaque patient à l’un des temps "
        "possibles, et les nombres sont des plages. Médianes et limites : {limits}.",
    "progression-free survival": "survie sans progression",
    "{what}, by {criterion}": "{what}, selon {criterion}",
    "overall survival from the start of a line": "survie globale depuis le début d’une ligne",
}
# fmt: on
