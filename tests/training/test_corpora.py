"""Training corpora in one shape: spans where the words stand, layers only where a corpus has them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.evaluation.factuality import Sentence, Target
from sayso.evaluation.muc4.messages import Message, as_report, messages
from sayso.evaluation.muc4.template import ANYONE, Confidence, Entity, Role, Template
from training.corpora import CORPORA, Example, accounts, developed_on, examples, factuality, muc, voa, wikievents
from training.corpora import __main__ as command
from training.corpora.conflict import kind_of
from training.corpora.example import SHARED, Labelled, apart, layer, united
from training.corpora.words import WRITTEN, joined, nearest, places_of

shared = pytest.mark.skipif(not (SHARED / "data").exists(), reason="the corpora are not here")


def words_of(example: Example, name: str) -> list[tuple[str, str | float]]:
    return [(" ".join(example.text[start:end].split()), label) for start, end, label in example.layers[name]]


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        ([(0, 4, "a"), (0, 9, "b")], [(0, 9, "b")]),
        ([(0, 4, "b"), (0, 4, "a")], [(0, 4, "a")]),
        ([(5, 9, "b"), (0, 4, "a"), (5, 9, "b")], [(0, 4, "a"), (5, 9, "b")]),
        ([(3, 3, "a")], []),
    ],
)
def test_of_overlapping_spans_the_longest_is_kept_then_the_preferred(
    spans: list[Labelled], kept: list[Labelled]
) -> None:
    assert list(apart(spans, ("a", "b"))) == kept


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from("abc"))))
def test_spans_apart_do_not_overlap_and_are_of_those_given(spans: list[tuple[int, int, str]]) -> None:
    kept = apart(spans)
    assert set(kept) <= set(spans)
    assert all(one[1] <= other[0] for one, other in pairwise(kept))


def test_overlapping_spans_of_one_label_are_united() -> None:
    spans: list[Labelled] = [(4, 9, "a"), (0, 5, "a"), (1, 3, "a"), (8, 12, "b"), (9, 11, "a")]
    assert united(spans) == ((0, 9, "a"), (8, 12, "b"), (9, 11, "a"))


def test_a_layer_has_each_span_once_and_may_overlap() -> None:
    assert layer([(2, 5, "b"), (0, 9, "a"), (2, 5, "b")]) == ((0, 9, "a"), (2, 5, "b"))


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("THE ARMY", "the\n  army and the Army", ["the\n  army", "the Army"]),
        ("army", "armyworms of the army's", ["army"]),
        ("[ELN]", "the army [ELN].", ["[ELN]"]),
        ("  ", "the army", []),
    ],
)
def test_whole_words_are_found_whatever_their_case_and_white_space(words: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in places_of(words, text)] == found


def test_the_nearest_place_is_taken() -> None:
    assert nearest("army", "army army army", 6) == (5, 9)
    assert nearest("navy", "army", 0) is None


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("He did n't say , `` Go ( now ) '' .", 'He didn\'t say, "Go (now)".'),
        ('" We " and " they " .', '"We" and "they".'),
        ("Thailand ’ s closed - circuit footage", "Thailand’s closed-circuit footage"),
        ("It cost $ 5 -- or 7 % -LRB- net -RRB- !", "It cost $5 -- or 7% (net)!"),
    ],
)
def test_tokens_become_running_text(tokens: str, text: str) -> None:
    assert joined(tokens.split())[0] == text


@given(st.lists(st.sampled_from([*WRITTEN, '"', "-", "’", "s", "n't", ",", "(", "do", "U.S.", "é𝔸"])))
def test_joined_tokens_stand_where_they_are_said_to_in_order(tokens: list[str]) -> None:
    text, places = joined(tokens)
    assert [text[start:end] for start, end in places] == [WRITTEN.get(token, token) for token in tokens]
    assert all(one[1] <= other[0] <= one[1] + 1 for one, other in pairwise(places))


def message(text: str, *key: Template) -> Message:
    report, dated = as_report(text)
    return Message(id="m", report=report, key=key, dated=dated)


def bombing(**slots: tuple[str, ...]) -> Template:
    roles: dict[Role, tuple[Entity, ...]] = {
        role: (Entity(slots[role]),) for role in (*muc.LABELS, ANYONE) if role in slots
    }
    claimed = Confidence(("ELN",), frozenset({"POSSIBLE", "CLAIMED OR ADMITTED"}))
    return Template(types=("BOMBING", "ATTACK"), roles=roles, confidence=(claimed,))


def test_every_mention_of_a_filler_is_labelled_and_the_longer_wins() -> None:
    text = "BOGOTA, 3 JAN 90 (EFE) -- [TEXT] THE ELN\nGUERRILLAS BOMBED A BRIDGE. THE ELN SAID SO; THE BRIDGE FELL."
    key = bombing(PerpOrg=("ELN", "ARMY"), PerpInd=("ELN GUERRILLAS",), Target=("BRIDGE",))
    found = muc.example("muc4", message(text, key))
    said = [(words.lower(), label) for words, label in words_of(found, "muc")]
    assert said == [("eln guerrillas", "perp_ind"), ("bridge", "target"), ("eln", "perp_org"), ("bridge", "target")]
    assert [label for _, label in words_of(found, "confidence")] == ["CLAIMED OR ADMITTED"]
    assert found.types == ("BOMBING",)
    assert found.text.upper() == text


def test_described_people_have_a_layer_of_their_own() -> None:
    key = bombing(Victim=("JUAN DIAZ",), AnyVictim=("JUAN DIAZ", "MAYOR"))
    found = muc.example("muc4", message("THE MAYOR, JUAN DIAZ, WAS KILLED.", key))
    assert [(words.upper(), label) for words, label in words_of(found, "muc")] == [("JUAN DIAZ", "victim")]
    assert [(words.upper(), label) for words, label in words_of(found, "muc_described")] == [("MAYOR", "described")]


def test_an_irrelevant_message_is_annotated_and_empty() -> None:
    found = muc.example("muc4", message("THE PRICE OF COFFEE FELL."))
    assert found.layers == {"muc": (), "muc_described": (), "confidence": ()}
    assert found.types == ()


@pytest.mark.parametrize(
    ("kind", "words", "roles", "label"),
    [
        ("Conflict.Attack", "stormed", [], "attack"),
        ("Conflict.Attack", "went off", [], "explosion"),
        ("Conflict:Attack", "ignited", ["ExplosiveDevice"], "explosion"),
        ("Life:Die", "blast", [], "death"),
        ("Contact.Contact", "said", [], None),
    ],
)
def test_types_of_other_sets_become_coarse_kinds(kind: str, words: str, roles: list[str], label: str | None) -> None:
    assert kind_of(kind, words, frozenset(roles)) == label


def wiki(tokens: str, *events: tuple[str, int, int, str, list[tuple[str, str]]]) -> Example:
    mentions: list[dict[str, Any]] = [
        {
            "event_type": kind,
            "trigger": {"start_idx": start, "end_idx": end, "text": words},
            "arguments": [{"role": role, "text": text} for role, text in arguments],
        }
        for kind, start, end, words, arguments in events
    ]
    return wikievents.example("wikievents", {"docid": "d", "tokens": tokens.split(), "event_mentions": mentions})


def test_arguments_are_taken_nearest_to_their_trigger_and_other_events_left_out() -> None:
    found = wiki(
        "The gunman fled . A gunman killed 100 men , police said .",
        ("Life.Die", 6, 7, "killed", [("Killer", "gunman"), ("Victim", "10"), ("Place", "men")]),
        ("Conflict.Attack", 6, 7, "killed", []),
        ("Contact.Contact", 11, 12, "said", [("Communicator", "police")]),
    )
    assert found.text == "The gunman fled. A gunman killed 100 men, police said."
    assert words_of(found, "trigger_wiki") == [("killed", "death")]
    assert words_of(found, "sides") == [("gunman", "initiator"), ("100", "recipient")]
    assert found.layers["sides"][0][0] == found.text.rindex("gunman")
    assert found.types is None


@pytest.mark.parametrize(
    ("text", "triggers"), [("Police kill a man", [("kill", "death")]), ("They kill , we kill", []), ("Nobody died", [])]
)
def test_a_trigger_cut_at_its_end_is_known_where_its_words_stand_once(
    text: str, triggers: list[tuple[str, str]]
) -> None:
    assert words_of(wiki(text, ("Life.Die", 0, 0, "kil", [])), "trigger_wiki") == triggers


def test_sentences_are_joined_by_their_gaps_and_get_their_point_back() -> None:
    attack = {
        "type": "Conflict:Attack",
        "trigger": {"start": 6, "end": 7, "text": "attack"},
        "arguments": [{"role": "Attacker", "start": 1, "end": 2, "text": "rebels"}],
    }
    sentences = [
        {"start": 0, "text": "The attack\xa0failed", "events": []},
        {"start": 19, "text": "The rebels' attack was the second attack", "events": [attack]},
        {"start": 99, "text": 'He left."', "events": []},
    ]
    found = voa.example("voa", "v", sentences)
    assert found.text == "The attack failed. The rebels' attack was the second attack.\n\nHe left.\""
    assert words_of(found, "trigger_voa") == [("attack", "attack")]
    assert found.layers["trigger_voa"][0][0] == found.text.rindex("attack")
    assert words_of(found, "sides") == [("rebels", "initiator")]


def test_predicates_keep_their_values_and_one_judged_twice_has_the_mean() -> None:
    targets = (Target((2, 3), -3.0), Target((4, 5), 1.0), Target((4, 5), 2.0))
    found = factuality.example("uw", "0", Sentence("It was n't hit he said .", targets))
    assert found.text == "It wasn't hit he said."
    assert words_of(found, "factuality") == [("n't", -3.0), ("he", 1.5)]


ACCOUNT = (
    "The army denied it. Residents said on Monday that shells hit a school. It was not clear who fired the shells."
)


def at(words: str, start: int = 0) -> list[int]:
    found = ACCOUNT.index(words, start)
    return [found, found + len(words)]


def event(**changes: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "type": "shelling",
        "modality": "actual",
        "initiators": [],
        "recipients": [],
        "weapon": None,
    }
    return empty | {"id": "e1", "mentions": [at("shells hit"), at("fired the shells")]} | changes


def claim(slot: str, stance: str, speaker: str | None, words: str) -> dict[str, Any]:
    return {"event": "e1", "slot": slot, "stance": stance, "speaker": speaker and at(speaker), "text": at(words)}


def account(*claims: dict[str, Any], **changes: Any) -> Example:
    rows = {"report": {"id": "r"}, "events": [event(**changes)], "claims": list(claims)}
    return accounts.example("accounts", rows, ACCOUNT)


def test_every_mention_of_an_event_has_its_type_and_modality() -> None:
    found = account(modality="planned")
    assert words_of(found, "trigger") == [("shells hit", "shelling"), ("fired the shells", "shelling")]
    assert [span[:2] for span in found.layers["modality"]] == [span[:2] for span in found.layers["trigger"]]
    assert {label for _, label in words_of(found, "modality")} == {"planned"}


def test_sides_are_labelled_near_each_mention_of_their_event() -> None:
    found = account(initiators=[at("The army")], recipients=[at("a school")], weapon=at("shells"))
    assert words_of(found, "sides") == [
        ("The army", "initiator"),
        ("shells", "weapon"),
        ("a school", "recipient"),
        ("shells", "weapon"),
    ]


def test_claims_give_stances_speakers_and_evidence() -> None:
    found = account(
        claim("occurrence", "asserts", "Residents", "shells hit a school"),
        claim("place", "asserts", "Residents", "shells hit a school"),
        claim("initiator", "denies", "The army", "denied it"),
        claim("initiator", "uncertain", None, "It was not clear who fired the shells"),
    )
    unclear = "It was not clear who fired the shells"
    assert words_of(found, "stance") == [("denied it", "denies"), (unclear, "uncertain")]
    assert words_of(found, "stance_slot") == [("denied it", "denies:initiator"), (unclear, "uncertain:initiator")]
    assert words_of(found, "speaker") == [("The army", "speaker"), ("Residents", "speaker")]
    assert [label for words, label in words_of(found, "claim") if "school" in words] == ["occurrence", "place"]


def test_the_nearest_words_of_a_speaker_are_taken_unless_none_stand_near() -> None:
    text = f"Residents fled. {'Nothing was heard. ' * 20}Shells hit a school, residents said."
    evidence = [text.index("Shells"), text.index(", residents")]
    rows = {"report": {"id": "r"}, "events": [], "claims": [claim("place", "asserts", None, "a school")]}
    rows["claims"] = [{"slot": "place", "stance": "asserts", "speaker": [0, 9], "text": evidence}]
    near = accounts.example("accounts", rows, text)
    assert near.layers["speaker"] == ((len(text) - 15, len(text) - 6, "speaker"),)
    far = accounts.example("accounts", rows, text.replace("residents said", "people said"))
    assert far.layers["speaker"] == ((0, 9, "speaker"),)


@shared
def test_nearly_all_fillers_of_the_keys_stand_in_their_messages() -> None:
    found = total = 0
    for one in messages([SHARED / "data/muc4/tst1"], every=2):
        for entity in (
            entity for template in one.key for role in muc.LABELS for entity in template.roles.get(role, ())
        ):
            total += 1
            found += any(any(places_of(words, one.report.text)) for words in entity.mentions)
    assert total
    assert found / total > 0.97


@shared
@pytest.mark.parametrize("corpus", sorted(set(CORPORA) - {"muc4", "muc4-dev"}))
def test_spans_of_the_corpora_stand_in_their_texts(corpus: str) -> None:
    seen = set()
    for example in examples(corpus):
        assert example.corpus == corpus
        assert example.id not in seen
        seen.add(example.id)
        for spans in example.layers.values():
            assert all(0 <= start < end <= len(example.text) for start, end, _ in spans)
            assert all(example.text[start:end].strip() for start, end, _ in spans)
    assert seen
    assert not seen & developed_on()


def test_a_corpus_is_written_as_plain_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Example("uw", "0", "It “hit”.", {"factuality": ((4, 7, 3.0),), "stance": ()})
    monkeypatch.setattr(command, "CORPORA", ["uw"])
    monkeypatch.setattr(command, "examples", lambda corpus: iter([made]))
    command.main(tmp_path / "new")
    row = json.loads((tmp_path / "new/uw.jsonl").read_text(encoding="utf-8"))
    layers = {"factuality": [[4, 7, 3.0]], "stance": []}
    assert row == {"corpus": "uw", "id": "0", "text": "It “hit”.", "layers": layers, "types": None}
    assert capsys.readouterr().out.startswith("uw: 1 examples\n")
