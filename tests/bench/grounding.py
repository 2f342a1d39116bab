"""How many errors of an encoder the look-up in the text of the report finds.

Run as ``python tests/bench/grounding.py FOLDER [SEED]`` with a folder that holds the texts of the
three encoded reports (any names; each is recognised by its DOI). Forty errors of twelve kinds are
drawn and planted in copies of ``cases`` and ``seeds``, all at once. Printed are the errors
that were found, what was raised on anything else, and what is raised on the unchanged files.
Nothing of the texts is stored.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[2]
NAMES = ("jin2025", "liu2025", "wang2023")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_ENTRY = re.compile(r"\s+- \{(?P<kind>[A-Za-z0-9-]+): (?P<value>\"[^\"]*\"|[^,}]+)")
_PLACE = re.compile(r"  [A-Z][^:]*:\s*$")
_DATED = re.compile(
    r"\s+- \{?(?P<kind>[a-z ]+): (?P<date>[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?)(?![0-9-])"
)
_VAGUE = re.compile(
    r"\s+- \{?(?:last contact|scan|surgery|biopsy|symptom): [^,}]*/"
)  # a choice of ours


@attrs.define
class Line:
    """A line of a file, which keeps its identity when others are moved."""

    text: str
    error: int | None = None  # that was planted in it
    due: tuple[int, ...] = ()  # those that it follows from: a reference to a date that was changed


@attrs.define
class Copy:
    """The two files of a report, as lists of lines."""

    name: str
    files: dict[str, list[Line]]

    @classmethod
    def of(cls, name: str) -> Copy:
        files = {}
        for folder in ("cases", "seeds"):
            path = ROOT / folder / f"{name}.yaml"
            if path.exists():
                files[folder] = [Line(each) for each in path.read_text("utf-8").splitlines()]
        return cls(name, files)

    def write(self, to: Path) -> Path:
        for folder, lines in self.files.items():
            (to / folder).mkdir(exist_ok=True)
            path = to / folder / f"{self.name}.yaml"
            path.write_text("\n".join(each.text for each in lines) + "\n", "utf-8")
        return to / "seeds" / f"{self.name}.yaml"

    def lines(self, folder: str) -> list[Line]:
        return self.files.get(folder, [])


@attrs.define
class PlantedError:
    """An error that was planted: its kind, its report, and what was printed and is now."""

    number: int
    kind: str
    name: str
    was: str
    now: str
    dates: tuple[str, ...] = ()  # of the text, which a dropped event leaves


_KEYS = "(?:of|from|to): "  # of a claim, which name an event
NOW = -1  # stands for the number of the error that is being planted
Plant = Callable[[Copy, random.Random], "tuple[list[Line], str, str] | None"]


def _free(copy: Copy, folder: str, kinds: tuple[str, ...]) -> list[tuple[Line, re.Match[str]]]:
    """Entries of one line of some kinds, which have no error yet."""
    found = []
    for line in copy.lines(folder):
        entry = _ENTRY.match(line.text)
        described = re.search(r"subject of|topic of|title of|weekday", line.text)
        if line.error is None and entry and entry["kind"] in kinds and not described:
            found.append((line, entry))
    return found


def _change(line: Line, old: str, new: str) -> tuple[list[Line], str, str]:
    line.text = line.text.replace(old, new, 1)
    return [line], old, new


def _other_digit(text: str, draw: random.Random) -> str:
    """A number with one digit changed; no 0 in front, no 0 alone."""
    places = [at for at, each in enumerate(text) if each.isdigit()]
    at = draw.choice(places)
    least = 1 if at == places[0] else 0
    digit = draw.choice([str(n) for n in range(least, 10) if str(n) != text[at]])
    return text[:at] + digit + text[at + 1 :]


_FIGURES = ("PFS", "OS", "percent", "rate", "dose", "lab", "size", "follow-up", "age",
            "interval", "risk-reduction")  # fmt: skip


def wrong_digit(copy: Copy, draw: random.Random):
    line, entry = draw.choice([each for each in _free(copy, "seeds", _FIGURES)
                               if re.search("[0-9]", each[1]["value"])])  # fmt: skip
    return _change(line, f": {entry['value']}", f": {_other_digit(entry['value'], draw)}")


_COUNTS = ("one two three four five six seven eight nine ten").split()  # noqa: SIM905


def wrong_count(copy: Copy, draw: random.Random):
    every = [
        each
        for each in _free(copy, "seeds", ("count",))
        if each[1]["value"].strip() in _COUNTS or each[1]["value"].strip().isdigit()
    ]
    every = [each for each in every if each[1]["value"].strip() != "0"]
    line, entry = draw.choice(every)
    value = entry["value"].strip()
    now = draw.choice([each for each in _COUNTS if each != value]) if value in _COUNTS else (
        _other_digit(value, draw))  # fmt: skip
    return _change(line, f"count: {value}", f"count: {now}")


def wrong_month_claimed(copy: Copy, draw: random.Random):
    every = [each for each in _free(copy, "seeds", ("date",))
             if any(month in each[1]["value"] for month in _MONTHS)]  # fmt: skip
    if not every:
        return None
    line, entry = draw.choice(every)
    was = next(month for month in _MONTHS if month in entry["value"])
    days = re.search(r"\b(29|30|31)\b", entry["value"])
    now = draw.choice([each for each in _MONTHS if each != was and not (days and each in
                       ("February", "April", "June", "September", "November"))])  # fmt: skip
    return _change(line, was, now)


def _dated(copy: Copy) -> list[tuple[Line, re.Match[str]]]:
    found = ((line, _DATED.match(line.text)) for line in copy.lines("cases") if line.error is None)
    return [(line, entry) for line, entry in found if entry and not _VAGUE.match(line.text)]


def _refer(copy: Copy, line: Line, kind: str, was: str, now: str) -> None:
    """References to an event by its date follow the date; those by its name are due to it."""
    lines = copy.lines("cases")
    at = next(n for n, each in enumerate(lines) if each is line)
    own = [line.text]
    while at + 1 < len(lines) and re.match(r"      \s*[^ -]", lines[at + 1].text):
        at += 1
        own.append(lines[at].text)
    names = re.findall(r"\b(?:id: ([\w-]+)|(line: [0-9]))", "\n".join(own))
    for each in copy.lines("seeds"):
        if any(
            re.search(rf"of: {a or b.replace(':', '')}(?: end)?[,}}]", each.text) for a, b in names
        ):
            each.due = (*each.due, NOW)
    for lines in copy.files.values():
        for line in lines:
            changed = re.sub(rf"\b{kind} {was}(?![0-9-])", f"{kind} {now}", line.text)
            line.due = (*line.due, NOW) if changed != line.text else line.due
            line.text = changed


def wrong_month(copy: Copy, draw: random.Random):
    every = _dated(copy)
    if not every:
        return None
    line, entry = draw.choice(every)
    was = entry["date"]
    month = draw.choice([f"{n:02}" for n in range(1, 13) if f"{n:02}" != was[5:7]])
    now = f"{was[:5]}{month}{was[7:]}"
    done = _change(line, f"{entry['kind']}: {was}", f"{entry['kind']}: {now}")
    _refer(copy, line, entry["kind"], was, now)
    return done[0], was, now


def exchanged_digits(copy: Copy, draw: random.Random):
    every = [each for each in _dated(copy) if len(each[1]["date"]) == 10]
    if not every:
        return None
    line, entry = draw.choice(every)
    was = entry["date"]
    forms = [f"{was[:5]}{was[8:]}-{was[5:7]}", f"{was[:8]}{was[9]}{was[8]}",
             f"{was[:5]}{was[6]}{was[5]}{was[7:]}"]  # fmt: skip
    forms = [each for each in forms if each != was and "01" <= each[5:7] <= "12"
             and "01" <= each[8:] <= "28"]  # fmt: skip
    if not forms:
        return None
    now = draw.choice(forms)
    done = _change(line, f"{entry['kind']}: {was}", f"{entry['kind']}: {now}")
    _refer(copy, line, entry["kind"], was, now)
    return done[0], was, now


def exchanged_days(copy: Copy, draw: random.Random):
    """The dates of two events of different kinds: a scan, and an operation or a treatment."""
    every = _dated(copy)
    scans = [each for each in every if each[1]["kind"] == "scan"]
    others = [each for each in every if each[1]["kind"] in ("surgery", "treatment", "biopsy")]
    if not scans or not others:
        return None
    (one, a), (other, b) = draw.choice(scans), draw.choice(others)
    if a["date"] == b["date"]:
        return None
    _change(one, f"scan: {a['date']}", f"scan: {b['date']}")
    _change(other, f"{b['kind']}: {b['date']}", f"{b['kind']}: {a['date']}")
    _refer(copy, one, "scan", a["date"], b["date"])
    _refer(copy, other, b["kind"], b["date"], a["date"])
    return [one, other], a["date"], b["date"]


_UNITS = {"months": "weeks", "weeks": "months", "years": "months", "mg/m²": "mg", "mg": "g",
          "mg/day": "mg/m²", "IU/L": "U/mL", "U/mL": "IU/L", "Gy": "mg", "cm": "mm",
          "mm": "cm", "g/m²": "mg/m²", "mg/m²/cycle": "g/m²/cycle"}  # fmt: skip


def wrong_unit(copy: Copy, draw: random.Random):
    every = [(line, found) for line, _ in _free(copy, "seeds", _FIGURES)
             if (found := re.search(r"unit: (?P<unit>[^,}]+)", line.text))
             and found["unit"] in _UNITS]  # fmt: skip
    line, found = draw.choice(every)
    was = line.text
    done = _change(line, f"unit: {found['unit']}", f"unit: {_UNITS[found['unit']]}")
    return done[0], was, done[2]


def _drugs() -> tuple[str, ...]:
    from timeline.terminology.drugs import drug_table

    return tuple(name for name in drug_table() if " " not in name)


def wrong_drug(copy: Copy, draw: random.Random):
    lines = [line for line in copy.lines("cases") if line.error is None and "drugs:" in line.text]
    named = [(line, drug) for line in lines for drug in _drugs()
             if re.search(rf"\b{drug}\b", line.text)]  # fmt: skip
    if not named:
        return None
    line, drug = draw.choice(named)
    return _change(line, drug, draw.choice([each for each in _drugs() if each not in line.text]))


def wrong_drug_claimed(copy: Copy, draw: random.Random):
    every = [each for each in _free(copy, "seeds", ("name",))
             if each[1]["value"].lower() in _drugs()]  # fmt: skip
    if not every:
        return None
    line, entry = draw.choice(every)
    was = entry["value"]
    return _change(line, f"name: {was}", f"name: {draw.choice([d for d in _drugs() if d != was])}")


def wrong_place(copy: Copy, draw: random.Random):
    """A claim under another place, which has no claim of the same print."""
    lines = copy.lines("seeds")
    places = [at for at, each in enumerate(lines) if _PLACE.match(each.text)]
    if len(places) < 2:
        return None
    line, entry = draw.choice([each for each in _free(copy, "seeds", (*_FIGURES, "date"))
                               if each[0].text.rstrip().endswith("}")])  # fmt: skip
    at = next(n for n, each in enumerate(lines) if each is line)
    home = max(each for each in places if each < at)
    ends = dict(zip(places, [*places[1:], len(lines)], strict=True))
    value = f": {entry['value']},"
    away = [each for each in places if each != home
            and not any(value in other.text for other in lines[each : ends[each]])
            and not any("table:" in other.text for other in lines[each : ends[each]])]  # fmt: skip
    # the same sentence of the report in another of its paragraphs is another place
    target = lines[draw.choice(away)]
    lines.remove(line)
    lines.insert(next(n for n, each in enumerate(lines) if each is target) + 1, line)
    return [line], value.strip(":, "), target.text.strip()


def wrong_detail(copy: Copy, draw: random.Random):
    """A number of an event: a dose, a number of cycles or fractions, a value of a laboratory."""
    form = re.compile(
        r"(?:dose|cycles|fractions|ecog): (?P<a>[0-9.]+)|(?P<b>[0-9.]+) (?:mg|IU/L|U/mL)"
    )
    every = [(line, found) for line in copy.lines("cases")
             if line.error is None and "note:" not in line.text and "what:" not in line.text
             and (found := form.search(line.text))]  # fmt: skip
    if not every:
        return None
    line, found = draw.choice(every)
    was = found["a"] or found["b"]
    return _change(line, found[0], found[0].replace(was, _other_digit(was, draw)))


def dropped_event(copy: Copy, draw: random.Random):
    """An event with everything that refers to it; no other event has its date."""
    lines = copy.lines("cases")
    every = [(line, entry) for line, entry in _dated(copy)
             if sum(entry["date"] in other.text for other in lines) == 1]  # fmt: skip
    if not every:
        return None
    line, entry = draw.choice(every)
    at = next(n for n, each in enumerate(lines) if each is line)
    end = at + 1
    while end < len(lines) and re.match(r"      \s*\S", lines[end].text):
        end += 1
    if any(each.error is not None for each in lines[at:end]):
        return None
    alone = sum(each[1]["kind"] == entry["kind"] for each in _dated(copy)) == 1
    gone = [each.text for each in lines[at:end]]
    names = [f"{entry['kind']} {entry['date']}", *re.findall(r"\bid: ([\w-]+)", "\n".join(gone))]
    names += [entry["kind"]] if alone else []
    del lines[at:end]
    for claims in (copy.lines("seeds"),):
        kept, skipping = [], False
        for each in claims:
            if re.match(r"    - ", each.text):
                skipping = any(re.search(rf"{_KEYS}{re.escape(name)}(?: end)?[,}}]", each.text)
                               for name in names)  # fmt: skip
            elif not each.text.startswith("      "):
                skipping = False
            if not (skipping and each.error is None):
                kept.append(each)
            else:
                gone.append(each.text)
        claims[:] = kept
    return [], f"{entry['date']} {' '.join(gone)}", "nothing"


KINDS: dict[str, tuple[int, Plant]] = {
    "wrong place": (4, wrong_place),
    "dropped event": (2, dropped_event),
    "wrong digit of a figure": (7, wrong_digit),
    "wrong count": (4, wrong_count),
    "wrong month of a claim": (3, wrong_month_claimed),
    "wrong month of an event": (3, wrong_month),
    "exchanged digits of a date": (3, exchanged_digits),
    "exchanged days of two events": (2, exchanged_days),
    "wrong unit": (5, wrong_unit),
    "wrong drug of an event": (3, wrong_drug),
    "wrong drug of a claim": (2, wrong_drug_claimed),
    "wrong number of an event": (2, wrong_detail),
}


MOST_TRIES = 60  # to plant the errors of one kind


def plant(draw: random.Random, to: Path) -> tuple[list[PlantedError], dict[str, Copy]]:
    """Plant the errors, each so that the files still load.

    Where those planted before leave none of a kind that does, all are drawn again.
    """
    from timeline.views.case_report import checked

    copies = {name: Copy.of(name) for name in NAMES}
    errors: list[PlantedError] = []
    for kind, (number, planted) in KINDS.items():
        left, tries = number, 0
        while left:
            tries += 1
            if tries > MOST_TRIES:
                return plant(draw, to)
            name = draw.choice(NAMES)
            before = {
                f: [attrs.evolve(each) for each in ls] for f, ls in copies[name].files.items()
            }
            done = planted(copies[name], draw)
            if done is not None:
                file = copies[name].write(to)
                if not checked([file])[0].problems:
                    for line in done[0]:
                        line.error = len(errors)
                    for lines in copies[name].files.values():
                        for line in lines:
                            line.due = tuple(len(errors) if n == NOW else n for n in line.due)
                    errors.append(PlantedError(len(errors), kind, name, done[1], done[2]))
                    left -= 1
                    continue
            copies[name] = Copy(name, before)
    for copy in copies.values():
        copy.write(to)
    return errors, copies


def texts_of(folder: Path) -> dict[str, Path]:
    """The text of each report, by its name: the file that prints its DOI."""
    found = {}
    for name in NAMES:
        doi = re.search(r"(?m)^doi: (\S+)", (ROOT / "seeds" / f"{name}.yaml").read_text("utf-8"))
        for path in sorted(folder.iterdir()):
            if doi and path.is_file() and doi[1] in path.read_text("utf-8", "replace")[:8000]:
                found.setdefault(name, path)
    missing = [name for name in NAMES if name not in found]
    if missing:
        raise SystemExit(f"{folder}: no text with the DOI of {', '.join(missing)}")
    return found


def raised(file: Path, text: Path) -> Iterator[tuple[str, int, str, str]]:
    """What is raised: the folder and line of the file (0 for the text), the value, the message."""
    from timeline.views.case_report import checked
    from timeline.views.grounding_view import RAISED, ground_files

    result = checked([file])[0]
    assert result.case_report is not None, result.problems
    grounding = ground_files(result.case_report, text)
    for status in RAISED:
        for each in grounding.of(status):
            where = each.where
            yield Path(where.file).parent.name, where.line, each.item.what, each.fault
    for part in grounding.text_only:
        yield "", 0, grounding.index.report.text[part.start : part.end], f"{part.kind} not held"


def _belongs(error: PlantedError, copy: Copy, found: tuple[str, int, str, str]) -> bool:
    """Whether what is raised is due to an error: at its line, or the value that was replaced."""
    folder, line, what, fault = found
    lines = copy.lines(folder)
    at = [line, *map(int, re.findall(r"\b[0-9]+\b", fault.partition("in lines")[2]))]
    if any(error.number in _errors_at(lines, each - 1) for each in at if 0 < each <= len(lines)):
        return True
    return not folder and _printed(error.was, what)


def _errors_at(lines: list[Line], at: int) -> set[int | None]:
    """The errors in the entry that begins at a line: a message names its first line."""
    found = {lines[at].error, *lines[at].due}
    for line in lines[at + 1 :]:
        if re.match(r"\s*- |\s*$|  ?[^ ]|    [^ -]", line.text):
            break
        found |= {line.error, *line.due}
    return found


def _printed(was: str, text: str) -> bool:
    """Whether a part of the text is the value that an error replaced."""
    found = re.match(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?(?![0-9])", was)
    if found:
        month = _MONTHS[int(found[2]) - 1]
        day = str(int(found[3])) if found[3] else ""
        if month in text and day in (*re.findall(r"[0-9]+", text), ""):
            return True
    return text.lower() in was.lower() or was.lower().strip(": ") in text.lower()


def main(folder: Path, seed: int) -> None:
    """Print what is found and raised; exit 1 unless all is found and nothing else raised."""
    texts = texts_of(folder)
    unchanged = [
        each for name in NAMES for each in raised(ROOT / "seeds" / f"{name}.yaml", texts[name])
    ]
    report(f"unchanged files: {len(unchanged)} raised")
    for each in unchanged:
        report(f"  {each}")
    to = Path(tempfile.mkdtemp())
    try:
        errors, copies = plant(random.Random(seed), to)
        hits: set[int] = set()
        others = []
        for name in NAMES:
            for each in raised(to / "seeds" / f"{name}.yaml", texts[name]):
                mine = [
                    error
                    for error in errors
                    if error.name == name and _belongs(error, copies[name], each)
                ]
                hits |= {error.number for error in mine}
                others += [] if mine else [(name, *each)]
    finally:
        shutil.rmtree(to)
    for kind, (number, _) in KINDS.items():
        found = sum(error.kind == kind and error.number in hits for error in errors)
        report(f"{kind}: {found} of {number}")
    for error in errors:
        if error.number not in hits:
            report(f"  missed: {error.kind} in {error.name}: {error.was} became {error.now}")
    for other in others:
        report(f"  raised on the rest: {other}")
    report(
        f"seed {seed}: {len(hits)} of {len(errors)} errors found, {len(others)} raised on the rest"
    )
    if len(hits) < len(errors) or others or unchanged:
        raise SystemExit(1)


def report(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2025)
