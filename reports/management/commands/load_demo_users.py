"""`manage.py load_demo_users`: one login per role for the demonstration. Refused where settings are production's."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.demo import LOGINS, PASSWORD
from accounts.models import User
from associations.models import Association, AssociationGrant, HousingArea
from budget.models import Budget, Voucher
from budget.vouchers import Part, write
from programme.access import Role
from programme.models import Programme, RoleGrant
from reports.plan2011 import YEAR

#: What waits for approval in the demonstration: day, amount, supplier, text, and each line's part.
VOUCHERS = [
    (
        dt.date(2011, 11, 9),
        Decimal("2450.00"),
        "Kulturhuset Kanalen",
        "Lokale, netværksmøde",
        [(3, Decimal("2450.00"))],
    ),
    (
        dt.date(2011, 11, 14),
        Decimal("1318.75"),
        "Papirhandlen på Hjørnet",
        "Mapper og plakater",
        [(3, Decimal("879.17")), (5, Decimal("439.58"))],
    ),
]

ROLES = [Role.SECRETARIAT, Role.FOUNDATION, Role.CASEWORKER, None]


class Command(BaseCommand):
    help = "Make the demonstration's four logins and print them."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("Demonstration logins are made only with DEMO=1 or DEBUG=1.")
        programme = Programme.objects.order_by("pk").first()
        if programme is None:
            raise CommandError("Load the plan first: manage.py load_plan")
        for role, login in zip(ROLES, LOGINS, strict=True):
            user, is_new = User.objects.get_or_create(
                email=login.email,
                defaults={"name": login.name, "office": login.office, "is_staff": role == Role.FOUNDATION},
            )
            if is_new:
                user.set_password(PASSWORD)
                user.save()
                if role == Role.SECRETARIAT:
                    self._enter(user, programme)
            if role is None:
                self._reach(user, programme)
            else:
                RoleGrant.objects.get_or_create(user=user, programme=programme, role=role)
            self.stdout.write(f"  {login.role!s:<28} {login.email:<28} {PASSWORD}")

    def _enter(self, user: User, programme: Programme) -> None:
        """What the secretariat has entered this week waits for the Foundation; nothing where there is no budget."""
        budget = Budget.objects.filter(programme=programme, year=YEAR).first()
        if budget is None:
            return
        lines = {line.number: line for line in budget.lines.all()}
        for on, amount, supplier, text, parts in VOUCHERS:
            told = {"supplier": supplier, "text": text, "reference": f"{on:%d%m}"}
            draft = Voucher(budget=budget, happened_on=on, amount=amount, **told)
            write(draft, [Part(lines[number], part) for number, part in parts], by=user)

    def _reach(self, user: User, programme: Programme) -> None:
        """The local coordinator reaches an association in formation; it is made if there is none."""
        association = Association.objects.filter(programme=programme).order_by("pk").first()
        if association is None:
            area = HousingArea.objects.get(programme=programme, name="Lundtoftegade")
            association = Association.objects.create(
                programme=programme, name="Bydelsmødre i Lundtoftegade", housing_area=area
            )
        AssociationGrant.objects.get_or_create(user=user, association=association)
