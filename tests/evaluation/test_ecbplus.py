"""The scorer of ECB+: mentions and chains of its files, ways to join them, and figures by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.evaluation.ecbplus import (
    MODEL,
    SENTENCES,
    Document,
    Mention,
    Row,
    as_figures,
    as_page,
    as_text,
    compare,
    documents,
    events_read,
    lemmas,
    score,
    score_sets,
)

DATA = Path(__file__).parents[3] / "shared" / "data" / "ecbplus"
FLOORS = json.loads((Path(__file__).parent / "floors_ecbplus.json").read_text("utf-8"))
LINES = ("Jets bombed Aleppo on Sunday .", "The bombing killed two .", "Police met on Monday .")


def report(
    folder: Path,
    name: str,
    *mentions: tuple[str, str],
    chains: dict[str, str] | None = None,
    lines: tuple[str, ...] = LINES,
) -> Path:
    """An ECB+ file: mentions as (tag, words), numbered from 1; chains by mention, "" for one within the report."""
    tokens = [(word, n) for n, line in enumerate(lines) for word in line.split(" ")]
    words = [word for word, _ in tokens]
    markables = []
    for m, (tag, phrase) in enumerate(mentions, 1):
        first = words.index(phrase.split(" ")[0])
        anchors = "".join(f'<token_anchor t_id="{first + k + 1}"/>' for k in range(len(phrase.split(" "))))
        markables.append(f'<{tag} m_id="{m}">{anchors}</{tag}>')
    markables.append('<ACTION_OCCURRENCE m_id="99" RELATED_TO="" TAG_DESCRIPTOR="bombing" instance_id="ACT1"/>')
    relations = [
        f'<{tag} r_id="7" {note}><source m_id="{m}"/><target m_id="99"/></{tag}>'
        for m, chain in (chains or {}).items()
        for tag, note in [("CROSS_DOC_COREF", f'note="{chain}"') if chain else ("INTRA_DOC_COREF", "")]
    ]
    rows = [f'<token t_id="{k}" sentence="{n}" number="0">{word}</token>' for k, (word, n) in enumerate(tokens, 1)]
    file = folder / name.partition("_")[0] / f"{name}.xml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(
        f'<Document doc_name="{name}.xml">{"".join(rows)}<Markables>{"".join(markables)}</Markables>'
        f"<Relations>{''.join(relations)}</Relations></Document>",
        encoding="utf-8",
    )
    return folder


BOMBED, BOMBING, MET = ("ACTION_OCCURRENCE", "bombed"), ("ACTION_OCCURRENCE", "bombing"), ("ACTION_STATE", "met")


# Files ------------------------------------------------------------------------------------------------------------


def test_mentions_of_events_have_tokens_and_the_chain_across_reports(tmp_path: Path) -> None:
    report(tmp_path, "5_1ecb", BOMBED, ("LOC_GEO", "Aleppo"), BOMBING, chains={"1": "ACT1", "2": "LOC1", "3": "ACT1"})
    (found,) = documents(tmp_path)
    assert found.mentions == (
        Mention("5_1ecb", "1", 0, (1,), "ACT1"),
        Mention("5_1ecb", "3", 1, (7,), "ACT1"),
    )
    assert (found.mentions[0].topic, found.mentions[0].subtopic) == ("5", "5ecb")


def test_a_chain_within_a_report_is_its_own(tmp_path: Path) -> None:
    for name in ("5_1ecb", "5_2ecbplus"):
        report(tmp_path, name, BOMBED, BOMBING, chains={"1": "", "2": ""})
    chains = [[m.chain for m in found.mentions] for found in documents(tmp_path)]
    assert chains == [["5_1ecb:7"] * 2, ["5_2ecbplus:7"] * 2]


def test_negated_events_are_mentions_too(tmp_path: Path) -> None:
    report(tmp_path, "5_1ecb", ("NEG_ACTION_OCCURRENCE", "bombed"), chains={"1": "NEG1"})
    assert [m.chain for found in documents(tmp_path) for m in found.mentions] == ["NEG1"]


def test_sentences_without_a_chain_are_left_out_and_lone_mentions_beside_one_are_not(tmp_path: Path) -> None:
    report(tmp_path, "5_1ecb", BOMBED, ("ACTION_OCCURRENCE", "killed"), BOMBING, MET, chains={"3": "ACT1"})
    (found,) = documents(tmp_path)
    assert [(m.id, m.chain) for m in found.mentions] == [("2", "5_1ecb:2"), ("3", "ACT1")]


def test_the_list_of_checked_sentences_is_used_where_it_is_there(tmp_path: Path) -> None:
    report(tmp_path, "5_1ecb", BOMBED, BOMBING, MET, chains={"2": "ACT1"})
    (tmp_path / SENTENCES).write_text("Topic,File,Sentence Number\n5,1ecb,0\n5,1ecb,2\n", encoding="utf-8")
    (found,) = documents(tmp_path)
    assert [m.id for m in found.mentions] == ["1", "3"]


def test_topics_are_in_order_of_number_and_one_may_be_given_alone(tmp_path: Path) -> None:
    for name in ("12_1ecb", "5_1ecb", "5_1ecbplus"):
        report(tmp_path, name, BOMBED, chains={"1": "ACT1"})
    assert [found.name for found in documents(tmp_path)] == ["5_1ecb", "5_1ecbplus", "12_1ecb"]
    assert [found.name for found in documents(tmp_path / "12")] == ["12_1ecb"]


def test_a_folder_without_topics_is_said(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="S732"):
        documents(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "<Document>",
        '<Document><token t_id="1">a</token></Document>',
        '<Document><token t_id="1" sentence="x">a</token></Document>',
        '<Document><token t_id="1" sentence="1">a</token><token t_id="2" sentence="0">b</token></Document>',
        '<Document><Markables><ACTION_STATE m_id="1"><token_anchor t_id="1"/></ACTION_STATE></Markables></Document>',
    ],
)
def test_a_file_that_is_no_document_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "5_1ecb.xml").write_text(text, encoding="utf-8")
    with pytest.raises(SaysoError, match=r"S733 .*5_1ecb.xml"):
        documents(tmp_path)


def test_a_list_of_sentences_that_is_none_is_named(tmp_path: Path) -> None:
    report(tmp_path, "5_1ecb", BOMBED)
    (tmp_path / SENTENCES).write_text("Topic,File,Sentence Number\n5,1ecb\n", encoding="utf-8")
    with pytest.raises(SaysoError, match="S733"):
        documents(tmp_path)


# Joining ----------------------------------------------------------------------------------------------------------


def mention(report: str, number: int, chain: str) -> Mention:
    return Mention(report, str(number), 0, (number,), chain)


TWO = [mention("5_1ecb", 1, "A"), mention("5_1ecb", 2, "A"), mention("5_1ecb", 3, "B"), mention("5_2ecb", 1, "A")]


def test_within_reports_chains_and_answers_end_with_the_report() -> None:
    # Chains {1 2} {3} | {1}; all of a report in one: {1 2 3} | {1}.
    found = compare(TWO, lambda m: "all", within=True)
    assert (found.muc.recall, found.muc.precision) == (1.0, 0.5)
    assert (found.pairs.recall, found.pairs.precision) == pytest.approx((1.0, 1 / 3))
    assert found.b_cubed.precision == pytest.approx((4 / 3 + 1 / 3 + 1) / 4)


def test_across_reports_they_do_not() -> None:
    # Chains {1 2 1'} {3}; all in one.
    found = compare(TWO, lambda m: "all", within=False)
    assert (found.muc.recall, found.muc.precision) == pytest.approx((1.0, 2 / 3))
    assert (found.pairs.recall, found.pairs.precision) == (1.0, 0.5)
    assert compare(TWO, lambda m: m.chain, within=False).conll == pytest.approx(1.0)


def test_a_mention_has_the_lemma_of_its_head_word(tmp_path: Path) -> None:
    report(tmp_path, "5_1ecb", BOMBED, BOMBING, ("ACTION_STATE", "met on Monday"), chains=dict.fromkeys("123", "A"))
    assert list(lemmas(documents(tmp_path)).values()) == ["bomb", "bombing", "meet"]


def test_a_mention_has_the_event_that_the_reading_sees_in_its_words(tmp_path: Path) -> None:
    report(tmp_path, "5_1ecb", BOMBED, BOMBING, MET, chains=dict.fromkeys("123", "A"))
    events = events_read(documents(tmp_path))
    assert events["5_1ecb", "1"] == events["5_1ecb", "2"]
    assert ("5_1ecb", "3") not in events


def test_a_report_that_is_refused_has_no_events() -> None:
    foreign = ("Самолеты бомбили город в воскресенье , сообщили военные в столице страны .",)
    sentences = tuple(tuple(line.split(" ")) for line in foreign)
    assert events_read([Document("5_1ecb", sentences, (Mention("5_1ecb", "1", 0, (1,), "A"),))]) == {}


# Rows and how they are shown --------------------------------------------------------------------------------------


def test_rows_stand_the_baseline_beside_the_reading(tmp_path: Path) -> None:
    for name in ("5_1ecb", "5_1ecbplus", "1_1ecb"):
        chain = f"ACT{name}"
        report(tmp_path, name, BOMBED, BOMBING, chains={"1": chain, "2": chain})
    rows = {(row.part, row.level, row.name): row for row in score_sets(tmp_path)}
    assert rows["dev", "within a report", "each by itself"].mentions == 4
    assert rows["train", "within a report", "each by itself"].mentions == 2
    assert rows["dev", "within a report", "same lemma"].scores.pairs.f1 == 0.0
    assert rows["dev", "within a report", "reading"].scores.conll == pytest.approx(1.0)
    # "bombed" and "bombing" are two lemmas; those of both subtopics are one lemma, but two events.
    assert rows["dev", "across reports", "same lemma in the topic"].scores.pairs.response == 2
    assert rows["dev", "across reports", "same lemma in the subtopic"].scores.pairs.response == 0


def test_the_model_is_scored_only_on_topics_that_it_did_not_learn_from(tmp_path: Path) -> None:
    for name in ("5_1ecb", "5_2ecb", "5_3ecb", "1_1ecb"):
        report(tmp_path, name, BOMBED, MET, chains={"1": "ACT1"})
    rows = {(row.part, row.level, row.name): row.scores for row in score_sets(tmp_path)}
    assert {part for part, _, name in rows if name.startswith("model")} == {"dev"}
    assert rows["dev", "across reports", "model, in the subtopic"].pairs.recall == 1.0
    assert rows["dev", "within a report", MODEL].pairs.response == 0


def test_figures_table_and_page_tell_the_same() -> None:
    found = compare(TWO, lambda m: "all", within=False)
    row = Row("dev", "across reports", "all in one", 4, found)
    figures = as_figures([row])
    assert figures["dev.across reports.all in one.pairs.precision"] == 0.5
    assert figures["dev.across reports.all in one.mentions"] == 4
    assert "all in one          4     80.0" in as_text([row])
    assert "| dev | across reports | all in one | 4 | 80.0 |" in as_page([row], "sayso evaluate ecbplus X")


@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data/ecbplus")
def test_a_topic_of_the_corpus_is_read_as_well_as_before() -> None:
    found = documents(DATA / FLOORS["topic"])
    rows = {row.name: row.scores for row in score(found, "dev")}
    assert sum(len(document.mentions) for document in found) == FLOORS["mentions"]
    for name, floor in FLOORS["conll"].items():
        assert rows[name].conll >= floor, name
