"""Ids of the page, as the command line takes them."""

from __future__ import annotations

import pytest

from winset.brief.values import address_of, paragraph_id, value_id
from winset.case import load
from winset.case.model import Case
from winset.errors import AskError


@pytest.mark.parametrize("name", ["shared-canal", "trilateral-2022"])
def test_every_value_and_paragraph_of_the_page_leads_back(name: str) -> None:
    case = load(name)
    for address in case.values:
        assert address_of(case, value_id(address)) == address
    for item in case.evidence:
        assert address_of(case, paragraph_id(item.id)) == item.id


def test_a_result_is_not_a_value(river: Case) -> None:
    assert address_of(river, "cap") == "cap"
    with pytest.raises(AskError, match=r"index\.html#r\.reach\.G\.2\.open"):
        address_of(river, "r.reach.G.2.open")
