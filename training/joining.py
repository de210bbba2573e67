"""Learns the weights of the joining from reports with known incidents, and writes them.

    python -m training.joining ../shared/data --cache ACCOUNTS.jsonl

Learns from the incidents of gun violence before 2016: weights from those up to June 2015, how steep their sum is from
those after. The development months (from January 2016 on) are not looked at. Reads the reports with the reader as it is
(five minutes; kept in the cache, a line {"i": row, "account": …} each). Pairs are those of principal events of two
reports. Findings that these reports cannot teach keep the weight that stands in the file (``learnt: false``).

Each weight keeps its side: what speaks for a joining never weighs against it (``SIGNS``), and of graded findings a
higher grade never weighs less (``GRADED``).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import msgspec
import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from sayso.evaluation import longtail
from sayso.incidents.compare import findings
from sayso.incidents.features import Features, load_features, terms
from sayso.incidents.weights import Weights, weights
from sayso.ledger import schema
from sayso.ledger.store import Store
from sayso.ledger.terms import event_terms
from sayso.model import Account

OUTPUT = Path(__file__).parents[1] / "src" / "sayso" / "incidents" / "matching.yaml"
LEARNT, HELD = ("2013-01", "2015-07"), ("2015-07", "2016-01")
"""The months of the incidents that the weights are learnt from, and that their steepness is."""
STRENGTH = 1.0
"""Inverse regularisation: how far weights may go from zero."""
DIGITS = 2
GRADED = {"names": 1, "towns": 1, "ages": 1, "sentences": 1, "reports": 1, "rare": 1, "lag": -1}
"""Findings in grades: 1 where a higher grade speaks more for a joining, -1 where it speaks less."""
FOR = frozenset({
    "time.same_day", "time.close", "time.week", "killed.many", "killed.equal", "killed.overlap", "injured.many",
    "injured.equal", "clock.same", "days.shared", "street.same",
})  # fmt: skip
AGAINST = frozenset({
    "time.unknown", "time.unknown_both", "time.next_day", "time.few_days", "time.apart", "time.told_before",
    "place.far", "place.provinces", "place.one_province", "killed.far", "killed.grown", "injured.far",
    "injured.grown", "clock.different", "days.none", "street.different",
})  # fmt: skip
MET = frozenset({
    "place.same", "place.near", "place.within", "place.same_district", "place.in_province", "place.same_province",
    *(f"names.{grade}" for grade in range(2, 8)), *(f"towns.{grade}" for grade in range(1, 4)),
})  # fmt: skip
"""What brings two events together that are told in passing: one of these. Pairs without are not learnt from."""

Floats = NDArray[np.float64]


class Pairs(msgspec.Struct):
    """Pairs of principal events: what each shows, and whether the two are one."""

    findings: list[tuple[str, ...]]
    same: list[bool]


def principal_events(accounts: dict[int, Account]) -> dict[str, Features]:
    """The principal event of each report by the report's id, as the joining sees it."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "ledger.sqlite") as store:
        longtail.fill(store, accounts.values(), None)
        with store.read() as connection:
            found = load_features(connection, schema.events.c.modality == "actual")
    return {event.report_id: event for event in found if event.main}


def pairs(events: Sequence[Features], incident: dict[str, str], *, met: bool) -> Pairs:
    """All pairs of these events, or those that have ``MET``. ``incident`` tells by report which occurrence it is on."""
    made = Pairs([], [])
    for one, two in combinations(sorted(events, key=lambda event: event.id), 2):
        shown = tuple(reason.finding for reason in findings(one, two))
        if met and MET.isdisjoint(shown):
            continue
        made.findings.append(shown)
        made.same.append(incident[one.report_id] == incident[two.report_id])
    return made


def between(rows: Sequence[longtail.Row], months: tuple[str, str]) -> list[longtail.Row]:
    """The rows whose incidents happened in these months; the second is the one after the last."""
    return [row for row in rows if months[0] <= row.happened < months[1]]


class Design:
    """Findings as columns: a graded one has a column for each step, so that steps can be kept from turning back."""

    def __init__(self, known: Weights, *, passing: bool) -> None:
        fixed = {name: entry for name, entry in known.findings.items() if not entry.learnt}
        self.fixed = {name: entry.passing if passing else entry.weight for name, entry in fixed.items()}
        names = [name for name, entry in known.findings.items() if entry.learnt]
        self.columns = {name: at for at, name in enumerate(names)}
        self.bounds = [self._bound(name) for name in names]

    def _bound(self, name: str) -> tuple[float | None, float | None]:
        group, _, grade = name.partition(".")
        if group in GRADED and grade != "0":
            return (0.0, None) if GRADED[group] > 0 else (None, 0.0)
        return (0.0 if name in FOR else None, 0.0 if name in AGAINST else None)

    def steps(self, name: str) -> list[str]:
        """The columns that make up a finding's weight: a grade has all those up to it."""
        group, _, grade = name.partition(".")
        return [f"{group}.{n}" for n in range(int(grade) + 1)] if group in GRADED else [name]

    def matrix(self, rows: Sequence[Sequence[str]]) -> tuple[csr_matrix, Floats]:
        """A row a pair, and what the fixed findings add up to."""
        at: list[int] = []
        ends, offsets = [0], []
        cache = {name: [self.columns[step] for step in self.steps(name)] for name in self.columns}
        for row in rows:
            for name in row:
                at += cache.get(name, ())
            ends.append(len(at))
            offsets.append(sum(self.fixed.get(name, 0.0) for name in row))
        shape = (len(rows), len(self.columns))
        return csr_matrix((np.ones(len(at)), at, ends), shape=shape), np.array(offsets)

    def weights(self, solved: Floats) -> dict[str, float]:
        """The weight of each learnt finding."""
        return {name: float(sum(solved[self.columns[step]] for step in self.steps(name))) for name in self.columns}


def fit(design: Design, learnt: Pairs) -> tuple[float, Floats]:
    """Where log-odds start, and the columns' weights: logistic regression within bounds."""
    matrix, offset = design.matrix(learnt.findings)
    same, turned = np.array(learnt.same, dtype=float), matrix.T.tocsr()

    def loss(point: Floats) -> tuple[float, Floats]:
        odds = matrix @ point[1:] + point[0] + offset
        miss = 1 / (1 + np.exp(-odds)) - same
        value = float((np.logaddexp(0, odds) - same * odds).sum() + (point[1:] ** 2).sum() / (2 * STRENGTH))
        return value, np.append(miss.sum(), turned @ miss + point[1:] / STRENGTH)

    start = np.zeros(len(design.columns) + 1)
    solved = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(None, None), *design.bounds])
    return float(solved.x[0]), solved.x[1:]


def steepness(odds: Floats, fixed: Floats, same: Floats) -> tuple[float, float]:
    """By what to multiply log-odds, and what to add, so that likelihoods are as often right as they say (Platt).

    What is ``fixed`` stays as it is.
    """

    def loss(point: Floats) -> float:
        z = point[0] * odds + point[1] + fixed
        return float((np.logaddexp(0, z) - same * z).sum())

    solved = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead")
    return float(solved.x[0]), float(solved.x[1])


def learn(rows: Sequence[longtail.Row], accounts: dict[int, Account]) -> Weights:
    """The scorecard with new weights for what can be learnt: from whole reports, and as if all was told in passing."""
    known = weights()
    incident = {accounts[row.number].report.id: row.incident for row in rows if row.number in accounts}
    held = {accounts[row.number].report.id for row in between(rows, HELD) if row.number in accounts}
    events = principal_events({row.number: accounts[row.number] for row in rows if row.number in accounts})
    start, main = card(Design(known, passing=False), events, incident, held)
    stripped = in_passing(events, accounts)
    start_passing, passing = card(Design(known, passing=True), stripped, incident, held, met=True)
    entries = {
        name: msgspec.structs.replace(entry, weight=main[name], passing=passing[name]) if entry.learnt else entry
        for name, entry in known.findings.items()
    }
    return Weights(start=start, start_passing=start_passing, findings=entries)


def in_passing(events: dict[str, Features], accounts: dict[int, Account]) -> dict[str, Features]:
    """The same events, known by their sentences alone."""
    found = {}
    for account in accounts.values():
        event = events.get(account.report.id)
        if event is not None:
            data = event_terms(account, passing=True)[event.id.rpartition(":")[2]]
            found[event.report_id] = msgspec.structs.replace(event, **terms(data))
    return found


def card(
    design: Design, events: dict[str, Features], incident: dict[str, str], held: set[str], *, met: bool = False
) -> tuple[float, dict[str, float]]:
    """Where log-odds start, and the weights of the learnt findings; of pairs that have ``MET`` where that is asked."""
    early = pairs([event for one, event in events.items() if one not in held], incident, met=met)
    late = pairs([event for one, event in events.items() if one in held], incident, met=met)
    begin, solved = fit(design, early)
    matrix, offset = design.matrix(late.findings)
    steep, shift = steepness(matrix @ solved + begin, offset, np.array(late.same, dtype=float))
    print(f"{len(early.same)} pairs, {sum(early.same)} the same; held {len(late.same)}, {sum(late.same)}")
    print(f"steepness {steep:.3f}, shift {shift:.3f}")
    # All years before 2016 teach the weights that are shipped; the steepness is that of reports that taught nothing.
    whole = Pairs(early.findings + late.findings, early.same + late.same)
    begin, solved = fit(design, whole)
    # Plus nought: no weight is written as -0.0.
    weighed = {name: round(steep * weight, DIGITS) + 0.0 for name, weight in design.weights(solved).items()}
    return round(steep * begin + shift, DIGITS), weighed


def write(found: Weights) -> None:
    """Put the scorecard into its file, with the comment that stands at the head of it."""
    before = OUTPUT.read_text(encoding="utf-8")
    head = "".join(line for line in before.splitlines(keepends=True) if line.startswith("#"))
    body = yaml.safe_dump(msgspec.to_builtins(found), sort_keys=False, allow_unicode=True, width=118)
    OUTPUT.write_text(head + body, encoding="utf-8")


def cached(rows: Sequence[longtail.Row], cache: Sequence[Path]) -> dict[int, Account]:
    """The accounts of the rows, from the cache as far as it has them; the rest is read and added to its first file."""
    wanted, found = {row.number: row for row in rows}, dict[int, Account]()
    for path in cache:
        for line in path.open(encoding="utf-8") if path.exists() else ():
            row = json.loads(line)
            if row["i"] in wanted and "account" in row:
                found[row["i"]] = Account.from_json(json.dumps(row["account"]))
    read = longtail.read([row for number, row in wanted.items() if number not in found])
    if cache and read:
        with cache[0].open("a", encoding="utf-8") as lines:
            lines.writelines(f'{{"i": {i}, "account": {account.to_json()}}}\n' for i, account in read.items())
    return found | read


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, nargs="*", default=[])
    asked = parser.parse_args()
    rows = between(longtail.rows(asked.data / "longtail"), (LEARNT[0], HELD[1]))
    write(learn(rows, cached(rows, asked.cache)))


if __name__ == "__main__":
    main()
