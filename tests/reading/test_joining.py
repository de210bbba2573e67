"""Which mentions are one actor within a report, and which are not: a table of small reports."""

from __future__ import annotations

import pytest
from tests.reading.conftest import Read

from sayso.model import Account, Actor

HIT = "rockets hit a base near Homs."

JOINED = [
    # by name
    ("Ahmed Karimi said {hit} Karimi said ten died.", "Ahmed Karimi", "Karimi"),
    ("Coalition spokesman Col. Ahmed Karimi said {hit} Col. Karimi said ten died.", "Ahmed Karimi", "Karimi"),
    ("Defense Minister Ahmed Karimi said {hit} Minister Karimi said ten died.", "Ahmed Karimi", "Karimi"),
    ("Bashar al-Assad said {hit} Assad said ten died.", "Bashar al-Assad", "Assad"),
    ("Talal al-Barazi said {hit} Barazi said ten died.", "Talal al-Barazi", "Barazi"),
    ("Houchang Hassan-Yari said {hit} Hassan-Yari said ten died.", "Houchang Hassan-Yari", "Hassan-Yari"),
    ("Ban Ki-moon said {hit} Ban Ki-moon said ten died.", "Ban Ki-moon", "Ban Ki-moon"),
    ("Ahmed Hassan Karimi said {hit} Ahmed Karimi said ten died.", "Ahmed Hassan Karimi", "Ahmed Karimi"),
    ("Karimi said {hit} Ahmed Karimi said ten died.", "Karimi", "Ahmed Karimi"),
    ("Ali Karim of the National Army said {hit} Karim said ten died.", "Ali Karim", "Karim"),
    ("The Syrian Network for Human Rights said {hit} The Network said ten died.", "Network for Human", "Network"),
    ("The Iraqi Centre for Studies said {hit} The Centre said ten died.", "Iraqi Centre for Studies", "Centre"),
    ("Hezbollah said {hit} The Lebanese Hezbollah said ten died.", "Hezbollah", "Lebanese Hezbollah"),
    ("ISIS said {hit} The Islamic State said ten died.", "ISIS", "Islamic State"),
    ("The White House said {hit} The White House added that ten died.", "White House", "White House"),
    # by acronym
    ("The Syrian Observatory for Human Rights (SOHR) said {hit} SOHR said ten died.", "Syrian Observatory", "SOHR"),
    ("The Syrian Observatory for Human Rights said {hit} The SOHR said ten died.", "Syrian Observatory", "SOHR"),
    ("The Northern Relief Committee (NRC) said {hit} The NRC said ten died.", "Northern Relief", "NRC"),
    ("The Free Homs Brigade (FHB) said {hit} FHB said ten died.", "Free Homs Brigade", "FHB"),
    ("SDF said {hit} The Syrian Democratic Forces said ten died.", "SDF", "Syrian Democratic Forces"),
    ("The United Nations said {hit} The UN said ten died.", "United Nations", "UN"),
    # by what it is
    ("The Syrian Observatory for Human Rights said {hit} The Observatory said ten died.", "Human", "Observatory"),
    ("The Syrian Observatory for Human Rights said {hit} The monitor said ten died.", "Human", "The monitor"),
    ("The Syrian Observatory for Human Rights said {hit} The group said ten died.", "Human", "The group"),
    ("The Syrian Observatory for Human Rights said {hit} The UK-based watchdog said ten died.", "Human", "watchdog"),
    ("The Syrian Observatory for Human Rights said {hit} The monitoring group said ten died.", "Human", "monitoring"),
    (
        "The Syrian Observatory for Human Rights said Hamas fired rockets. The group said ten died.",
        "Human",
        "The group",
    ),
    ("Hezbollah fired rockets at a base on Sunday. The group said ten died.", "Hezbollah", "The group"),
    ("Hezbollah fired rockets at a base on Sunday. The militant group said ten died.", "Hezbollah", "militant group"),
    ("The Russian Defense Ministry said {hit} The ministry said ten died.", "Russian Defense", "The ministry"),
    ("The Iraqi Ministry of Interior said {hit} The ministry said ten died.", "Ministry of", "The ministry"),
    ("The Syrian army said {hit} The army said ten died.", "Syrian army", "The army"),
    ("The US-led coalition said {hit} The coalition said ten died.", "US-led coalition", "The coalition"),
    ("SANA said {hit} The agency said ten died.", "SANA", "The agency"),
    ("SANA said {hit} The news agency said ten died.", "SANA", "The news agency"),
    ("The Syrian government said {hit} The government said ten died.", "Syrian government", "The government"),
    ("An opposition war monitor said {hit} The monitor said ten died.", "An opposition war monitor", "The monitor"),
    (
        "A monitoring group said {hit} The Syrian Observatory for Human Rights said ten died.",
        "A monitoring group",
        "Human",
    ),
    # by office
    ("A military source told SANA that {hit} The source added that ten died.", "A military source", "The source"),
    ("A military source told SANA that {hit} The same source said ten died.", "A military source", "The same source"),
    ("A local official said {hit} The official said ten died.", "A local official", "The official"),
    ("Homs Governor Ahmed Karimi said {hit} The governor said ten died.", "Ahmed Karimi", "The governor"),
    ("Army spokesman Ahmed Karimi said {hit} The spokesman said ten died.", "Ahmed Karimi", "The spokesman"),
    ("Prime Minister Ahmed Karimi said {hit} The prime minister said ten died.", "Ahmed Karimi", "The prime minister"),
    (
        "Ahmed Karimi, a spokesman for the army, said {hit} The spokesman said ten died.",
        "Ahmed Karimi",
        "The spokesman",
    ),
    ("A witness, Omar Said, said {hit} Said told Reuters that ten died.", "Omar Said", "Said"),
    ("Military sources said {hit} The sources said ten died.", "Military sources", "The sources"),
    # by pronoun
    ("Ahmed Karimi said {hit} He added that ten died.", "Ahmed Karimi", "He"),
    ("Spokeswoman Maria Karimi said {hit} She said ten died.", "Maria Karimi", "She"),
    ("The army said {hit} It said ten died.", "The army", "It"),
    ("Residents said {hit} They said ten died.", "Residents", "They"),
    ("The Observatory said {hit} “Ten died,” it said.", "Observatory", "it"),
    ("General Ahmed Karimi visited the base. He said {hit}", "Ahmed Karimi", "He"),
    ("The army said {hit} Spokesman Ahmed Karimi gave no toll. He said ten died.", "Ahmed Karimi", "He"),
    ("Officials said Sunday they believe {hit}", "Officials", "they"),
    ("Rebels blamed the government for rockets that hit a base, but it denied the attack.", "the government", "it"),
    ("Ahmed Karimi said {hit} The army denied it. He said ten died.", "Ahmed Karimi", "He"),
]

APART = [
    ("The Syrian army said {hit} The Free Syrian Army said ten died.", "Syrian army", "Free Syrian Army"),
    ("Russia said {hit} Russia Today said ten died.", "Russia", "Russia Today"),
    ("The United Nations said {hit} The United Nations Children's Fund said ten died.", "United Nations", "Children"),
    ("Ahmed Karimi said {hit} Reza Karimi said ten died.", "Ahmed Karimi", "Reza Karimi"),
    ("The Pentagon said {hit} The US military said ten died.", "Pentagon", "US military"),
    ("The US military said {hit} The coalition said ten died.", "US military", "The coalition"),
    ("The Observatory said {hit} Observatory director Ali Karim said ten died.", "Observatory", "Ali Karim"),
    ("A coalition spokesman said {hit} The coalition said ten died.", "A coalition spokesman", "The coalition"),
    ("The Army of Conquest said {hit} The army said ten died.", "Army of Conquest", "The army"),
    ("Government officials said {hit} The government said ten died.", "Government officials", "The government"),
    ("A witness said {hit} Another witness said ten died.", "A witness", "Another witness"),
    ("A military source said {hit} A police source said ten died.", "A military source", "A police source"),
    ("A source in Homs said {hit} A source in Idlib said ten died.", "in Homs", "in Idlib"),
    ("The Christian Science Monitor said {hit} A monitor said ten died.", "Science Monitor", "A monitor"),
    ("The Russian Foreign Ministry said {hit} The Russian Defense Ministry said ten died.", "Foreign", "Defense"),
    ("The Syrian government said {hit} The Iraqi government said ten died.", "Syrian", "Iraqi"),
    ("Ahmed Karimi said {hit} The army said ten died. It gave no names, he said.", "The army", "he"),
    ("The army said {hit} He said ten died, Ahmed Karimi added.", "The army", "Ahmed Karimi"),
    ("Aleppo Media Centre said {hit} Rockets also hit Aleppo, the army said.", "Media Centre", "the army"),
]


def holding(account: Account, words: str) -> list[Actor]:
    """The actors of whose mentions one has these words, or who are the speakers of a source that has them."""
    spoken = {a.speaker for a in account.attributions for span in a.source if words in span.text}
    return [a for a in account.actors if a.id in spoken or any(words in span.text for span in a.spans)]


@pytest.mark.parametrize(("text", "first", "second"), JOINED)
def test_mentions_of_one_actor_are_joined(read: Read, text: str, first: str, second: str) -> None:
    account = read(text.format(hit=HIT))
    both = [actor for actor in holding(account, first) if actor in holding(account, second)]
    assert len(both) == 1, [(actor.name, [span.text for span in actor.spans]) for actor in account.actors]
    texts = {span.text for span in both[0].spans}
    assert len(both[0].spans) >= 2, texts


@pytest.mark.parametrize(("text", "first", "second"), APART)
def test_mentions_of_two_actors_are_kept_apart(read: Read, text: str, first: str, second: str) -> None:
    account = read(text.format(hit=HIT))
    speakers = {a.source[0].text: a.speaker for a in account.attributions if a.source}
    other = {words for words in speakers if words == second or (len(second) > 2 and second in words)}
    one = {words for words in speakers if first in words} - other
    assert (len(one), len(other)) == (1, 1), speakers
    assert speakers[one.pop()] != speakers[other.pop()]


@pytest.mark.parametrize(
    ("text", "person", "body"),
    [
        ("The Relief Committee said {hit} Its director Ali Karim said ten died.", "Ali Karim", "Relief Committee"),
        ("Observatory head Ali Karim said {hit}", "Ali Karim", "Observatory"),
        ("Ali Karim, a spokesman for the National Army, said {hit}", "Ali Karim", "National Army"),
        ("The National Army said {hit} Its spokesman, Ali Karim, said ten died.", "Ali Karim", "National Army"),
        ("Ali Karim, who heads the Relief Committee, said {hit}", "Ali Karim", "Relief Committee"),
        ("Captain Ali Karim of the Rapid Forces said {hit}", "Ali Karim", "Rapid Forces"),
        ("The Relief Committee's Ali Karim said {hit}", "Ali Karim", "Relief Committee"),
        ("The Relief Committee's director, Ali Karim, told AFP that {hit}", "Ali Karim", "Relief Committee"),
        ("A coalition spokesman said {hit}", "A coalition spokesman", "coalition"),
    ],
)  # fmt: skip
def test_whoever_speaks_for_a_body_is_another_actor_and_related_to_it(
    read: Read, text: str, person: str, body: str
) -> None:
    actors = {actor.name: actor for actor in read(text.format(hit=HIT)).actors}
    assert actors[person].affiliation == body
    assert actors[body].id in actors[person].related
    assert actors[person].id in actors[body].related
    assert actors[person].id != actors[body].id


@pytest.mark.parametrize(
    "text",
    ["U.S. officials said {hit}", "Homs Governor Ali Karim said {hit}", "Top Iranian General Ali Karim said {hit}",
     "The group's spokesman said {hit}", "A resident of Homs said {hit}"],
)  # fmt: skip
def test_a_country_a_place_or_nobody_is_no_body_to_speak_for(read: Read, text: str) -> None:
    account = read(text.format(hit=HIT))
    (speaker,) = {a.speaker for a in account.attributions}
    (actor,) = [a for a in account.actors if a.id == speaker]
    assert (actor.affiliation, actor.related) == (None, ())


def test_a_name_that_nobody_needs_is_no_actor(read: Read) -> None:
    names = {
        actor.name for actor in read("The army said rockets hit a base. Hezbollah has a television channel.").actors
    }
    assert "Hezbollah" not in names


def test_known_bodies_that_belong_together_are_apart_and_related(read: Read) -> None:
    text = (
        "The Pentagon said rockets hit a base. The US military said ten died. The US-led coalition denied any attack."
    )
    actors = {actor.name: actor for actor in read(text).actors}
    pentagon, military, coalition = actors["Pentagon"], actors["The US military"], actors["The US-led coalition"]
    assert {military.id, coalition.id} <= set(pentagon.related)
    assert {pentagon.id, coalition.id} <= set(military.related)


def test_an_office_is_that_of_the_day_of_the_report(read: Read) -> None:
    text = "Donald Trump said rockets hit a base near Homs."
    (there,) = [a.affiliation for a in read(text, "2018-04-14").actors if a.name == "Donald Trump"]
    (before,) = [a.affiliation for a in read(text, "2015-04-14").actors if a.name == "Donald Trump"]
    assert (there, before) == ("White House", None)
