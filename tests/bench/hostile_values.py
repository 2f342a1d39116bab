"""What mutated files hold in the place of something else: values and parts that do harm."""

from __future__ import annotations

ODD_BYTES = (
    *(b"\x00", b"\xef\xbb\xbf", b"\r", b"\r\n", b"\n", b"\xff", b"\xc3", b"\xe2\x80",
      b"\xed\xa0\x80"),
    *(b"\x1b[2J", b"\x0b", b"\x0c", b"\x7f", b"\xc2\x85", b"\xe2\x80\xa8", b"\xf0\x9f\x92\x8a"),
    *(b"\xe2\x80\xae", b"\xef\xbf\xbe", b"\xf4\x8f\xbf\xbf", b"\t", b"PK\x03\x04", b"%PDF",
      b"\xff\xfe"),
)  # fmt: skip
NUMBERS = (
    *("0", "-1", "-0", "1e999999", "1e-999999", "1E+400", "9" * 40, "9" * 500, "9" * 5000, "1e9"),
    *("nan", "inf", "-inf", "0x1F", "0o17", "1_000", "1,5", "1.5.5", ".5", "5.", "+5", "--5", "٣"),
    *("²", "Ⅷ", "½", "१२", "1/3", "1/0", "0/0", "3 of 0", "0 %", "101 %", "-5 %", "1e5 %", "100.0"),
    *("0." + "0" * 400 + "1", "1" * 18, str(2**63), str(2**64), str(-(2**63)), "1e308", "1e309"),
)
DATES = (
    *("0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "-0001-01-01", "2021-02-30"),
    *("2021-13", "2021-00", "2021-XX", "20210-01", "2021-1-1", "1/2/2021", "2021-W05", "..", "/"),
    *("2021/", "/2021", "2022/2021", "2021~", "2021?", "{2021,2022}", "[2021..2022]", "201X"),
    *("0001-01-01/9999-12-31", "Y170000002", "2021-03-04T05:06", "12:00",
      "line 1 + 99999999 weeks"),
    *("line 9 + 1 week", "line 1 - 5000 years", "day 99999999 of line 1",
      "after cycle 99999 of line 1"),
    *("after cycle 0 of line 1", "line 1 + 1e9 months", "2021 + 1 month + 1 month", "today",
      "9999-12 + 1 year"),
    *("0001-01 - 1 day", "1 week after surgery", "1 week after 1 week after surgery",
      "0 days after line 1"),
)  # fmt: skip
WORDS = (
    *("", "~", "null", "yes", "TODO", "none", "NE", "PD or", "PD or PD or SD", "mm", "12 mm +",
      "after"),
    *("a" * 300, "a" * 20_000, "a b " * 3000, "((((", "[" * 30, "{" * 30, "a-" * 4000, " " * 5000),
    *("PR, " * 2000, "12 mm + " * 500 + "1 mm", "é" * 3000, "e\u0301" * 2000, "\u202eabc",
      "\ufeff"),
    *("=1+1", "@SUM(A1)", "%s %d {0} {}", "{{7*7}}", "<script>", "&amp;", "\\", "\\x00",
      "\u2066a\u2069"),
    *("merged with T1", "all", "unknown", "line 0", "line -1", "line 99999999999", "iCPD",
      "after line 1"),
)  # fmt: skip
YAML = (
    *("&a", "*a", "*", "!x", "!!python/object/apply:os.system ['true']", "!!binary aGk=",
      "!!set {a}"),
    *("<<: {a: b}", "<<: *a", "? a", "? [a, b]\n: c", "- ", ":", ": ", "|", ">", "|+\n  a",
      "%YAML 9.9"),
    *("---", "...", "--- a\n--- b", "#", " #", "'", '"', "''", '"\\x41\\u0042\\U0010FFFF"',
      '"\\xff"'),
    *("[]", "{}", "[a]", "{a: b}", "[[[a]]]", "{a: {b: {c: d}}}", "[~]", "{~: ~}", "{a: b, a: c}",
      "@a"),
    *("`a", "[" * 60 + "]" * 60, "{a: " * 60 + "b" + "}" * 60, "- " * 60 + "a", "[" * 5000,
      "[1, " * 3000),
    "[" + "a, " * 8_000 + "]",
    "{" + ", ".join(f"k{n}: {n}" for n in range(5000)) + "}",
)  # fmt: skip
BILLION = "".join(
    ["x0: &x0 [lol, lol]\n"]
    + [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]\n" for n in range(1, 12)]
)
ELEMENTS = (
    *("<p>", "</p>", "<sec>", "<title>", "</title>", "<fig><label>", "<!--", "<![CDATA[", "]]>",
      "<?x ?>"),
    *("&lol;", "&#0;", "&#x10FFFF;", "&#xD800;", "&#99999999999;", "<a b='c' b='d'/>", "<x:y/>",
      "<p", ">"),
    *('<!DOCTYPE a [<!ENTITY lol "l">]>', '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
      "<tex-math>" * 50),
    *('<?xml version="1.0" encoding="utf-16"?>', '<?xml version="1.1" encoding="rot13"?>'),
    *('<?xml version="1.0" encoding="idna"?>', '<?xml version="1.0" encoding="big5"?>'),
    *('<date date-type="pub"><year>²</year></date>',
      '<pub-date pub-type="epub"><year>99999</year></pub-date>'),
    *("<sec>" * 150, "<sec>" * 500, "<p>" * 3000, "<p a='" + "b" * 50_000 + "'>", "</sec>" * 20),
    '<date date-type="received"><day>99</day><month>99</month><year>2021</year></date>',
)  # fmt: skip
PARTS = (  # parts of a sheet, and what takes their place
    (rb'r="[A-Z]+\d+"', (b'r="XFD1048576"', b'r="A1048576"', b'r="XFD1"', b'r="ZZZZ9"', b'r="A0"',
    b'r=""')),
    (rb't="\w+"', (b't="s"', b't="d"', b't="e"', b't="b"', b't="x"', b't="n"', b't="inlineStr"')),
    (rb"<v>[^<]*</v>", (b"<v>1e999</v>", b"<v>-5</v>", b"<v>99999999999</v>", b"<v>nan</v>",
    b"<v></v>")),
    (rb"<dimension[^>]*>", (b'<dimension ref="A1:XFD1048576"/>', b'<dimension ref="x"/>')),
    (rb"</sheetData>", (b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',)),
    (rb"<row [^>]*>", (b'<row r="1048576">', b'<row r="-1">', b'<row r="x">', b"<row>")),
    (rb"<sheets>.*</sheets>", (b"<sheets/>", b"")),
    (rb"<is><t[^>]*>[^<]*", (b"<is><t>" + b"a" * 40_000, b"<is><t>_x0000_", b"<is><t>2021-13")),
    (rb'numFmtId="\d+"', (b'numFmtId="14"', b'numFmtId="999"', b'numFmtId="18"')),
    (rb"Target=\"[^\"]*\"", (b'Target="../../../etc/passwd"', b'Target="/"', b'Target=""')),
)  # fmt: skip
PDF_WORDS = (
    *(b"/Length 999999999", b"/Length -1", b"/Count 99999999", b"/Kids [1 0 R]", b"/Parent 1 0 R",
      b"9 0 R"),
    *(b"/Filter /LZWDecode", b"/Filter [/FlateDecode /FlateDecode]", b"/Encrypt 5 0 R",
      b"<<" * 900),
    *(b"[" * 2000, b"startxref\n0", b"/W [9 9 9]", b"/Prev 9", b"/Predictor 15 /Columns 999999999",
      b"stream"),
    *(b"endobj", b"xref\n0 99999999", b"/Size 99999999", b"/Type /ObjStm /N 99999999", b"(" * 900),
)  # fmt: skip
