"""The rules of response-criteria once more, for one patient at a time, in plain arithmetic.

Written from the sources with no table, no array and no code of the engine, to be slow and
plain; the engine has to agree with it on every patient that can be drawn.
"""

from fractions import Fraction

RANK = {"CR": 4, "PR": 3, "SD": 2, "NON-CR/NON-PD": 1, "PD": 0}
IMMUNE = {"CR": "iCR", "PR": "iPR", "SD": "iSD", "NON-CR/NON-PD": "NON-iCR/NON-iUPD"}


def mm(value):
    return Fraction(str(value))


def grown(now, nadir):
    return nadir is not None and now - nadir >= 5 and now * 5 >= nadir * 6


def overall(target, level, new):
    """Tables 1 and 2 and the CDISC word for no disease; None stands for none at baseline."""
    if new or "PD" in (target, level):
        return "PD"
    if target is None:
        return level or "NED"
    if target == "CR":
        return {"CR": "CR", None: "CR"}.get(level, "PR")
    return target


class Patient:
    """What is remembered of one patient, and the label of the next scan."""

    def __init__(self, baseline, settings):
        told = baseline["target_sum"]
        self.settings = settings
        self.targets = told is not None
        self.non_targets = baseline["nontarget"]
        self.baseline = self.nadir = mm(told) if isinstance(told, int) else None
        self.had_cr = False
        self.history = []  # (day, label) since the last PD, for PR that stays
        self.warnings = []

    def confirmed_before(self):
        """Whether some CR or PR since the last PD has been confirmed."""
        return any(
            confirmed(self.history, place, self.settings) for place in range(len(self.history))
        )

    def target(self, point, reference):
        """Target response, and the sum if it is complete."""
        if not self.targets:
            return None, None
        if "target" in point:
            letter = point["target"]
            if letter in ("PR", "SD") and self.back():
                letter = "PD"
            return letter, None
        told = point.get("target_sum", "NE")
        if told == "NE" or isinstance(told, dict):
            part = mm(told["partial"]) if isinstance(told, dict) else 0
            proved = grown(part, reference) and self.settings.partial_sum_pd == "allowed"
            return ("PD" if proved else "NE"), None
        now = mm(told)
        if now == 0:
            return "CR", now
        if grown(now, reference) or self.back():
            return "PD", now
        if now * 10 <= self.baseline * 7:
            return "PR", now
        stays = {"off": lambda: False, "after_confirmed": self.confirmed_before}.get(
            self.settings.pr_persistence,
            lambda: any(label in ("CR", "PR") for _, label in self.history),
        )
        return ("PR" if stays() else "SD"), now

    def back(self):
        return self.had_cr and self.settings.reappear_after_cr == "pd"

    def level(self, point):
        if not self.non_targets:
            return None
        level = point.get("nontarget", "NE")
        return "PD" if level == "NON-CR/NON-PD" and self.back() else level

    def remember(self, point, label, now):
        """``label`` without its i; None where the scan does not count."""
        if label is None:
            return
        if now is not None:
            self.nadir = min(self.nadir, now)
        self.had_cr = self.had_cr or label == "CR"
        self.history.append((point["day"], label))
        if label == "PD":
            self.history = []

    def unknown_new(self, point, word):
        strict = self.settings.new_lesions_not_evaluated == "ne"
        return "NE" if strict and point.get("new_lesions") == "NE" and word != "PD" else word


def count_new(point):
    told = point.get("new_lesions", 0)
    return 0 if told == "NE" else told


def recist11(patient, settings):
    """Labels by RECIST 1.1."""
    one, labels, ended = Patient(patient["baseline"], settings), [], False
    for point in patient["timepoints"]:
        if not point.get("done", True):
            labels.append("-")
            continue
        letter, now = one.target(point, one.nadir)
        word = one.unknown_new(point, overall(letter, one.level(point), count_new(point) > 0))
        shown = "PD" if ended and settings.after_pd == "carry" else word
        labels.append(shown)
        one.remember(point, shown, now)
        ended = ended or word == "PD"
    return labels, []


class Immune(Patient):
    """iRECIST: section by section of its rows R1 to R10."""

    def __init__(self, baseline, settings):
        super().__init__(baseline, settings)
        self.pending = set()
        self.final = False
        self.nlt_nadir = self.previous_nlt = None
        self.previous = self.baseline
        self.lesions = self.after_ne = False
        self.anchor = None

    def label(self, point):
        if not point.get("done", True):
            return "-"
        if self.final:
            return "iCPD"
        s = self.settings
        reference = self.nadir
        if s.reset_reference == "baseline" and "T" in self.pending and self.baseline is not None:
            reference = self.baseline
        letter, now = self.target(point, reference)
        level = self.level(point)
        base = self.unknown_new(point, overall(letter, level, False))
        new = count_new(point) > 0
        nlt = mm(point["nlt_sum"]) if "nlt_sum" in point else None
        if nlt is None and point.get("nl_resolved") and self.nlt_nadir is not None:
            nlt = Fraction(0)
        lesions = (self.lesions or new or bool(nlt)) and not point.get("nl_resolved", False)
        progressed = set()
        if letter == "PD":
            progressed.add("T")
        if level == "PD":
            progressed.add("N")
        if new or point.get("nlnt_pd") or (nlt is not None and grown(nlt, self.nlt_nadir)):
            progressed.add("L")
        word = self.judge(point, base, progressed, now, nlt, new, lesions)
        self.keep(point, word, base, now, nlt, lesions)
        return word

    def judge(self, point, base, progressed, now, nlt, new, lesions):
        s = self.settings
        shown = base
        if lesions and base in ("CR", "NED"):
            shown = "PR" if self.targets else "NON-CR/NON-PD"
        better = IMMUNE.get(shown, shown)
        if not self.pending:
            if not progressed:
                return better
            self.open(point, progressed)
            return "iUPD"
        gap = point["day"] - self.anchor["day"]
        early = gap < s.icpd_min_days - s.icpd_tolerance_days
        early = early and not (point.get("symptomatic") and new)
        if early and s.early_scan_policy == "disregard":
            return "-"
        growth = self.growth(point, now, nlt, new)
        if s.ne_then_iupd_confirms and self.after_ne:
            growth |= progressed
        confirms = growth & self.pending or progressed - self.pending
        if s.icpd_max_days is not None and gap > s.icpd_max_days and (confirms or progressed):
            self.open(point, progressed | (growth & self.pending))
            self.warnings.append(f"expired@{point['day']}")
            return "iUPD"
        if confirms and not early:
            self.final = True
            if gap > s.icpd_late_days:
                self.warnings.append(f"late@{point['day']}")
            return "iCPD"
        if progressed or base == "PD":
            return "iUPD"
        if base == "NE":
            return "NE"
        if "L" in self.pending and lesions and not self.improved(base, now, nlt):
            return "iUPD"
        self.pending = set()
        return better

    def growth(self, point, now, nlt, new):
        s, found = self.settings, set()
        previous = s.further_increase_reference == "previous"
        before = self.previous if previous else self.anchor["sum"]
        known = now
        told = point.get("target_sum")
        if isinstance(told, dict) and s.partial_sum_pd == "allowed":
            known = mm(told["partial"])
        if point.get("target_increase") or (None not in (known, before) and known - before >= 5):
            found.add("T")
        if point.get("nontarget_increase"):
            found.add("N")
        before = self.previous_nlt if previous else self.anchor["nlt"]
        more = None not in (nlt, before) and nlt - before >= 5
        if new or more or point.get("nlnt_increase") or point.get("nlnt_pd"):
            found.add("L")
        return found

    def improved(self, base, now, nlt):
        s, then = self.settings, self.anchor
        if s.nl_reset_rule in ("always", "resolve"):
            return s.nl_reset_rule == "always"
        yes = base in RANK and then["base"] in RANK and RANK[base] > RANK[then["base"]]
        if s.nl_reset_rule == "improvement":
            yes = yes or (None not in (now, then["sum"]) and now < then["sum"])
        if s.nl_shrinkage == "reset":
            yes = yes or (None not in (nlt, then["nlt"]) and nlt < then["nlt"])
        return yes

    def open(self, point, categories):
        self.pending = categories
        self.anchor = {"day": point["day"], "sum": None, "nlt": None, "base": None}

    def keep(self, point, word, base, now, nlt, lesions):
        if word == "-":
            return
        plain = {"iUPD": "UPD", "iCPD": "PD", **{i: r for r, i in IMMUNE.items()}}.get(word, word)
        self.remember(point, plain, now)
        self.lesions = lesions
        self.after_ne = word == "NE"
        if word == "NE":
            return
        if self.pending:
            self.anchor["base"] = self.anchor["base"] or base
            if self.anchor["sum"] is None:
                self.anchor["sum"] = now
            if self.anchor["nlt"] is None:
                self.anchor["nlt"] = nlt
        self.previous = self.previous if now is None else now
        if nlt is not None:
            self.previous_nlt = nlt
            self.nlt_nadir = nlt if self.nlt_nadir is None else min(nlt, self.nlt_nadir)


def irecist(patient, settings):
    """Labels by iRECIST, and what is remarked on."""
    one = Immune(patient["baseline"], settings)
    return [one.label(point) for point in patient["timepoints"]], one.warnings


def confirmed(history, place, settings, response=None):
    """Whether the response at a place of (day, label) pairs is confirmed by a later one."""
    day, label = history[place]
    if label not in ("CR", "PR") or response not in (None, label):
        return False
    by = ("CR",) if label == "CR" else ("CR", "PR")
    judges = [
        later
        for later in range(place + 1, len(history))
        if history[later][1] in by and history[later][0] - day >= settings.confirm_days
    ]
    if not judges:
        return False
    window = [word for _, word in history[place + 1 : judges[0] + 1]]
    if "CR" in window and "PR" in window[window.index("CR") :]:
        return False
    between = window[:-1]
    allowed = {"CR", "PR", "NE", "-"} if label == "PR" else {"CR", "NE", "-"}
    if settings.accept_sd_between and label == "PR" and between.count("SD") <= 1:
        allowed.add("SD")
    if settings.iupd_between_responses == "allowed":
        allowed.add("UPD")
    return set(between) <= allowed and between.count("NE") <= settings.max_ne_between


def best(history, settings, *, confirm):
    """Best response of (day, plain label) pairs, UPD standing for iUPD; and its first day."""
    if settings.stop_bor_at_pd:
        ends = [place for place, (_, word) in enumerate(history) if word == "PD"]
        history = history[: ends[0] + 1] if ends else history
    for word in ("CR", "PR"):
        for place, (day, label) in enumerate(history):
            if label == word and (not confirm or confirmed(history, place, settings, word)):
                return word, day
    waits = {"SD": ("CR", "PR", "SD"), "NON-CR/NON-PD": ("NON-CR/NON-PD",), "NED": ("NED",)}
    for word, labels in waits.items():
        for day, label in history:
            if label in labels and day >= settings.min_sd_days:
                return word, day
    for word in ("PD", "UPD"):
        for day, label in history:
            if label == word:
                return word, day
    for day, label in history:
        if label != "-":
            return "NE", day
    return ("NE" if settings.missing_as_ne else "MISSING"), None


def progressed(history, opens, settings, *, immune):
    """Day of the progression and whether it is confirmed; ``opens`` are days of a new iUPD."""
    block = []
    for day, label in history:
        if label == "PD":
            return (block[0] if block and immune else day), True
        if label == "UPD":
            block = [day] if day in opens else [*block, day]
        elif label not in ("NE", "-"):
            block = []
    if not block or settings.unconfirmed_iupd_policy == "censor":
        return None, False
    return block[0 if settings.trailing_iupd_date == "first" else -1], False
