"""Where an ordinal of a claim is found: where it orders something, and in no name of a hospital."""

from pathlib import Path

from tests.rows import every_row
from timeline.grounding.finders import by_ordinal
from timeline.grounding.text_index import TextIndex
from timeline.report.claims import Claim
from timeline.report_text import read_report

LINE = "line of anlotinib"


def _after(folder: Path, text: str, ordinal: str, about: str) -> list[str]:
    """What follows each place that is found, up to 12 characters."""
    path = folder / "report.txt"
    path.write_text(text, "utf-8")
    report = read_report(path)
    found = by_ordinal(TextIndex(report), _claim(ordinal, about))
    return [" ".join(report.text[each.end : each.end + 12].split()) for each in found]


def _claim(ordinal: str, about: str) -> Claim:
    return Claim(kind="ordinal", text=ordinal, value=ordinal, about=about)


@every_row(
    ("text", "ordinal", "about", "found"),
    [
        ("The First Affiliated Hospital of Nanchang University.", "first", LINE, []),
        ("Second Clinical Medical College, Lanzhou.", "second", LINE, []),
        ("1st Department of Medical Oncology, Athens.", "first", LINE, []),
        ("Fourth Military Medical University, Xi'an.", "fourth", LINE, []),
        ("The Third People's Hospital of Chengdu.", "third", LINE, []),
        ("The First Affiliated Hospital. Anlotinib was the first-line drug.", "first", LINE,
         ["-line drug."]),
        ("First Line Treatment at the University Hospital.", "first", LINE, ["Line Treatm"]),
        ("The first author treats. It was her first and second lines.", "first", LINE,
         ["and second"]),  # of several places those with the word that it orders
        ("She was the first of her family.", "first", LINE, ["of her fami"]),  # there is no other
        ("In the first hospital stay it was given.", "first", "stay", ["hospital s"]),
        ("The first course was given.", "first", "cycle of drug", ["course was"]),
        ("The first patient came. First, a scan.", "first", "patient", ["patient cam"]),
    ],
)  # fmt: skip
def test_an_ordinal_is_found_with_what_it_orders(text, ordinal, about, found, tmp_path):
    after = _after(tmp_path, text, ordinal, about)
    assert [a[: len(b)] for a, b in zip(after, found, strict=True)] == found
