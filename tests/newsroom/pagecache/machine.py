"""A newsroom at random: two web processes and one without a cache, whose pages must never differ.

Every rule is a step. Pages are compared with what the uncached process says at the same moment; besides, the machine
knows by itself which articles are hidden, and looks for the word that stands in each.
"""

from __future__ import annotations

import difflib
import time
from dataclasses import dataclass
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.newsroom.pagecache.processes import Newsroom

PLACES = ("lead", "second", "ticker", "opinion")
FIXED = ("/", "/ticker/", "/ausland/", "/inland/", "/sport/", "/archiv/", "/impressum/", "/gibt-es-nicht/", "/quelle/nda/",
         "/Ausland", "/autor/autorin-0/", "/autor/autorin-1/", *(f"/thema/wort-{number}/" for number in range(4)))  # fmt: skip
OLDEST = 1.0  # seconds
Answer = dict[str, Any]
Known = tuple[int, str, str]  # status, location, digest


@dataclass
class Copy:
    """What the machine knows of an article by itself. word: stands in its headline, lead and text, and nowhere else."""

    word: str
    paths: list[str]
    is_out: bool = False
    was_out: bool = False
    begins: float = 0.0
    embargo: float | None = None
    ends: float | None = None

    def is_hidden(self, since: float, until: float) -> bool:
        """Whether no reader may see it at any moment between these."""
        starts = max(self.begins, self.embargo or 0.0)
        return not self.is_out or until < starts or (self.ends is not None and since >= self.ends)


def known(answer: Answer) -> Known:
    return answer["status"], answer["location"], answer["digest"]


def told(path: str, answer: Answer, truth: Answer) -> str:
    """What differs, line by line."""
    lines = difflib.unified_diff(truth["text"].splitlines(), answer["text"].splitlines(), "true", "shown", lineterm="", n=0)
    return "\n".join([f"{path}: {answer['status']} {answer['location']} {answer['stale']}, true is {truth['status']}", *lines])


node_numbers = st.integers(0, 1)
picks = st.integers(0, 10_000)
soon = st.sampled_from([0.05, 0.2, 0.6, 3.0, 3600.0])


class Machine(RuleBasedStateMachine):
    """Draws what to do; `room` is set by whoever runs it."""

    room: ClassVar[Newsroom]
    steps: ClassVar[int] = 0
    compared: ClassVar[int] = 0
    words: ClassVar[int] = 0

    @initialize()
    def _begin(self) -> None:
        named = self.room.nodes[0]("begin")
        self.categories, self.tags, self.authors = named["categories"], named["tags"], named["authors"]
        self.copy: dict[int, Copy] = {}
        self.lines: list[int] = []
        self.moments: list[float] = []
        self.acted = time.time()

    def _pick(self, number: int) -> int:
        return list(self.copy)[number % len(self.copy)]

    def _word(self) -> str:
        Machine.words += 1
        return f"Kennwort{self.words}x"

    def _act(self, node: int, act: str, /, **given: Any) -> Any:
        Machine.steps += 1
        done = self.room.nodes[node](act, **given)
        self.acted = time.time()
        return done

    def _in(self, seconds: float) -> float:
        at = time.time() + seconds
        self.moments.append(at)
        return at

    def _paths(self) -> list[str]:
        return [*FIXED, *(path for copy in self.copy.values() for path in copy.paths), *self._wrong_paths()]

    def _wrong_paths(self) -> list[str]:
        return [f"/inland/irgendwas-{pk}/" for pk in self.copy]

    @rule(
        node=node_numbers, category=picks, tags=st.sets(st.integers(0, 3), max_size=2), author=st.integers(0, 1),
        urgency=st.sampled_from([1, 4, 5]), kind=st.sampled_from(["report", "opinion"]), publish=st.booleans(),
        later=st.none() | soon,
    )  # fmt: skip
    def write(
        self, node: int, category: int, tags: set[int], author: int, urgency: int, kind: str, publish: bool, later: float | None,
    ) -> None:  # fmt: skip
        word = self._word()
        made = self._act(
            node, "draft", headline=f"Meldung {word}", category=self.categories[category % 3], tags=[self.tags[tag] for tag in tags],
            authors=[self.authors[author]], urgency=urgency, kind=kind,
        )  # fmt: skip
        self.copy[made["pk"]] = Copy(word, [made["path"]])
        if publish:
            self._publish(node, made["pk"], later)

    def _publish(self, node: int, pk: int, later: float | None) -> None:
        done = self._act(node, "publish", pk=pk, at=None if later is None else self._in(later))
        if done:
            copy = self.copy[pk]
            copy.is_out = copy.was_out = True
            copy.begins = done["begins"]

    @precondition(lambda self: self.copy)
    @rule(node=node_numbers, which=picks, later=st.none() | soon)
    def publish(self, node: int, which: int, later: float | None) -> None:
        self._publish(node, self._pick(which), later)

    @precondition(lambda self: any(copy.is_out for copy in self.copy.values()))
    @rule(node=node_numbers, which=picks, act=st.sampled_from(["withdraw", "hold"]), reads=st.lists(picks, max_size=4))
    def hide(self, node: int, which: int, act: str, reads: list[int]) -> None:
        out = [pk for pk, copy in self.copy.items() if copy.is_out]
        pk = out[which % len(out)]
        for number in reads:
            self._read(node, number)
            self._read(1 - node, number)
        self._act(node, act, pk=pk)
        self.copy[pk].is_out = False
        for number in [*reads, FIXED.index("/")]:
            self._read(1 - node, number)
        self._compare(1 - node, self.copy[pk].paths[-1])

    @precondition(lambda self: self.copy)
    @rule(
        node=node_numbers, which=picks, what=st.sampled_from(["headline", "lead", "slug", "category", "urgency", "kicker"]),
        kind=st.sampled_from(["edit", "update", "correction"]), value=st.integers(0, 999),
    )  # fmt: skip
    def edit(self, node: int, which: int, what: str, kind: str, value: int) -> None:
        pk = self._pick(which)
        word = self.copy[pk].word
        values: dict[str, Any] = {
            "slug": f"anders-{value}", "category": self.categories[value % 3], "urgency": 1 + value % 9,
            "kicker": f"Zeile {value}",
        }  # fmt: skip
        done = self._act(node, "revise", pk=pk, changes={what: values.get(what, f"Neu {value} {word}")}, kind=kind)
        if done["path"] not in self.copy[pk].paths:
            self.copy[pk].paths.append(done["path"])

    @precondition(lambda self: self.copy)
    @rule(node=node_numbers, which=picks, field=st.sampled_from(["embargo_until", "visible_until"]), later=st.none() | soon)
    def bound(self, node: int, which: int, field: str, later: float | None) -> None:
        pk = self._pick(which)
        copy = self.copy[pk]
        if field == "visible_until" and later is not None and copy.was_out and copy.begins >= time.time() + later:
            return
        at = None if later is None else self._in(later)
        self._act(node, "revise", pk=pk, changes={field: at})
        if field == "embargo_until":
            copy.embargo = at
        else:
            copy.ends = at

    @precondition(lambda self: self.copy)
    @rule(node=node_numbers, which=picks, tags=st.sets(st.integers(0, 3), max_size=3))
    def retag(self, node: int, which: int, tags: set[int]) -> None:
        self._act(node, "retag", pk=self._pick(which), tags=[self.tags[tag] for tag in tags])

    @precondition(lambda self: any(copy.is_out for copy in self.copy.values()))
    @rule(node=node_numbers, which=picks)
    def correct(self, node: int, which: int) -> None:
        out = [pk for pk, copy in self.copy.items() if copy.is_out]
        pk = out[which % len(out)]
        self._act(node, "correct", pk=pk, text=f"Falsch war {self.copy[pk].word}.")

    @rule(node=node_numbers, which=st.none() | picks, starts=st.sampled_from([-1.0, 0.3]), lasts=soon)
    def break_news(self, node: int, which: int | None, starts: float, lasts: float) -> None:
        article = self._pick(which) if self.copy and which is not None else None
        begin = self._in(starts)
        made = self._act(
            node, "breaking", headline=f"Eilt {which}", article=article, starts=begin, ends=self._in(max(starts, 0) + lasts)
        )
        self.lines.append(made["pk"])

    @precondition(lambda self: self.lines)
    @rule(node=node_numbers)
    def end_news(self, node: int) -> None:
        self._act(node, "unbreak", pk=self.lines.pop())

    @precondition(lambda self: self.copy)
    @rule(node=node_numbers, which=picks, place=st.sampled_from(PLACES), lasts=st.none() | soon)
    def pin(self, node: int, which: int, place: str, lasts: float | None) -> None:
        pk = self._pick(which)
        ends = None if lasts is None else self._in(lasts)
        self._act(node, "pin", article=pk, slug=place, headline=f"Oben {self.copy[pk].word}", ends=ends)

    @rule(
        node=node_numbers, what=st.sampled_from(["tag", "author", "category"]), which=st.integers(0, 1), value=st.integers(0, 999)
    )
    def rename(self, node: int, what: str, which: int, value: int) -> None:
        pk = {"tag": self.tags, "author": self.authors, "category": self.categories}[what][which]
        self._act(node, "rename", what=what, pk=pk, name=f"Name {what} {which} {value}")

    @rule(node=node_numbers, value=st.integers(0, 99))
    def rename_house(self, node: int, value: int) -> None:
        self._act(node, "house", name=f"Blatt {value}")

    @precondition(lambda self: self.copy)
    @rule(seconds=st.sampled_from([0.05, 0.1, 0.3, 0.7]))
    def wait(self, seconds: float) -> None:
        Machine.steps += 1
        time.sleep(seconds)

    @rule(node=node_numbers)
    def restart(self, node: int) -> None:
        self._act(node, "forget")

    @rule(node=node_numbers, numbers=st.lists(picks, min_size=1, max_size=6))
    def read(self, node: int, numbers: list[int]) -> None:
        Machine.steps += 1
        for number in numbers:
            self._read(node, number)

    @precondition(lambda self: any(copy.is_out for copy in self.copy.values()))
    @rule(node=node_numbers, number=picks, which=picks, how=st.sampled_from(["soft", "hard"]), value=st.integers(0, 999))
    def crowd(self, node: int, number: int, which: int, how: str, value: int) -> None:
        """Many readers at both processes right after a change: the new page, or marked as such the one before."""
        out = [pk for pk, copy in self.copy.items() if copy.is_out]
        pk = out[which % len(out)]
        paths = self._paths()
        path = paths[number % len(paths)]
        begun = time.time()
        self._compare(1 - node, path)
        self._compare(node, path)
        before = known(self.room.truth("get", path=path))
        if how == "hard":
            self._act(node, "withdraw", pk=pk)
            self.copy[pk].is_out = False
        else:
            self._act(node, "revise", pk=pk, changes={"lead": f"Neuer Vorspann {value} zu {self.copy[pk].word}."})
        hidden = time.time()
        answers = [*self._act(1 - node, "crowd", path=path), *self._act(node, "crowd", path=path)]
        after = self.room.truth("get", path=path)
        for answer in answers:
            self._no_hidden_word(answer, path, hidden)
            if self._moved(begun):
                continue
            Machine.compared += 1
            was_right = answer["stale"] == "update" and how == "soft" and known(answer) == before
            assert known(answer) == known(after) or was_right, told(path, answer, after)

    @invariant()
    def both_tell_the_truth(self) -> None:
        """After every step one page in turn, at one process in turn, and the front page at the other."""
        turn = Machine.compared // 2
        self._read(turn % 2, turn)
        self._compare(1 - turn % 2, "/")

    def _moved(self, since: float) -> bool:
        """Whether something appeared or ended of itself since then."""
        return any(since - 0.01 <= moment <= time.time() + 0.01 for moment in self.moments)

    def _read(self, node: int, number: int) -> None:
        paths = self._paths()
        self._compare(node, paths[number % len(paths)])

    def _compare(self, node: int, path: str) -> None:
        """The page is what it would be made anew; marked as stale, it may be older for a second after the last act."""
        for _ in range(50):
            asked = time.time()
            answer = self.room.nodes[node]("get", path=path)
            self._no_hidden_word(answer, path, asked)
            truth = self.room.truth("get", path=path)
            Machine.compared += 1
            if known(answer) == known(truth):
                return
            may_be_old = answer["stale"] == "update" and asked <= self.acted + OLDEST
            assert self._moved(asked) or may_be_old, told(path, answer, truth)
            time.sleep(0.03)
        raise AssertionError(f"never the same: {path}")

    def _no_hidden_word(self, answer: Answer, path: str, since: float) -> None:
        until = time.time()
        for copy in self.copy.values():
            if copy.is_hidden(since, until):
                assert copy.word not in answer["text"], (path, copy, answer["stale"])
