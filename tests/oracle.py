"""The rules of response-criteria once more, for one patient at a time, in plain arithmetic.

Written from the sources with no table, no array and no code of the engine, to be slow and
plain; the engine has to agree with it on every patient that can be drawn.
"""

from fractions import Fraction
from types import SimpleNamespace

RANK = {"CR": 4, "PR": 3, "SD": 2, "NON-CR/NON-PD": 1, "PD": 0}
IMMUNE = {"CR": "iCR", "PR": "iPR", "SD": "iSD", "NON-CR/NON-PD": "NON-iCR/NON-iUPD"}
PLAIN = {"iUPD": "UPD", "iCPD": "PD", **{i: r for r, i in IMMUNE.items()}}


def mm(value):
    return value if isinstance(value, Fraction) else Fraction(str(value))


def grown(now, nadir):
    return nadir is not None and now - nadir >= 5 and now * 5 >= nadir * 6


def overall(target, level, new):
    """Tables 1 and 2 and the CDISC word for no disease; None means none at baseline."""
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
        stated = baseline["target_sum"]
        self.settings = settings
        self.targets = stated is not None
        self.non_targets = baseline["nontarget"]
        self.baseline = self.nadir = None if stated in (None, "present") else mm(stated)
        self.had_cr = False
        self.history = []  # (day, label) since the last PD, for PR that stays
        self.lasts = False  # the last target response is a PR that only lasts
        self.kept = []  # days of a PR that only lasts
        self.warnings = []

    def confirmed_before(self):
        """Whether some CR or PR since the last PD has been confirmed."""
        return any(
            confirmed(self.history, place, self.settings) for place in range(len(self.history))
        )

    def target(self, point, reference):
        """Target response, and the sum if it is complete."""
        self.lasts = False
        if not self.targets:
            return None, None
        if "target" in point:
            letter = point["target"]
            if letter in ("PR", "SD") and self.back():
                letter = "PD"
            return letter, None
        stated = point.get("target_sum", "NE")
        if stated == "NE" or isinstance(stated, dict):
            part = mm(stated["partial"]) if isinstance(stated, dict) else 0
            proved = self.grown(part, reference) and self.settings.partial_sum_pd == "allowed"
            proved = proved or (part > 0 and self.back())
            return ("PD" if proved else "NE"), None
        now = mm(stated)
        if now == 0:
            return "CR", now
        if self.grown(now, reference) or self.back():
            return "PD", now
        if now * 10 <= self.baseline * 7:
            return "PR", now
        rule = self.settings.pr_persistence
        if rule == "as_required":
            required = self.settings.response_confirmation == "required"
            rule = "after_confirmed" if required else "on"
        stays = {"off": lambda: False, "after_confirmed": self.confirmed_before}.get(
            rule, lambda: any(label in ("CR", "PR") for _, label in self.history)
        )
        self.lasts = stays()
        return ("PR" if self.lasts else "SD"), now

    def grown(self, now, before):
        return grown(now, before)

    def back(self):
        return self.had_cr and self.settings.reappear_after_cr == "pd"

    def level(self, point):
        if not self.non_targets:
            return None
        level = point.get("nontarget", "NE")
        return "PD" if level == "NON-CR/NON-PD" and self.back() else level

    def overall(self, letter, point, new):
        return overall(letter, self.level(point), new)

    def remember(self, point, label, now):
        """``label`` without its i; None where the scan does not count."""
        if label is None:
            return
        if now is not None:
            self.nadir = min(self.nadir, now)
        self.had_cr = self.had_cr or label == "CR"
        self.history.append((point["day"], label))
        if self.lasts and label == "PR":
            self.kept.append(point["day"])
        if label == "PD":
            self.history = []

    def unknown_new(self, point, word):
        strict = self.settings.new_lesions_not_evaluated == "ne"
        return "NE" if strict and point.get("new_lesions") == "NE" and word != "PD" else word


def count_new(point):
    stated = point.get("new_lesions", 0)
    return 0 if stated == "NE" else stated


def recist11(patient, settings, kind=None):
    """Labels by RECIST 1.1, or by a criterion that judges alike."""
    one, labels, ended = (kind or Patient)(patient["baseline"], settings), [], False
    for point in patient["timepoints"]:
        if not point.get("done", True):
            labels.append("-")
            continue
        letter, now = one.target(point, one.nadir)
        word = one.unknown_new(point, one.overall(letter, point, count_new(point) > 0))
        shown = "PD" if ended and settings.after_pd == "carry" else word
        labels.append(shown)
        one.remember(point, shown, now)
        ended = ended or word == "PD"
    return labels, [], one.kept


class Immune(Patient):
    """iRECIST as Seymour 2017 states it; ``block`` are the used scans since the first iUPD."""

    def __init__(self, baseline, settings):
        super().__init__(baseline, settings)
        self.pending = set()
        self.final = False
        self.nlt_nadir = None
        self.lesions = self.after_ne = self.waiting = False
        self.block = []

    def label(self, point):
        if not point.get("done", True):
            return "-"
        s = self.settings
        reference = self.nadir
        if s.reset_reference == "baseline" and "T" in self.pending and self.baseline is not None:
            reference = self.baseline
        letter, now = self.target(point, reference)
        level = self.level(point)
        seen = SimpleNamespace(
            day=point["day"],
            base=self.unknown_new(point, overall(letter, level, False)),
            sum=now,
            nlt=mm(point["nlt_sum"]) if "nlt_sum" in point else None,
            new=count_new(point) > 0,
        )
        if seen.nlt is None and point.get("nl_resolved") and self.nlt_nadir is not None:
            seen.nlt = Fraction(0)
        early = self.early(point)
        looked, gone = point.get("new_lesions") != "NE", point.get("nl_resolved", False)
        waited = self.waiting
        if early:
            self.waiting = waited or (seen.new and s.early_new_lesion == "counts")
        else:
            seen.new = seen.new or (waited and looked and not gone)
            self.waiting = waited and not looked
        if self.final:
            self.keep(point, "iCPD", seen)
            return "iCPD"
        here = self.lesions or seen.new or bool(seen.nlt and "nlt_sum" in point)
        seen.lesions = here and not gone
        seen.progressed = {
            category
            for category, holds in (
                ("T", letter == "PD"),
                ("N", level == "PD"),
                ("L", seen.new or point.get("nlnt_pd") or self.nlt_progressed(seen.nlt)),
            )
            if holds
        }
        word = self.judge(point, seen, early)
        self.keep(point, word, seen)
        return word

    def nlt_progressed(self, nlt):
        return nlt is not None and grown(nlt, self.nlt_nadir)

    def early(self, point):
        """Too soon after the first iUPD, but for a symptom and a further new lesion."""
        if not self.pending:
            return False
        gap, s = point["day"] - self.block[0].day, self.settings
        excused = point.get("symptomatic") and count_new(point) > 0
        return gap < s.icpd_min_days - s.icpd_tolerance_days and not excused

    def window(self, point):
        """Days since the iUPD that the latest day is counted from."""
        iupds = [each.day for each in self.block if each.word == "iUPD"]
        last = self.settings.icpd_window_from == "last_iupd"
        return point["day"] - iupds[-1 if last else 0]

    def judge(self, point, seen, early):
        s, shown = self.settings, seen.base
        if seen.lesions and shown in ("CR", "NED"):
            shown = "PR" if self.targets else "NON-CR/NON-PD"
        better = IMMUNE.get(shown, shown)
        if not self.pending:
            if not seen.progressed:
                return better
            self.pending, self.block = seen.progressed, []
            return "iUPD"
        if early and s.early_scan_policy == "disregard":
            return "-"
        growth = self.growth(point, seen)
        if s.ne_then_iupd_confirms and self.after_ne:
            growth |= seen.progressed
        confirms = growth & self.pending or seen.progressed - self.pending
        lapsed = s.icpd_max_days is not None and self.window(point) > s.icpd_max_days
        if lapsed and (confirms or seen.progressed):
            self.pending, self.block = seen.progressed | (growth & self.pending), []
            self.warnings.append(f"expired@{point['day']}")
            return "iUPD"
        if confirms and not (early and not lapsed):
            self.final = True
            if self.window(point) > s.icpd_late_days:
                self.warnings.append(f"late@{point['day']}")
            return "iCPD"
        if seen.progressed or seen.base == "PD":
            return "iUPD"
        if seen.base == "NE":
            return "NE"
        if "L" in self.pending and seen.lesions and not self.improved(seen):
            return "iUPD"
        self.pending = set()
        return better

    def since(self, name):
        """What a further increase is measured from: of the sums since the first iUPD."""
        sums = [getattr(each, name) for each in self.block if getattr(each, name) is not None]
        if not sums:
            return None
        pick = {"lowest_since_iupd": min, "first_iupd": lambda x: x[0], "previous": lambda x: x[-1]}
        return pick[self.settings.further_increase_reference](sums)

    def more(self, now, before):
        """Whether a sum has grown on by 5 mm."""
        if now is None or before is None:
            return False
        return now - before > 5 or (
            now - before == 5 and self.settings.further_increase_bound == "ge"
        )

    def growth(self, point, seen):
        found, known, stated = set(), seen.sum, point.get("target_sum")
        if isinstance(stated, dict) and self.settings.partial_sum_pd == "allowed":
            known = mm(stated["partial"])
        if point.get("target_increase") or self.more(known, self.since("sum")):
            found.add("T")
        if point.get("nontarget_increase"):
            found.add("N")
        larger = self.more(seen.nlt, self.since("nlt"))
        if seen.new or larger or point.get("nlnt_increase") or point.get("nlnt_pd"):
            found.add("L")
        return found

    def first(self, name):
        known = [getattr(each, name) for each in self.block if getattr(each, name) is not None]
        return known[0] if known else None

    def improved(self, seen):
        s = self.settings
        if s.nl_reset_rule in ("always", "resolve"):
            return s.nl_reset_rule == "always"
        then = self.block[0].base
        yes = seen.base in RANK and then in RANK and RANK[seen.base] > RANK[then]
        before = self.first("sum")
        if s.nl_reset_rule == "improvement" and None not in (seen.sum, before):
            fall = before - seen.sum
            yes = yes or (fall > 0 and fall >= s.nl_reset_mm)
        before = self.first("nlt")
        if s.nl_shrinkage == "reset":
            yes = yes or (None not in (seen.nlt, before) and seen.nlt < before)
        return yes

    def keep(self, point, word, seen):
        if word == "-":
            return
        self.remember(point, PLAIN.get(word, word), seen.sum)
        self.lesions = getattr(seen, "lesions", self.lesions)
        self.after_ne = word == "NE"
        seen.word = word
        if self.pending:
            self.block.append(seen)
        else:
            self.waiting = False
        if seen.nlt is not None:
            self.nlt_nadir = seen.nlt if self.nlt_nadir is None else min(seen.nlt, self.nlt_nadir)


def irecist(patient, settings):
    """Labels by iRECIST, what is remarked on, and the days of a PR that only lasts."""
    one = Immune(patient["baseline"], settings)
    return [one.label(point) for point in patient["timepoints"]], one.warnings, one.kept


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


def judged(history, kept):
    """The history that confirms: a PR that only lasts is no -30 %, and counts as SD."""
    return [(day, "SD" if label == "PR" and day in kept else label) for day, label in history]


def responded(history, kept, settings):
    """Day of the response that duration runs from: one before the first PD."""
    finals = [day for day, label in history if label == "PD"]
    last = finals[0] if finals else None
    if settings.response_confirmation != "required":
        days = [d for d, label in history if label in ("CR", "PR") and (last is None or d < last)]
        return days[0] if days else None
    strict = judged(history, kept)
    strict = [pair for pair in strict if last is None or pair[0] <= last]
    days = [day for place, (day, _) in enumerate(strict) if confirmed(strict, place, settings)]
    return days[0] if days else None


def best(history, settings, *, confirm, targets=True, kept=(), goes_on=False):
    """Best response of (day, plain label) pairs, UPD meaning iUPD; and its first day."""
    if settings.stop_bor_at_pd and not goes_on:
        ends = [place for place, (_, word) in enumerate(history) if word == "PD"]
        history = history[: ends[0] + 1] if ends else history
    strict = judged(history, kept)
    for word in ("CR", "PR"):
        for place, (day, label) in enumerate(history):
            if label == word and (not confirm or confirmed(strict, place, settings, word)):
                return word, day
    waits = {"SD": ("CR", "PR", "SD"), "NON-CR/NON-PD": ("NON-CR/NON-PD",), "NED": ("NED",)}
    if not targets:
        del waits["SD"]
        waits["NON-CR/NON-PD"] = ("CR", "NON-CR/NON-PD")
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
