"""Reading a report from plain text, JATS XML and PDF; and files that were made to do harm."""

from __future__ import annotations

import time
import tracemalloc
import zlib

import pytest

from timeline.files.file_text import Unreadable
from timeline.report_text import SectionRole, read_report
from timeline.report_text.plain import report_of_text
from timeline.report_text.report_text import LONGEST

PLAIN = """\
A made-up report

RECEIVED 3 May 2021

Abstract

Objective: To try. Methods: One patient was read about.

KEYWORDS

sarcoma, PFS

An introduction without a heading.

2 Case presentation

First paragraph, in March 2020.

FIGURE 1
The legend of a figure.

Second paragraph.

2.1 Follow-up visits

Third.

DISCUSSION

Words.

References

- Smith AB, Li C. A title. J Journal 2019;1:2.
"""

JATS = """\
<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving DTD v1.2//EN" "a.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><journal-meta><journal-title>J
</journal-title></journal-meta><article-meta><title-group><article-title>A made-up
report</article-title></title-group><contrib-group><contrib><name><surname>May</surname></name>
</contrib></contrib-group><abstract><sec><title>Methods</title><p>We read.</p></sec></abstract>
</article-meta></front><body><sec><title>1 Case report</title><p>On <bold>5
December</bold> 2018<xref ref-type="bibr" rid="r1">12</xref> gemcitabine 1000 mg/m<sup>2</sup> and
10<sup>9</sup> cells.</p><sec><title>Imaging</title><p>A CT scan.</p></sec><fig><label>Figure 1
</label><caption><p>A legend.</p></caption></fig><p>After it.</p></sec><sec><title>Discussion
</title><p>Words.</p></sec></body><back><ref-list><title>References</title><ref><mixed-citation>
Smith 2019</mixed-citation></ref></ref-list></back></article>
"""


def parts(report):
    return [(each.role.value, each.heading, " ".join(report.text[each.start : each.end].split()))
            for each in report.sections]  # fmt: skip


def test_headings_of_a_plain_text():
    assert parts(report_of_text(PLAIN)) == [
        ("front", "", "A made-up report RECEIVED 3 May 2021"),
        ("abstract", "Abstract", ""),
        ("abstract", "Objective", "To try."),
        ("abstract", "Methods", "One patient was read about."),
        ("back", "KEYWORDS", "sarcoma, PFS"),
        ("introduction", "", "An introduction without a heading."),
        ("case", "2 Case presentation", "First paragraph, in March 2020."),
        ("legend", "FIGURE 1 legend", "The legend of a figure."),
        ("case", "2 Case presentation", "Second paragraph."),
        ("case", "2.1 Follow-up visits", "Third."),
        ("discussion", "DISCUSSION", "Words."),
        ("references", "References", "- Smith AB, Li C. A title. J Journal 2019;1:2."),
    ]


CLOSED = ["Abstract", "Methods", "Results", "Conclusions"]


@pytest.mark.parametrize(("headings", "within"), [
    pytest.param([*CLOSED, "Case presentation"], 4, id="a body after the conclusions"),
    pytest.param([*CLOSED, "Background", "Methods", "Results"], 4, id="a whole body"),
    pytest.param(["Abstract", "Background", "Results", "Background", "Results"], 3,
                 id="a heading that comes again"),
    pytest.param(["Abstract", "Objective", "Methods", "Results", "Methods"], 4,
                 id="objectives first"),
    pytest.param(["Abstract", "Background", "Results", "Keywords", "Methods"], 3,
                 id="keywords end the abstract"),
    pytest.param(["Abstract: In short.", "Background", "Results"], 1,
                 id="an abstract with a text of its own"),
])  # fmt: skip
def test_headings_on_their_own_lines_below_the_abstract_are_its_parts(headings, within):
    text = "A title\n\n" + "\n\n".join(
        each.replace(": ", "\n\n") if ":" in each else f"{each}\n\nSome text." for each in headings
    ).replace("Abstract\n\nSome text.", "Abstract")
    body = [each for each in report_of_text(text).sections if each.heading]
    first = next(at for at, each in enumerate(body)
                 if not each.in_abstract and each.role is not SectionRole.ABSTRACT)  # fmt: skip
    assert first + len(headings) - len(body) == within


def test_the_place_of_a_word_is_its_section_and_paragraph():
    report = report_of_text(PLAIN)
    assert report.place_of(PLAIN.index("March")) == "2 Case presentation, paragraph 1"
    assert report.place_of(PLAIN.index("Second")) == "2 Case presentation, paragraph 2"
    assert report.place_of(PLAIN.index("An introduction")) == "Introduction, paragraph 1"
    assert report.section_at(PLAIN.index("DISCUSSION")) is None


def test_a_text_without_headings_is_one_section():
    assert parts(report_of_text("One line.")) == [("front", "", "One line.")]


def test_jats_without_citations_authors_and_references(tmp_path):
    (tmp_path / "a.xml").write_text(JATS, "utf-8")
    report = read_report(tmp_path / "a.xml")
    found = [(role, heading, text) for role, heading, text in parts(report) if text]
    assert found == [
        ("front", "", "A made-up report"),
        ("abstract", "Methods", "We read."),
        ("case", "1 Case report", "On 5 December 2018 gemcitabine 1000 mg/m2 and 10^9 cells."),
        ("case", "Imaging", "A CT scan."),
        ("legend", "Figure 1 legend", "A legend."),
        ("case", "1 Case report", "After it."),
        ("discussion", "Discussion", "Words."),
    ]


HEAD = """\
<article>
<front>
<article-meta>
<article-id pub-id-type="pmid">21045829</article-id>
<article-id pub-id-type="doi">10.1038/sj.bjc.6605965</article-id>
<pub-date pub-type="ppub">
<month>11</month>
<year>2010</year>
</pub-date>
<pub-date pub-type="epub">
<day>02</day>
<month>11</month>
<year>2010</year>
</pub-date>
<history>
<date date-type="received">
<day>11</day>
<month>6</month>
<year>2010</year>
</date>
<date date-type="rev-recd">
<month>08</month>
<year>2010</year>
</date>
<date date-type="accepted">
<day>31</day>
<month>09</month>
<year>2010</year>
</date>
</history>
</article-meta>
</front>
<body>
<p>Words.</p>
</body>
</article>
"""


def test_the_head_of_a_jats_file_gives_the_citation(tmp_path):
    """Days and months as far as they are there; a day that no calendar has is left out."""
    (tmp_path / "a.xml").write_text(HEAD, "utf-8")
    assert dict(read_report(tmp_path / "a.xml").citation) == {
        "doi": "10.1038/sj.bjc.6605965",
        "received": "2010-06-11",
        "revised": "2010-08",
        "published": "2010-11-02",
    }


def pdf_of(*lines: str) -> bytes:
    """A PDF of one page with one line of text for each argument."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 12 Tf 50 700 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    trailer = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + head + table + trailer


def test_pdf_with_a_word_divided_at_the_end_of_a_line(tmp_path):
    pytest.importorskip("pypdf")
    (tmp_path / "a.pdf").write_bytes(pdf_of("Case report", "In March 2020 anlo-", "tinib 12 mg"))
    report = read_report(tmp_path / "a.pdf")
    assert report.sections[-1].role is SectionRole.CASE
    assert "anlotinib 12 mg" in report.text


def test_pdf_after_other_bytes(tmp_path):
    """ISO 32000-2, 7.5.2: readers look for the head in the first 1024 bytes."""
    pytest.importorskip("pypdf")
    (tmp_path / "a.pdf").write_bytes(b"HTTP 200\n\n" + pdf_of("In March 2020 a scan."))
    assert "March 2020" in read_report(tmp_path / "a.pdf").text


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "'
    + "&a;" * 10
    + '"><!ENTITY c "'
    + "&b;" * 10
    + '">]><article><body><p>&c;</p></body></article>'
).encode()
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><article><p>&x;</p></article>'
HARMFUL = {
    "no file": (None, "No such file"),
    "empty": (b"", "no text"),
    "blank": (b" \n ", "no text"),
    "10 MB of text": (b"May 2019 " * 1_200_000, "longer than any report"),
    "33 MB": (b"a" * (33 << 20), "larger than 32 MB"),
    "entities within entities": (BOMB, "defines entities"),
    "an entity from outside": (OUTSIDE, "defines entities"),
    "an unknown entity": (b"<article><p>&nbsp;</p></article>", "not well-formed XML"),
    "a broken XML": (b"<?xml version='1.0'?><article><p>May 2019", "not well-formed XML"),
    "deep XML": (b"<a>" * 100_000, "within each other"),
    "wide XML": (b"<a>" + b"<p>May 2019</p>" * 700_000, "longer than any report"),
    "an HTML page": (b"<html><body><p>May 2019</p></body></html>", "an HTML page"),
    "XML in an unknown encoding": (b"<?xml version='1.0' encoding='x-no'?><a>b</a>", "XML"),
    "XML without text": (b"<article/>", "without text"),
    "a PDF that stops": (pdf_of("May 2019")[:200], "PDF"),
    "a PDF without its head": (pdf_of("In May 2021.").removeprefix(b"%PDF-1.4"), "is missing"),
    "only the head of a PDF": (b"%PDF-1.7", "PDF"),
    "a PDF of noise": (b"%PDF-1.7\n" + zlib.compress(b"x" * 10_000) * 50, "PDF"),
    "a PDF without text": (pdf_of(), "without text"),
    "an archive": (b"PK\x03\x04abc", "ZIP"),
    "bytes": (b"\xff\xfe\x00M", "UTF-16"),
    "Latin-1": ("März 2019 µg".encode("latin-1"), "not UTF-8"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_file_is_refused_in_bounded_time_and_memory(tmp_path, name):
    content, message = HARMFUL[name]
    path = tmp_path / "report.xyz"
    if content is not None:
        path.write_bytes(content)
    tracemalloc.start()
    begun = time.perf_counter()
    with pytest.raises(Unreadable, match=message):
        read_report(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.perf_counter() - begun < 60
    assert peak < 200 << 20


def test_the_place_of_a_fault_in_xml(tmp_path):
    (tmp_path / "a.xml").write_bytes(b"<article>\n<p>x</q></article>")
    with pytest.raises(Unreadable) as caught:
        read_report(tmp_path / "a.xml")
    assert (caught.value.line, caught.value.column) == (2, 7)


def _compressed(text, times):
    """A text that is repeated, in the format of zlib, without compressing each repetition."""
    press, check = zlib.compressobj(9), 1
    first, again = (press.compress(text) + press.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    for _ in range(times):
        check = zlib.adler32(text, check)
    return first + again * (times - 1) + b"\x03\x00" + check.to_bytes(4, "big")


def test_a_repeated_text_is_compressed_as_the_whole_of_it():
    assert zlib.decompress(_compressed(b"ab " * 50_000, 7)) == b"ab " * 350_000


def test_a_pdf_that_grows_without_end_is_stopped(tmp_path):
    """A page of a few kilobytes that would be a gigabyte of text."""
    pytest.importorskip("pypdf")
    stream = _compressed(b"BT /F1 1 Tf (x) Tj ET " * 1_000_000, 40)
    body = pdf_of("May 2019")
    start, end = body.index(b"4 0 obj"), body.index(b"5 0 obj")
    filled = b"4 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n"
    (tmp_path / "a.pdf").write_bytes(body[:start] + filled % (len(stream), stream) + body[end:])
    begun = time.perf_counter()
    with pytest.raises(Unreadable, match="PDF"):
        read_report(tmp_path / "a.pdf")
    assert time.perf_counter() - begun < 90


def test_the_largest_report_is_read(tmp_path):
    (tmp_path / "a.txt").write_text("a" * LONGEST, "utf-8")
    assert len(read_report(tmp_path / "a.txt").text) == LONGEST
