"""A report that was written for the tests, and its two files. No patient and no study is real."""

TEXT = """\
Made-up report of one patient

A. Author, B. Author

Abstract

A patient with sarcoma had a partial response to penpulimab plus lenvatinib, with a
progression-free survival of 8\N{MIDDLE DOT}4 months and an overall survival of over 60 months.

Introduction

In an earlier trial (Smith 2019) 12 of 40 patients responded (30%), and the median overall
survival was 5.6 months with drug and 13 months without.

Case presentation

In March 2019, a 52-year-old woman noticed a lump. On 5 December 2019 a wide resection of the left
thigh was performed; the specimen measured 8 cm \N{MULTIPLICATION SIGN} 7 cm. Three cycles of \
doxorubicin 75\N{THIN SPACE}mg/m2 on day 1 were given from January to March 2020. CT in June 2020
showed new lung nodules, and progressive disease was noted. She then received gemcitabine
(1,000 mg/m\N{SUPERSCRIPT TWO}, days 1 and 8) for six cycles. After this, the

Correspondence: author@example.org

disease was stable on CT in February
2021. Serum amylase was up to 182 IU/L.

In July 2021 treatment with penpulimab (200 mg every 3 weeks) plus lenvatinib (8 mg/day) was begun.
CT on Sept 14, 2021 showed a partial response (PR). Two cycles later hypothyroidism of grade 2
occurred (Figure 1A). Radiotherapy (30 Gy in ten fractions) was given in August 2022. She is alive.

Figure 1. (A\N{EN DASH}C) CT in June 2020: progressive disease.

Table 1. Adverse events

Event\tLevel I\tLevel II\tTotal
Fatigue\t1\t3\t4
Rash\t2\t0\t2

Discussion

The patient lived for more than 60 months. About 40% of such patients respond, with limits of
11.1\N{EN DASH}17.4 months.

References

1. Smith A. A trial of pembrolizumab in 15 patients. 2019.
"""

CASE = """\
case: madeup
source: ../seeds/madeup.yaml
patient: {sex: female, age: 52, diagnosis: sarcoma}
events:
  Case presentation, paragraph 1:
    - {symptom: 2019-03, what: lump}
    - {surgery: 2019-12-05, what: wide resection}
    - {treatment: 2020-01/2020-03, setting: adjuvant, drugs: doxorubicin 75 mg/m² day 1, cycles: 3}
    - {scan: 2020-06, modality: CT, baseline: 1, new: lung, called: {PD: Figure 1 legend}}
    - treatment: after scan 2020-06/before scan 2021-02
      line: 1
      drugs: gemcitabine 1000 mg/m² days 1 and 8
      cycles: 6
    - {scan: 2021-02, modality: CT, target: stable, line: 1, baseline: 2}
    - {lab: 2021-02, values: {amylase: up to 182 IU/L}}
  Case presentation, paragraph 2:
    - treatment: 2021-07/..
      line: 2
      drugs: [AK105 200 mg, lenvatinib 8 mg/day]
      cycle: 3 weeks
    - scan: 2021-09-14
      target: shrunk
      called: {PR: "Case presentation, paragraph 2"}
    - {toxicity: after scan 2021-09-14, what: hypothyroidism, grade: 2}
    - {radiotherapy: 2022-08/, id: RT, dose: 30 Gy, fractions: 10, setting: local}
    - {last contact: after RT, what: alive}
"""

SEEDS = """\
source: madeup
citation: "none"
case: ../cases/madeup.yaml
claims:
  Abstract:
    - {PFS: 8.4, unit: months, line: 2}
    - {OS: over 60, unit: months}
    - {response: PR, of: line 2}
  Introduction:
    - {count: 12, about: responders, study: Smith 2019, n: 40}
    - {count: 40, about: patients, study: Smith 2019}
    - {percent: 30, about: ORR, study: Smith 2019}
    - {OS: 5.6, unit: months, study: Smith 2019, group: drug}
    - {OS: 13, unit: months, study: Smith 2019, group: control}
  Case presentation, paragraph 1:
    - {age: 52, unit: years, about: age, of: symptom}
    - {date: 5 December 2019, of: surgery}
    - {size: 8 × 7, unit: cm, about: specimen, of: surgery}
    - {count: three, about: cycles of doxorubicin}
    - {dose: 75, unit: mg/m², about: doxorubicin}
    - {dose: "1,000", unit: mg/m², about: gemcitabine, line: 1}
    - {schedule: days 1 and 8, about: gemcitabine, line: 1}
    - {count: six, about: cycles, line: 1}
    - {response: PD, of: scan 2020-06}
    - {date: February 2021, of: scan 2021-02}
    - {lab: up to 182, unit: IU/L, about: serum amylase, of: lab}
  Case presentation, paragraph 2:
    - {name: penpulimab, about: the anti-PD-1 antibody, line: 2}
    - {schedule: q3w, about: penpulimab, line: 2}
    - {date: "September 14, 2021", of: scan 2021-09-14}
    - {response: PR, of: scan 2021-09-14}
    - {count: two, about: cycles before hypothyroidism}
    - {grade: 2, about: hypothyroidism, of: toxicity}
    - {name: A, about: panel of Figure 1}
    - {count: 10, about: fractions, of: RT}
  Figure 1 legend:
    - {range: A–C, about: panels of Figure 1, of: scan 2020-06}
  Table 1:
    - table: adverse events
      columns: [level I, level II, total]
      rows: {fatigue: [1, 3, 4], rash: [2, 0, 2]}
  Discussion:
    - {OS: more than 60, unit: months}
    - {percent: about 40, about: ORR, study: such patients}
    - {range: 11.1–17.4, unit: months, about: limits, study: such patients}
    - {name: a trial of an antibody, about: subject of reference 1}
"""
