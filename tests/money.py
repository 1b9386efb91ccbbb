"""Money for the tests that try every door: one row of every kind, or as many of each as are asked for."""

import datetime as dt
from decimal import Decimal

from django.core.files.base import ContentFile
from django.urls import reverse

from budget.models import (
    BankBalance,
    Budget,
    BudgetApproval,
    ClosedMonth,
    Commitment,
    ConditionMet,
    Explanation,
    ForecastMethod,
    FundingFact,
    GrantCondition,
    GrantTerms,
    Instalment,
    Outlay,
    Posting,
    Reallocation,
    ReallocationDecision,
    Voucher,
    VoucherShare,
    YearEnd,
)
from programme.models import Evidence, Organisation
from tests import factories as make
from tests.permissions import FILES
from tests.scenarios import scenario, source

D = dt.date
GRANTS = (("municipality", 800_000), ("foundation", 570_000))


def grant(programme, kind, amount, on=D(2011, 1, 31)):
    """A funder of that kind has granted an amount, as the steering group decided."""
    ours = Organisation.objects.filter(programme=programme)
    return FundingFact.record(
        by=None,
        budget=Budget.objects.get(programme=programme),
        funder=ours.get(kind=kind),
        stage="granted",
        amount=Decimal(amount),
        decided_by=ours.get(kind="steering_group"),
        happened_on=on,
    )


def pay(granted, amount, on=D(2011, 3, 15)):
    """The funder has paid a part of its grant."""
    return FundingFact.record(
        by=None, budget=granted.budget, funder=granted.funder, stage="paid", amount=Decimal(amount), happened_on=on
    )


def ask_for(budget, amount=30_000, on=D(2011, 9, 12), lines=(1, 3), reason="Ekstra hold"):
    """A reallocation is asked for."""
    source, target = (budget.lines.get(number=number) for number in lines)
    return Reallocation.objects.create(
        budget=budget, from_line=source, to_line=target, amount=amount, asked_on=on, reason=reason
    )


def answer(reallocation, kind, outcome="approved", on=D(2011, 9, 20), **values):
    funder = Organisation.objects.get(programme=reallocation.budget.programme, kind=kind)
    return ReallocationDecision.record(
        by=None, reallocation=reallocation, funder=funder, outcome=outcome, happened_on=on, **values
    )


def agree(budget, kind, on=D(2011, 1, 31), **values):
    """The terms of a funder's grant."""
    funder = Organisation.objects.get(programme=budget.programme, kind=kind)
    return GrantTerms.record(by=None, budget=budget, funder=funder, happened_on=on, **values)


def demand(budget, kind, text="Rapporten er godkendt", **values):
    """A condition of a funder's grant."""
    funder = Organisation.objects.get(programme=budget.programme, kind=kind)
    return GrantCondition.objects.create(budget=budget, funder=funder, text=text, **values)


def meet(condition, on=D(2011, 3, 1), proof="Brev", **values):
    """The condition is met, as something proves."""
    evidence = Evidence.objects.create(programme=condition.budget.programme, description=proof)
    return ConditionMet.record(by=None, condition=condition, happened_on=on, evidence=evidence, **values)


def draft(line, by, words="", number=0, amount=Decimal("750.25"), on=D(2011, 5, 2), **values):
    """A voucher of one part, entered by `by`, which waits for approval."""
    told = {"text": f"{words} Lokaleleje", "supplier": f"{words} Kulturhuset", "reference": f"F{number}"} | values
    voucher = Voucher.objects.create(budget=line.budget, happened_on=on, amount=amount, entered_by=by, **told)
    VoucherShare.objects.create(voucher=voucher, line=line, amount=amount)
    return voucher


def outlay(association, by, purpose="Frugt", **values):
    """What a volunteer has paid."""
    told = {"amount": Decimal("149.95"), "spent_on": D(2011, 5, 2), "purpose": purpose, "asked_by": by} | values
    return Outlay.objects.create(association=association, **told)


def money_rows(programme, words="", count=1, association=None):
    """Grants with their terms, an approval, and `count` postings, commitments, instalments, conditions (some met) and
    reallocations. `words` stand in every text that is not for the municipality."""
    budget = Budget.objects.get(programme=programme)
    grants = [grant(programme, kind, amount) for kind, amount in GRANTS]
    body = make.OrganisationFactory(programme=programme, name="Udvalget", kind="body")
    approval = BudgetApproval.record(
        by=None, budget=budget, body=body, happened_on=D(2011, 1, 31), note=f"{words} i salen"
    )
    evidence = Evidence.objects.create(programme=programme, description=f"{words} Bilag")
    scan = Evidence.objects.create(
        programme=programme,
        description=f"{words} Regning",
        file=ContentFile(f"{words} skal have".encode(), "regning"),
        file_name="regning.pdf",
        media_type="application/pdf",
    )
    told = {"note": f"{words} noterede", "evidence": evidence}
    line = budget.lines.get(number=5)
    for number in range(count):
        spent = {"text": f"{words} Kaffe", "supplier": f"{words} Kaffebar", "voucher": f"2011-{number:03}"}
        posting = make.posting(line=line, amount=Decimal("1200.50"), happened_on=D(2011, 3, 1), **spent, **told)
        bound = Commitment.record(
            by=None, line=line, amount=Decimal(1000), started_on=D(2011, 3, 1), text=f"{words} Revisor", **told
        )
        due = Instalment.objects.create(
            budget=budget, funder=grants[1].funder, due_on=D(2011, 11, 1) + dt.timedelta(number), amount=1000
        )
        held = Instalment.objects.create(
            budget=budget, funder=grants[1].funder, due_on=D(2012, 2, 1) + dt.timedelta(number), amount=1000
        )
        wanted = demand(budget, "foundation", f"Regnskab {number} er sendt", due_on=D(2011, 12, 1), instalment=held)
        proved = meet(demand(budget, "municipality", f"Budget {number} er sendt"), proof=f"{words} Kvittering")
        moved = ask_for(budget, reason=f"{words} bad om det")
        answered = answer(moved, "foundation", **told)
    for number in range(count):
        model = scenario(programme, f"Model {number + 1}")
        source(model, f"{words} Helhedsplan", kind="housing_plan", municipal_share=Decimal(18))
    terms = agree(budget, "foundation", case_number="F-2011-17", report_due_on=D(2012, 3, 1), **told)
    closer = make.UserFactory(name=f"{words} Bogholder")
    drafts = [draft(line, closer, words=words, number=number, evidence=scan) for number in range(count)]
    whose = association or make.AssociationFactory(programme=programme)
    outlays = [outlay(whose, closer, purpose=f"{words} Frugt", evidence=scan) for _number in range(count)]
    closed = ClosedMonth.record(by=closer, budget=budget, month=D(2011, 2, 1), happened_on=D(2011, 3, 10))
    balance = BankBalance.record(
        by=None, budget=budget, month=D(2011, 3, 1), amount=Decimal(-1200), happened_on=D(2011, 4, 5), **told
    )
    explained = Explanation.record(
        by=None, line=line, text="Telefoner til et hold mere", happened_on=D(2011, 4, 5), **told
    )
    foretold = ForecastMethod.record(by=None, line=line, method="pace", happened_on=D(2011, 4, 5), **told)
    signed = YearEnd.record(by=None, budget=budget, kind="declaration", happened_on=D(2012, 1, 20), **told)
    return {
        "aarsafslutning": signed,
        "bank": balance,
        "forklaring": explained,
        "prognosemetode": foretold,
        "budget": budget,
        "lukket": closed,
        "line": line,
        "posting": posting,
        "voucher": drafts[0],
        "outlay": outlays[0],
        "instalment": due,
        "reallocation": moved,
        "condition": wanted,
        "vilkaar": terms,
        "betingelse-opfyldt": proved,
        "disponering": bound,
        "finansiering": grants[0],
        "omdisponeringssvar": answered,
        "budgetgodkendelse": approval,
        "scenarie": model,
    }


def of_a_grant(rows):
    """What the address of a grant's terms is made of."""
    return [rows["budget"].uuid, rows["vilkaar"].funder.uuid]


def money_doors(rows):
    """Door → the row that its address is about."""
    about = {
        "budget": ("plan", "new_year", "fund", "approve", "instalment", "reallocate"),
        "posting": ("posting", "correct"),
        "voucher": ("voucher", "voucher_file", "edit_voucher", "delete_voucher", "send_voucher_back"),
        "outlay": ("outlay", "outlay_file", "take_outlay", "refuse_outlay", "pay_outlay"),
        "instalment": ("edit_instalment", "delete_instalment"),
        "reallocation": ("reallocation_decision",),
        "condition": ("edit_condition", "delete_condition", "condition_met"),
        "disponering": ("end_commitment",),
        "lukket": ("reopen_month",),
        "scenarie": ("scenario", "edit_scenario", "discard_scenario", "anchor_scenario"),
    }
    return {f"budget:{page}": rows[row] for row, pages in about.items() for page in pages}


#: Pages that are about no row.
ALONE = (
    "account", "forecast", "by_month", "by_funder", "postings", "post", "waiting", "outlays", "commit", "months",
    "audit",
)  # fmt: skip


def money_pages(programme):
    """The addresses of the screens about money, for the browser; the programme has rows of every kind."""
    budget = Budget.objects.get(programme=programme)
    rows = {
        "budget": budget,
        "posting": Posting.objects.filter(line__budget=budget).first(),
        "voucher": budget.vouchers.drafts().first(),
        "outlay": Outlay.objects.filter(association__programme=programme, voucher=None).first(),
        "instalment": budget.instalments.first(),
        "reallocation": budget.reallocations.first(),
        "condition": budget.conditions.filter(met=None).first(),
        "disponering": Commitment.objects.filter(line__budget=budget).first(),
        "lukket": budget.closed_months.first(),
        "scenarie": programme.scenarios.first(),
    }
    of_grant = {
        name: reverse(f"budget:{name}", args=of_a_grant({"budget": budget, "vilkaar": budget.terms.first()}))
        for name in ("terms", "condition")
    }
    single = of_grant | {name: reverse(f"budget:{name}") for name in ALONE}
    doors = {door: row for door, row in money_doors(rows).items() if door not in FILES}
    return single | {door.partition(":")[2]: reverse(door, args=[row.uuid]) for door, row in doors.items()}
