"""Keys across reports: when two names are one actor, and two addresses one report."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sayso.model import Actor

_WORD = re.compile(r"[a-z0-9]+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n][\"'”’»)\]]*|[\"“‘«(])\s*(?:(?:the|a|an)\s+)?$", re.IGNORECASE)
_CAMPAIGN = re.compile(r"^(utm_|fbclid$|gclid$|mc_cid$|mc_eid$|ref$|cmp$|src$)", re.IGNORECASE)


@cache
def _titles() -> tuple[frozenset[str], frozenset[str]]:
    """Leading words that do not tell one name from another: always, and where two words remain (honorifics.yaml)."""
    import yaml

    entries = yaml.safe_load(files("sayso.ledger").joinpath("honorifics.yaml").read_text("utf-8")).values()
    always = frozenset(word for entry in entries if entry.get("always") for word in entry["words"])
    return always, frozenset(word for entry in entries for word in entry["words"]) - always


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name without case, accents, punctuation, article and title: "Col. Wayne Marotto" is ``wayne-marotto``."""
    from anyascii import anyascii

    plain = re.sub(r"'s?\b|'", "", anyascii(name).lower())
    words = _WORD.findall(re.sub(r"\b([a-z])\.(?=[a-z]\b)", r"\1", plain))
    return "-".join(_without_titles(words))


def _without_titles(words: list[str]) -> list[str]:
    always, otherwise = _titles()
    start = 0
    while start < len(words) - 1:
        left = len(words) - start - 1
        if words[start] not in always and (words[start] not in otherwise or left < 2):
            break
        start += 1
    return words[start:]


def actor_key(actor: Actor, report_id: str, text: str) -> str:
    """The ledger's key of an actor: its knowledge-base id, else its folded name.

    A description without a proper name ("residents", "a spokesman") is nobody in particular: it stays in its report.
    """
    if actor.kb_id:
        return actor.kb_id
    folded = fold(actor.name) or "unnamed"
    return folded if _is_proper(actor, text) else f"{report_id}-{folded}"


def _is_proper(actor: Actor, text: str) -> bool:
    words = re.findall(r"[^\W\d_][\w'’.-]*", actor.name)
    words = words[len(words) - len(_without_titles([word.lower().rstrip(".") for word in words])) :]
    capitals = [word for word in words if word[0].isupper()]
    if not capitals:
        return False
    # "Residents said": a capital that only a sentence's start may have given names nobody.
    if capitals != words[:1] or any(letter.isupper() for letter in words[0][1:]):
        return True
    return any(_SENTENCE_START.search(text[max(0, span.start - 40) : span.start]) is None for span in actor.spans)


def url_key(url: str | None) -> str | None:
    """An address without what does not change the page: fragment, campaign marks, "www.", final slash."""
    if not url:
        return None
    parts = urlsplit(url.strip())
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _CAMPAIGN.match(k)]
    host = parts.netloc.lower().removeprefix("www.")
    scheme = "https" if parts.scheme in ("http", "https") else parts.scheme
    return urlunsplit((scheme, host, parts.path.rstrip("/"), urlencode(query), ""))
