"""What a trial protocol defines about lines, endpoints and censoring: one row a question."""

from __future__ import annotations

from timeline.core.frozen_class import frozen
from timeline.settings.setting import choice, count, several, switch
from timeline.terminology.criteria import TERMS

# the answers of pfs_policy by the titles that a reader knows
POLICY_TITLES = {
    "fda_a": "FDA table A",
    "fda_b": "FDA table B",
    "fda_c": "FDA table C",
    "ema": "EMA 2012",
}


def policy_words(name: str) -> str:
    """A censoring policy by its title and its answer: ``FDA table A (fda_a)``."""
    return f"{POLICY_TITLES[name]} ({name})" if name in POLICY_TITLES else name


@frozen(kw_only=True)
class EndpointSettings:
    """The settings of lines, endpoints and censoring."""

    pfs_policy: str = choice(
        25,
        "fda_a fda_b fda_c ema",
        description="what censors progression-free survival: documented progression only (fda_a), "
        "dated by the scheduled visit (fda_b), the investigator's claims too (fda_c), or every "
        "event at its date (ema)",
        disagreement="FDA 2018 appendix, tables A, B and C, against EMA 2012 Appendix 1",
    )
    missed_visits: int = count(
        26,
        2,
        description="visits missed in a row before progression or death that censor it",
        disagreement="FDA 2018: two or more; EMA 2012: the event counts whatever was missed",
    )
    assessment_days: int | None = count(
        27,
        None,
        description="days from one planned assessment to the next; none: the record states no "
        "schedule, so no visit counts as missed",
        disagreement="set by each protocol; case reports seldom print it",
    )
    visit_window_days: int = count(
        28,
        7,
        description="days by which a planned assessment may be early or late",
        disagreement="set by each protocol, 7 days are usual",
    )
    baseline_not_on_record: str = choice(
        29,
        "unknown missing",
        description="a line without a baseline on record: it may only not be printed, or none was "
        "made and the policy's row of no baseline applies",
        disagreement="FDA 2018 censors at the start; a case report is no case report form",
    )
    addon_without_pd: str = choice(
        30,
        "same_line new_line",
        description="a drug added without progression: the same line, or a new one; of the two "
        "starts the one gives the main figure, the other is reported as well",
        disagreement="no standard; reports and protocols do either",
    )
    count_adjuvant_as_line: str = choice(
        31,
        "no yes yes_if_relapse_within_180d",
        description="treatment with curative intent counts as a line by rule: never, always, or "
        "where the disease came back within 180 days of its end; the numbers of the report stay",
        disagreement="Saini 2021 counts it apart; many protocols count it after early relapse",
    )
    local_therapy_ends_pfs: str = choice(
        32,
        "no censor event",
        description="surgery, radiotherapy, ablation or embolisation after the start of a line and "
        "before progression: passed over, new anticancer therapy, or an event",
        disagreement="protocols differ; radiotherapy of one lesion under an unchanged drug is no "
        "new line",
    )
    discontinuation_gap_days: int = count(
        33,
        120,
        also=(90,),
        description="days without the drug on record after which it was stopped for good",
        disagreement="Friends of Cancer Research 2018: 120; other registries use 90",
    )
    exposure_plus_one: bool = switch(
        34,
        True,
        description="exposure counts the first and the last day both",
        disagreement="usual for exposure; times to an event are end less start",
    )
    also_judged_by: tuple[str, ...] = several(
        35,
        tuple(TERMS),
        description="criteria that every line is derived under, besides its own and RECIST 1.1",
        disagreement="a report may judge one line by several criteria",
    )
    timepoint_days: int = count(
        51,
        14,
        also=(0, 7),
        description="days within which scans that report different lesions are one time point; "
        "scans that name one timepoint: are one whatever their dates",
        disagreement="set by each protocol or imaging charter; visit windows of 7 to 14 days are "
        "usual",
    )
    pfs2_next_line_ends: str = choice(
        47,
        "censored proxy any_line",
        description="PFS2 where the next line ended without progression: censored at its last "
        "assessment, its end as a proxy for progression, or the first progression on any later "
        "line",
        disagreement="EMA 2012: the end or stopping of next-line treatment may be a proxy where "
        "its progression cannot be determined; trials that count objective progression on any "
        "further line do either; a stop for toxicity is no progression",
    )
    efs_progression: str = choice(
        48,
        "precludes_surgery any",
        description="EFS: progression before planned surgery is an event where no operation "
        "follows it, or in any case",
        disagreement="FDA 2018: progression that precludes surgery; some protocols count any",
    )
    death_before_first_scan: str = choice(
        49,
        "missed_visits event",
        description="a death before the first assessment, after as many visits missed as censor "
        "it: censored at the start, or an event at its date",
        disagreement="FDA 2018 has two rows for it: death before the first assessment is an event "
        "at death, death after missed visits is censored at the last assessment",
    )
    baseline_max_days: int = count(
        52,
        28,
        also=(35,),
        description="days before the start of a line within which a scan of the line before is "
        "its baseline, and from which any baseline scan is remarked on as old",
        disagreement="Eisenhauer 2009 3.2: 4 weeks; protocols allow up to 5 or 6",
    )
    fdg_new_lesions: str = choice(
        60,
        "follow_up pd ignored",
        description="a new lesion on FDG-PET alone, with no PET at baseline: in doubt until CT "
        "shows it, and then dated by the PET; progression at once; or left out",
        disagreement="Eisenhauer 2009 4.3.5: follow-up by CT; reports often call it progression; "
        "protocols without FDG-PET leave it out",
    )
