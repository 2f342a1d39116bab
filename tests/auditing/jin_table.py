"""Jin 2025 read claim by claim: what is wrong, what is in doubt, what is sound.

Each row gives the place, the claim, the rule that must find it, and the reason: the hand
arithmetic (months are days / 30.4375) or the other print. Nothing here comes from an audit.
"""

from __future__ import annotations

from tests.auditing.by_report import ok, row, words

DATA1, DATA2 = "Case data, paragraph 1", "Case data, paragraph 2"
D1, D2, D3, D4 = (f"Discussion, paragraph {number}" for number in (1, 2, 3, 4))
D6, D7 = "Discussion, paragraph 6, the trials", "Discussion, paragraph 7"
D6_FIRST, LAST = "Discussion, paragraph 6, first sentences", "Discussion, last paragraph"
OTHERS, END = f"{LAST}, other series", f"{LAST}, conclusion"
REFERENCES = "References"
TKI, ICI = "the tyrosine kinase inhibitor of the study", "the checkpoint inhibitor of the study"

FOUND = [
    row("Abstract", "PFS line 1: about 16 months", "C01", "2021-04-16 to 2023-06-09, 784 days"),
    row(LAST, "PFS line 1: 16 months", "C01", "784 days are 25.76 months, 602 days 19.78"),
    row(END, "PFS line 1: 16 months", "C01", "the same print again"),
    row(DATA2, "name the anti-PD-1 antibody: Amplizumab", "C17", "penpulimab"),
    row(LAST, "name the anti-PD-1 antibody: Panapril", "C17", "penpulimab"),
    row(LAST, "name line 1 the anti-PD-1 antibody: antiproprazole", "C17", "penpulimab"),
    row(LAST, "name the anti-PD-1 antibody: paclitaxel", "C17", "a taxane, no antibody"),
    row(END, "name line 1 the anti-PD-1 antibody: clopidogrel", "C17", "an antiplatelet drug"),
    *(
        row(place, "name line 1 the tyrosine kinase inhibitor: arotinib", "C17", "anlotinib")
        for place in ("Introduction, paragraph 2", DATA2, LAST, END)
    ),
    *(
        row(OTHERS, f"name {TKI} ({study}): arotinib",
            "C17", "anlotinib in the title of the reference")
        for study in ("Sun 2022", "Li 2021")
    ),
    row(D7, f"name {TKI} (Wilky 2019): acitinib", "C17",
        "axitinib in the title of the reference"),
    row(D7, f"name {ICI} (Wilky 2019): pabolistumab", "C17",
        "pembrolizumab in the title of the reference"),
    row(D7, f"name {ICI} (NCT03798106): Devalumab", "C17",
        "durvalumab in the title of the reference"),
    row(D7, f"name {TKI} (NCT03798106): pezopanib", "C17",
        "pazopanib in the title of the reference"),
    row("Introduction, paragraph 2", "name second-line tyrosine kinase inhibitor beside anlotinib "
        "(soft tissue sarcoma): Pazotinib", "C17", "pazopanib"),
    row(LAST, "grade hypothyroidism: 1", "C24", "a thyroid hormone is given from grade 2 on"),
    row("Introduction, paragraph 1", "name subject of reference 1: origin of soft tissue sarcoma",
        "K41", "by its title, survivorship statistics"),
    row(f"{LAST}, on Li 2021", "name abbreviation of dedifferentiated liposarcoma: DDLS", "C26",
        "DDLPS elsewhere"),
    row(D3, "name subject of reference 15: trial of anlotinib against placebo", "K41",
        "by its title, autophagy in cells"),
    row(D6, "name subject of reference 28: SARC028", "K41", "by its title, epacadostat"),
    row(D7, "percent ORR (Wilky 2019): 54.5", "K40", "6/12 = 50.0, 7/12 = 58.3; 6/11 = 54.5"),
    row(D6_FIRST,
        "name liposarcoma that responded (SARC028): undifferentiated liposarcoma", "C36",
        "dedifferentiated in the account of the trial"),
]  # fmt: skip

DOUBTED = [
    row("Abstract", "PFS line 1: about 16 months", "C08", "no progression is recorded"),
    row(LAST, "PFS line 1: 16 months", "C08", "no progression is recorded"),
    row(D7, "rate of PFS at 3 months (Wilky 2019): 61.9", "K40",
        "above half at 3 months: a median of 3.0 must be 3.00 to 3.05"),
    row(D7, "percent ORR (Wilky 2019): 25", "K40", "8/33 = 24.24, 9/33 = 27.3; 8/32 = 25"),
    *(
        row(place, "ordinal line 1 line of the combination: first", "C11",
            "anlotinib alone came first; nothing progressed between")
        for place in ("Abstract", "Introduction, paragraph 2", LAST, END)
    ),
    row("Abstract", "name age group of the patient: young", "C22",
        "39 in January 2014 is 46 or 47 in April 2021"),
    row("Abstract", "name tumour type: well-differentiated soft tissue sarcoma", "C36",
        "liposarcoma elsewhere, which is one"),
    row(END, "name tumour type: well differentiated retroperitoneal sarcoma", "C36",
        "liposarcoma elsewhere, which is one"),
    row(D2, "name drug of second line (soft tissue sarcoma): trobertainine", "C17",
        "no drug is called so; trabectedin is given second-line"),
    *(
        row(D3, f"name {TKI} ({study}): arotinib", "C17", "on no list, and printed alone")
        for study in ("ALTER0203", "Wang 2022")
    ),
]  # fmt: skip

WORDS = [
    words("Abstract", "PFS line 1: about 16 months", "602 days, 19.78 months", "the combination"),
    words(LAST, "PFS line 1: 16 months", "censored", "no progression is on record"),
    words(LAST, "PFS line 1: 16 months", "scan 2022-02-14", "480 days, 15.77 months"),
    words(D4, "median PFS at 18 weeks (Wang 2022): 11.5 months", "at 18 weeks, 126 days at most",
          "18 weeks are 4.14 months; ORR and DCR are of 18 weeks too, so it may be theirs alone"),
    words(D7, "percent ORR (Wilky 2019): 54.5", "11 patients in place of 12",
          "6/11 = 54.5, one of the twelve not counted"),
]  # fmt: skip

SOUND = [
    ok(REFERENCES, "name subject of reference 17: epirubicin and maintenance with anlotinib", "so"),
    ok(OTHERS, "name subject of reference 37: anlotinib with PD-1 inhibitors", "as its title"),
    ok(OTHERS, "name subject of reference 39: anlotinib in liposarcoma", "as its title"),
    ok(REFERENCES, "name subject of reference 27: SARC028", "as in the sentence"),
    ok(REFERENCES, "name subject of reference 34: Sunitinib in alveolar soft part sarcoma", "so"),
    ok(DATA1, "date of second-surgery: January 21, 2019", "three days after the ultrasound"),
    ok(DATA2, "date of combination: October 15, 2021", "182 days after line 1 began"),
    ok(DATA2, "name side of the kidney that was removed: left", "left at both places"),
    ok(DATA2, "name side of the tumour: left", "left throughout"),
    ok(DATA2, "response of anlotinib-CT: SD", "stable"),
    ok(DATA2, "dose penpulimab: 200 mg", "usual"),
    ok("Abstract", "count operations before the recurrence: two", "2014 and 2019"),
    ok(D1, "percent share of adult tumours (soft tissue sarcoma): 1", "as in the Introduction"),
    ok(D1, "rate of DSS at 10 years (retroperitoneal sarcoma): 35",
       "below the 50 at 5 years"),
    ok(D2, "median OS (von Mehren 2022): 14 months", "PFS 4.2"),
    ok(D3, "word PFS (ALTER0203): longer", "6.27 is longer than 1.47"),
    ok(D3, "risk-reduction PFS (ALTER0203): 67", "no ratio is printed"),
    ok(D4, "percent ORR at 18 weeks (Wang 2022): 13.3", "4/30 = 13.33"),
    ok(D4, "percent DCR at 18 weeks (Wang 2022): 80", "24/30"),
    ok(D6, "percent ORR (SARC028 expansion): 10", "4/39 = 10.26"),
    ok(D7, "percent ORR (Wilky 2019): 9.5", "2/21, and 33 - 12 = 21"),
    ok(D7, "percent ORR (Wilky 2019): 25", "8/33 = 24.24 cut up; 8/32 = 25"),
    ok(D7, "median PFS (Wilky 2019): 12.4 months", "above 3 months with 72.7 % at 3 months"),
    ok(D7, "percent CR (NCT03798106): 2.2", "1/46 = 2.17"),
    ok(D7, "percent PR (NCT03798106): 28.3", "13/46 = 28.26"),
    ok(D7, "percent SD (NCT03798106): 58.7", "27/46 = 58.70"),
    ok(D7, "percent ORR (NCT03798106): 30.4", "14/46 = 30.43"),
    ok(D7, "percent DCR (NCT03798106): 89.1", "41/46 = 89.13"),
    ok(OTHERS, "percent ORR (Sun 2022): 34.4", "no denominator; 11/32 would do"),
    ok(OTHERS, "percent ORR (You 2021): 36.6", "no denominator; 15/41 would do"),
    ok(OTHERS, "rate of PFS at 24 weeks (Li 2021): 58.8", "above half, and 27.9 > 24 weeks"),
    ok(OTHERS, "OS (Li 2021): 56.6 weeks", "not below the PFS of 27.9"),
    ok(OTHERS, "percent DCR (Li 2021): 64.7", "no denominator; 11/17 would do"),
    ok("Keywords", "name line 1 the anti-PD-1 antibody: penpulimab", "as in the title"),
    ok(LAST, "word line 1 PFS: longer", "the series it is longer than is not named"),
]  # fmt: skip
