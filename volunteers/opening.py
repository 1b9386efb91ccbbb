"""No role begins before work on its association did (`Association.opened_on`, where that day is known).

A check constraint cannot ask another table, so triggers do: on roles, and on the association, whose day may be
corrected. Each locks what the other asks, so that of two at once one waits for the other.
"""

from django.db import connections
from django.utils.translation import gettext_noop

#: What the guard says: an import tells it as it is.
TOO_EARLY = gettext_noop("Work on the association had not begun on that day.")

_GUARD = f"""
create or replace function role_after_opening() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  opened date;
begin
  select a.opened_on into opened from public.associations_association a where a.id = NEW.association_id for share;
  if NEW.retracted_at is null and NEW.started_on < opened then
    raise exception '{TOO_EARLY}'
      using errcode = 'check_violation', constraint = 'volunteers_role_after_opening';
  end if;
  return NEW;
end $$;
create or replace trigger b_opened before insert on volunteers_membership
for each row execute function role_after_opening();
alter table volunteers_membership enable always trigger b_opened;

create or replace function opening_before_roles() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if NEW.opened_on is distinct from OLD.opened_on and exists (
    select from public.volunteers_membership m
    where m.association_id = NEW.id and m.retracted_at is null and m.started_on < NEW.opened_on
  ) then
    raise exception 'A role began before that day.'
      using errcode = 'check_violation', constraint = 'volunteers_opening_before_roles';
  end if;
  return NEW;
end $$;
create or replace trigger b_before_roles before update on associations_association
for each row execute function opening_before_roles();
alter table associations_association enable always trigger b_before_roles;
"""


def guard_opening(using: str) -> None:
    """Put the guards in place. Run as the owner."""
    with connections[using].cursor() as cursor:
        cursor.execute(_GUARD)
