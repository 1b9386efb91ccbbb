"""What the accounts store about persons."""

from django.utils.translation import gettext_lazy as _

from bydelsmoedre.purposes import Purpose

PURPOSES = [
    Purpose(
        "accounts",
        _("Accounts"),
        _("So that it can be seen what the money went to, such as whom an outlay was paid back to."),
        _("Our duty to keep accounts (GDPR, art. 6(1)(c), and the Danish bookkeeping act)."),
        _("Five years from the end of the year. Erasing leaves the accounts and their vouchers as they are."),
    ),
]

STORED = {
    "accounts": {
        "budget.Reallocation": "reason",
        "budget.FundingFact": "given_by_office source",
        "budget.Posting": "text voucher supplier",
        "budget.Voucher": (
            "supplier text reference note evidence returned_reason entered_by entered_at approved_by approved_at"
        ),
        "budget.Commitment": "text",
        "budget.Explanation": "text",
        "budget.Scenario": "name frozen_by frozen_at",
        "budget.ScenarioSource": "name",
        "budget.Outlay": "purpose evidence asked_by asked_at refused_reason",
        "budget.GrantTerms": "case_number",
        "budget.GrantCondition": "text",
    },
}

NOTHING = {
    "budget.Budget": "uuid programme year price_level stated_total stated_as",
    "budget.BudgetLine": "uuid budget number name kind",
    "budget.Allocation": "line amount",
    "budget.BudgetApproval": "budget body",
    "budget.Reallocation": "uuid budget from_line to_line amount asked_on",
    "budget.ReallocationDecision": "reallocation funder outcome",
    "budget.FundingFact": "budget funder stage amount decided_by",
    "budget.GrantTerms": (
        "budget funder report_due_on reallocation_share reallocation_amount asks_about_salaries unused needs_audit"
    ),
    "budget.GrantCondition": "uuid budget funder due_on instalment",
    "budget.ConditionMet": "condition",
    "budget.Instalment": "uuid budget funder due_on amount",
    "budget.Posting": "line amount course funder association reverses booked_from source",
    "budget.Voucher": "uuid budget happened_on amount corrects number",
    "budget.Outlay": "uuid association amount spent_on voucher paid_on",
    "budget.VoucherShare": "uuid voucher line amount funder course association",
    "budget.AccountLine": "uuid budget account line",
    "budget.ClosedMonth": "budget month",
    "budget.BankBalance": "budget month amount",
    "budget.YearEnd": "budget kind funder amount outcome",
    "budget.Explanation": "line",
    "budget.ForecastMethod": "line method",
    "budget.CourseLine": "uuid course line",
    "budget.Commitment": "line amount",
    "budget.Scenario": (
        "uuid programme first_year years coordinator_pay full_time_share course_cost mothers_per_course "
        "recruits_per_year other_costs price_growth version"
    ),
    "budget.ScenarioSource": "uuid scenario kind amount probability from_month to_month municipal_share",
}
