"""mRECIST, Choi, imRECIST and irRECIST once more, for one patient at a time, in plain arithmetic.

Written from the texts that the criteria's own files name, with no table, no array and no code of
the engine: the engine has to agree on every patient that can be drawn.
"""

from fractions import Fraction

from tests.oracle import Patient, count_new, mm, overall, recist11


class Viable(Patient):
    """mRECIST: growth of viable tumour has no least number of millimetres."""

    def grown(self, now, before):
        return before is not None and now > before and now * 5 >= before * 6


def mrecist(patient, settings):
    return recist11(patient, settings, Viable)


class Choi(Patient):
    """Choi 2007: size down by 10 % or density by 15 %; growth of 10 % unless density is down."""

    def __init__(self, baseline, settings):
        super().__init__(baseline, settings)
        self.bright = baseline.get("density")

    def density(self, point):
        """Down, same, or None where it is unknown; a reader's PR has seen what it needs."""
        now = point.get("density", "NE")
        known = now != "NE" and self.bright not in (None, "NE") and self.bright > 0
        if known:
            return "down" if mm(now) * 100 <= mm(self.bright) * 85 else "same"
        return "down" if point.get("target") == "PR" else None

    def size(self, point):
        """What the targets show: missing, gone, larger, smaller, or nothing of note."""
        if "target" in point:
            words = {"NE": "missing", "CR": "gone", "PD": "larger", "PR": "smaller"}
            return words.get(point["target"], "same"), None, False
        stated = point.get("target_sum", "NE")
        reference = self.nadir
        if self.settings.choi_progression_reference == "baseline":
            reference = self.baseline
        if stated == "NE" or isinstance(stated, dict):
            part = mm(stated["partial"]) if isinstance(stated, dict) else Fraction(0)
            proved = self.grown(part, reference) and self.settings.partial_sum_pd == "allowed"
            return "missing", None, ("larger" if proved else part > 0)
        now = mm(stated)
        if now == 0:
            return "gone", now, False
        if self.grown(now, reference):
            both = now * 10 <= self.baseline * 9
            return ("larger and smaller" if both else "larger"), now, False
        return ("smaller" if now * 10 <= self.baseline * 9 else "same"), now, False

    def grown(self, now, before):
        return before is not None and now > before and now * 10 >= before * 11

    def target(self, point, _):
        if not self.targets:
            return None, None
        size, now, part = self.size(point)
        return self.judge(point, size, part), now

    def judge(self, point, size, part):
        dense, either = self.density(point), self.settings.choi_response == "either"
        worse = self.level(point) == "PD"
        if point.get("nodule"):
            return "PD"
        if size == "missing":
            back = self.back() and (bool(part) or worse)
            dense = None if self.back() else dense
            if dense == "down" and either:
                return "PR"
            return "PD" if (part == "larger" and dense != "down") or back else "NE"
        if self.back() and (size != "gone" or worse):
            return "PD"
        if size == "gone":
            return "CR"
        if "larger" in size and dense != "down":
            return "PD"
        smaller = "smaller" in size
        if either:
            return "PR" if dense == "down" or smaller else "SD"
        if smaller and dense is None:
            return "NE"
        return "PR" if smaller and dense == "down" else "SD"

    def overall(self, letter, point, new):
        level = self.level(point)
        if letter is None or new or letter in ("PD", "NE", "SD"):
            return "PD" if new else letter or overall(None, level, False)
        if level == "PD":
            return "SD"
        return letter if letter == "PR" or level in (None, "CR") else "PR"


def choi(patient, settings):
    return recist11(patient, settings, Choi)


class Burden(Patient):
    """imRECIST, irRECIST: the sizes of new lesions are added, and growth of all is progression."""

    non_targets_progress = judges_on = False

    def __init__(self, baseline, settings):
        super().__init__(baseline, settings)
        self.since = None  # day of the unconfirmed progression
        self.final = self.lesions = self.counted = False

    def back(self):
        return False

    def burden(self, point):
        """The point with the burden in the place of the target sum."""
        new, gone = point.get("nlt_sum"), point.get("nl_resolved", False)
        stated = point.get("target_sum", "NE")
        missing = self.counted and not gone and new is None
        more = mm(new) if new is not None else Fraction(0)
        if "target" in point:
            return dict(point)
        if stated == "NE" or isinstance(stated, dict) or missing:
            known = (
                stated["partial"] if isinstance(stated, dict) else 0 if stated == "NE" else stated
            )
            return {**point, "target_sum": {"partial": mm(known) + more}}
        return {**point, "target_sum": mm(stated) + more}

    def level(self, point):
        level = super().level(point)
        return "NON-CR/NON-PD" if level == "PD" and not self.non_targets_progress else level

    def label(self, point):
        if not point.get("done", True):
            return "-"
        letter, now = self.target(self.burden(point), self.nadir)
        word = self.unknown_new(point, overall(letter, self.level(point), False))
        gone = point.get("nl_resolved", False)
        shown = bool(count_new(point)) or mm(point.get("nlt_sum", 0)) > 0
        lesions = (self.lesions or shown) and not gone
        if word == "CR" and lesions:
            word = "PR"
        word = self.judge(point, word if self.targets else "NE")
        if word != "-":
            self.lesions = lesions
            self.counted = (self.counted or "nlt_sum" in point) and not gone
            self.remember(point, word, now)
        return word

    def judge(self, point, word):
        if self.final:
            return word if self.judges_on else "PD"
        if self.since is None:
            if word != "PD":
                return word
            self.since = point["day"]
            return "UPD"
        gap = point["day"] - self.since
        if gap < self.settings.icpd_min_days:
            return "-"
        if word == "PD":
            self.final = True
            if gap > self.settings.icpd_late_days:
                self.warnings.append(f"late@{point['day']}")
        elif word != "NE":
            self.since = None
        return word


def _burden(patient, settings, **rules):
    one = Burden(patient["baseline"], settings)
    for name, value in rules.items():
        setattr(one, name, value)
    return [one.label(point) for point in patient["timepoints"]], one.warnings, one.kept


def imrecist(patient, settings):
    return _burden(patient, settings, judges_on=settings.imrecist_best_after_pd)


def irrecist(patient, settings):
    return _burden(patient, settings, non_targets_progress=settings.irrecist_nontarget == "pd")
