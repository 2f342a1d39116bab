"""The processes: only the newest text of each page counts, and one that dies is replaced."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from timeline.app import workers
from timeline.app.parts import Audited, Drawn, Record, Request

TEXT = workers.SMALL_CASE


@pytest.fixture(scope="module")
def analyser():
    made = workers.Analyser()
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def runner():
    """One loop for the tests that share the processes, which belong to the loop of the server."""
    with asyncio.Runner() as made:
        yield made


def hold(analyser):
    """Let the processes do nothing, however long this one waits before it goes on."""
    for worker in analyser._workers:
        os.kill(worker._process.pid, signal.SIGSTOP)


def request(text):
    return Request(text=text, path=Path("a.yaml"))


async def until(condition, seconds=60.0):
    for _ in range(int(seconds / 0.02)):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise TimeoutError


def test_the_parts_of_the_newest_texts_alone_are_passed_on(analyser, runner):
    """Ten texts of one page and one of another: in the end both have all parts of their newest."""

    async def run():
        found, other = [], []
        for number in range(10):
            text = TEXT.replace("case: warm-up", f"case: text{number}")
            last = analyser.submit(1, request(text), lambda n, part: found.append((n, part)))
        analyser.submit(2, request("case: broken\n"), lambda _, part: other.append(part))
        await until(lambda: len(found) == 3 and len(other) == 3)
        await asyncio.sleep(0.3)
        return last, found, other

    last, found, other = runner.run(run())
    assert [n for n, _ in found] == [last] * 3
    assert {type(part) for _, part in found} == {Record, Drawn, Audited}
    assert next(part for _, part in found if isinstance(part, Record)).heading == "text9"
    assert next(part for part in other if isinstance(part, Record)).faults


def test_a_process_that_dies_is_replaced_and_told(analyser, runner):
    async def run():
        lost, found = [], []
        hold(analyser)
        analyser.submit(1, request(TEXT), lambda _, part: lost.append(part))
        for worker in analyser._workers:
            worker._process.kill()
        await until(lambda: len(lost) == 3)
        analyser.submit(1, request(TEXT), lambda _, part: found.append(part))
        await until(lambda: len(found) == 3)
        return lost, found

    lost, found = runner.run(run())
    assert all("ended without a result" in part.fault for part in lost)
    assert not any(part.fault for part in found)


def test_an_analysis_that_takes_too_long_is_stopped_and_told(analyser, runner, monkeypatch):
    monkeypatch.setattr(analyser, "longest", 0.0)

    async def run():
        found = []
        hold(analyser)
        analyser.submit(1, request(TEXT), lambda _, part: found.append(part))
        await until(lambda: len(found) == 3)
        return found

    assert all("took longer than 0 seconds" in part.fault for part in runner.run(run()))


def test_a_process_that_cannot_run_is_not_started_for_ever(monkeypatch):
    started = []

    class Dying(workers._Worker):
        def start(self):
            super().start()
            started.append(self._process)
            self._process.kill()

    async def run():
        monkeypatch.setattr(workers, "_Worker", Dying)
        analyser, found = workers.Analyser(), []
        analyser.start()
        analyser.submit(1, request(TEXT), lambda _, part: found.append(part))
        await until(lambda: len(found) == 3 and len(started) == 2 * workers.MOST_DEATHS)
        await asyncio.sleep(0.2)
        analyser.submit(1, request(TEXT), lambda _, part: found.append(part))
        await until(lambda: len(found) == 6)
        analyser.stop()
        return found

    found = asyncio.run(run())
    assert len(started) == 2 * workers.MOST_DEATHS
    assert all("cannot run" in part.fault for part in found[3:])
