from __future__ import annotations

import json
from pathlib import Path

from sayso.model import Account, json_schema

PUBLISHED = Path(__file__).parents[2] / "docs" / "account.schema.json"


def test_the_published_schema_is_that_of_the_model() -> None:
    current = json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"
    assert PUBLISHED.read_text(encoding="utf-8") == current, (
        "write it anew: python -c 'import json; from sayso.model import json_schema; "
        "print(json.dumps(json_schema(), indent=1, ensure_ascii=False))' > docs/account.schema.json"
    )


def test_the_schema_names_every_key_of_an_account() -> None:
    schema = json_schema()
    account = schema["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    assert list(account["properties"]) == list(Account.__struct_fields__)
    assert schema["$defs"]["Link"]["properties"].keys() >= {"from", "to"}
