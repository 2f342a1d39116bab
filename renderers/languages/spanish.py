"""The phrases of figures in Spanish."""

from __future__ import annotations

# fmt: off
SPANISH = {
    # axes and their units
    "Days": "Días", "Weeks": "Semanas", "Months": "Meses", "Years": "Años",
    "days": "días", "weeks": "semanas", "months": "meses", "years": "años", "cycles": "ciclos",
    "Cycles of {days} days": "Ciclos de {days} días",
    "{unit} since {nought}": "{unit} desde {nought}",
    "{unit} since the earliest start, {day}": "{unit} desde el inicio más temprano, {day}",
    "the start of the line": "el inicio de la línea",
    "the start of line {number}": "el inicio de la línea {number}",
    "the diagnosis": "el diagnóstico", "the first surgery": "la primera cirugía",
    "the first response": "la primera respuesta", "the first start": "el primer inicio",
    "start": "inicio", "first response": "primera respuesta",
    "Change from baseline, %": "Cambio desde el basal, %",
    "Best change from baseline, %": "Mejor cambio desde el basal, %",
    "Without the event": "Sin evento", "survival": "supervivencia",
    # joints
    "to": "a", "{low} to {high}": "{low} a {high}", "{low} to {high} %": "{low} a {high} %",
    "{low} % or more": "{low} % o más", "{first} or {last}": "{first} o {last}",
    "{first} and {last}": "{first} y {last}", "{part} of {whole}": "{part} de {whole}",
    "{low} to {high}, by the record": "{low} a {high}, según el registro",
    "of {day}": "de {day}", "of any year": "de cualquier año", "up to {high}": "hasta {high}",
    "from {low} on": "desde {low}", "from {start} to {end}": "de {start} a {end}",
    "from {start}, goes on": "desde {start}, continúa",
    "an end that is not stated": "un final no indicado",
    "{text} (some day {days})": "{text} (algún día {days})",
    # sections and events of a timeline
    "Procedures": "Procedimientos", "Systemic treatment": "Tratamiento sistémico",
    "Radiotherapy": "Radioterapia", "Supportive care": "Tratamiento de soporte",
    "Imaging": "Imagen", "Notes on imaging": "Notas de imagen",
    "Toxicity": "Toxicidad", "Performance": "Estado funcional", "Laboratory": "Laboratorio",
    "diagnosis": "diagnóstico", "symptom": "síntoma", "biopsy": "biopsia", "surgery": "cirugía",
    "radiotherapy": "radioterapia", "treatment": "tratamiento",
    "supportive": "de soporte", "supportive care": "tratamiento de soporte",
    "scan": "imagen", "toxicity": "toxicidad", "lab": "laboratorio",
    "randomisation": "aleatorización", "lost to follow-up": "perdido de vista",
    "progression stated without a scan": "progresión sin imagen",
    "performance": "estado funcional", "last contact": "último contacto", "death": "muerte",
    "last dated event": "último evento fechado",
    "Line {number}": "Línea {number}", "line {number}": "línea {number}",
    "Neoadjuvant": "Neoadyuvante", "Adjuvant": "Adyuvante", "Perioperative": "Perioperatorio",
    "Maintenance": "Mantenimiento", "Palliative": "Paliativo",
    "1 cycle": "1 ciclo", "{number} cycles": "{number} ciclos",
    "to progression": "hasta progresión", "to toxicity": "hasta toxicidad",
    "completed": "completado", "ended by choice": "terminado por decisión",
    "to death": "hasta la muerte",
    "in {number} fractions": "en {number} fracciones", "planned": "previsto",
    "planned: {what}": "previsto: {what}", "grade {number}": "grado {number}",
    "target": "diana", "non-target": "no diana",
    "earlier new lesion": "lesión nueva previa", "sum {size}": "suma {size}",
    "density {value}": "densidad {value}",
    "new nodule": "nódulo nuevo", "new: {where}": "nuevo: {where}",
    "no new lesion": "sin lesión nueva", "equivocal lesion": "lesión dudosa",
    "absent": "ausentes", "almost gone": "casi desaparecidas", "shrunk": "reducidas",
    "stable": "estables", "grown": "aumentadas", "gone": "desaparecidas", "present": "presentes",
    "progressed": "en progresión", "not evaluated": "no evaluadas",
    "{findings}; called {label}": "{findings}; llamado {label}", "no finding": "sin hallazgo",
    # columns of a swimmer
    "Line": "Línea", "Patient": "Paciente", "Diagnosis": "Diagnóstico", "Site": "Localización",
    "Sex": "Sexo", "Age": "Edad", "Lines": "Líneas", "Regimen": "Esquema",
    "Regimen of line 1": "Esquema de la línea 1", "Start": "Inicio",
    "Start of line 1": "Inicio de la línea 1", "Best response": "Mejor respuesta",
    "PFS, months": "PFS, meses", "PFS line 1, months": "PFS línea 1, meses",
    "OS, months": "OS, meses", "OS from line 1, months": "OS desde la línea 1, meses",
    "Stopped": "Suspensión", "Last line stopped": "Suspensión de la última línea",
    "End of record": "Fin del registro", "female": "femenino", "male": "masculino",
    "progression": "progresión", "choice": "decisión", "other": "otra razón",
    "confirmed: {labels}": "confirmada: {labels}", "not derived": "no derivada",
    "not stated": "no indicado", "alive": "vivo", "censored": "censurado",
    "event or censored": "evento o censurado", "no sign": "sin signo",
    # survival
    "All patients": "Todos los pacientes", "At risk": "En riesgo", "Censored": "Censurados",
    "Events": "Eventos", "Events of": "Eventos de", "patients": "pacientes",
    "Median, {unit}": "Mediana, {unit}", "(95 % CI, {kind})": "(IC 95 %, {kind})",
    "not reached": "no alcanzada", "{endpoint} line {number}": "{endpoint} línea {number}",
    # legend: groups, then entries
    "Treatment": "Tratamiento", "State": "Estado", "Response": "Respuesta",
    "Change": "Cambio", "Survival": "Supervivencia", "Status": "Situación", "Dates": "Fechas",
    "line 1": "línea 1", "line 2": "línea 2", "line 3": "línea 3", "line 4": "línea 4",
    "line 5": "línea 5", "line 6": "línea 6", "line 7 or later": "línea 7 o posterior",
    "outside the lines": "fuera de las líneas",
    "response (CR or PR), to progression, death or the last scan":
        "respuesta (CR o PR), hasta progresión, muerte o última imagen",
    "response, with the ends that the table gives":
        "respuesta, inicio y fin según la tabla",
    "response possible, but neither begins nor ends here":
        "respuesta posible, pero ni empieza ni acaba aquí",
    "response possible, to progression, death or the last scan":
        "respuesta posible, hasta progresión, muerte o última imagen",
    "no evidence of disease": "sin evidencia de enfermedad",
    "the findings allow two labels or more": "los hallazgos permiten dos o más",
    "complete response": "respuesta completa",
    "partial response": "respuesta parcial",
    "stable disease": "enfermedad estable",
    "neither CR nor PD, no target disease": "ni CR ni PD, sin lesión diana",
    "progression, not confirmed": "progresión, no confirmada",
    "the findings allow two or more": "los hallazgos permiten dos o más",
    "scan disregarded, or not done": "examen no considerado o no hecho",
    "scan missing": "falta el examen",
    "NE, not evaluable": "NE, no evaluable", "baseline": "basal",
    "called so in the report": "así llamado en el artículo",
    "measured": "medido", "new lesion": "lesión nueva",
    "some value in this range": "algún valor en este intervalo",
    "thresholds of response and progression": "umbrales de respuesta y progresión",
    "bar cut short, its value printed above": "barra cortada, su valor impreso encima",
    "median": "mediana",
    "every curve that the record allows": "toda curva que el registro permite",
    "scan with a new lesion": "imagen con lesión nueva",
    "performance status": "estado funcional", "laboratory value": "valor de laboratorio",
    "laboratory value, printed as a limit or in words":
        "valor de laboratorio, impreso como límite o en palabras",
    "limit of normal": "límite de lo normal", "known to be alive": "se sabe vivo",
    "known to be alive, not measured any more": "se sabe vivo, ya no medido",
    "goes on at last contact": "continúa en el último contacto",
    "alive at last contact, censored": "vivo en el último contacto, censurado",
    "censored: no progression up to then": "censurado: sin progresión hasta entonces",
    "progressed or censored, findings allow both":
        "progresión o censura, los hallazgos permiten ambas",
    "treatment stopped: progression": "tratamiento suspendido: progresión",
    "treatment stopped: toxicity": "tratamiento suspendido: toxicidad",
    "treatment stopped: completed": "tratamiento suspendido: completado",
    "treatment stopped: choice": "tratamiento suspendido: decisión",
    "treatment stopped: death": "tratamiento suspendido: muerte",
    "treatment stopped: other or unnamed reason":
        "tratamiento suspendido: otra razón o no indicada",
    "last record: what became of the patient is not stated":
        "último dato: no se indica la evolución del paciente",
    "last contact, some day in this range": "último contacto, algún día de este intervalo",
    "last dated event (no last contact on record)":
        "último evento fechado (sin último contacto registrado)",
    "data cut-off": "corte de datos", "data cut-off {day}": "corte de datos {day}",
    "reference time": "tiempo de referencia", "planned, not done": "previsto, no realizado",
    "some day in this range, sign at its middle":
        "algún día de este intervalo, signo en el centro",
    "known by order alone, sign at the middle": "conocido solo por el orden, signo en el centro",
    "begins or ends in this range": "empieza o termina en este intervalo",
    "begins or ends in this range, by order alone":
        "empieza o termina en este intervalo, solo por el orden",
    "end not stated": "final no indicado", "time left out": "tiempo omitido",
    # captions and alternative texts
    "A month is 30.4375 days.": "Un mes son 30.4375 días.",
    "Data cut-off {day}.": "Corte de datos: {day}.", "Nought: {nought}.": "Cero: {nought}.",
    "Data to {day}, the last date on record.": "Datos hasta {day}, la última fecha registrada.",
    "Page {number} of {all}.": "Página {number} de {all}.",
    "{short}: every {time}.": "{short}: cada {time}.",
    "no criterion": "ningún criterio", "no systemic line": "ninguna línea sistémica",
    "systemic line": "línea sistémica", "{moment} with a date": "{moment} con fecha",
    "Treatment timeline of one patient, {name}; n = 1.":
        "Cronología del tratamiento de un paciente, {name}; n = 1.",
    "Treatment timeline of {name}, {days}: {lines}. {scans} scans with their findings{judged}.":
        "Cronología del tratamiento de {name}, {days}: {lines}. {scans} imágenes con sus "
        "hallazgos{judged}.",
    ", and the status of each under {criteria}": " y la respuesta de cada una según {criteria}",
    "The record ends with {end}.": "Fin del registro: {end}.",
    "A sign stands in the middle of the days that its date allows and a bracket spans them, dashed "
    "where nothing but the order of events is known; pale ends of bars likewise. Response is "
    "derived from the findings printed, under {criteria}; two labels where the findings allow "
    "both.":
        "Un signo está en el centro de los días que su fecha permite y un corchete los abarca, "
        "discontinuo donde solo se conoce el orden de los eventos; igual los extremos pálidos de "
        "las barras. La respuesta se deriva de los hallazgos impresos, según {criteria}; dos "
        "etiquetas donde los hallazgos permiten ambas.",
    "Numbers below the scans are those of the notes on imaging.":
        "Los números bajo las imágenes son los de las notas de imagen.",
    "Swimmer plot of {drawn} of {given} lanes, one a line.":
        "Swimmer plot de {drawn} de {given} carriles, uno por línea.",
    "Swimmer plot of {drawn} of {given} lanes, one a patient.":
        "Swimmer plot de {drawn} de {given} carriles, uno por paciente.",
    "Swimmer plot of {drawn} of {given} patients; bars are stretches of the table.":
        "Swimmer plot de {drawn} de {given} pacientes; las barras son los tramos de la tabla.",
    "Not drawn: {name} (no {lack}).": "No dibujado: {name} (sin {lack}).",
    "Bars: time on treatment, coloured by line; gaps are time off treatment.":
        "Barras: tiempo en tratamiento, color por línea; los huecos son tiempo sin tratamiento.",
    "Bars: time on treatment, coloured by drug; gaps are time off treatment.":
        "Barras: tiempo en tratamiento, color por fármaco; los huecos son tiempo sin tratamiento.",
    "No data cut-off is stated: arrows stand where treatment went on at the last contact.":
        "No se indica corte de datos: las flechas están donde el tratamiento continuaba en el "
        "último contacto.",
    "Response: from the first scan that shows CR or PR to progression, death or the last scan.":
        "Respuesta: de la primera imagen con CR o PR a la progresión, la muerte o la última "
        "imagen.",
    "Scans are marked where the status changes.":
        "Las imágenes se marcan donde cambia la respuesta.",
    "Left out of the axis: {said}.": "Omitido del eje: {said}.",
    "Swimmer of {number} patients, bars are time on treatment.":
        "Swimmer plot de {number} pacientes, las barras son tiempo en tratamiento.",
    "Swimmer of the lines of {name}, bars are time on treatment.":
        "Swimmer plot de las líneas de {name}, las barras son tiempo en tratamiento.",
    "Swimmer of {number} patients. Drawn: {named}.":
        "Swimmer plot de {number} pacientes. Dibujado: {named}.",
    "on treatment at last contact": "en tratamiento en el último contacto",
    "{drawn} of {given} patients: those with a systemic line":
        "{drawn} de {given} pacientes: los que tienen línea sistémica",
    "{drawn} of {given} patients: those with {lacks}":
        "{drawn} de {given} pacientes: los que tienen {lacks}",
    "{number} faulty rows left out": "{number} filas erróneas omitidas",
    "{number} faulty rows are left out.": "Se omiten {number} filas erróneas.",
    "{drawn} of {given} patients drawn": "{drawn} de {given} pacientes dibujados",
    "{drawn} of {given} patients drawn.": "{drawn} de {given} pacientes dibujados.",
    "{drawn} of {given} times of patients drawn":
        "{drawn} de {given} tiempos de pacientes dibujados",
    "{drawn}; left out: {who}.": "{drawn}; omitidos: {who}.",
    "{number} without {what}": "{number} sin {what}",
    "{number} not judged by {what}": "{number} no evaluados según {what}",
    "{number} without dates to count from or to": "{number} sin fecha de inicio o de fin",
    "Of {number} it is open whether they belong to the curve at all.":
        "De {number} queda abierto si pertenecen a la curva.",
    "{number} left out: targets not measured at baseline and after it.":
        "{number} omitidos: lesiones diana no medidas en el basal y después.",
    "the first measured line": "primera línea medida",
    "Change of the sum of target diameters from baseline on {line}.":
        "Cambio de la suma de diámetros de las lesiones diana desde el basal, {line}.",
    "Best change of the sum of target diameters from baseline on {line}.":
        "Mejor cambio de la suma de diámetros de las lesiones diana desde el basal, {line}.",
    "Each line begins at nought with the start of treatment; the baseline was taken before.":
        "Cada curva empieza en cero con el inicio del tratamiento; el basal es anterior.",
    "Lines: {thresholds}; progression itself is held against the nadir.":
        "Líneas: {thresholds}; la progresión se mide desde el nadir.",
    "{below} % below and {above} % above baseline":
        "{below} % por debajo y {above} % por encima del basal",
    "A line is broken where a scan has no size.":
        "Una línea se interrumpe donde una imagen no tiene tamaño.",
    "Reported without a size": "Comunicado sin tamaño",
    "all patients": "todos los pacientes",
    "Below the plot: categories reported without a size.":
        "Debajo del gráfico: categorías comunicadas sin tamaño.",
    "Scans that report a category without a size, and have no part in a bar: {number}.":
        "Imágenes que comunican una categoría sin tamaño y no entran en ninguna barra: {number}.",
    "Upright ranges: the sum is not known.": "Intervalos verticales: la suma no se conoce.",
    "Upright ranges: the sum is not known; the bar is as long as is certain.":
        "Intervalos verticales: la suma no se conoce; la barra llega hasta lo que es seguro.",
    "Spider plot of the change of target lesions from baseline in {drawn} of {given} patients. "
    "Changes at the last scan: {low} to {high} %. Shrunk by {below} % or more at some scan: "
    "{shrunk}; grown by {above} % or more: {grown}; new lesion: {new}; treatment goes on: {on}; "
    "died on the line: {died}.":
        "Spider plot del cambio de las lesiones diana desde el basal en {drawn} de {given} "
        "pacientes. Cambio en la última imagen: {low} a {high} %. Reducidas un {below} % o más: "
        "{shrunk}; aumentadas un {above} % o más: {grown}; lesión nueva: {new}; tratamiento "
        "en curso: {on}; fallecidos durante la línea: {died}.",
    "Waterfall plot of the best change of target lesions from baseline in {drawn} of {given} "
    "patients, from {first} to {last}. Shrunk by {below} % or more: {shrunk}; "
    "grown by {above} % or more: {grown}; new lesion: {new}. Best responses: {responses}.":
        "Gráfico en cascada del mejor cambio de las lesiones diana desde el basal en {drawn} de "
        "{given} pacientes, de {first} a {last}. Reducidas un {below} % o más: {shrunk}; "
        "aumentadas un {above} % o más: {grown}; lesión nueva: {new}. Mejores respuestas: "
        "{responses}.",
    "Scans count up to progression, or to its confirmation where the criterion asks for one.":
        "Las imágenes cuentan hasta la progresión, "
        "o hasta su confirmación si el criterio la exige.",
    "Fill: {fill} by the criterion of the line; {counted}.":
        "Relleno: {fill} según el criterio de la línea; {counted}.",
    "best response": "mejor respuesta", "confirmed best response": "mejor respuesta confirmada",
    "Asterisk: new lesion.": "Asterisco: lesión nueva.",
    "Kaplan-Meier curve of {what}, from nought to {high}.":
        "Curva de Kaplan-Meier: {what}, de cero a {high}.",
    "Kaplan-Meier curves of {what}, from nought to {high}.":
        "Curvas de Kaplan-Meier: {what}, de cero a {high}.",
    "Kaplan-Meier estimate of {what}.": "Estimación de Kaplan-Meier: {what}.",
    "{name}, {events} events of {size} patients, median {median}, survival at the last time {last}":
        "{name}, {events} eventos en {size} pacientes, mediana {median}, supervivencia en el "
        "último tiempo {last}",
    "{name}: {events} events, n = {size}": "{name}: {events} eventos, n = {size}",
    "{name}: {first} with every time at its earliest, {last} at its latest":
        "{name}: {first} con cada tiempo lo antes posible, {last} lo más tarde",
    "95 % confidence limits at each time": "límites de confianza del 95 % en cada tiempo",
    "Shaded: 95 % limits of survival at each time (Greenwood, {kind} scale), not of the whole "
    "curve.":
        "Sombreado: límites del 95 % de la supervivencia en cada tiem"
        "po (Greenwood, escala {kind}), no de toda la curva.",
    "{group}, continued": "{group}, continuación",
    "Upright ticks: censored.": "Trazos verticales: censurados.",
    "Medians with 95 % Brookmeyer-Crowley limits, {kind} scale.":
        "Medianas con límites del 95 % de Brookmeyer y Crowley, escala {kind}.",
    "Where survival is one half over a stretch, the median is its middle.":
        "Donde la supervivencia es un medio en un tramo, la mediana es su centro.",
    "Below the axis: patients at risk, and censored and events before each time.":
        "Bajo el eje: pacientes en riesgo, y censurados y eventos antes de cada tiempo.",
    "Where dates or findings are vague the two edges are the lowest and the highest survival that "
    "they allow at each time, each patient at one of the times that are possible, and numbers are "
    "ranges. Medians and limits: {limits}.":
        "Donde las fechas o los hallazgos son imprecisos, los dos bordes son la supervivencia más "
        "baja y la más alta que permiten en cada tiempo, cada paciente en uno de los tiempos "
        "posibles, y los números son intervalos. Medianas y límites: {limits}.",
    "progression-free survival": "supervivencia libre de progresión",
    "{what}, by {criterion}": "{what}, según {criterion}",
    "overall survival from the start of a line": "supervivencia global desde el inicio de "
    "una línea",
}
# fmt: on
