"""``timeline app`` as it runs: one server and one browser for all tests of this module.

Each test writes the files that it opens, under names of its own: it can run in any process and in
any order. What holds of all of them is looked at when the last of a process is done.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import expect
from typer.testing import CliRunner

from tests.app import hostile
from tests.app.conftest import fits, violations
from tests.app.processes import end
from timeline.cli.app import app
from timeline.editing import pasted
from timeline.files.loader import load

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
CASE = "case: smith\nevents:\n  - {diagnosis: 2021-03}  # from the letter\n  - {scan: 2021-04}\n"
TABLE = """\
event	date	end	what	line	drugs	baseline	target	non-target	new	stop
symptom	2021-02		cough
diagnosis	2021-03-15		adenocarcinoma of the lung
biopsy	2021-03-10		core biopsy
scan	2021-04-01		CT			1
treatment	2021-04-12	2021-09-20		1	osimertinib 80 mg					progression
scan	2021-06-10							PR
scan	2021-09-16							PD
treatment	2021-10-04	2022-02		2	carboplatin; pemetrexed
scan	2021-12-02							SD
scan	2022-03-03							PD	liver
visit	2022-03		ECOG 2
death	2022-05-20
"""
# 1 February to 1 August 2022 are 181 days, 5.95 months: "5.9 months" is cut, and agrees
PAIR = {
    "cases/wu2024.yaml": """\
case: wu2024
source: ../seeds/wu2024.yaml
events:
  Case presentation:
    - {scan: 2022-01-20, baseline: 1}
    - {treatment: 2022-02-01/2022-08-01, line: 1, drugs: doxorubicin}
    - {scan: 2022-08-01, target: PD}
""",
    "seeds/wu2024.yaml": """\
source: Wu 2024, a report
case: ../cases/wu2024.yaml
claims:
  Abstract:
    - {PFS: 8.4 months, line: 1}
""",
}
EVENTS = [line.split("\t")[0] for line in TABLE.splitlines()[1:]]
TOLD = "case: osimertinib2024\nevents:\n"  # with the events of the table

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("patients")


@pytest.fixture(scope="module")
def starting(folder):
    words = [sys.executable, "-m", "timeline", "app", "."]
    made = subprocess.Popen(
        words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    yield made
    end(made)


@pytest.fixture(scope="module")
def server(starting, browser):  # the browser is started meanwhile
    starting.address = re.search(r"http://\S+", starting.stdout.readline())[0]
    return starting


@pytest.fixture(scope="module")
def context(server, browser):
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    made.set_default_timeout(60_000)  # no test waits for so long but where the machine is loaded
    made.grant_permissions(["clipboard-read", "clipboard-write"])
    made.asked, made.faults = [], []
    made.on("request", lambda request: made.asked.append(request.url))
    made.on("weberror", lambda fault: made.faults.append((str(fault.error), "")))
    yield made
    made.close()


@pytest.fixture(scope="module")
def page(context, server, folder):
    made = context.new_page()
    made.on("dialog", lambda dialog: dialog.accept())  # it is left with text that is not saved
    made.on(
        "console",
        lambda line: (
            line.type == "error"
            and context.faults.append((line.text, urlsplit(line.location["url"]).path))
        ),
    )
    made.goto(server.address)
    yield made
    only_ours_was_asked_for(context, server)
    stops_and_names_what_is_lost(made, server, folder)


@pytest.fixture(scope="module")
def told(folder):
    """The name of a file with the events of the table."""
    text = pasted(TOLD, "events", 0, "event", TABLE).text
    (folder / "osimertinib2024.yaml").write_text(text)
    return "osimertinib2024.yaml"


def home(page):
    page.goto(re.match(r"http://[^/]+/", page.url)[0])
    page.wait_for_selector("#files td, #files p")


def edit(page, name):
    page.goto(re.match(r"http://[^/]+/", page.url)[0] + f"edit?name={quote(name)}")
    complete(page)


# Whether a page shows all that follows from its text, by the sum of it (Adler-32), and no more of
# an earlier one. A page that is built has no text yet.
COMPLETE = """() => {
  const text = window.editorPage?.view?.state.doc.toString();
  if (text === undefined) return false;
  let [a, b] = [1, 0];
  for (const byte of new TextEncoder().encode(text)) b = (b + (a = (a + byte) % 65521)) % 65521;
  return document.querySelector(".status")?.dataset.checksum === String(b * 65536 + a);
}"""


def complete(page):
    page.wait_for_function(COMPLETE)


def text_of(page):
    return page.evaluate("editorPage.view.state.doc.toString()")


def has_text(page, text):
    """Wait until the editor has a text."""
    page.wait_for_function("(text) => editorPage.view.state.doc.toString() === text", arg=text)


def rows_of(page, table):
    return page.locator(f"#{table}-grid .ag-center-cols-container .ag-row")


def until(page, words, where="body"):
    page.wait_for_function(
        "([where, words]) => document.querySelector(where)?.innerText.includes(words)",
        arg=[where, words],
    )


def cell(page, table, row, key):
    return page.locator(f'#{table}-grid .ag-row[row-index="{row}"] [col-id="{key}"]')


def write(page, table, row, key, text):
    """Write in a cell as with a keyboard: F2, all of it, Enter."""
    cell(page, table, row, key).click()
    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


# Two keys before the browser does anything else, as on a busy machine: the second must not overtake
# what the grid sends because of the first.
ENTER_AND_SAVE = """() => {
  for (const key of [{ key: "Enter" }, { key: "s", ctrlKey: true }])
    document.activeElement.dispatchEvent(
      new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true }));
}"""


def paste(page, text):
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def only_ours_was_asked_for(context, server):
    """Every request of the tests went to the server, and none failed but where it should."""
    hosts = {urlsplit(each).netloc for each in context.asked if each.startswith("http")}
    assert hosts == {urlsplit(server.address).netloc}
    expected = {("413", "/upload"), ("404", "/edit")}  # too large; a name that is not opened
    assert [
        (text, path)
        for text, path in context.faults
        if not any(code in text and path.startswith(at) for code, at in expected)
    ] == []


def stops_and_names_what_is_lost(page, server, folder):
    """Ctrl-C ends the server while a page is open; it names the texts that nobody has saved."""
    home(page)
    page.get_by_label("Name of the case").fill("never-saved")
    page.get_by_role("button", name="Begin").click()
    complete(page)
    page.evaluate("editorPage.view.dispatch({changes: {from: 0, insert: '# mine\\n'}})")
    complete(page)
    until(page, "Not saved.", ".status")
    start = time.monotonic()
    server.send_signal(signal.SIGINT)
    output, errors = server.communicate(timeout=30)
    assert time.monotonic() - start < 5
    assert (server.returncode, output) == (0, "")
    lost = [line.partition(":")[0] for line in errors.splitlines() if "its text is lost" in line]
    assert len(lost) == len(errors.splitlines())  # and nothing else is said
    assert "never-saved.yaml" in lost
    assert not (folder / "never-saved.yaml").exists()


def test_from_an_empty_folder_to_an_audited_case_by_mouse(page, folder):
    before = set(folder.iterdir())
    home(page)
    if not before:  # no other test was here
        until(page, "No case or report file is here yet.", "#files")
    page.get_by_label("Name of the case").fill("miller2024")
    page.get_by_role("button", name="Begin").click()
    complete(page)
    assert set(folder.iterdir()) == before  # nothing is written without Save
    page.locator("#case-data").get_by_label("sex").fill("female")
    page.locator("#case-data").get_by_label("age").fill("old")  # and the sex is sent
    page.keyboard.press("Enter")
    until(page, "not an age: 'old'", "#case-data .fields")
    page.keyboard.press("Control+a")
    page.keyboard.type("61")
    page.locator("#case-data summary").press("Enter")
    setting = page.locator('form[data-name="add-setting"]')
    setting.get_by_label("Setting").select_option("local_therapy_ends_pfs")
    answer = setting.locator("select[name=value]:enabled")
    expect(answer).to_have_text("no (the default)censorevent")
    expect(setting.locator(".source:visible")).to_contain_text("Surgery, radiotherapy")
    answer.select_option("censor")
    setting.get_by_role("button", name="Set").click()
    until(page, "Without it: no.", "#case-data .said")
    setting.get_by_label("Setting").select_option("confirm_days")
    setting.get_by_label("a number").fill("soon")
    setting.get_by_role("button", name="Set").click()
    until(page, "Not done. Setting: ", "#case-data .said")
    cell(page, "events", 0, "event").click()
    page.wait_for_function(
        "/patient:\\n  sex: female\\n  age: 61\\n/.test(editorPage.view.state.doc)"
    )
    first, *others = TABLE.splitlines()
    table = "\n".join((f"Ward\t{first}", *(f"nine\t{each}" for each in others)))
    paste(page, f"{table}\nnine\twedding\t2021-05")
    until(page, "Headings of the pasted table: unknown column 'Ward'", "#events-grid")
    page.locator("#events-grid").get_by_role("button", name="Leave it out (nine)").click()
    until(page, "unknown kind of event 'wedding'", "#events-grid")
    cell(page, "events", 0, "event").click()
    paste(page, table)  # corrected: what was chosen holds, and is told
    until(page, "11 rows added. Note: row 1, which was diagnosis 20XX alone", "#events-grid")
    until(page, "Note: chosen before: Column Ward (undo, and paste it again", "#events-grid")
    page.wait_for_function("document.activeElement.closest('.ag-cell')")  # not lost with its button
    page.locator("#events-grid").get_by_label("Add a column").select_option("resolved")
    page.locator("#events-grid").get_by_role("button", name="Add column").click()
    until(page, "Column resolved added", "#events-grid")
    cell(page, "events", 0, "resolved").click()
    page.keyboard.press("Enter")
    until(page, "Row 1: diagnosis has no 'resolved': it is a key of toxicity", "#events-grid")
    write(page, "events", 4, "drugs", "FOLFOX")
    page.get_by_role("button", name="Write drugs: leucovorin; fluorouracil; oxaliplatin").click()
    page.wait_for_function("editorPage.view.state.doc.toString().includes("
                           "'drugs: [leucovorin, fluorouracil, oxaliplatin]')")  # fmt: skip
    expect(page.locator(".regimens")).to_be_hidden()
    for _ in range(2):
        page.get_by_role("button", name="Undo").click()
    page.wait_for_function("editorPage.view.state.doc.toString().includes('osimertinib 80 mg')")
    write(page, "events", 1, "event", "ct")
    until(page, "write scan, with the columns modality: CT", "#events-grid .cell-fault")
    page.locator(".cell-fault button", has_text="scan, modality: CT").click()
    page.wait_for_function("/- [{]scan: 2021-02, what: cough, modality: CT/.test("
                           "editorPage.view.state.doc)")  # fmt: skip
    page.get_by_role("button", name="Undo").click()
    page.evaluate("""() => { const view = editorPage.view;
        const at = view.state.doc.toString().indexOf("non-target: PR");
        view.dispatch({ changes: { from: at, to: at + 14, insert: "non-target: Q" } }); }""")
    page.locator("#events-grid a[data-table]", has_text="non-target").click()
    at = "document.activeElement"
    page.wait_for_function(f"{at}.matches('.has-problem[col-id=non-target]')")
    page.wait_for_function(f"document.getElementById({at}.getAttribute('aria-describedby'))"
                           """?.innerText.includes("'Q'")""")  # fmt: skip
    page.wait_for_function(f"""{at}.title.includes("'Q'")""")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function("!document.querySelector('.ag-cell.has-problem')")
    page.locator("#events-grid").get_by_role("button", name="Take out row").click()
    until(page, "taken out.", "#events-grid")
    page.get_by_role("button", name="Undo").click()
    claims = page.locator("#claims-grid form").first
    claims.get_by_label("New row: claim").select_option("PFS")
    claims.get_by_label("value").fill("5.2 months")
    claims.get_by_label("place").fill("Abstract")
    claims.get_by_role("button", name="Add row").click()
    until(page, "Row 1 added.", "#claims-grid")
    cell(page, "claims", 0, "line").click()
    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.keyboard.type("1")
    page.evaluate(ENTER_AND_SAVE)
    until(page, "miller2024.yaml is saved.")
    complete(page)
    until(page, "Audit: 1 claim:", ".status")
    until(page, "PFS line 1", "#endpoints")
    page.wait_for_selector("#figure svg")
    saved = (folder / "miller2024.yaml").read_text()
    has_text(page, saved)
    assert "place: Abstract, line: 1}" in saved  # the cell that was written just before
    done = CliRunner().invoke(app, ["check", str(folder / "miller2024.yaml")])
    assert done.exit_code == 0, done.output
    case = load(folder / "miller2024.yaml")[0]
    assert sorted(each.kind for each in case.events) == sorted(EVENTS)
    expect(rows_of(page, "events")).to_have_count(len(EVENTS))
    assert "# CARE" in saved  # the comments of the template


def tab_to(page, test, most=80):
    """Press Tab until the element with the focus passes a test of the browser."""
    press_to(page, "Tab", test, most)


def press_to(page, key, test, most=40):
    """Press a key until the element with the focus passes a test of the browser."""
    for number in range(most + 1):
        if page.evaluate(f"((at) => Boolean({test}))(document.activeElement)"):
            return
        if number < most:
            page.keyboard.press(key)
    at = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    raise AssertionError(f"no {key} leads to {test}: the focus is on {at}")


AT = "document.activeElement"
# Looked at after each task of the browser that has drawn something: a key that comes then is lost.
WATCH = """() => {
  window.lost = 0;
  new MutationObserver(() => { window.lost += document.activeElement === document.body; })
    .observe(document.body, { childList: true, subtree: true, attributes: true });
}"""


def test_no_key_is_lost_while_the_rows_are_drawn(page, folder):
    (folder / "drawn.yaml").write_text(CASE)
    edit(page, "drawn.yaml")
    cell(page, "events", 1, "event").click()
    page.evaluate(WATCH)
    paste(page, TABLE)  # rows and columns; the results come while the keys below are pressed
    until(page, "12 rows added.", "#events-grid")
    for key in ("Alt+ArrowDown", "Alt+ArrowDown", "Control+Delete", "Control+Delete"):
        page.keyboard.press(key)
    cells = "document.querySelectorAll('#events-grid .ag-cell[col-id=event]')"
    drawn = f"[...{cells}].map((at) => at.innerText)"
    left = ["diagnosis", *EVENTS[:2], *EVENTS[3:]]  # without the scan and the biopsy below it
    page.wait_for_function(f"(left) => String({drawn}) === String(left)", arg=left)
    for key in "zzzz":
        page.keyboard.press(f"Control+{key}")
    page.wait_for_function(
        f"(all) => String({drawn}) === String(all)", arg=["diagnosis", "scan", *EVENTS]
    )
    complete(page)
    page.wait_for_function(f"{AT}.className.includes('ag-cell')")
    assert page.evaluate("lost") == 0


def test_with_the_keyboard_alone_to_an_audited_case(page, folder):
    home(page)
    tab_to(page, "at.name === 'name'")
    page.keyboard.type("keys2024")
    page.keyboard.press("Enter")
    complete(page)
    tab_to(page, "at.closest('#events-grid form') && at.name === 'event'")
    page.keyboard.type("scan")
    page.keyboard.press("Tab")
    page.keyboard.type("8 weeks after diagnosis")
    page.keyboard.press("Enter")
    until(page, "Row 2 added. It stands below row 1: its date does not say", "#events-grid")
    page.wait_for_function(f"{AT}.parentElement.getAttribute('row-index') === '1'")
    page.keyboard.press("Control+Delete")
    until(page, "Row 2 taken out.", "#events-grid")
    page.keyboard.press("Control+z")
    page.wait_for_function("editorPage.view.state.doc.toString().includes('8 weeks')")
    page.wait_for_function(f"{AT}.className.includes('ag-cell')")  # the focus is back in the grid
    page.keyboard.press("Tab")  # the grid is one stop
    assert page.evaluate(f"!{AT}.closest('.sheet')")
    page.keyboard.press("Shift+Tab")
    press_to(page, "ArrowLeft", "at.getAttribute('col-id') === 'event'")
    press_to(page, "ArrowRight", "at.getAttribute('col-id') === 'date'")
    press_to(page, "ArrowUp", "at.parentElement.getAttribute('row-index') === '0'")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("2021-03")
    until(page, "any day of March 2021", "#events-grid")
    page.keyboard.press("Tab")
    page.wait_for_function("editorPage.view.state.doc.toString().includes('diagnosis: 2021-03')")
    page.keyboard.type("unwanted")
    page.keyboard.press("Escape")  # leaves the next cell as it was, and the focus on it
    page.wait_for_function(f"{AT}.matches('[row-index=\"0\"] > [col-id=what]')")
    assert "unwanted" not in text_of(page)
    page.keyboard.press("F2")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+ArrowUp")  # Enter went on to the next row
    until(page, "is now row", "#events-grid")
    page.keyboard.press("Control+Delete")
    paste(page, TABLE)
    until(page, "12 rows added.", "#events-grid")
    page.wait_for_function(f"{AT}.className.includes('ag-cell')")  # also where columns are new
    page.keyboard.press("Control+Delete")
    until(page, "taken out.", "#events-grid")
    press_to(page, "F6", "at.id === 'figure-title'")
    tab_to(page, "at.closest('.cm-content')")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate(f"!{AT}.closest('.cm-content')")  # no trap
    tab_to(page, "at.closest('#claims-grid form') && at.name === 'claim'")
    page.keyboard.type("PFS")
    for value in ("5.2 months", "Abstract"):
        page.keyboard.press("Tab")
        page.keyboard.type(value)
    page.keyboard.press("Enter")
    until(page, "Row 1 added.", "#claims-grid")
    page.wait_for_function(f"{AT}.closest('#claims-grid .ag-cell')")
    press_to(page, "ArrowRight", "at.getAttribute('col-id') === 'line'")
    page.keyboard.type("1")  # a key begins to write, as in a spreadsheet
    page.keyboard.press("Enter")
    until(page, "Audit: 1 claim:", ".status")
    until(page, "PFS line 1", "#endpoints")
    page.wait_for_selector("#figure svg")
    page.keyboard.press("Control+s")
    until(page, "keys2024.yaml is saved.")
    page.wait_for_function(f"{AT}.closest('#claims-grid .ag-cell')")
    page.reload()
    complete(page)
    page.wait_for_function(f"{AT}.closest('#claims-grid .ag-cell')")
    case = load(folder / "keys2024.yaml")[0]
    assert sorted(each.kind for each in case.events) == sorted(EVENTS)


def test_grid_and_text_are_in_step_and_comments_stay(page, folder):
    (folder / "smith.yaml").write_text(CASE)
    edit(page, "smith.yaml")
    write(page, "events", 1, "target", "PR")
    changed = CASE.replace("2021-04}", "2021-04, target: PR}")
    has_text(page, changed)
    until(page, "Not saved.", ".status")
    page.evaluate("""() => { const view = editorPage.view;
        const at = view.state.doc.toString().indexOf("2021-03");
        view.dispatch({ changes: { from: at, to: at + 7, insert: "2021-02" } }); }""")
    until(page, "2021-02", '#events-grid [row-index="0"] [col-id="date"]')
    write(page, "events", 0, "date", "15.03.2021")
    until(page, "Not done. Row 1", "#events-grid")
    assert "Row 1, date: date:" not in page.locator("#events-grid .said").inner_text()
    assert "2021-03-15" in page.locator("#events-grid .said").inner_text()  # what to write
    assert text_of(page) == changed.replace("2021-03", "2021-02")
    page.wait_for_function(f"{AT}.value === '15.03.2021'")  # the cell is open again with it
    for width in (800, 1280):  # the message widens no page, and has its beginning
        page.set_viewport_size({"width": width, "height": 900})
        fits(page)
        assert page.evaluate("document.querySelector('.cell-fault').getBoundingClientRect().x") >= 0
    waits, typed = page.locator("#events-grid .ag-cell-inline-editing input"), "15.03.2021"
    cell(page, "events", 0, "event").dblclick()  # it keeps its text, and what is said of it
    expect(waits).to_have_value(typed)
    page.locator("h1").first.click()
    page.keyboard.press("Tab")
    expect(waits).to_have_value(typed)
    expect(page.locator(".cell-fault")).to_contain_text("2021-03-15")
    waits.press("Tab")
    expect(waits).not_to_be_focused()  # no trap
    expect(waits).to_have_value(typed)
    waits.press("Control+a")
    page.keyboard.type("16.03.2021")  # another one that is refused
    page.locator("#events-grid h2").click()
    expect(page.locator(".cell-fault")).to_contain_text("2021-03-16")
    page.wait_for_function(f"{AT}.value === '16.03.2021'")
    page.keyboard.type("17.03.2021")  # as in any cell it replaces the text
    page.keyboard.press("Enter")
    expect(page.locator(".cell-fault")).to_contain_text("2021-03-17")
    page.wait_for_function(f"{AT}.value === '17.03.2021'")
    page.keyboard.press("Escape")  # it is as it was
    until(page, "2021-02", '#events-grid [row-index="0"] [col-id="date"]')
    page.wait_for_function("!document.querySelector('.cell-fault')")
    write(page, "events", 1, "date", "03.04.2021")
    until(page, "if the day comes first", ".cell-fault")
    page.wait_for_function(
        f"{AT}.getAttribute('aria-describedby') === document.querySelector('.cell-fault p')?.id"
    )
    for key in ("ArrowDown", "ArrowDown", "Enter"):  # to the second reading
        page.keyboard.press(key)
    page.wait_for_function("editorPage.view.state.doc.toString().includes('scan: 2021-03-04')")
    page.wait_for_function(f"{AT}.closest('.ag-cell')")  # it is not lost with its button
    page.get_by_role("button", name="Undo").click()
    for _ in range(2):
        page.get_by_role("button", name="Undo").click()
    has_text(page, CASE)
    page.get_by_role("button", name="Redo").click()
    page.wait_for_function("editorPage.view.state.doc.toString().includes('target: PR')")
    write(page, "events", 1, "date", "8 weeks after diagnosis 2021-03")
    page.wait_for_function("editorPage.view.state.doc.toString().includes('8 weeks after')")
    written = text_of(page)
    write(page, "events", 0, "date", "2021-02")
    until(page, "would be '8 weeks after diagnosis 2021-02'", "#events-grid .references")
    assert text_of(page) == written  # nothing before the answer
    page.wait_for_function("document.activeElement.innerText === 'Change these places too'")
    page.keyboard.press("Enter")
    until(page, "1 place changed with it.", "#events-grid .said")
    both = written.replace("2021-03", "2021-02")
    has_text(page, both)
    page.get_by_role("button", name="Undo").click()
    until(page, "Undone in row 1, diagnosis 2021-03: date is 2021-03, and was 2021-02; in row 2, "
          "scan 8 weeks after diagnosis 2021-03: date is 8 weeks", ".told")  # fmt: skip
    page.get_by_role("button", name="Undo").click()  # both places were one step
    has_text(page, changed)
    form = page.locator("#events-grid form").first
    form.get_by_label("New row: event").select_option("death")
    form.get_by_label("date").fill("31.01.2021")
    form.get_by_role("button", name="Add row").click()
    until(page, "Row 1 added. 31.01.2021 can only be 2021-01-31. It stands by its date.",
          "#events-grid")  # fmt: skip
    page.wait_for_function(f"{AT}.parentElement.getAttribute('row-index') === '0'")
    page.get_by_role("button", name="Undo").click()
    has_text(page, changed)
    assert (folder / "smith.yaml").read_text() == CASE


def test_a_text_that_is_no_yaml_keeps_the_grid_and_names_the_line(page, folder):
    (folder / "broken.yaml").write_text(CASE)
    edit(page, "broken.yaml")
    page.evaluate("""() => editorPage.view.dispatch({
        changes: { from: 0, to: 4, insert: "case: [" } })""")
    until(page, "The text is no YAML at line", "#events-grid .grid-notice")
    until(page, "shows the last text that could be read", "#events-grid .grid-notice")
    expect(rows_of(page, "events")).to_have_count(2)
    page.locator("#problems a[data-line]").first.click()
    page.wait_for_function(f"{AT}.closest('.cm-content')")
    page.get_by_role("button", name="Undo").click()


def test_words_are_suggested_in_the_text(page, folder):
    (folder / "words.yaml").write_text(CASE.replace("scan: 2021-04}", "scan: 2021-04, target: }"))
    edit(page, "words.yaml")
    page.evaluate("""() => { const view = editorPage.view;
        view.dispatch({ selection: { anchor: view.state.doc.toString().indexOf("target: ") + 8 } });
        view.focus(); }""")
    page.keyboard.type("s")
    expect(page.locator(".cm-tooltip-autocomplete li")).to_have_text(["SD", "shrunk", "stable"])
    page.wait_for_timeout(100)  # CodeMirror takes no choice in the first 75 ms
    page.keyboard.press("Enter")
    page.wait_for_function("editorPage.view.state.doc.toString().includes('target: SD}')")


def test_two_tabs_and_another_program_lose_nothing(page, context, folder):
    (folder / "two.yaml").write_text(CASE)
    edit(page, "two.yaml")
    other = context.new_page()
    other.goto(page.url)
    complete(other)
    write(page, "events", 1, "target", "PR")
    other.wait_for_function("editorPage.view.state.doc.toString().includes('target: PR')")
    write(other, "events", 0, "what", "sarcoma")
    page.wait_for_function("editorPage.view.state.doc.toString().includes('what: sarcoma')")
    cell(page, "events", 0, "what").click()
    page.keyboard.press("F2")  # a cell is open here, while the other tab moves its row away
    page.keyboard.type("mine")
    cell(other, "events", 1, "date").click()
    other.keyboard.press("Alt+ArrowUp")
    other.wait_for_function("editorPage.view.state.doc.toString().endsWith('what: sarcoma}  # from "
                            "the letter\\n')")  # fmt: skip
    page.keyboard.press("Enter")  # it is written in its own row, wherever that is now
    page.wait_for_function("editorPage.view.state.doc.toString().includes('{diagnosis: 2021-03, "
                           "what: sarcomamine}')")  # fmt: skip
    until(page, "sarcomamine", '#events-grid [row-index="1"] [col-id="what"]')
    cell(page, "events", 1, "what").click()
    page.keyboard.press("F2")  # open again, while the other tab writes in another cell of the row
    page.keyboard.type("lost")
    write(other, "events", 1, "date", "2021-02")
    page.wait_for_function("editorPage.view.state.doc.toString().includes('diagnosis: 2021-02')")
    page.keyboard.press("Enter")
    until(page, "The row was changed meanwhile", "#events-grid")
    assert "lost" not in text_of(page)
    for _ in range(3):
        page.get_by_role("button", name="Undo").click()
    page.wait_for_function("editorPage.view.state.doc.toString().endsWith('target: PR}\\n')")
    other.close(run_before_unload=False)
    theirs = CASE.replace("2021-03", "2020-03")
    (folder / "two.yaml").write_text(theirs)
    mine = text_of(page)
    page.get_by_role("button", name="Save", exact=True).click()
    until(page, "-  - {diagnosis: 2020-03}", ".conflict")
    assert (folder / "two.yaml").read_text() == theirs
    page.get_by_label("Save under another name").fill("../two.yaml")
    page.get_by_role("button", name="Save as").click()
    until(page, "leads out of the folder")
    page.get_by_label("Save under another name").fill("two-mine")
    page.get_by_role("button", name="Save as").click()
    until(page, "two-mine.yaml", "h1")
    complete(page)
    expect(page).to_have_url(re.compile("name=two-mine.yaml"))
    assert (folder / "two-mine.yaml").read_text() == mine
    assert (folder / "two.yaml").read_text() == theirs
    page.reload()
    complete(page)
    has_text(page, mine)


def typed_while_offline(page, part, changed):
    """What the page keeps when something is typed without a connection; then it is loaded anew."""
    page.evaluate(
        """([part, changed]) => {
          const now = editorPage.view.state.doc.toString();
          const before = now.replace("shape: 25\\n", "shape: 2\\n");
          const text = before.replace(part, changed);
          sessionStorage.setItem("timeline-typed",
            JSON.stringify({ at: location.href, before, text }));
        }""",
        [part, changed],
    )
    page.reload()
    complete(page)


# The height of the messages is measured, and nothing that gets the focus is scrolled below them.
PADDED = """document.documentElement.style.getPropertyValue("--messages")
  === `${document.querySelector(".messages").offsetHeight}px`"""
BELOW_MESSAGES = """() => document.querySelector("[data-field]").getBoundingClientRect().top
  >= document.querySelector(".messages").getBoundingClientRect().bottom"""


def test_the_page_follows_the_disk_and_a_save_tells_the_problems(page, folder):
    (folder / "disk.yaml").write_text(CASE)
    edit(page, "disk.yaml")
    (folder / "disk.yaml").write_text(CASE.replace("2021-03", "2020-03"))
    until(page, "was changed by another program, and was read again", ".told")
    page.wait_for_function("editorPage.view.state.doc.toString().includes('2020-03')")
    page.get_by_role("button", name="Undo").click()
    until(page, "Undone in row 1, diagnosis 2021-03: ", ".told")
    until(page, "from before the file changed on the disk", ".status")
    page.keyboard.press("Control+s")
    until(page, "+  - {diagnosis: 2021-03}", ".conflict")
    assert "2020-03" in (folder / "disk.yaml").read_text()
    for width in (1280, 800):  # what can be done is in sight, and covers no field with the focus
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.activeElement.blur(); scrollTo(0, document.body.scrollHeight)")
        for name in ("Save", "Undo", "Save this text over the file", "Leave it for now"):
            button = page.get_by_role("button", name=name, exact=True)
            expect(button).to_be_in_viewport(ratio=1)
        page.wait_for_function(PADDED)
        page.locator("[data-field]").first.focus()
        page.wait_for_function(BELOW_MESSAGES)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Save this text over the file").click()
    until(page, "disk.yaml is saved", ".told")
    assert (folder / "disk.yaml").read_text() == CASE
    page.evaluate(
        "editorPage.view.dispatch({changes: {from: 0, insert: 'colour: 1\\nshape: 2\\n'}})"
    )
    until(page, "Not saved.", ".status")
    page.keyboard.press("Control+s")
    until(page, "disk.yaml is saved, with 2 problems.", ".told")
    expect(page.locator("#popup")).to_contain_text("keep it as a file, before you close")
    typed_while_offline(page, "shape: 2", "shape: 25")
    until(page, "typed while the connection was lost is in the text, not saved", ".told")
    page.wait_for_function("editorPage.view.state.doc.toString().includes('shape: 25\\n')")
    typed_while_offline(page, "shape: 2\n", "shape: 3\n")  # before: what the text is no more
    until(page, "shape: 3", "#text pre")
    assert "shape: 25\n" in text_of(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_function("scrollY > 500")
    expect(page.locator(".messages")).to_be_in_viewport()


def test_script_in_every_field_runs_nowhere(page, folder):
    name = "<script>0'\"é.yaml"
    (folder / name).write_text(hostile.case())
    Path(os.fsdecode(bytes(folder) + b"/caf\xe9.yaml")).write_text(CASE)  # no UTF-8
    edit(page, name)
    expect(page).to_have_title(f"{name} - timeline")
    page.wait_for_selector("#figure svg")
    keys = "\n    - {':at': window.attacked=1, symptom: 2022-12, note: last}\n"  # of Vue, a binding
    for text in (hostile.case(3), hostile.case(3).rstrip() + keys):
        page.evaluate(
            """(text) => editorPage.view.dispatch({
            changes: { from: 0, to: editorPage.view.state.doc.length, insert: text } })""",
            text,
        )
        until(page, text.rpartition("{")[2].partition(":")[0], "#text .cm-content")
        complete(page)
    page.wait_for_selector("#events-grid [col-id=':at']")
    edit_reload = page.evaluate("window.attacked")
    home(page)
    until(page, hostile.MARKUP[0][:20], "#files")
    assert (edit_reload, page.evaluate("window.attacked")) == (None, None)
    expect(page.locator("#files tr", has_text="caf")).to_contain_text("rename the file")
    (folder / name).unlink()
    Path(os.fsdecode(bytes(folder) + b"/caf\xe9.yaml")).unlink()


def test_uploads(page, folder, tmp_path):
    home(page)
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(40 * 1024 * 1024)
    page.set_input_files("#upload input[data-url]", large)
    until(page, "large.csv was not taken: larger than 32 MB", "#upload [aria-live]")
    wrong = {"name": "w.csv", "mimeType": "text/csv", "buffer": b"event,date\nscan,15.03.2021\n"}
    page.set_input_files("#upload input[data-url]", wrong)
    until(page, "15.03.2021", "#upload")
    page.set_input_files("#upload input[data-url]", large)
    until(page, "large.csv was not taken: larger than 32 MB", "#upload [aria-live]")
    expect(page.locator("#upload")).not_to_contain_text("15.03.2021")  # of the file before
    choice = b"Date,Event,Details\n2022-01-11,Diagnosis,sarcoma\n2022-02-01,CT,liver\n"
    page.set_input_files(
        "#upload input[data-url]", {"name": "c.csv", "mimeType": "text/csv", "buffer": choice}
    )
    page.get_by_role("button", name="Make it scan, modality: CT").click()
    page.wait_for_url("**/edit?name=c.yaml")
    complete(page)
    cell(page, "events", 0, "date").click()  # the first row has a whole date: a text all the same
    page.keyboard.press("F2")
    page.wait_for_function(f"{AT}.tagName === 'INPUT' && {AT}.type === 'text'")
    page.keyboard.press("Escape")
    home(page)
    rows = [line.split("\t") for line in TABLE.splitlines()]
    table = "".join(",".join(row + [""] * (11 - len(row))) + "\n" for row in rows).encode()
    files = {"name": "../jones 2024.csv", "mimeType": "text/csv", "buffer": table}
    page.set_input_files("#upload input[data-url]", files)
    page.wait_for_url("**/edit?name=jones-2024.yaml")
    complete(page)
    until(page, "Not saved.", ".status")
    expect(rows_of(page, "events")).to_have_count(12)
    report = (
        "Abstract\n\nA woman of 61 years.\n\nCase presentation\n\nIn March 2021 a computed "
        "tomography showed a mass. She received doxorubicin from April 2021.\n"
    )
    files = {"name": "report.txt", "mimeType": "text/plain", "buffer": report.encode()}
    page.set_input_files("#report-text input[data-url]", files)
    page.wait_for_selector("#report-text mark.only")
    until(page, "not found", "#report-text")
    page.set_input_files("#report-text input[data-url]", large)
    until(page, "large.csv was not taken: larger", "#report-text [aria-live]")
    expect(page.locator("#report-text mark")).to_have_count(0)  # no mark of the report before
    home(page)
    page.set_input_files("#upload input[data-url]", files)
    page.wait_for_url("**/edit?name=report.yaml")
    complete(page)
    assert "TODO" in text_of(page)
    assert not (folder / "report.yaml").exists()


def test_downloads(page, folder, told):
    edit(page, told)
    form = page.locator('form[data-name="export-figure"]')
    form.get_by_label("journal").select_option("nature")
    form.get_by_label("format").select_option("svg")
    kept = {}
    for name in ("figure", "table", "report", "case file (YAML)"):
        with page.expect_download() as found:
            page.get_by_role("button", name=f"Download {name}").click()
        kept[found.value.suggested_filename] = Path(found.value.path()).read_bytes()
    assert set(kept) == {"osimertinib2024-timeline.svg", "osimertinib2024-lines.docx",
                         "osimertinib2024-report.html", told}  # fmt: skip
    assert b'width="518.7' in kept["osimertinib2024-timeline.svg"]
    assert kept["osimertinib2024-lines.docx"].startswith(b"PK")
    assert b"<!doctype html>" in kept["osimertinib2024-report.html"].lower()
    assert kept[told] == (folder / told).read_bytes()


def test_a_case_in_two_files_leads_to_the_other(page, folder):
    for name, text in PAIR.items():
        (folder / name).parent.mkdir()
        (folder / name).write_text(text)
    edit(page, "cases/wu2024.yaml")
    until(page, "Audit: 1 claim: 1 contradicted", ".status")
    expect(page.locator("#claims-grid h2")).to_contain_text("of the file seeds/wu2024.yaml")
    finding = page.locator("#audit li", has_text="PFS line 1: printed 8.4 months").first
    row = finding.locator("a[data-table=claims]").first
    row.click()  # to its row in the grid
    number = row.get_attribute("data-row")
    page.wait_for_function(f"{AT}.closest('#claims-grid [row-index=\"{number}\"] .ag-cell')")
    basis = finding.locator("details")
    basis.locator("summary").press("Enter")  # the rule, and the way to what the finding speaks of
    expect(basis).to_contain_text("Source: whether a printed time is possible")
    for event in (1, 2):  # the treatment, the scan: rows of the other grid
        basis.locator("a[data-table=events]").nth(event - 1).press("Enter")
        page.wait_for_function(f"{AT}.closest('#events-grid [row-index=\"{event}\"] .ag-cell')")
    write(page, "claims", number, "value", "5.9 months")
    until(page, "seeds/wu2024.yaml: not saved.", ".status")
    # the audit is that of the text as it is edited, not of the file
    until(page, "Audit: 1 claim: 1 agree", ".status")
    page.get_by_role("button", name="Undo").click()
    until(page, "seeds/wu2024.yaml: Undone in row", ".told")
    until(page, "Audit: 1 claim: 1 contradicted", ".status")
    # to its line in the other file
    finding.locator("a", has_text=re.compile(r"wu2024\.yaml, line")).first.click()
    page.wait_for_url("**/edit?name=seeds**line=**")
    complete(page)
    until(page, "The case is in cases/wu2024.yaml", "header")
    page.wait_for_function(f"{AT}.closest('#claims-grid [row-index=\"{number}\"] .ag-cell')")
    line = page.evaluate("editorPage.view.state.doc.lineAt("
                         "editorPage.view.state.selection.main.head).text")  # fmt: skip
    assert "PFS: 8.4 months" in line


def test_the_cohort(page, told):
    page.goto(re.match(r"http://[^/]+/", page.url)[0] + "cohort")
    until(page, "patients;", ".status")
    page.wait_for_selector("#figure svg, #figure .fault")
    row = page.locator("#patients tr", has_text=told.removesuffix(".yaml"))
    expect(row).to_contain_text("osimertinib")


# Whether the editor of the text, whose colours the server sets, has those of the page.
IS_OF_SCHEME = """() => (getComputedStyle(document.querySelector(".cm-editor")).backgroundColor
  === "rgb(255, 255, 255)") !== matchMedia("(prefers-color-scheme: dark)").matches"""
CONTRAST = ("color-contrast", "scrollable-region-focusable", "target-size")


def test_the_pages_are_accessible(page, folder, told):
    found = []
    long = "name_without_a_place_to_break_" * 4  # of a file: wider than a narrow page
    (folder / "pair.yaml").write_text(CASE.replace("events:", f"source: {long}.yaml\nevents:"))
    claims = "claims:\n  Abstract:\n    - {count: 2, about: scans}\n"
    report = f"source: a report\ncase: pair.yaml\n{claims}"
    (folder / f"{long}.yaml").write_text(report)
    paths = (f"edit?name={told}", "edit?name=no.yaml", "edit?name=pair.yaml")
    home = re.match(r"http://[^/]+/", page.url)[0]
    for width, scheme, rules in ((1280, "light", ()), (800, "dark", CONTRAST)):
        page.emulate_media(color_scheme=scheme)
        for path in ("", "cohort", *paths):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(home + path)
            page.wait_for_selector("#figure svg, #files td, #figure .fault, #problems .fault")
            if path in (paths[0], paths[2]):
                complete(page)
                page.wait_for_function(IS_OF_SCHEME)
            fits(page)
            found += [(path, *fault) for fault in violations(page, rules)]
            page.set_viewport_size({"width": 400, "height": 900})
            fits(page)
            expect(page.locator("main")).to_have_count(1)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    assert found == []
