"""Coded errors: each is one line, ``S123 what happened. What to do.``, so that a user can quote it and act on it."""

from __future__ import annotations

import string

ERRORS: dict[str, str] = {
    # 1xx: a source that cannot be read
    "S101": "{name} is empty. Give a report with words in it.",
    "S102": "{name} is not readable as text ({why}). Save it as UTF-8 and try again.",
    "S103": "{name} has no publication date that could be found. Give one with --published YYYY-MM-DD.",
    "S104": "{name} is dated '{value}', which is no date sayso knows between {first} and {last}. "
    "Correct it, or give the date with --published YYYY-MM-DD.",
    "S105": "{name} is dated {value}, in the future. Correct it, or give the date with --published YYYY-MM-DD.",
    "S106": "{name} is dated '{value}', which could be two days. Write it as YYYY-MM-DD, or give it with --published.",
    "S107": "{name} is larger than {limit}. Give one report a file, or many as JSONL or CSV.",
    "S108": "{name} does not exist. Check the path.",
    "S109": "{name} cannot be opened ({why}). Check what it is and whether you may read it.",
    "S110": "{name} holds no file that sayso reads ({endings}). Name the files themselves, or rename them.",
    "S111": "{name} is {what}, not text. Save its words as plain text or HTML and try again.",
    "S112": "{name} was passed over, for its ending is none of {endings}. Rename it, or name the file by itself.",
    "S113": "{name} holds no article that could be found. Save the article's words as plain text.",
    "S114": "{name} is not a JSON object ({why}). Put one object with text and date on each line.",
    "S115": "{name} has no column for the text (found: {found}). Name it with --columns text=NAME.",
    "S116": "{name} is not a readable row ({why}). Mend it; the rows before it were read.",
    "S117": "{name} is a link back to a directory that is read already. It was skipped.",
    "S118": "{name} is no field that a column can be mapped to. Use one of: {fields}.",
    "S119": "{name} has no column named {column} (found: {found}). Correct --columns {field}={column}.",
    # 14x: what was assumed about a source that was read (notes, not errors)
    "S141": "{name} was read as {charset}, which its bytes suggest but nothing declares.",
    "S142": "the date '{value}' at the beginning could be two days and was not used.",
    "S143": "the date from {where} is {value}, the dateline says {dateline}; the dateline's is kept.",
    "S144": "the date given is {value}, the dateline says {dateline}; weekdays are read from the dateline.",
    # 2xx: the ledger, and adding to it
    "S201": "{path} is not a sayso ledger ({why}). Give another file with --ledger.",
    "S202": "there is no room to write {path} ({why}). "
    "Free some space and run the same command again; nothing is lost.",
    "S203": "{path} was written by a newer sayso (schema {revision}). "
    "Update sayso, or give another file with --ledger.",
    "S204": "{path} is being written by another process. Let it finish and run the same command again.",
    "S205": "{path} cannot be written ({why}). Make the file and its folder writable, or give another with --ledger.",
    "S206": "there is no ledger at {path}. Make one with 'sayso add FILE' or 'sayso demo', or name it with --ledger.",
    "S207": "{path} is damaged ({why}). Put a copy in its place, or add the reports to a new ledger.",
    "S208": "the ledger {path} needs the Python package {package}. Install it with 'pip install {package}'.",
    "S209": "the ledger {path} could not be used ({why}). Check that it can be reached and try again.",
    "S210": "there is no {what} {id} in the ledger. 'sayso incidents' lists what there is.",
    "S211": "{value} is not a {what}. Use {allowed}.",
    "S212": "decision {id} does not follow from the one before it: the log was changed. Compare it with a copy.",
    "S213": "{value} is not a column mapping. Write it as key=value, such as --columns text=body.",
    "S214": "{name} could not be read because of a fault of sayso ({why}). Please report it; other reports go on.",
    "S215": "port {port} on 127.0.0.1 is taken. Give another with --port.",
    "S216": "this Python's SQLite ({version}) has no full-text search (FTS5). Use a Python built with it.",
    "S217": "{what} is not part of this installation. Install sayso again.",
    "S218": "{path} is a ledger of your own, and the demo would replace it. Give another file with --to.",
    "S219": "there is nothing to add. Name files, folders or patterns, or say --retry for what could not be read.",
    "S299": "sayso failed ({why}). Please report it; SAYSO_DEBUG=1 shows where.",
    # 3xx: the reading
    "S301": "the language model {name} is missing. Run 'make setup', or pip install sayso again.",
    "S302": "{name} is in {language}. sayso reads English so far; give an English translation.",
    # 31x: where the reading of a text is degraded (notes, not errors)
    "S310": "the text is in capitals; it was read as if normally written, and names may be misread.",
    "S311": "the text has lost its commas; who says and does what may be misread.",
    "S312": "{count} words look garbled by recognition (OCR); what they name may be missing.",
    "S313": "the text has {count} words; an event told long before may be counted again.",
    "S314": "most of the text is no sentences (lists, tables, no full stops); little of it can be read.",
    "S315": "the text holds no words; nothing was read.",
    "S316": "a sentence in another language stands in a paragraph that was read as English.",
    "S321": "{path} is missing, a file of the trained reader. Install sayso again, or 'git checkout' models/reader.",
    "S322": "{path} is not the file that reader.json names. Install sayso again, or 'git checkout' models/reader.",
    "S323": "{path} does not fit this version of sayso ({why}). Install sayso again.",
    # 5xx: the pages
    "S520": "two ids are needed to say why they are one, or not. Give a and b: incidents, events or reports.",
    "S501": (
        "the pages answer only to 127.0.0.1 and localhost, not to {host}. Open the address that 'sayso serve' prints."
    ),
    "S502": "{method} is not allowed: the pages only show. Use GET.",
    "S503": "{name} is longer than {limit} characters. Shorten it.",
    "S504": "{name}={value} is not understood. Use {allowed}.",
    "S505": "page {page} is beyond the last that is shown ({limit}). Narrow the filter.",
    "S506": "there is no {what} {id} in this ledger. It may have another address; look for it in the lists.",
    "S507": "there is no page at {path}. Start from the list of incidents.",
    "S508": "report {id} names private persons, so its account is not given out here. Use 'sayso read' on it.",
    "S549": (
        "this page could not be made because of a fault of sayso ({why}). The ledger is unharmed; please report it."
    ),
    # 40x-44x: incidents
    "S450": "incidents cannot be counted by {value}. Use one or two of: {allowed}.",
    "S451": "{value} is no division to count by. Give one or two of them, one of which may be a time.",
    "S452": "{count} sides were given, and a dyad has two. Name one side or two; quote names of several words.",
    "S410": "there is no event and no incident {id} in the ledger. 'sayso show INCIDENT' lists an incident's events.",
    "S411": "fewer than two events were named. Name at least two, or one on each side.",
    "S412": "event {id} is part of no incident: it is not told as having happened, or neither its day nor its place is "
    "known. Name another.",
    "S413": "event {id} was named on both sides. Name each event on one side.",
    "S414": "there is no decision {id} about incidents. The incident's page lists those that there are.",
    "S415": "decision {id} was taken back already, by decision {by}. Take that one back to have it stand again.",
    "S420": "the ledger's incidents are from an older sayso. Run 'sayso relink' once, then the same command again.",
    # 46x: why two are one, and what people decide on it
    "S460": "there is no incident, event or report {id} in this ledger. 'sayso incidents' lists the incidents.",
    "S461": "nobody is named who decides. Give --who NAME, or set SAYSO_REVIEWER.",
    "S462": "{id} is no event and no report of incident {incident}. 'sayso show {incident} --format json' lists them.",
    "S463": "these are all the events of incident {incident}. Name only those that are another occurrence.",
    "S440": (
        "there is too little to estimate from: {incidents} incidents of which two speakers say whether they happened "
        "(at least {least} are needed), {disputed} of them disputed (at least {least_disputed}). "
        "Add reports, or loosen the filters."
    ),
    "S441": "{incidents} incidents are too many for one estimate (at most {most}). Narrow them with filters.",
    # 60x-64x: exchange
    "S601": "{format} is not a format that sayso exports. Use {allowed}.",
    "S602": "{what} cannot be exported. Use {allowed}.",
    "S603": "{path} cannot be written ({why}). Give another file with --output, or make room.",
    "S604": (
        "{where} holds a number that is not finite; nothing was written past it. Read the report again: 'sayso add'."
    ),
    # 70x-74x: evaluation and the reading from the command line
    "S701": (
        "{name} is not an annotated account ({why}). Mend it after GUIDE.md beside the gold files, or leave it out."
    ),
    "S702": "the account that was read and the annotated one of {name} are not of the same text. Read the same report.",
    "S703": (
        "{path} holds no annotated accounts. Give a gold file, or a folder with seed.json and accounts/*.gold.json."
    ),
    "S704": (
        "the {group} figures fell ({figures}). Mend the reading, or say --allow-regression with the reason in the log."
    ),
    "S705": "{path} is not there. Give the folder of the test set.",
    "S706": "{path} is no geoparsing corpus in LGL's format ({why}). Give its XML file.",
    "S707": "{path} holds no test set of actors. Give the folder with petrarch2, ucdp or plover in it.",
    "S720": (
        "line {number} of {path} is no annotated report ({reason}). "
        "Give a JSONL file of reports with id, text and attributions."
    ),
    "S728": (
        "line {number} of {path} is no labelled sentence ({reason}). "
        "Give a gzipped JSONL file of rows with text and spans (label VERB or LOCATION)."
    ),
    "S730": (
        "line {number} of {path} is no sentence with predicates ({reason}). "
        "Give a gzipped JSONL file of rows with text and targets (span1 and label)."
    ),
    "S731": "{path} holds no factuality set. Give the folder with UW.dev.jsonl.gz in it, or one such file.",
    "S732": "{path} holds no topics of ECB+. Give the folder with the topics' numbered folders in it.",
    "S733": "{name} is no annotated document of ECB+ ({why}). Take the file from the corpus again, or leave it out.",
    "S734": (
        "{path} holds no reports to judge for relevance. "
        "Give the folder of the public sets, or annotated accounts (seed.json, accounts/*.gold.json)."
    ),
    "S738": "{path} holds no reports of FA-KES. Give the folder with dev.jsonl.gz in it, or that file.",
    "S765": "{path} holds no reports with known incidents. Give the folder with train.jsonl.gz, or a file like it.",
    "S766": "line {line} of {path} is no report with a known incident ({why}). Take the file from the set again.",
    "S735": "{path} is missing, or is not the file that this version was made with. Install sayso again.",
    "S740": "{path} holds no messages of MUC-4 with keys. Give its folder, or one of dev, tst1 and tst2 in it.",
    "S741": "{path} is no key file of MUC-4 (line {number}: {why}). Take the file from the collection again.",
    "S348": "the least confidence {value} is not between 0 and 1. Give a share, such as 0.4; 0 refuses nothing.",
    # 35x: knowledge
    "S350": "the gazetteer {path} is missing. Run 'sayso gazetteer build'.",
    "S351": "the gazetteer {path} cannot be used ({why}). Run 'sayso gazetteer build'.",
    "S352": (
        "the gazetteer could not be written to {path} ({why}). "
        "Set XDG_CACHE_HOME or SAYSO_GAZETTEER to a place with room."
    ),
    "S353": "the places file {path} has bad rows ({why}). Mend them, or leave them out with --skip-bad-rows.",
    "S354": "the actor file {path} has a bad entry {entry} ({why}). Mend that entry.",
    "S355": "the actor file {path} has in {entry} an affiliation to {target}, which is no actor. Name a listed one.",
    "S356": "the actor file {path} has affiliations that run in a circle at {entry} ({circle}). Break the circle.",
    "S357": "the actor file {path} gives in {entry} the name {name}, which {other} has. Take it from one of them.",
    "S358": "the actor file {path} has in {entry} the dates '{value}' ({why}). Write FROM/UNTIL as YYYY[-MM[-DD]].",
    "S359": "the places file {path} cannot be used ({why}). docs/gazetteer.md lists the columns of a layer.",
    "S360": (
        "{path} holds no GeoNames file of places. Give allCountries.txt or .zip, a single country's file "
        "such as SY.txt, or the folder that holds them."
    ),
    "S361": "there is no {what} {value}. Use {allowed}.",
    "S362": "the GeoNames file {path} has a bad line {row} ({why}). Download it again.",
    "S363": "the GeoNames file {path} cannot be read ({why}). Download it again.",
    "S364": "{what} choose among the places of the official GeoNames files. Give those with --geonames.",
    # 8xx: readers other than the built-in one
    "S801": "there is no reader {name}. Use one of: {names}.",
    "S802": "the reader {name} of {source} cannot be loaded ({why}). Update or uninstall that package.",
    "S803": "the reader openai has no address to ask. Give it with --endpoint URL, or set SAYSO_ENDPOINT_URL.",
    "S804": "the reader openai has no model to ask for. Name it, as in --reader openai:MODEL.",
    "S805": "the endpoint's address cannot be used ({why}). Write it as http://127.0.0.1:8080/v1.",
    "S806": "{where} cannot be reached ({why}). See that it runs and that the address is right, then try again.",
    "S807": "{where} refused the key (status {status}). Put a valid one into SAYSO_ENDPOINT_KEY.",
    "S808": "{where} gave no whole answer in {seconds} seconds. Raise SAYSO_ENDPOINT_TIMEOUT, or use a faster model.",
    "S809": "{where} refused to answer (status {status}: {why}). Check the address and the model's name.",
    "S810": "{where} is busy or failing (status {status}), also after waiting. Try again later.",
    "S811": "{where} answered with more than {limit}. Use a model that keeps to the format.",
    "S812": "the answer of {model} is not the JSON asked for ({why}). Use a model that keeps to the format.",
    "S813": "the answer of {model} was cut off. Let it write longer answers, or lower SAYSO_ENDPOINT_WINDOW.",
    "S814": "nothing that {model} answered on {name} stands in its text. Use a model that copies words.",
    "S815": "the reader {reader} gave an account of {name} that does not hold ({why}). Tell its maker; try another.",
    "S816": "the reader {reader} failed on {name} ({why}). Tell its maker; other reports go on.",
    "S817": "the reader {name} takes no {what}. Leave it out, or name another reader.",
    "S818": "{name} is '{value}', no number from {low} to {high}. Correct it, or unset it.",
    "S819": "SAYSO_ENDPOINT_KEY holds what no key has, such as a line break. Copy the key again.",
    # 830-839: comparing with files of ACLED and UCDP GED
    "S830": (
        "{name} is neither an ACLED file (it lacks {acled}) nor one of UCDP GED (it lacks {ucdp}). "
        "Give the CSV as it was downloaded."
    ),
    "S831": "{name} has no usable {column} ('{value}'), and was left out. Mend the row; the others were compared.",
    "S832": "{name} has the id {id} of an earlier row, and was left out.",
    "S833": "{name} is {what}. Save its table as CSV (.csv, .csv.gz or .zip) and give that.",
    "S834": (
        "{name} has nothing to compare with this ledger: its {theirs} events are of {span} in {countries}, and the "
        "ledger has no dated incident there and then. Add reports of that time, or give another file."
    ),
    "S835": "{name} has no rows that can be read ({why}). Give the CSV as it was downloaded.",
    "S836": "there is no kept comparison named {name} ({names}). 'sayso compare --list' lists them.",
    "S837": "there is nothing to compare. Give a file of ACLED or UCDP GED, or say --list, or --forget NAME.",
    "S838": "{value} is no day that --since or --until takes. Write it as YYYY-MM-DD.",
    # 84x: what a reader did with an answer (notes, not errors)
    "S840": "{what} was refused: {why}.",
    "S841": "{refused} refusals among the {items} items of the answer; what was refused follows.",
    "S842": "the report was put to the model in {parts} parts; an event told in two of them may stand here twice.",
    "S843": "only the first {end} of {whole} characters were read, since the report is too long for this reader.",
    "S850": "the text of the reports is sent to {where}, which is not this machine.",
}


class SaysoError(Exception):
    """A coded error of one line. ``exit_status`` is 2 for what the user can mend, 1 for what we must mend."""

    def __init__(self, code: str, *, exit_status: int = 2, **values: object) -> None:
        self.code = code
        self.exit_status = exit_status
        template = ERRORS[code]
        # Values come from hostile files: no line break may split the one line.
        clean = {k: " ".join(str(v).split())[:200] for k, v in values.items()}
        super().__init__(f"{code} {string.Formatter().vformat(template, (), clean)}")
