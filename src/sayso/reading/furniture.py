"""What stands in a report's text without being told by it: tags, topics, related headlines, credits of pictures.

Archives keep a page's text on one line, so that "Tags missile attacks Syria" or another report's headline behind the
credit of a picture stands in the midst of the prose.
"""

from __future__ import annotations

from sayso.reading.lexicon import phrases, words
from sayso.reading.syntax import Syntax

LONGEST = 40
"""At most this many tokens belong to a list of tags or to a headline."""
FINITE = frozenset({"VBD", "MD", "DT", "."})


def furniture(s: Syntax) -> frozenset[int]:
    """The tokens of tags, topics, related headlines and headlines behind a picture's credit."""
    found: set[int] = set()
    for i, word in enumerate(s.word):
        if i in found:
            continue
        if word in words("headings", "tags"):
            found.update(range(i, _tags_end(s, i + 1)))
        elif word in words("headings", "topics"):
            found.update(range(i, _topic_end(s, i)))
        elif _opens(s, i, "related") and i + 1 < len(s.word) and s.word[i + 1][0].isupper():
            found.update(range(i, _paragraph_end(s, i)))
        elif _opens(s, i, "credits"):
            found.update(range(i, _headline_end(s, i + 1)))
    return frozenset(found)


def _opens(s: Syntax, i: int, entry: str) -> bool:
    return any(tuple(s.word[i : i + len(p)]) == p for p in phrases("headings", entry))


def _tags_end(s: Syntax, i: int) -> int:
    """Where tags end: at a finite verb or an article, which they never have."""
    end = i
    while end < min(len(s.word), i + LONGEST) and s.tag[end] not in FINITE:
        if s.low[end] in words("headings", "finite"):
            break
        end += 1
    return end


def _topic_end(s: Syntax, i: int) -> int:
    """A topic's name ends with the number of its reports: "Topic Battle Against Daesh in Syria (180)"."""
    window = range(i, min(len(s.word) - 2, i + LONGEST))
    return next((k + 3 for k in window if s.word[k] == "(" and s.word[k + 1].isdigit() and s.word[k + 2] == ")"), i)


def _paragraph_end(s: Syntax, i: int) -> int:
    end = i
    while end < len(s.word) and s.paragraph_of[end] == s.paragraph_of[i]:
        end += 1
    return end


def _headline_end(s: Syntax, i: int) -> int:
    """Where words with capitals end, short words and figures among them passed over; not before a full stop."""
    end = i
    while end < min(len(s.word), i + LONGEST) and s.tag[end] != ".":
        word = s.word[end]
        if word[0].islower() and word not in words("headings", "small"):
            # The sentence that goes on in small letters began one word before.
            return max(i, end - 1)
        end += 1
    return end
