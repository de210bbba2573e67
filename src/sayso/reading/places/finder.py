"""Finds the names that may be places: longest names of the gazetteer, and what type words and lists make places."""

from __future__ import annotations

from itertools import pairwise

from sayso.knowledge.actors import ActorBase
from sayso.knowledge.countries import country_names, demonyms
from sayso.knowledge.gazetteer import Gazetteer
from sayso.knowledge.names import fold, plain
from sayso.knowledge.placewords import TypeWord, place_words, type_word
from sayso.reading.places.candidates import FAMOUS, LONGEST_NAME, PLACE_LABELS, Candidate, Hints
from sayso.reading.places.judging import Judge, is_context, means_else, wide
from sayso.reading.places.tokens import Token, joined, runs


def with_apostrophes(words: list[Token], gazetteer: Gazetteer) -> list[Token]:
    """The words, those made possessive that are a great city with an "s": some publishers write "Aleppos"."""
    doubtful = {w.text: fold(w.text[:-1]) for w in words if w.capital and len(w.text) > 4 and w.text[-1] == "s"}
    doubtful = {word: key for word, key in doubtful.items() if plain(word) not in demonyms()}
    records = gazetteer.by_keys([*doubtful.values(), *map(fold, doubtful)])
    lost = {
        word
        for word, key in doubtful.items()
        if any(r.population >= FAMOUS and r.tier == 0 and plain(r.name) == plain(word[:-1]) for r in records[key])
        and not any(plain(r.name) == plain(word) for r in records[fold(word)])
        and ActorBase.open().named(word) is None
    }
    return [
        w._replace(end=w.end - 1, text=w.text[:-1], lower=w.lower[:-1], possessive=True) if w.text in lost else w
        for w in words
    ]


class Finder:
    """One search of a report: keys of all stretches are looked up at once, then the longest names are taken."""

    def __init__(self, text: str, words: list[Token], gazetteer: Gazetteer, hints: Hints) -> None:
        self.text, self.words, self.hints, self.gazetteer = text, words, hints, gazetteer
        self.runs = self._with_of(runs(text, words), gazetteer)
        self.typed: dict[int, tuple[str, TypeWord, int]] = {}
        self.keys: dict[tuple[int, int], str] = {}
        for first, last in self.runs:
            if meaning := self._type_after(last):
                self.typed[last] = meaning
            for i in range(first, last):
                for j in range(i + 1, min(last, i + LONGEST_NAME) + 1):
                    self.keys[i, j] = fold(text[words[i].start : words[j - 1].end])
                    if (
                        j < last
                        and words[j].lower in place_words().types
                        and words[j].lower != "department"
                        and (words[j].lower != "state" or j + 1 == last)
                    ):
                        self.typed[j] = (words[j].lower, place_words().types[words[j].lower], j + 1)
        wanted = set(self.keys.values())
        wanted.update(f"{self.keys[i, j]}#{self.typed[j][1].cls}" for i, j in self.keys if j in self.typed)
        self.records = gazetteer.by_keys(k for k in wanted if k.strip("#"))
        spans = {span: found for span, key in self.keys.items() if (found := self.records.get(key))}
        self.judge = Judge(words, self.runs, spans, self.typed)

    def _with_of(self, found: list[tuple[int, int]], gazetteer: Gazetteer) -> list[tuple[int, int]]:
        """The runs, those made one that are a name of the gazetteer with "of" in it: "District of Columbia"."""
        pairs: dict[int, list[tuple[str, int, int]]] = {}
        for k, ((first, last), (start, end)) in enumerate(pairwise(found)):
            if [w.lower for w in self.words[last:start]] not in (["of"], ["of", "the"]):
                continue
            for i in range(max(first, last - 2), last):
                for j in range(start + 1, min(end, start + 3) + 1):
                    key = fold(self.text[self.words[i].start : self.words[j - 1].end])
                    pairs.setdefault(k, []).append((key, i, j))
        known = gazetteer.by_keys({key for options in pairs.values() for key, _, _ in options})
        joint: list[tuple[int, int]] = []
        cut = 0
        for k, (first, last) in enumerate(found):
            whole = next(((i, j) for key, i, j in pairs.get(k, ()) if any(r.tier <= 1 for r in known[key])), None)
            begin = max(first, cut)
            if whole is not None and whole[0] >= begin:
                joint += [(begin, whole[0])] if whole[0] > begin else []
                joint.append(whole)
                cut = whole[1]
            elif begin < last:
                joint.append((begin, last))
        return joint

    def found(self) -> list[Candidate]:
        """All names that the gazetteer or the words around them say may be places, in order, none overlapping."""
        found: list[Candidate] = []
        weak: list[Candidate] = []
        for first, last in self.runs:
            i = first
            while i < last:
                candidate = self._longest(i, first, last, found[-1] if found else None, weak)
                if candidate is None:
                    i += 1
                else:
                    found.append(candidate)
                    i = candidate.last
        # A name that stands for a place once stands for it throughout the report.
        sure = {plain(c.stem) for c in found}
        taken = {k for c in found for k in range(c.first, c.last)}
        for c in weak:
            c.weak = plain(c.stem) not in sure
        found += [c for c in weak if taken.isdisjoint(range(c.first, c.last))]
        return self._coordinated(sorted(found, key=lambda c: c.start))

    def _longest(
        self, i: int, first: int, last: int, before: Candidate | None, weak: list[Candidate]
    ) -> Candidate | None:
        for j in range(min(last, i + LONGEST_NAME), i, -1):
            candidate = self._candidate(i, j, first if before is None or before.last != i else i, last)
            if candidate is None or not self.judge.possible(candidate, i, j):
                continue
            if (
                before is not None
                and not candidate.governor
                and before.last < i
                and self._before_comma_and(i) < before.last
            ):
                candidate.governor = before.governor
            if self.judge.plausible(candidate):
                return candidate
            if candidate.records and candidate.alone and candidate.label not in ("PERSON", "ORG"):
                weak.append(candidate)
        return None

    def _candidate(self, i: int, j: int, first: int, last: int) -> Candidate | None:
        words, key = self.words, self.keys[i, j]
        typed = self.typed.get(j)
        own = self.records.get(key, ())
        if typed:
            own = (*self.records.get(f"{key}#{typed[1].cls}", ()), *own)
        whole = j == last or (typed is not None and typed[2] >= last) or self._place_follows(j, last)
        begins = i == first or (i - first <= LONGEST_NAME and all(is_context(w) for w in words[first:i]))
        label = self.hints.label(words[i].start, words[j - 1].end)
        kind_of = self._type_before(i)
        kind = typed[1] if typed else kind_of
        nameable = label in PLACE_LABELS or (kind is not None and kind.kind != "admin1")
        if not own and not (begins and whole and nameable):
            return None
        if not own and words[i].lower in place_words().openers | place_words().locative:
            return None
        start, end = words[i].start, words[j - 1].end
        candidate = Candidate(i, j, start, end, self.text[start:end], own, label=label, alone=begins and whole)
        candidate.governor = self._governor(i)
        if typed:
            candidate.type_text, candidate.type, candidate.last = typed
            candidate.end = words[candidate.last - 1].end
        elif kind_of:
            candidate.type = kind_of
        elif i and words[i - 1].lower == "rural":
            candidate.type = type_word("province")
        self._direct(candidate, i)
        return candidate

    def _direct(self, candidate: Candidate, i: int) -> None:
        directions = place_words().directions
        # "in the east of Ukraine": a part of it; "east of Aleppo" lies outside.
        if i >= 4 and self.words[i - 1].lower == "of" and self.words[i - 3].lower == "the" and wide(candidate):
            part = directions.get(self.words[i - 2].lower)
            if part and self.words[i - 4].lower in ("in", "across", "throughout"):
                candidate.direction, candidate.governor = part, "in"
                return
        if (
            not i
            or self.words[i - 1].lower not in directions
            or not joined(self.text, self.words[i - 1], self.words[i])
        ):
            return
        # "eastern Ghouta" has a name of its own.
        key = fold(f"{self.words[i - 1].text} {candidate.stem}")
        named = tuple(r for r in self.gazetteer.by_keys([key])[key] if r.gazetteer_id.startswith("region:"))
        if named and candidate.type is None and not wide(candidate):
            candidate.records = named
            candidate.stem_at, candidate.first, candidate.start = candidate.start, i - 1, self.words[i - 1].start
            candidate.governor = candidate.governor or self._governor(i - 1)
            return
        candidate.direction = directions[self.words[i - 1].lower]
        first = i - 1
        # "eastern and northern Syria" is one region of two parts.
        if first >= 2 and self.words[first - 1].lower == "and" and self.words[first - 2].lower in directions:
            first -= 2
        candidate.stem_at = candidate.start
        candidate.first, candidate.start = first, self.words[first].start
        candidate.governor = candidate.governor or self._governor(first)

    def _type_before(self, i: int) -> TypeWord | None:
        """ "the village of X", "the villages of X and Y"."""
        if i < 2 or self.words[i - 1].lower != "of":
            return None
        # In "X neighborhood of Y" the word is X's.
        named = i >= 3 and self.words[i - 3].capital and not is_context(self.words[i - 3])
        return None if named else type_word(self.words[i - 2].lower)

    def _type_after(self, last: int) -> tuple[str, TypeWord, int] | None:
        words = self.words
        for count in (3, 2, 1):
            end = last + count
            if end > len(words) or any(w.mark for w in words[last:end]):
                continue
            if not all(joined(self.text, words[k - 1], words[k]) for k in range(last, end)):
                continue
            word = " ".join(w.lower for w in words[last:end])
            meaning = type_word(word)
            if meaning and not (meaning.kind == "admin1" and words[last].capital and word in ("state", "department")):
                return word, meaning, end
        return None

    def _governor(self, i: int) -> str:
        """The preposition that governs the name at ``i``, past articles, adjectives of kind and directions."""
        rules = place_words()
        for k in range(i - 1, max(-1, i - 8), -1):
            word = self.words[k]
            if word.mark:
                return ""
            lower = word.lower
            if (
                lower == "of"
                and k
                and (type_word(self.words[k - 1].lower) or self.words[k - 1].lower in rules.passed_over)
            ):
                return "in"
            if lower in rules.locative:
                return lower
            if lower not in rules.passed_over and lower not in rules.directions and plain(lower) not in demonyms():
                return ""
        return ""

    def _coordinated(self, found: list[Candidate]) -> list[Candidate]:
        """ "X, Y and Z neighborhoods", "the villages of X and Y": the runs beside a typed name are of its kind."""
        taken = {k: c for c in found for k in range(c.first, c.last)}
        added: list[Candidate] = []
        for first, last in reversed(self.runs):
            right = taken.get(self._past_comma_and(last))
            plural = right is not None and right.type_text is not None and right.type_text.endswith("s")
            if plural and right is not None:
                self._share(first, last, right, taken, added)
            elif right is not None and first not in taken and right.governor and right.records:
                self._listed_beside(first, last, right, taken, added)
        for first, last in self.runs:
            left = taken.get(self._before_comma_and(first))
            if left is not None and left.type is not None and left.type_text is None and left.last < first:
                self._share(first, last, left, taken, added)
            elif left is not None and first not in taken and left.governor and left.records and left.last < first:
                self._listed_beside(first, last, left, taken, added)
        return sorted(found + added, key=lambda c: c.start)

    def _share(
        self, first: int, last: int, other: Candidate, taken: dict[int, Candidate], added: list[Candidate]
    ) -> None:
        if first in taken:
            if taken[first].type is None and taken[first].last == last:
                taken[first].type, taken[first].type_text, taken[first].weak = other.type, other.type_text, False
            return
        start, end = self.words[first].start, self.words[last - 1].end
        stem = self.text[start:end]
        if (
            any(k in taken for k in range(first, last))
            or plain(stem) in place_words().never
            or plain(stem) in country_names()
            or self.judge.verb_of_speech_follows(last)
            or self.hints.label(start, end) == "PERSON"
        ):
            return
        records = self.records.get(self.keys[first, last], ()) if (first, last) in self.keys else ()
        candidate = Candidate(first, last, start, end, stem, records, type=other.type, governor=other.governor)
        candidate.type_text = other.type_text
        added.append(candidate)
        taken.update(dict.fromkeys(range(first, last), candidate))

    def _listed_beside(
        self, first: int, last: int, other: Candidate, taken: dict[int, Candidate], added: list[Candidate]
    ) -> None:
        """A name in a list with a place may be a place in a spelling that the gazetteer has not."""
        start, end = self.words[first].start, self.words[last - 1].end
        stem = self.text[start:end]
        unusual = (
            self.judge.verb_of_speech_follows(last)
            or self.hints.label(start, end) in ("PERSON", "ORG", "NORP")
            or self.judge.noun_follows(last)
        )
        if (
            unusual
            or last - first > 3
            or is_context(self.words[first])
            or not self.judge.possible(
                candidate := Candidate(first, last, start, end, stem, beside=other, weak=True), first, last
            )
        ):
            return
        candidate.governor = other.governor
        added.append(candidate)
        taken.update(dict.fromkeys(range(first, last), candidate))

    def _past_comma_and(self, k: int) -> int:
        k += k < len(self.words) and self.words[k].text == ","
        k += k < len(self.words) and self.words[k].lower == "and"
        return k

    def _before_comma_and(self, k: int) -> int:
        k -= 1
        k -= k >= 0 and self.words[k].lower == "and"
        return k - (k >= 0 and self.words[k].text == ",")

    def _place_follows(self, j: int, last: int) -> bool:
        """Whether the rest of the run is a country or large city of its own: publishers lose commas ("Homs Aleppo")."""
        if j >= last or last - j > LONGEST_NAME or means_else(plain(self.words[last - 1].text)):
            return False
        return any(r.population >= FAMOUS and r.tier == 0 for r in self.records.get(self.keys[j, last], ()))
