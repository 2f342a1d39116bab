"""The phrases of figures in German."""

from __future__ import annotations

# fmt: off
GERMAN = {
    # axes and their units
    "Days": "Tage", "Weeks": "Wochen", "Months": "Monate", "Years": "Jahre",
    "days": "Tage", "weeks": "Wochen", "months": "Monate", "years": "Jahre", "cycles": "Zyklen",
    "Cycles of {days} days": "Zyklen zu {days} Tagen",
    "{unit} since {nought}": "{unit} seit {nought}",
    "{unit} since the earliest start, {day}": "{unit} seit dem frühesten Beginn, {day}",
    "the start of the line": "Beginn der Linie",
    "the start of line {number}": "Beginn der Linie {number}",
    "the diagnosis": "Diagnose", "the first surgery": "erster Operation",
    "the first response": "erstem Ansprechen", "the first start": "erstem Beginn",
    "start": "Beginn", "first response": "erstes Ansprechen",
    "Change from baseline, %": "Veränderung gegenüber Ausgangswert, %",
    "Best change from baseline, %": "Beste Veränderung gegenüber Ausgangswert, %",
    "Without the event": "Ohne Ereignis", "survival": "Überleben",
    # joints
    "to": "bis", "{low} to {high}": "{low} bis {high}", "{low} to {high} %": "{low} bis {high} %",
    "{low} % or more": "{low} % oder mehr", "{first} or {last}": "{first} oder {last}",
    "{first} and {last}": "{first} und {last}", "{part} of {whole}": "{part} von {whole}",
    "{low} to {high}, by the record": "{low} bis {high}, nach der Akte",
    "of {day}": "{day}", "of any year": "irgendeines Jahres", "up to {high}": "bis {high}",
    "from {low} on": "ab {low}", "from {start} to {end}": "von {start} bis {end}",
    "from {start}, goes on": "ab {start}, dauert an",
    "an end that is not stated": "nicht genanntem Ende",
    "{text} (some day {days})": "{text} (ein Tag: {days})",
    # sections and events of a timeline
    "Procedures": "Eingriffe", "Systemic treatment": "Systemische Therapie",
    "Radiotherapy": "Strahlentherapie", "Supportive care": "Supportivtherapie",
    "Imaging": "Bildgebung", "Notes on imaging": "Befunde der Bildgebung",
    "Toxicity": "Toxizität", "Performance": "Allgemeinzustand", "Laboratory": "Labor",
    "diagnosis": "Diagnose", "symptom": "Symptom", "biopsy": "Biopsie", "surgery": "Operation",
    "radiotherapy": "Strahlentherapie", "treatment": "Behandlung",
    "supportive": "supportiv", "supportive care": "Supportivtherapie",
    "scan": "Bildgebung", "toxicity": "Toxizität", "lab": "Labor",
    "randomisation": "Randomisierung", "lost to follow-up": "nicht weiter verfolgt",
    "progression stated without a scan": "Progression ohne Bildgebung",
    "performance": "Allgemeinzustand", "last contact": "letzter Kontakt", "death": "Tod",
    "last dated event": "letztes datiertes Ereignis",
    "Line {number}": "Linie {number}", "line {number}": "Linie {number}",
    "Neoadjuvant": "Neoadjuvant", "Adjuvant": "Adjuvant", "Perioperative": "Perioperativ",
    "Maintenance": "Erhaltung", "Palliative": "Palliativ",
    "1 cycle": "1 Zyklus", "{number} cycles": "{number} Zyklen",
    "to progression": "bis zur Progression", "to toxicity": "bis zur Toxizität",
    "completed": "abgeschlossen",
    "ended by choice": "auf Wunsch beendet", "to death": "bis zum Tod",
    "in {number} fractions": "in {number} Fraktionen", "planned": "geplant",
    "planned: {what}": "geplant: {what}", "grade {number}": "Grad {number}",
    "target": "Zielläsionen", "non-target": "Nicht-Zielläsionen",
    "earlier new lesion": "frühere neue Läsion", "sum {size}": "Summe {size}",
    "density {value}": "Dichte {value}",
    "new nodule": "neuer Knoten", "new: {where}": "neu: {where}",
    "no new lesion": "keine neue Läsion", "equivocal lesion": "fragliche Läsion",
    "absent": "nicht mehr vorhanden", "almost gone": "fast verschwunden", "shrunk": "kleiner",
    "stable": "stabil", "grown": "größer", "gone": "verschwunden", "present": "vorhanden",
    "progressed": "progredient", "not evaluated": "nicht beurteilt",
    "{findings}; called {label}": "{findings}; benannt {label}", "no finding": "kein Befund",
    # columns of a swimmer
    "Line": "Linie", "Patient": "Patient", "Diagnosis": "Diagnose", "Site": "Ort",
    "Sex": "Geschlecht", "Age": "Alter", "Lines": "Linien", "Regimen": "Therapie",
    "Regimen of line 1": "Therapie der Linie 1", "Start": "Beginn",
    "Start of line 1": "Beginn der Linie 1", "Best response": "Bestes Ansprechen",
    "PFS, months": "PFS, Monate", "PFS line 1, months": "PFS Linie 1, Monate",
    "OS, months": "OS, Monate", "OS from line 1, months": "OS ab Linie 1, Monate",
    "Stopped": "Beendet", "Last line stopped": "Letzte Linie beendet",
    "End of record": "Ende der Akte", "female": "weiblich", "male": "männlich",
    "progression": "Progression", "choice": "Wunsch", "other": "anderer Grund",
    "confirmed: {labels}": "bestätigt: {labels}", "not derived": "nicht ableitbar",
    "not stated": "nicht genannt", "alive": "am Leben", "censored": "zensiert",
    "event or censored": "Ereignis oder zensiert", "no sign": "kein Zeichen",
    # survival
    "All patients": "Alle Patienten", "At risk": "Unter Risiko", "Censored": "Zensiert",
    "Events": "Ereignisse", "Events of": "Ereignisse von", "patients": "Patienten",
    "Median, {unit}": "Median, {unit}", "(95 % CI, {kind})": "(95-%-KI, {kind})",
    "not reached": "nicht erreicht", "{endpoint} line {number}": "{endpoint} Linie {number}",
    # legend: groups, then entries
    "Treatment": "Behandlung", "State": "Zustand", "Response": "Ansprechen",
    "Change": "Veränderung", "Survival": "Überleben", "Status": "Status", "Dates": "Daten",
    "line 1": "Linie 1", "line 2": "Linie 2", "line 3": "Linie 3", "line 4": "Linie 4",
    "line 5": "Linie 5", "line 6": "Linie 6", "line 7 or later": "Linie 7 oder spätere",
    "outside the lines": "außerhalb der Linien",
    "response (CR or PR), to progression, death or the last scan":
        "Ansprechen (CR oder PR), bis zu Progression, Tod oder letzter Bildgebung",
    "response, with the ends that the table gives":
        "Ansprechen, mit den Enden aus der Tabelle",
    "response possible, but neither begins nor ends here":
        "Ansprechen möglich, aber hier weder Beginn noch Ende",
    "response possible, to progression, death or the last scan":
        "Ansprechen möglich, bis zu Progression, Tod oder letzter Bildgebung",
    "no evidence of disease": "kein Nachweis der Erkrankung",
    "the findings allow two labels or more": "die Befunde lassen zwei oder mehr zu",
    "complete response": "vollständiges Ansprechen",
    "partial response": "partielles Ansprechen",
    "stable disease": "stabile Erkrankung",
    "neither CR nor PD, no target disease": "weder CR noch PD, keine Zielläsion",
    "progression, not confirmed": "Progression, nicht bestätigt",
    "the findings allow two or more": "die Befunde lassen zwei oder mehr zu",
    "scan disregarded, or not done": "Scan nicht gewertet oder nicht gemacht",
    "scan missing": "Scan fehlt",
    "NE, not evaluable": "NE, nicht beurteilbar", "baseline": "Ausgangsbefund",
    "called so in the report": "im Bericht so genannt",
    "measured": "gemessen", "new lesion": "neue Läsion",
    "some value in this range": "ein Wert in diesem Bereich",
    "thresholds of response and progression": "Schwellen von Ansprechen und Progression",
    "bar cut short, its value printed above": "Balken gekürzt, Wert darüber gedruckt",
    "median": "Median",
    "every curve that the record allows": "alle Kurven, die die Akte zulässt",
    "scan with a new lesion": "Bildgebung mit neuer Läsion",
    "performance status": "Allgemeinzustand", "laboratory value": "Laborwert",
    "laboratory value, printed as a limit or in words":
        "Laborwert, als Grenze oder in Worten gedruckt",
    "limit of normal": "Grenze des Normalen", "known to be alive": "bekanntermaßen am Leben",
    "known to be alive, not measured any more": "bekanntermaßen am Leben, nicht mehr gemessen",
    "goes on at last contact": "dauert beim letzten Kontakt an",
    "alive at last contact, censored": "beim letzten Kontakt am Leben, zensiert",
    "censored: no progression up to then": "zensiert: bis dahin keine Progression",
    "progressed or censored, findings allow both":
        "progredient oder zensiert, die Befunde lassen beides zu",
    "treatment stopped: progression": "Behandlung beendet: Progression",
    "treatment stopped: toxicity": "Behandlung beendet: Toxizität",
    "treatment stopped: completed": "Behandlung beendet: abgeschlossen",
    "treatment stopped: choice": "Behandlung beendet: Wunsch",
    "treatment stopped: death": "Behandlung beendet: Tod",
    "treatment stopped: other or unnamed reason":
        "Behandlung beendet: anderer oder nicht genannter Grund",
    "last record: what became of the patient is not stated":
        "letzter Eintrag: weiterer Verlauf nicht genannt",
    "last contact, some day in this range": "letzter Kontakt, ein Tag in diesem Bereich",
    "last dated event (no last contact on record)":
        "letztes datiertes Ereignis (kein letzter Kontakt vermerkt)",
    "data cut-off": "Datenschluss", "data cut-off {day}": "Datenschluss {day}",
    "reference time": "Bezugszeit", "planned, not done": "geplant, nicht ausgeführt",
    "some day in this range, sign at its middle":
        "ein Tag in diesem Bereich, Zeichen in der Mitte",
    "known by order alone, sign at the middle":
        "nur der Reihenfolge nach bekannt, Zeichen in der Mitte",
    "begins or ends in this range": "beginnt oder endet in diesem Bereich",
    "begins or ends in this range, by order alone":
        "beginnt oder endet in diesem Bereich, nur der Reihenfolge nach",
    "end not stated": "Ende nicht genannt", "time left out": "Zeit ausgelassen",
    # captions and alternative texts
    "A month is 30.4375 days.": "Ein Monat hat 30.4375 Tage.",
    "Data cut-off {day}.": "Datenschluss {day}.", "Nought: {nought}.": "Nullpunkt: {nought}.",
    "Data to {day}, the last date on record.": "Daten bis {day}, dem letzten vermerkten Datum.",
    "Page {number} of {all}.": "Seite {number} von {all}.",
    "{short}: every {time}.": "{short}: alle {time}.",
    "no criterion": "keinem Kriterium", "no systemic line": "keine systemische Linie",
    "systemic line": "systemische Linie", "{moment} with a date": "{moment} mit Datum",
    "Treatment timeline of one patient, {name}; n = 1.":
        "Zeitachse der Behandlung eines Patienten, {name}; n = 1.",
    "Treatment timeline of {name}, {days}: {lines}. {scans} scans with their findings{judged}.":
        "Zeitachse der Behandlung von {name}, {days}: {lines}. {scans} Bildgebungen mit ihren "
        "Befunden{judged}.",
    ", and the status of each under {criteria}": " und dem Status einer jeden nach {criteria}",
    "The record ends with {end}.": "Ende der Akte: {end}.",
    "A sign stands in the middle of the days that its date allows and a bracket spans them, dashed "
    "where nothing but the order of events is known; pale ends of bars likewise. Response is "
    "derived from the findings printed, under {criteria}; two labels where the findings allow "
    "both.":
        "Ein Zeichen steht in der Mitte der Tage, die sein Datum zulässt, und eine Klammer umfasst "
        "sie, gestrichelt, wo nur die Reihenfolge bekannt ist; ebenso blasse Enden von Balken. Das "
        "Ansprechen ist aus den gedruckten Befunden abgeleitet, nach {criteria}; zwei Angaben, wo "
        "die Befunde beide zulassen.",
    "Numbers below the scans are those of the notes on imaging.":
        "Zahlen unter den Bildgebungen verweisen auf die Befunde.",
    "Swimmer plot of {drawn} of {given} lanes, one a line.":
        "Swimmer-Plot von {drawn} von {given} Bahnen, eine je Linie.",
    "Swimmer plot of {drawn} of {given} lanes, one a patient.":
        "Swimmer-Plot von {drawn} von {given} Bahnen, eine je Patient.",
    "Swimmer plot of {drawn} of {given} patients; bars are stretches of the table.":
        "Swimmer-Plot von {drawn} von {given} Patienten; Balken sind Abschnitte der Tabelle.",
    "Not drawn: {name} (no {lack}).": "Nicht gezeichnet: {name} (ohne {lack}).",
    "Bars: time on treatment, coloured by line; gaps are time off treatment.":
        "Balken: Zeit unter Behandlung, Farbe nach Linie; Lücken sind Zeit ohne Behandlung.",
    "Bars: time on treatment, coloured by drug; gaps are time off treatment.":
        "Balken: Zeit unter Behandlung, Farbe nach Wirkstoff; Lücken sind Zeit ohne Behandlung.",
    "No data cut-off is stated: arrows stand where treatment went on at the last contact.":
        "Kein Datenschluss genannt: Pfeile stehen, wo die Behandlung beim letzten Kontakt "
        "andauerte.",
    "Response: from the first scan that shows CR or PR to progression, death or the last scan.":
        "Ansprechen: von der ersten Bildgebung mit CR oder PR bis zu Progression, Tod oder letzter "
        "Bildgebung.",
    "Scans are marked where the status changes.":
        "Bildgebungen sind bezeichnet, wo der Status wechselt.",
    "Left out of the axis: {said}.": "Auf der Achse ausgelassen: {said}.",
    "Swimmer of {number} patients, bars are time on treatment.":
        "Swimmer-Plot von {number} Patienten, Balken sind Zeit unter Behandlung.",
    "Swimmer of the lines of {name}, bars are time on treatment.":
        "Swimmer-Plot der Linien von {name}, Balken sind Zeit unter Behandlung.",
    "Swimmer of {number} patients. Drawn: {named}.":
        "Swimmer-Plot von {number} Patienten. Gezeichnet: {named}.",
    "on treatment at last contact": "beim letzten Kontakt unter Behandlung",
    "{drawn} of {given} patients: those with a systemic line":
        "{drawn} von {given} Patienten: jene mit systemischer Linie",
    "{drawn} of {given} patients: those with {lacks}":
        "{drawn} von {given} Patienten: jene mit {lacks}",
    "{number} faulty rows left out": "{number} fehlerhafte Zeilen ausgelassen",
    "{number} faulty rows are left out.": "{number} fehlerhafte Zeilen sind ausgelassen.",
    "{drawn} of {given} patients drawn": "{drawn} von {given} Patienten gezeichnet",
    "{drawn} of {given} patients drawn.": "{drawn} von {given} Patienten gezeichnet.",
    "{drawn} of {given} times of patients drawn":
        "{drawn} von {given} Zeiten von Patienten gezeichnet",
    "{drawn}; left out: {who}.": "{drawn}; ausgelassen: {who}.",
    "{number} without {what}": "{number} ohne {what}",
    "{number} not judged by {what}": "{number} nicht nach {what} beurteilt",
    "{number} without dates to count from or to": "{number} ohne Datum von Anfang oder Ende",
    "Of {number} it is open whether they belong to the curve at all.":
        "Bei {number} ist offen, ob sie überhaupt zur Kurve gehören.",
    "{number} left out: targets not measured at baseline and after it.":
        "{number} ausgelassen: Zielläsionen nicht zu Beginn und danach gemessen.",
    "the first measured line": "der ersten gemessenen Linie",
    "Change of the sum of target diameters from baseline on {line}.":
        "Veränderung der Summe der Durchmesser der Zielläsionen gegenüber dem Ausgangswert, "
        "{line}.",
    "Best change of the sum of target diameters from baseline on {line}.":
        "Beste Veränderung der Summe der Durchmesser der Zielläsionen gegenüber dem Ausgangswert, "
        "{line}.",
    "Each line begins at nought with the start of treatment; the baseline was taken before.":
        "Jede Kurve beginnt bei null mit dem Beginn der Behandlung; der Ausgangswert liegt davor.",
    "Lines: {thresholds}; progression itself is held against the nadir.":
        "Linien: {thresholds}; Progression selbst misst sich am Nadir.",
    "{below} % below and {above} % above baseline":
        "{below} % unter und {above} % über dem Ausgangswert",
    "A line is broken where a scan has no size.":
        "Eine Linie ist unterbrochen, wo eine Bildgebung keine Größe hat.",
    "Reported without a size": "Ohne Größe berichtet",
    "all patients": "alle Patienten",
    "Below the plot: categories reported without a size.":
        "Unter dem Diagramm: Kategorien, die ohne Größe berichtet sind.",
    "Scans that report a category without a size, and have no part in a bar: {number}.":
        "Bildgebungen mit einer Kategorie ohne Größe, die in keinen Balken eingehen: {number}.",
    "Upright ranges: the sum is not known.": "Senkrechte Bereiche: die Summe ist nicht bekannt.",
    "Upright ranges: the sum is not known; the bar is as long as is certain.":
        "Senkrechte Bereiche: die Summe ist nicht bekannt; der Balken ist so lang wie sicher.",
    "Spider plot of the change of target lesions from baseline in {drawn} of {given} patients. "
    "Changes at the last scan: {low} to {high} %. Shrunk by {below} % or more at some scan: "
    "{shrunk}; grown by {above} % or more: {grown}; new lesion: {new}; treatment goes on: {on}; "
    "died on the line: {died}.":
        "Spider-Plot der Veränderung der Zielläsionen gegenüber dem Ausgangswert bei {drawn} von "
        "{given} Patienten. Veränderung bei der letzten Bildgebung: {low} bis {high} %. Um {below} "
        "% oder mehr verkleinert: {shrunk}; um {above} % oder mehr gewachsen: {grown}; neue "
        "Läsion: {new}; Behandlung dauert an: {on}; unter der Linie verstorben: {died}.",
    "Waterfall plot of the best change of target lesions from baseline in {drawn} of {given} "
    "patients, from {first} to {last}. Shrunk by {below} % or more: {shrunk}; grown by {above} % "
    "or more: {grown}; new lesion: {new}. Best responses: {responses}.":
        "Wasserfall-Diagramm der besten Veränderung der Zielläsionen gegenüber dem Ausgangswert "
        "bei {drawn} von {given} Patienten, von {first} bis {last}. Um {below} % oder mehr "
        "verkleinert: {shrunk}; um {above} % oder mehr gewachsen: {grown}; neue Läsion: {new}. "
        "Bestes Ansprechen: {responses}.",
    "Scans count up to progression, or to its confirmation where the criterion asks for one.":
        "Gezählt sind Bildgebungen bis zur Progression, "
        "oder bis zu ihrer Bestätigung, wo das Kriterium eine verlangt.",
    "Fill: {fill} by the criterion of the line; {counted}.":
        "Füllung: {fill} nach dem Kriterium der Linie; {counted}.",
    "best response": "bestes Ansprechen",
    "confirmed best response": "bestätigtes bestes Ansprechen",
    "Asterisk: new lesion.": "Stern: neue Läsion.",
    "Kaplan-Meier curve of {what}, from nought to {high}.":
        "Kaplan-Meier-Kurve: {what}, von null bis {high}.",
    "Kaplan-Meier curves of {what}, from nought to {high}.":
        "Kaplan-Meier-Kurven: {what}, von null bis {high}.",
    "Kaplan-Meier estimate of {what}.": "Kaplan-Meier-Schätzung: {what}.",
    "{name}, {events} events of {size} patients, median {median}, survival at the last time {last}":
        "{name}, {events} Ereignisse bei {size} Patienten, Median {median}, Überleben am letzten "
        "Zeitpunkt {last}",
    "{name}: {events} events, n = {size}": "{name}: {events} Ereignisse, n = {size}",
    "{name}: {first} with every time at its earliest, {last} at its latest":
        "{name}: {first} mit jeder Zeit am frühesten, {last} am spätesten",
    "95 % confidence limits at each time": "95-%-Konfidenzgrenzen zu jeder Zeit",
    "Shaded: 95 % limits of survival at each time (Greenwood, {kind} scale), not of the whole "
    "curve.":
        "Schattiert: 95-%-Grenzen des Überlebens zu jeder Zeit (Green"
        "wood, Skala {kind}), nicht der ganzen Kurve.",
    "{group}, continued": "{group}, Fortsetzung",
    "Upright ticks: censored.": "Senkrechte Striche: zensiert.",
    "Medians with 95 % Brookmeyer-Crowley limits, {kind} scale.":
        "Mediane mit 95-%-Grenzen nach Brookmeyer und Crowley, Skala {kind}.",
    "Where survival is one half over a stretch, the median is its middle.":
        "Wo das Überleben über eine Strecke einhalb ist, ist der Median ihre Mitte.",
    "Below the axis: patients at risk, and censored and events before each time.":
        "Unter der Achse: Patienten unter Risiko, zensierte und Ereignisse vor jedem Zeitpunkt.",
    "Where dates or findings are vague the two edges are the lowest and the highest survival that "
    "they allow at each time, each patient at one of the times that are possible, and numbers are "
    "ranges. Medians and limits: {limits}.":
        "Wo Daten oder Befunde ungenau sind, sind die beiden Ränder das kleinste und das größte "
        "Überleben, das sie jeweils zulassen, jeder Patient zu einer der möglichen Zeiten, und "
        "Zahlen sind Bereiche. Mediane und Grenzen: {limits}.",
    "progression-free survival": "progressionsfreies Überleben",
    "{what}, by {criterion}": "{what}, nach {criterion}",
    "overall survival from the start of a line": "Gesamtüberleben ab dem Beginn einer Linie",
}
# fmt: on
