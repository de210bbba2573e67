"""Make the bundled example reports from the Voice of America part of the development data (``../shared/data/voa``).

The data holds sentences, most without their last character; some are missing. A report is rebuilt by these rules:
the title and the dateline are split from the first sentence; the lost last character is put back (a full stop, or the
quotation mark or bracket that is open); photo captions, subheadings, credits, page junk and repeated sentences go;
sentences are set as short paragraphs. No word is changed.

    python scripts/bundle_voa.py ../shared/data/voa src/sayso/examples/reports
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import NamedTuple

# Reports on armed conflict, chosen by hand among those with annotated attacks, deaths or arrests, so that conflicts are
# many and some incidents are told by several reports. The name of a report is its date and VOA's number.
CHOSEN = [
    "2012.05.26.1105689",
    "2013.01.10.1581113",
    "2013.01.21.1587732",
    "2013.03.18.1623546",
    "2013.05.23.1666803",
    "2013.09.13.1749095",
    "2014.01.06.1823838",
    "2014.01.31.1841956",
    "2014.03.02.1862314",
    "2014.05.12.1912526",
    "2014.08.07.2405842",
    "2014.12.02.2542349",
    "2014.12.16.2560677",
    "2014.12.17.2562583",
    "2014.12.25.2573211",
    "2015.01.20.2605914",
    "2015.03.21.2689721",
    "2015.03.27.2697067",
    "2015.07.31.2889903",
    "2015.08.11.2913549",
    "2015.11.05.3037829",
    "2015.11.05.3038535",
    "2015.11.26.3074696",
    "2016.01.05.3131977",
    "2016.01.05.3132000",
    "2016.01.07.3135549",
    "2016.02.08.3181623",
    "2016.02.10.3184811",
    "2016.02.14.3190340",
    "2016.02.17.3194684",
    "2016.03.01.3214677",
    "2016.04.11.3279945",
    "2016.04.18.3290978",
    "2016.05.12.3327048",
    "2016.05.13.3328601",
    "2016.05.17.3333843",
    "2016.05.30.3351608",
    "2016.06.02.3358563",
    "2016.06.09.3369222",
    "2016.06.21.3385836",
    "2016.06.26.3392569",
    "2016.07.04.3403532",
    "2016.07.28.3437601",
    "2016.08.11.3460137",
    "2016.08.12.3461808",
    "2016.09.02.3491404",
    "2016.09.21.3519438",
    "2016.09.27.3527025",
    "2016.10.01.3532811",
    "2016.10.13.3549797",
    "2016.10.18.3556203",
    "2016.10.19.3557471",
    "2016.11.28.3614228",
    "2016.12.14.3635600",
    "2016.12.28.3654650",
    "2017.01.16.3678417",
    "2017.01.16.3678663",
    "2017.02.17.3729391",
    "2017.02.23.3736556",
    "2017.03.19.3772413",
    "2017.04.05.3797975",
    "2017.04.07.3800274",
    "2017.04.25.3825261",
    "2017.06.21.3910361",
    "2017.06.26.3916532",
]

CAPS = r"[A-Z][A-Z.'’]+(?:[ ,/-]+[A-Z][A-Z.'’]+){0,5}"
DATELINE = re.compile(rf"(?P<title>.*?)\s?-\s?(?P<place>{CAPS}) —\s?-?\s?(?P<rest>.+)", re.DOTALL)
MONTH_DAY_YEAR = r"(?:Jan|Feb|Mar|March|April|Apr|May|June|July|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\w*\.? \d{1,2}, \d{4}"
NO_PREPOSITION = r"(?<! on)(?<! by)(?<! of)(?<!since)(?<!until)(?<!after)(?<! before)"
CAPTION = re.compile(
    rf"(?i:file) ?[-–:]|.*(?:, on|{NO_PREPOSITION}) {MONTH_DAY_YEAR}\.?$"
    r"|(?:This|In this) .{0,40}(?:photo|image|picture|frame|video)|(?:Handout|Undated|File) photo|Image made"
    r"|(?:Photo|Image|Video)s? (?:by|from|taken)|.*, (?:second from )?(?:right|left|center)(?:, |$)"
)
GLUED_CAPTION = re.compile(rf".{{40,}}{MONTH_DAY_YEAR}\s?-\s?(?=[A-Z“])")
HEADING_DAY = re.compile(rf"({MONTH_DAY_YEAR})\s?-\s?(?=[A-Z“])")
GALLERY = re.compile(r"In (?:Photos|Pictures):.{0,80}[a-z]-(?=[A-Z])")
JUNK = re.compile(
    r".*(?:/\*|\*/|[{}<>]|CDATA|size-width|\d+p \||\bmap shows\b|\bfile photo\b|\bhandout\b)|Share th|Correction:"
    r"|(?:WATCH|Watch|SEE ALSO|RELATED|LISTEN|READ MORE|PHOTOS?|VIDEO)\b\s?[:-]|.*contributed (?:to this|from)\b"
    r"|.*-[A-Z][a-z]+ed (?:of|to|in) .*-[A-Z][a-z]+ed (?:of|to|in) "
)
CREDIT = re.compile(r"\((?:[^()]{0,60}\bvia AP|AP|Reuters|AFP|VOA|[A-Z]\. \w+/VOA)[^()]{0,20}\)\s?-?\s?")
PREFIXES = frozenset(["al", "el", "ul", "pre", "pro", "non", "anti", "neo", "ex", "mid", "co", "then"])
OPENS_SENTENCE = frozenset(
    ["The", "A", "An", "In", "On", "At", "He", "She", "They", "It", "His", "Her", "Their", "President"]
)
AUXILIARY = r"(?:[Ii]s|[Aa]re|[Dd]o|[Dd]oes|[Dd]id|[Cc]an|[Cc]ould|[Ww]ill|[Ww]ould|[Ss]hould|[Hh]as|[Ww]as|[Ww]ere)"
OPENS_QUESTION = re.compile(rf"[“\"‘]?(?:{AUXILIARY}|(?:What|Why|How|Who) {AUXILIARY}) (?!.*,[”\"])")
HEADLINE_SMALL = frozenset(["and", "for", "from", "into", "the", "over", "with"])
CONTINUES = re.compile(r"(?:He|She|They|It|His|Her|Their|This|These|Those|That|But|And|Both|Such) ")


class Sentence(NamedTuple):
    """A sentence of the data, and whether it follows the one before it with nothing missing between."""

    text: str
    follows: bool


def read(folder: Path) -> dict[str, tuple[str, dict[int, str]]]:
    """Id to publication date and sentences by offset, joined from all files of the folder."""
    reports: dict[str, tuple[str, dict[int, str]]] = {}
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                _, sentences = reports.setdefault(row["id"], (row["published"], {}))
                sentences.update({s["start"]: s["text"] for s in row["sentences"]})
    return reports


def clean(by_offset: dict[int, str], year: str) -> tuple[str | None, str]:
    """The title and the body of a report."""
    sentences, end = [], 0
    for offset, text in sorted(by_offset.items()):
        plain = " ".join(unicodedata.normalize("NFC", text).split())
        sentences.append(Sentence(plain, offset - end <= 3))
        end = offset + len(text)
    title, dateline, sentences = split_title(sentences)
    sentences = [s for s in (bare(s, year) for s in sentences) if s.text]
    if sentences and sentences[-1].text[-1].isdigit():
        sentences.pop()  # the last character of a report may be lost without a full stop: a number cut short misleads
    body = "\n\n".join(paragraphs(restore(without_repeats(sentences))))
    return title, f"{dateline} — {body}" if dateline else body


def split_title(sentences: list[Sentence]) -> tuple[str | None, str | None, list[Sentence]]:
    """The title and the dateline, split from the beginning of the first sentence, and the sentences without them."""
    first = sentences[0].text
    if match := DATELINE.match(first):
        rest = Sentence(match["rest"], True)
        return match["title"].strip(" -"), match["place"], [rest, *sentences[1:]]
    # The last hyphen with a headline before it: a title may hold others ("Anti-IS").
    for hyphen in reversed(list(re.finditer(r"\s?-\s?(?=[A-Z0-9“\"‘'])", first[:160]))):
        title, words = first[: hyphen.start()], first[hyphen.end() :]
        small = [word for word in words.split()[:20] if word.islower() and len(word) > 2 and word not in HEADLINE_SMALL]
        if len(title) >= 15 and headline_share(title) >= 0.75 and len(small) >= 2:
            return title.strip(" -"), None, [Sentence(words, True), *sentences[1:]]
    if headline_share(first) >= 0.8 and len(sentences) > 1:
        title, second = first, sentences[1].text
        if match := re.match(rf"[?!]?\s?-?\s?(?P<place>{CAPS}) —\s?-?\s?", second):
            return tidy_title(title), match["place"], [Sentence(second[match.end() :], True), *sentences[2:]]
        return tidy_title(title), None, [Sentence(second.lstrip("?!- "), True), *sentences[2:]]
    return None, None, sentences


def tidy_title(title: str) -> str:
    """A title that lost its last character; a question gets its mark back."""
    return f"{title}?" if OPENS_QUESTION.match(title) and not title.endswith("?") else title


def headline_share(words: str) -> float:
    """The share of longer words that begin with a capital, as in a headline."""
    longer = [word.lstrip("“‘\"'(") for word in words.split() if len(word) > 3]
    return sum(word[:1].isupper() or word[:1].isdigit() for word in longer) / (len(longer) or 1)


def bare(sentence: Sentence, year: str) -> Sentence:
    """The sentence without a credit or subheading before it; empty where it is a caption or junk.

    News of the day does not write its own ``year``; captions do.
    """
    text = CREDIT.sub("", sentence.text) if sentence.text.startswith("(") else sentence.text
    text = re.sub(r"(?<=”)-(?=[A-Z])", " ", GALLERY.sub("", GLUED_CAPTION.sub("", text)))
    text = HEADING_DAY.sub(r"\1: ", text) if HEADING_DAY.match(text) else text
    for match in reversed(list(re.finditer(r"(\s?)-\s?(?=[A-Z“\"‘])", text[:64]))):
        if CAPTION.match(text) or JUNK.match(text):
            break
        if is_subhead(text[: match.start()], spaced=bool(match[1]), rest=text[match.end() :]):
            text = text[match.end() :]
            break
    dated = re.search(rf"(?<!^){MONTH_DAY_YEAR}", text[1:])
    if CAPTION.match(text) or JUNK.match(text) or (dated and dated[0].endswith(year)):
        text = ""
    return Sentence(re.sub(r"(?<=[a-z]{2})\.(?=[A-Z][a-z])", ". ", text), sentence.follows)


def is_subhead(head: str, *, spaced: bool, rest: str) -> bool:
    """Whether the words before a hyphen are a subheading, not the first half of a compound such as "Russian-Syrian"."""
    words = head.split()
    if not words or len(words) > 8 or len(rest.split()) < 5 or re.search(r"[“”\"—]|\bsaid\b", head):
        return False
    if words[-1].lower().rsplit("-")[-1] in PREFIXES or not head.lstrip("'‘")[:1].isupper():
        return False
    starts = rest.split()[0].rstrip(",") in {"Earlier", "Meanwhile", "But", *OPENS_SENTENCE}
    if "," in head:
        return starts and words[-1][0].islower()
    if spaced or words[-1][0].islower():
        return True
    # "Atrocities-Earlier, in Geneva", but not "Sunni-Shia split".
    if len(words) == 1:
        return len(head) > 6 and (starts or head.endswith(("tion", "ment", "ties", "ity", "ence", "ance")))
    if re.match(r"General\b|\w+ said\b", rest):
        return False
    name = re.search(r"(?<![\w-])[A-Z]\w+ [A-Z]\w+$", head)
    return len(words) <= 6 and (starts or words[0] not in OPENS_SENTENCE) and not name


def without_repeats(sentences: list[Sentence]) -> list[Sentence]:
    """The sentences, each kept where it stands first, and none that only lifts words out of another (a pull quote)."""
    keys = [re.sub(r"\W+", " ", sentence.text).strip().lower() for sentence in sentences]
    kept = []
    for number, (sentence, key) in enumerate(zip(sentences, keys, strict=True)):
        lifted = len(key) >= 40 and any(key in other and key != other for other in keys)
        if key not in keys[:number] and not lifted:
            kept.append(sentence)
    return kept


def restore(sentences: list[Sentence]) -> list[Sentence]:
    """The sentences with their last characters: full stops, and the quotation marks that are open."""
    restored: list[Sentence] = []
    opened = ""
    for number, sentence in enumerate(sentences):
        following = sentences[number + 1] if number + 1 < len(sentences) else None
        text = sentence.text.replace("''", '"')
        if lacks_opening(text, opened):
            text = "“" + text
        opened = still_open(text, opened)
        if text[-1] in ".!?":
            text += opened
            opened = ""
        elif text[-1] not in '”"’:;),' or opened:
            introduces = following is not None and following.text.startswith(("“", '"'))
            introduces = introduces and text.endswith((" said", " asked", " added")) and not quotation_marks(text)
            text += "," if introduces else "?" if OPENS_QUESTION.match(text) else "."
            if opened and not closes_later(sentences[number + 1 : number + 5]):
                text += opened
                opened = ""
        elif text[-1] in "’)":
            text += "."
        restored.append(Sentence(text, sentence.follows))
    return restored


def closes_later(following: list[Sentence]) -> bool:
    """Whether a quotation that is open goes on: its end comes before another begins, with nothing missing between."""
    for sentence in following:
        marks = quotation_marks(sentence.text)
        if not sentence.follows or (marks and marks[0][1]):
            return False
        # A sentence that kept its full stop lost the quotation mark behind it.
        if marks or re.search(r"[a-z][.!?]$", sentence.text):
            return True
    return False


def quotation_marks(text: str) -> list[tuple[str, bool]]:
    """The quotation marks of a text in order, each with whether it opens (a straight one by what is before it)."""
    marks = []
    for match in re.finditer(r"[“”\"]", text):
        before = text[match.start() - 1] if match.start() else " "
        marks.append((match[0], match[0] == "“" or (match[0] == '"' and before in " ([—-")))
    return marks


def still_open(text: str, opened: str) -> str:
    """The quotation mark that closes what is open after ``text``; ``opened`` is the one that was open before it."""
    for mark, opens in quotation_marks(text):
        opened = {"“": "”", '"': '"'}[mark] if opens else ""
    return opened


def lacks_opening(text: str, opened: str) -> bool:
    """Whether the first quotation mark of ``text`` closes a quotation that nothing opened."""
    marks = quotation_marks(text)
    return bool(marks) and not marks[0][1] and not opened


def paragraphs(sentences: list[Sentence]) -> list[str]:
    """Short paragraphs, for the data keeps none: a quotation stays together, and so does what a pronoun goes on."""
    result: list[list[str]] = []
    opened = ""
    for sentence in sentences:
        goes_on = bool(opened) or bool(CONTINUES.match(sentence.text)) or bool(result and result[-1][-1].endswith(","))
        if result and sentence.follows and goes_on and len(result[-1]) < 3:
            result[-1].append(sentence.text)
        else:
            result.append([sentence.text])
        opened = still_open(sentence.text, opened)
    return [" ".join(texts) for texts in result]


def file_name(published: str, title: str | None) -> str:
    """A name that a person can read: the date and the first words of the title."""
    words = re.findall(
        r"[a-z0-9]+", unicodedata.normalize("NFKD", title or "").replace("’", "").replace("'", "").lower()
    )
    return "-".join([published, *words[:7]]) + ".txt"


def main(source: Path, target: Path) -> None:
    """Write one file a report."""
    reports = read(source)
    for name in CHOSEN:
        identifier = f"VOA_EN_NW_{name}"
        published, sentences = reports[identifier]
        title, body = clean(sentences, published[:4])
        head = [f"Title: {title}"] if title else []
        head += [f"Date: {published}", "Publisher: Voice of America", f"ID: {identifier}"]
        path = target / file_name(published, title)
        path.write_text("\n".join(head) + "\n\n" + body + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
