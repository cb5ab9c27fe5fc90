"""Who the doors are tried by, and what may happen to them."""

from governance.people.models import Role

SIGN_IN = "sign in"  # sent to the sign-in page
ELSEWHERE = "elsewhere"  # sent to another page
OPEN, REFUSED, HIDDEN, NOT_TAKEN = 200, 403, 404, 405
Outcome = int | str
NOBODY: frozenset[str] = frozenset()
ROLES = frozenset(str(role) for role in Role)
OWNERS = frozenset({"owner", "other_owner"})
WITH_A_ROLE = ROLES | OWNERS
EVERYBODY = WITH_A_ROLE | {"outsider"}
ADMINISTRATOR = frozenset({"administrator"})
KEEPERS = frozenset({"ig_officer", "records_manager"})

READERS = KEEPERS | {
    "siro", "dpo", "caldicott_guardian", "imsg_member", "internal_auditor", "committee_officer", "author"
}  # fmt: skip

# They see what is theirs, so the list opens to them.
UNIT_READERS = frozenset({"iao", "iaa", "service_manager"}) | OWNERS

# They may not enter the registers at all: every address there answers them as its list does.
SHUT_OUT = EVERYBODY - READERS - UNIT_READERS
PAPER_WRITERS = frozenset({"committee_officer", "author"})
DRAFT_READERS = PAPER_WRITERS | {"ig_officer", "siro", "internal_auditor", "monitoring_officer"}

PAPER_READERS = READERS | {
    "monitoring_officer", "finance_approver", "legal_approver", "director_approver", "portfolio_holder"
}  # fmt: skip
GET_POST = "GET POST"
OWNER = frozenset({"owner"})
