"""Wang 2023 read claim by claim: what is wrong, what is in doubt, what is sound.

Each row gives the place, the claim, the rule that must find it, and the reason: the hand
arithmetic (months are days / 30.4375) or the other print. Nothing here comes from an audit.
"""

from __future__ import annotations

from tests.auditing.by_report import ok, row, words

CASE, CASE2 = "Case presentation, paragraph 1", "Case presentation, paragraph 2"
D1, D2, D3, D4 = (f"Discussion, paragraph {number}" for number in (1, 2, 3, 4))
F2, F3 = "Figure 2 legend", "Figure 3 legend"
REFERENCES = "References"

FOUND = [
    row("Abstract", "PFS line 4: 8.4 months", "C01", "121 to 181 days, 3.98 to 5.95 months"),
    row(CASE, "PFS line 4: 8.4 months", "C01", "the same print again"),
    row("Abstract", "PFS line 4: 8.4 months", "C09", "213 to 273 days to iCPD: 7.00 to 8.97"),
    row(CASE, "name bone of the primary tumour: talus", "C26", "femur in the Abstract"),
    *(
        row(CASE, f"lab serum {enzyme}: 14.39 U/mL", "C25", "14.39 U/mL is 14,390 U/L, yet normal")
        for enzyme in ("amylase", "lipase")
    ),
    row(CASE, "name side of the femoral tumour: left", "C16", "right at every other place"),
    row(D2, "interval from adjuvant-RT end to scan 2020-04: within 8 months", "C27",
        "2019-05-31 to 2020-04-01 is 306 days, 10.05 months at least"),
    row(D2, "interval from adjuvant-RT end to scan 2021-05: within 8 months", "C27",
        "2019-05-31 to 2021-05-01 is 701 days, 23.03 months at least"),
    row(D2, "name pancreatic metastasis of May 2021: progression", "C26", "new in the case"),
    row(D3, "percent ORR (Tawbi 2017): 17.5", "K40", "4 + 2 + 1 = 7 of 30 is 23.3; 7/40 = 17.5"),
    *(
        row(D2, f"word {of} (Blay 2019): superior", "K40", why)
        for of, why in (("PFS", "2.2 < 2.6"), ("OS", "12.7 < 13.0"), ("ORR", "5 < 7 %"))
    ),
    row("Introduction, paragraph 2", "name subject of Miller 2020: trials in leiomyosarcoma", "K41",
        "by its title, cancer statistics of the young"),
    row(D3, "name subject of Tawbi 2017: penpulimab", "K41", "by its title, pembrolizumab"),
    row(D3, "median interval from line 1 end to line 4: 14 months", "C31", "of one patient"),
    row(D3, "name how works are cited: [5]", "C26", "by author and year elsewhere"),
    row(D4, "name how works are cited: (39)", "C26", "by author and year elsewhere"),
    row(D4, "name local treatment of the liver metastasis: received", "C21", "planned"),
    row("Figure 1 legend", "name tumour type: lymphoma", "C36", "leiomyosarcoma"),
    row("Figure 1 legend, last sentence", "size magnification of panel A of Figure 1: 200 ×",
        "C26", "10 × of the same panel"),
    row(F2, "ordinal line 3 line of eribulin: second", "C11", "third, after anlotinib and GT"),
    row(F2, "range panels of Figure 2: D–E", "C20", "D to F in the text"),
    row(F2, "range panels of Figure 2: G–I", "C20", "the legend has no panel F before it"),
    row(F2, "response of scan 2022-02: PD", "C30", "targets shrunk: PR or SD"),
    row(F2, "response of scan 2022-02: PD", "C18", "PR in the text"),
    row(F2, "date panels G to I of Figure 2: May 2022", "C19", "August 2022 in the text"),
    row(F3, "range panels of Figure 3: A–F", "C20", "A to E in the text"),
    row(F3, "range panels of Figure 3: F–J", "C20", "F is in A to F too"),
    row(F3, "date panels A to F of Figure 3: September 2021", "C19", "May 2021 in the text"),
    row(F3, "response of scan 2022-02: PD", "C30", "targets shrunk: PR or SD"),
    row(F3, "date panels P to T of Figure 3: May 2022", "C19", "August 2022 in the text"),
    row("Author contributions", "name initials of the fourth author: XY", "C26", "XZ"),
    row(REFERENCES, "name first author cited on histotypes: Roulleaux Dugage", "C26",
        "Rouilleaux in the text"),
]  # fmt: skip

DOUBTED = [
    *(
        row(place, "OS: over 60 months", "C01", "50.04 to 62.72 months from diagnosis")
        for place in ("Abstract", "Introduction, paragraph 3", CASE2)
    ),
    *(
        row("Abstract", "OS: over 60 months", rule, why)
        for rule, why in (
            ("C05", "4 and 8 months fill June 2020 to May 2021 to the brim"),
            ("C23", "no origin named: 63.44 to 64.33 months from symptom to receipt"),
            ("C33", "until now, and no day"),
            ("C34", "2018-08-01 to the receipt on 2023-06-13 is 1777 days, 58.38 months"),
        )
    ),
    row(CASE, "PFS line 2: 8 months", "C01", "0 to 242 days: 7.95 months at the very most"),
    row(D3, "interval from line 4 to scan 2022-02: 3 months", "C27", "32 to 89 days, up to 2.92"),
    row(CASE2, "response of scan 2022-08: iCPD", "C10", "62 to 122 days after iUPD"),
    row(D1, "name subject of Wang 2021: metastatic sarcoma", "K41",
        "by its title, and in the list of the same paragraph, sarcomatoid carcinoma"),
]  # fmt: skip

WORDS = [
    words("Abstract", "PFS line 4: 8.4 months", "213 to 273 days", "up to the iCPD"),
    words("Abstract", "OS: over 60 months", "1707 to 2090 days", "from the first symptom"),
    words(CASE, "lab serum amylase: 14.39 U/mL", "14390", "14.39 x 1000 U/L"),
    words(D3, "median interval from line 1 end to line 4: 14 months", "median of one patient",
          "of one patient"),
    words(D3, "percent ORR (Tawbi 2017): 17.5", "cannot be a share of fewer than 40 patients",
          "7/40 = 17.5, with the ten leiomyosarcomas"),
]  # fmt: skip

SOUND = [
    ok(CASE, "PFS line 1: 4 months", "93 to 152 days, 3.06 to 4.99 months"),
    ok(CASE, "PFS line 2: 8 months", "up to 242 days, 7.95 months: the extreme, but allowed"),
    ok(D3, "interval from line 4 to scan 2022-02: 3 months", "32 to 89 days, up to 2.92"),
    ok(D4, "interval from line 4 to scan 2022-08: more than 8 months", "213 to 273 days"),
    ok(CASE, "count line 1 cycles: seven", "6 x 21 = 126 days, within 93 to 152"),
    ok(CASE, "count line 3 cycles: two", "21 days, within 0 to 121"),
    ok(CASE, "count cycles: two", "21 days between August and 5 December 2018"),
    ok(CASE, "dose doxorubicin: 75 mg/m²", "usual; (2 + 3) x 75 = 375, below 450"),
    ok(CASE, "dose ifosfamide: 1.8 g/m²", "5 x 1.8 = 9 g/m² a cycle, usual"),
    ok(CASE, "dose line 2 gemcitabine: 1,000 mg/m²", "usual"),
    ok(CASE, "dose line 2 docetaxel: 75 mg/m²", "usual"),
    ok(CASE, "dose line 3 eribulin: 1.4 mg/m²", "usual"),
    ok(CASE, "dose line 4 penpulimab: 200 mg", "usual"),
    ok(CASE, "dose line 4 lenvatinib: 8 mg/day", "usual"),
    ok(CASE, "dose denosumab: 120 mg", "usual"),
    ok(CASE, "dose line 1 anlotinib: 12 mg", "usual"),
    ok(CASE, "dose adjuvant radiotherapy: 50 Gy", "25 x 2 Gy"),
    ok(CASE2, "dose radiotherapy of the new lung lesion: 30 Gy", "30 / 10 = 3.0 Gy"),
    ok(CASE, "age at presentation: 49 years", "printed once"),
    ok(CASE, "score ECOG performance status: 3", "0 to 5"),
    ok(CASE, "score pain by the numeric rating scale: 7", "0 to 10"),
    ok(CASE, "range panels of Figure 2: A–C", "as in the legend"),
    ok(F2, "range panels of Figure 2: J–L", "as in the text"),
    ok(F3, "range panels of Figure 3: U–Y", "as in the text"),
    ok(F3, "range panels of Figure 3: K–O", "as in the text"),
    ok("Supplementary Figure S1 legend", "range panels of Supplementary Figure S1: E–H", "same"),
    ok(F2, "date of scan 2022-02: February 2022", "as in the text"),
    ok(F3, "date of scan 2022-11: November 2022", "as in the text"),
    ok(CASE2, "response of scan 2022-05: iUPD", "a new lesion, the rest smaller"),
    ok(CASE2, "response of scan 2022-08: iCPD", "the new lesion grew"),
    ok(D3, "response of scan 2022-02: PR", "shrunk: PR or SD"),
    ok(CASE2, "name side of the new lung lesion: right", "another organ than the femur"),
    ok(CASE2, "name lobe of the liver with the new metastasis: right", "another organ"),
    ok(D4, "name local treatment of the lung lesion: received", "30 Gy in September 2022"),
    ok("Figure 1 legend", "name stains that were positive: desmin, calponin, caldesmon, SMA, MIB1",
       "the same five at three places"),
    ok(D1, "name stains that were negative: S100, CR, NF, SATB2", "CR is a stain here"),
    ok(D1, "percent primary leiomyosarcoma among primary bone malignancies "
       "(Wang and Lucas 2019): less than 0.7", "thrice the same"),
    ok(D1, "name year of the first description (Evans and Sanerkin 1965): 1965", "so cited"),
    ok(D3, "name subject of Avutu 2023: lenvatinib and pembrolizumab", "as its title"),
    ok(D3, "percent ORR (NCT03798106): 28.3", "no denominator; 13/46 would do"),
    ok(D2, "median OS (Novotny and George 2021): approximately 1 year", "others"),
    ok(D3, "count ORR (Tawbi 2017): 4", "4 of 10"),
    ok(D3, "rate of PFS at 3 months (Wilky 2019): 65.6", "a rate of a curve, not a count"),
    ok(D3, "percent SD (You 2021): 50", "8/16 = 50"),
    ok(D3, "median OS (Liu 2021): 11.7 months", "not below the PFS of 3.3"),
    ok(D4, "percent dissociated response (Guan 2022): 12.5", "groups, no parts of 100 %"),
    ok(D3, "name subject of Wilky 2019: pembrolizumab with axitinib", "as its title"),
    ok(D4, "name subject of Sato 2021: dissociated response to nivolumab", "as its title"),
    ok(D4, "name subject of Liniker 2016: radiotherapy with anti-PD-1 in melanoma", "so"),
    ok(D4, "word OS (Sato 2021): longer", "46.9 is longer than 8.2"),
    ok(REFERENCES, "name subject of Blay 2019: eribulin and dacarbazine in leiomyosarcoma",
       "the words of the sentence are in the title"),
]  # fmt: skip
