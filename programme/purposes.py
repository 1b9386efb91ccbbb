"""What the programme's own tables store about persons, and what every fact does."""

from django.utils.translation import gettext_lazy as _

from bydelsmoedre.purposes import Purpose

PURPOSES = [
    Purpose(
        "notes",
        _("Notes"),
        _("A sentence where a date alone would be misunderstood. Never about health, religion or origin."),
        _("Our legitimate interest in running the volunteer work (GDPR, art. 6(1)(f))."),
        _("Until you are erased: the words then go, also from what was corrected or retracted."),
    ),
    Purpose(
        "evidence",
        _("Evidence"),
        _("So that it can be checked that what counts has happened, such as a signed declaration or a diploma."),
        _("Our legitimate interest in accounting for the programme (GDPR, art. 6(1)(f))."),
        _(
            "Until you are erased: a document that is about you alone is then deleted. One that is about others too is "
            "kept as long as it proves something about them."
        ),
    ),
    Purpose(
        "papers",
        _("Minutes, plans and decisions"),
        _("So that it is known what the programme has agreed on. A name may stand in them where somebody wrote it."),
        _("Our legitimate interest in accounting for the programme (GDPR, art. 6(1)(f))."),
        _("As long as the programme's other papers. Ask us if your name should be taken out."),
    ),
    Purpose(
        "read",
        _("Who has looked at you"),
        _("So that nobody reads about you without reason. A sample is checked each month."),
        _("Our duty to protect the data (GDPR, art. 5(1)(f) and art. 32)."),
        _("As long as the programme runs. The log holds numbers, no names."),
    ),
]

STORED = {
    "login": {
        "programme.Invitation": "programme email office user gave_role invited_by invited_at used_at closed_at",
        "programme.RoleGrant": "user programme role",
        "programme.Deputy": "uuid grant deputy from_on until_on",
        # that an overview was sent, not what stood in it
        "programme.Digest": "uuid user programme starts_on begun_at outcome",
    },
    "done": {
        "programme.Fact": "recorded_at recorded_by retracted_at retracted_by",
        "programme.Evidence": "added_at added_by",
    },
    "notes": {"programme.Fact": "note retraction_reason"},
    "evidence": {
        "programme.Fact": "evidence",
        "programme.Evidence": "description file file_name media_type size sha256",
    },
    "papers": {
        "programme.Meeting": "agenda",
        "programme.Decision": "text",
        "programme.BodyMember": "office",
        "programme.Obligation": "text",
        "programme.ActionPoint": "text office",
        "programme.DocumentVersion": "text",
        "programme.Hearing": "others",
        "programme.HearingComment": "sender heading text because",
        "programme.EffectIndicator": "how_measured measured_by",
        "programme.Risk": "text consequence action owner_office",
        "programme.Milestone": "title owner_office dated_by",
    },
    "read": {
        "programme.Reading": "programme user read_at how page persons",
        "programme.ReadingCheck": "reading is_in_order note checked_by checked_at",
    },
}

NOTHING = {
    "programme.Fact": "uuid is_date_unknown known",
    "programme.DatedFact": "happened_on period",
    "programme.PeriodFact": "started_on ended_on period",
    "programme.Evidence": "uuid programme",
    "programme.Invitation": "uuid",
    "programme.Reading": "uuid alone_in",
    # a digest from which nobody's address can be read, gone after a day
    "programme.Attempt": "programme what who at",
    "programme.Programme": "uuid name purpose starts_on deadline",
    "programme.Organisation": "uuid programme name short_name kind part_of cvr",
    "programme.Activity": "uuid programme number title",
    "programme.StatedNumber": "programme kind number",
    "programme.Agreement": "uuid programme title",
    "programme.AgreementTerm": "agreement",
    "programme.AgreementParty": "agreement organisation",
    "programme.Signature": "agreement organisation",
    "programme.AgreementVersion": "agreement label",
    "programme.AgreementAnnex": "agreement document",
    "programme.Obligation": "uuid agreement organisation due_on number",
    "programme.ObligationMet": "obligation",
    "programme.BodyMember": "body organisation is_chair",
    "programme.Document": "uuid programme kind title annex is_national adopted_by",
    # which finding it is by its code and an identity; the reason is one of five
    "programme.Deferral": "programme code thing why",
    "programme.DocumentVersion": "uuid document label dated_on",
    "programme.Adoption": "version body outcome",
    "programme.Hearing": "version asked",
    "programme.HearingComment": "version organisation answer answered_on",
    "programme.SuccessCriterion": "uuid programme number key name",
    "programme.CriterionVersion": "criterion wording rule rule_text document_kind target deadline accepted_on",
    "programme.Meeting": "uuid programme body title planned_on starts_at place",
    "programme.MeetingHeld": "meeting",
    "programme.Decision": "meeting",
    "programme.ActionPoint": "uuid meeting due_on",
    "programme.ActionDone": "action_point",
    "programme.EffectIndicator": (
        "uuid programme name unit direction baseline is_cumulative source computed_figure only_association only_topic "
        "grouping is_proposed"
    ),
    "programme.IndicatorTarget": "uuid indicator started_on ended_on value period",
    "programme.Measurement": "indicator covers_from covers_to value",
    "programme.Risk": "uuid programme key likelihood impact next_look_on closed_on",
    "programme.Milestone": (
        "uuid programme key activity place starts_on due_on measure criterion document agreement organisation"
    ),
    "programme.MilestoneNeeds": "milestone needed",
    "programme.MilestoneReached": "milestone",
}
