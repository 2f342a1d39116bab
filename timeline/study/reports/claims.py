"""The numbers of a study as claims of a report, which ``timeline audit`` checks.

Only what is printed as one number is a claim: a range of what records allow is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from timeline.exchange.yaml_writer import flow_text
from timeline.study.analyses import ANALYSES
from timeline.study.counting import ANY, ANY_EVENT, GRADES, SEVERE
from timeline.study.patient_values import YES
from timeline.study.printed.counts import level_form
from timeline.study.reports.printed import Figure, figures, p_value, text, years
from timeline.study.summary import StudySummary

_OF = {row.name: row for row in ANALYSES}
_Claim = dict[str, Any]
_PLACES = {"baseline": "Baseline characteristics", "response": "Response", "exposure": "Exposure"}


def claims_text(summary: StudySummary) -> str:
    """The report file of a study: every number that its report prints, a claim each."""
    cohort = summary.cohort
    found: dict[str, list[_Claim]] = {}
    level = f"{cohort.settings.confidence_level} %"
    for place, claim in _claims(summary):
        stated = {"level": level} if "ci" in claim else {}
        found.setdefault(place, []).append({**claim, **stated})
    lines = [
        "# Made by timeline study: the numbers of its report as claims.\n",
        f"source: {flow_text(cohort.name)}\n",
        f"title: {flow_text(f'Study report: {cohort.name}')}\n",
        "claims:\n",
    ]
    for place, claims in found.items():
        lines.append(f"  {flow_text(place)}:\n")
        for claim in claims:
            lines += _table(claim) if "table" in claim else [f"    - {flow_text(claim)}\n"]
    return "".join(lines)


def _table(claim: _Claim) -> Iterator[str]:
    """A table on lines of its own, a row a line."""
    *first, (_, rows) = claim.items()
    for number, (name, value) in enumerate(first):
        yield f"    {' ' if number else '-'} {name}: {flow_text(value)}\n"
    yield "      rows:\n"
    for term, counts in rows.items():
        yield f"        {flow_text(term)}: {flow_text(counts)}\n"


def _claims(summary: StudySummary) -> Iterator[tuple[str, _Claim]]:
    every = tuple(figures(summary))
    open_ = {(each.variable, each.population) for each in every if not each.is_one("n")}
    for each in every:
        match each.context:
            case "categorical" if each.is_one("n"):
                title = _OF[each.variable].title(summary.cohort.settings)
                for claim in _category(each, title, (each.variable, each.population) not in open_):
                    yield _PLACES[_OF[each.variable].table], claim
            case "continuous" if each.is_one("median", "min", "max") and each.variable == "age":
                yield _PLACES["baseline"], _age(each)
            case "rate" if each.is_one("n"):
                for claim in _rate(each, summary.cohort.settings.limits_of_rates):
                    yield "Response rates", claim
            case "survival_counts" if each.is_one("n", "n.event"):
                yield "Times to events", {"events": text(each.row("n.event"), 0),
                                          "of": each.variable, **_who(each, each)}  # fmt: skip
            case "survival_quantile" | "follow_up_quantile" | "survival_rate":
                counts = next(own for own in every if own.is_count_of(each))
                if counts.is_one("n") and (claim := _time(each, counts)):
                    yield "Times to events", claim
            case "hazard_ratio" if each.is_one("estimate", "conf.low", "p.value"):
                if not each.group:
                    yield "Hazard ratios", _ratio(each, summary.arms)
    for each in every:
        # the table of an audit holds terms; of any event only the sum and the severe ones are told
        if each.variable == ANY_EVENT and each.level in (ANY, SEVERE) and each.is_one("n"):
            yield "Adverse events", {"count": each.count, "about": "patients with adverse events",
                                     "grade": each.level, **_who(each, each)}  # fmt: skip
    if rows := _adverse_event_rows(every):
        size = next(text(each.row("N"), 0) for each in every if each.context == "adverse_event")
        yield (
            "Adverse events",
            {
                "table": "adverse events",
                "columns": [*(f"grade {each}" for each in GRADES), "total"],
                "n": size,
                "group": "treated",
                "rows": rows,
            },
        )


def _who(each: Figure, counts: Figure) -> _Claim:
    name = "N" if counts.has("N") else "n"
    group = f"{each.population}, {each.group}" if each.group else each.population
    return {"group": group, "n": text(counts.row(name), 0)}


def _category(each: Figure, title: str, whole: bool) -> Iterator[_Claim]:
    """A count and its share; ``whole``: every category is a claim, so that they add up."""
    row = _OF[each.variable]
    level = title if each.level == YES else each.level
    form = level_form(row.name)
    own: _Claim = {"about": form.format(level=level)}
    if whole and each.level != YES:
        own["among"] = title
    yield {"count": each.count, **own, **_who(each, each)}
    yield {"percent": each.percent, **own, **_who(each, each)}


def _age(each: Figure) -> _Claim:
    return {
        "age": years(each.row("median")),
        "unit": "years",
        "about": "age",
        "statistic": "median",
        "range": f"{text(each.row('min'), 0)} to {text(each.row('max'), 0)}",
        "group": each.population,
        "n": text(each.row("n"), 0),
    }


def _rate(each: Figure, methods: tuple[str, ...]) -> Iterator[_Claim]:
    for name in methods:
        yield {"percent": each.percent, "about": each.variable, "ci": each.limits(name),
               **_who(each, each), "note": f"limits by {name}"}  # fmt: skip


def _ratio(each: Figure, arms: tuple[str, ...]) -> _Claim:
    """A hazard ratio of all patients; those of subgroups are not told."""
    reference, other = arms
    return {"HR": text(each.row("estimate"), 2), "about": each.variable, "ci": each.limits("", 2),
            "p": p_value(each.row("p.value")), "group": other, "than": reference}  # fmt: skip


def _time(each: Figure, counts: Figure) -> _Claim:
    """A median or a rate; empty where it is not one number."""
    row = each.row("estimate") if each.has("estimate") else each.row("n.risk")
    value = text(row, 1)
    if not row.is_one and value != "not reached":
        return {}
    limits = each.limits()
    ci = {"ci": limits} if limits and limits.count("not reached") < 2 else {}
    if each.context == "survival_rate":
        if not each.is_one("estimate"):
            return {}
        return {"rate": value, "of": each.variable, "at": each.level, **ci, **_who(each, counts)}
    kind = each.variable if each.context == "survival_quantile" else "follow-up"
    ci = ci if kind != "follow-up" else {}
    return {kind: value, "unit": "months", "statistic": "median", **ci, **_who(each, counts)}


def _adverse_event_rows(every: tuple[Figure, ...]) -> dict[str, list[str]]:
    """Patients of each grade and in all, of the terms whose counts are all one number."""
    found: dict[str, dict[str, Figure]] = {}
    for each in every:
        if each.context == "adverse_event" and each.variable != ANY_EVENT:
            found.setdefault(each.variable, {})[each.level] = each
    return {
        term: [levels[each].count for each in (*GRADES, ANY)]
        for term, levels in found.items()
        if all(each.is_one("n") for each in levels.values())
    }
