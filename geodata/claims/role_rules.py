"""The words that give an actor or a date its role, rule by rule, each with a sentence it was made for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoleRule:
    """Governing words that give a role, by the way the mention hangs on them."""

    name: str
    role: str
    verbs: frozenset[str]
    paths: frozenset[str]
    example: str
    confidence: float = 0.8


def words(text: str) -> frozenset[str]:
    """Make a set of a line of words."""
    return frozenset(text.split())


DATE_RULES: tuple[tuple[str, str, frozenset[str], str], ...] = (
    (
        "date-cancelled",
        "cancelled",
        words("cancel scrap terminate abandon annul rescind withdraw cancellation shelve suspend halt"),
        "the cancellation of the visit in 2012",
    ),
    (
        "date-completed",
        "completed",
        words(
            "complete finish inaugurate open hand deliver commission completion inauguration handover opening finalize"
            " accomplish operational unveil receive arrive service operation"
        ),
        "The dam was inaugurated on May 7, 2011.",
    ),
    (
        "date-started",
        "started",
        words(
            "begin start commence launch break initiate groundbreaking ground-breaking foundation commencement kick"
        ),
        "Work on the terminal began in April 2011.",
    ),
    (
        "date-signed",
        "signed",
        words(
            "sign conclude ink ratify agree approve award enter signature agreement contract memorandum mou accord deal"
        ),
        "signed an MoU on October 16, 2015",
    ),
    (
        "date-announced",
        "announced",
        words(
            "announce borrow pledge offer commit propose declare promise provide grant extend lend give fund finance"
            " donate secure allocate loan plan decide unveil report"
        ),
        "In 2008, the bank provided a loan.",
    ),
    (
        "date-held",
        "held",
        words(
            "hold visit meet host conduct attend arrive convene gather take organize organise tour travel urge attack"
            " shoot kill seize annex join found establish deliver lift revoke impose oust depose"
        ),
        "The exercise was held in September 2016.",
    ),
)
FUND = words(
    "fund finance loan lend provide grant extend give donate pledge commit offer disburse sponsor invest pay agree"
    " support cover approve contribute bankroll subsidize"
)
BUILD = words(
    "build construct implement undertake carry execute contract complete design install upgrade rehabilitate supply"
    " renovate develop begin start lay manufacture win perform expand repair finish modernize"
)
SIDE = words("subject agent")
ACTOR_RULES: tuple[RoleRule, ...] = (
    RoleRule(
        "signatory",
        "signatory",
        words("sign ink ratify conclude initial"),
        words("subject agent with between"),
        "Russia and Pakistan signed an agreement",
    ),
    RoleRule("host", "host", words("host"), SIDE, "Moscow hosted a trilateral meeting"),
    RoleRule(
        "mediator", "mediator", words("mediate broker facilitate"), SIDE, "the USSR mediated between them"
    ),
    RoleRule("opponent", "opponent", words("oppose object condemn protest block"), SIDE, "opposed by the US"),
    RoleRule(
        "target",
        "target",
        words("attack kill sanction bomb invade annex shoot target"),
        words("object on against"),
        "five people were killed",
    ),
    RoleRule(
        "buyer",
        "buyer",
        words("buy purchase order acquire procure lease import"),
        SIDE,
        "Pakistan bought helicopters",
    ),
    RoleRule(
        "supplier-from",
        "supplier",
        words("buy purchase order acquire procure lease import"),
        words("from"),
        "purchased from Russia",
    ),
    RoleRule(
        "buyer-to",
        "buyer",
        words("sell deliver supply export ship"),
        words("to dative"),
        "delivered to Pakistan",
    ),
    RoleRule(
        "supplier", "supplier", words("sell deliver supply export ship"), SIDE, "Russia delivered helicopters"
    ),
    RoleRule("operator", "operator", words("operate run manage"), SIDE, "the port is operated by DP World"),
    RoleRule("owner", "owner", words("own"), SIDE, "owned by the ministry"),
    RoleRule("funding", "funding", FUND, SIDE | words("from by"), "funded by a loan from China Exim Bank"),
    RoleRule("contractor", "contractor", BUILD, SIDE | words("by"), "the road was built by Sinohydro"),
    RoleRule(
        "accountable",
        "accountable",
        words("head lead oversee supervise"),
        SIDE,
        "headed by a Russian company",
    ),
    RoleRule(
        "participant",
        "participant",
        words("join participate attend hold conduct meet visit launch agree"),
        SIDE | words("with between"),
        "a meeting held with China",
    ),
)
BY_VERB: dict[str, tuple[RoleRule, ...]] = {
    verb: tuple(rule for rule in ACTOR_RULES if verb in rule.verbs)
    for verb in frozenset().union(*(rule.verbs for rule in ACTOR_RULES))
}
NOUN_ROLES: tuple[tuple[str, str, frozenset[str], frozenset[str]], ...] = (
    (
        "noun-loan",
        "funding",
        words("loan grant credit funding financing aid assistance money fund donation"),
        words("from by of"),
    ),
    (
        "noun-sale",
        "buyer",
        words("sale delivery supply export transfer shipment"),
        words("to"),
    ),
    (
        "noun-contractor",
        "contractor",
        words("contractor builder constructor"),
        words("attr appos by nsubj is"),
    ),
    (
        "noun-implementer",
        "implementing",
        words("agency organization organisation implementer implementor"),
        words("attr appos nsubj"),
    ),
)
