"""Official classifications, regions and disclosure law by year: data files and one lookup.

The module-level functions answer from the bundled data; `Codes` with a `UserList` lets an official list of the user's own take precedence.
"""

from mingsuan.codes.catalogue import (
    Codes,
    find,
    government_for,
    governments_for,
    lookup,
    name_agrees,
    names,
    pair_known,
    parents,
    renames,
)
from mingsuan.codes.classification import Certainty, Classification, Code, UnknownClassificationError, well_formed
from mingsuan.codes.contradiction import contradicts
from mingsuan.codes.correspondence import Nature, UnknownNatureError
from mingsuan.codes.income import IncomeItem, income_items
from mingsuan.codes.law import LawFact, UnknownFactError, law, law_fact
from mingsuan.codes.naming import Rename, normalise
from mingsuan.codes.regions import Region, region_named
from mingsuan.codes.userlist import UserList, UserListError, load_user_list

__all__ = [
    "Certainty",
    "Classification",
    "Code",
    "Codes",
    "IncomeItem",
    "LawFact",
    "Nature",
    "Region",
    "Rename",
    "UnknownClassificationError",
    "UnknownFactError",
    "UnknownNatureError",
    "UserList",
    "UserListError",
    "contradicts",
    "find",
    "government_for",
    "governments_for",
    "income_items",
    "law",
    "law_fact",
    "load_user_list",
    "lookup",
    "name_agrees",
    "names",
    "normalise",
    "pair_known",
    "parents",
    "region_named",
    "renames",
    "well_formed",
]
