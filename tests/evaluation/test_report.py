from sayso.evaluation.accounts import DEVELOPMENT, compare
from sayso.evaluation.report import as_json, as_page, as_text, in_context, replace_section
from sayso.model import Account, Claim, Event, Report, Span

TEXT = "On Monday jets bombed the town. " * 6
BOMBED = Span(15, 21, "bombed")


def account(*, denied: bool) -> Account:
    event = Event(id="e1", type="airstrike", mentions=(BOMBED,))
    claim = Claim(
        id="c1", event="e1", slot="occurrence", value=None, stance="denies", evidence=Span(3, 9, "Monday"), speaker=None
    )
    return Account(
        report=Report(id="r7", text=TEXT, published="2020-01-06"), events=(event,), claims=(claim,) if denied else ()
    )


GROUPS = {DEVELOPMENT: [compare(account(denied=False), account(denied=True))]}


def test_text_shows_what_was_missed_in_its_context() -> None:
    text = as_text(GROUPS, verbose=True, errors=True)
    assert "── denials · missed · 1" in text
    assert "e1 narration denies occurrence" in text
    assert "On [Monday] jets bombed the town." in text
    assert text.count("r7") == 2


def test_text_without_options_is_the_table_alone() -> None:
    text = as_text(GROUPS)
    assert "Development accounts (1 report)" in text
    assert "missed" not in text


def test_json_tells_shares_and_counts_and_null_for_nothing_to_compare() -> None:
    figures = as_json(GROUPS)[DEVELOPMENT]
    assert figures["all"]["denials"] == {
        "precision": None, "recall": 0.0, "f1": 0.0, "agree": 0, "read": 0, "annotated": 1,
    }  # fmt: skip
    assert figures["reports"]["r7"]["events"]["f1"] == 1.0
    assert figures["all"]["links"]["f1"] is None


def test_page_is_the_same_for_the_same_figures_and_says_how_it_was_made() -> None:
    page = as_page(GROUPS, "sayso evaluate accounts x")
    assert page == as_page(GROUPS, "sayso evaluate accounts x")
    assert "`sayso evaluate accounts x`" in page
    assert "| denials and doubts | 0 | 1 | – | 0.0 | 0.0 | 0.0 | 91–100 |" in page


def test_context_is_one_line_with_ellipses_where_text_is_left_out() -> None:
    text = "a" * 100 + "\n\nwords\n" + "b" * 100
    shown = in_context(text, Span(102, 107, "words"))
    assert shown == "…" + "a" * 58 + " [words] " + "b" * 59 + "…"


def test_section_of_a_page_is_replaced_and_the_rest_kept() -> None:
    page = replace_section("# Accuracy\n", "accounts", "one")
    page = replace_section(page, "times", "two")
    page = replace_section(page, "accounts", "three")
    assert page == (
        "# Accuracy\n\n<!-- accounts -->\nthree\n<!-- /accounts -->\n\n<!-- times -->\ntwo\n<!-- /times -->\n"
    )
