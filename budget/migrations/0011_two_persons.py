"""A voucher is booked by another person than who entered it, whole, under the next number, and never changes again."""

from django.db import migrations

GUARD = """
create function voucher_guard() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if TG_OP <> 'INSERT' and OLD.number is not null then
    raise exception 'A voucher that is booked stays as it is.'
      using errcode = 'check_violation', constraint = 'budget_voucher_booked_stays';
  end if;
  if TG_OP = 'DELETE' then
    return OLD;
  end if;
  if not exists (
    select from public.budget_budget b where b.id = NEW.budget_id and b.year = extract(year from NEW.happened_on)
  ) then
    raise exception 'The voucher is of another year.'
      using errcode = 'check_violation', constraint = 'budget_voucher_of_the_year';
  end if;
  NEW.number := null;
  NEW.approved_at := null;
  if NEW.approved_by_id is not null then
    if TG_OP = 'INSERT' or
      to_jsonb(NEW) - '{approved_by_id,approved_at,number}'::text[]
      <> to_jsonb(OLD) - '{approved_by_id,approved_at,number}'::text[] then
      raise exception 'What is approved is the draft as it stands.'
        using errcode = 'check_violation', constraint = 'budget_voucher_approved_as_it_stands';
    end if;
    -- Whoever books next waits for the end of this transaction, so that no number is left out.
    perform pg_advisory_xact_lock(741103, NEW.budget_id::int);
    select coalesce(max(v.number), 0) + 1 into NEW.number
    from public.budget_voucher v where v.budget_id = NEW.budget_id;
    NEW.approved_at := clock_timestamp();
  end if;
  return NEW;
end $$;
create trigger b_guard before insert or update or delete on budget_voucher
for each row execute function voucher_guard();
alter table budget_voucher enable always trigger b_guard;

create function voucher_share_guard() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  whose bigint := case when TG_OP = 'DELETE' then OLD.voucher_id else NEW.voucher_id end;
  voucher record;
begin
  if TG_OP = 'UPDATE' and NEW.voucher_id <> OLD.voucher_id then
    raise exception 'A part stays with its voucher.' using errcode = 'check_violation';
  end if;
  select v.number, v.budget_id into voucher from public.budget_voucher v where v.id = whose for share;
  if voucher.number is not null then
    raise exception 'A voucher that is booked stays as it is.'
      using errcode = 'check_violation', constraint = 'budget_voucher_booked_stays';
  end if;
  if TG_OP = 'DELETE' then
    return OLD;
  end if;
  if not exists (
    select from public.budget_budgetline l where l.id = NEW.line_id and l.budget_id = voucher.budget_id
  ) then
    raise exception 'The line belongs to another budget.'
      using errcode = 'check_violation', constraint = 'budget_share_in_budget';
  end if;
  return NEW;
end $$;
create trigger b_guard before insert or update or delete on budget_vouchershare
for each row execute function voucher_share_guard();
alter table budget_vouchershare enable always trigger b_guard;

create function voucher_booked_whole() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  which bigint := case when TG_TABLE_NAME = 'budget_voucher' then NEW.id
    else (to_jsonb(NEW) ->> 'booked_from_id')::bigint end;
  voucher record;
begin
  select v.* into voucher from public.budget_voucher v where v.id = which;
  if voucher.number is null
    or voucher.amount <> (
      select coalesce(sum(s.amount), 0) from public.budget_vouchershare s where s.voucher_id = which
    )
    or exists (
      (select s.line_id, s.amount, s.funder_id, s.course_id, s.association_id
       from public.budget_vouchershare s where s.voucher_id = which
       except all
       select p.line_id, p.amount, p.funder_id, p.course_id, p.association_id
       from public.budget_posting p where p.booked_from_id = which and p.reverses is null)
      union all
      (select p.line_id, p.amount, p.funder_id, p.course_id, p.association_id
       from public.budget_posting p where p.booked_from_id = which and p.reverses is null
       except all
       select s.line_id, s.amount, s.funder_id, s.course_id, s.association_id
       from public.budget_vouchershare s where s.voucher_id = which)
    )
    or exists (
      select from public.budget_posting p
      where p.booked_from_id = which
        and (p.recorded_by_id is distinct from voucher.approved_by_id or p.happened_on <> voucher.happened_on)
    )
    -- What it corrects is reversed, with all that was booked from the same voucher, and nothing else is.
    or exists (
      (select o.uuid from public.budget_posting c
       join public.budget_posting o on o.reverses is null
         and (o.uuid = c.uuid or o.booked_from_id = c.booked_from_id)
       where c.uuid = voucher.corrects
       except
       select p.reverses from public.budget_posting p where p.booked_from_id = which and p.reverses is not null)
      union all
      (select p.reverses from public.budget_posting p where p.booked_from_id = which and p.reverses is not null
       except
       select o.uuid from public.budget_posting c
       join public.budget_posting o on o.reverses is null
         and (o.uuid = c.uuid or o.booked_from_id = c.booked_from_id)
       where c.uuid = voucher.corrects)
    )
  then
    raise exception 'A voucher is booked as it stands, whole.'
      using errcode = 'check_violation', constraint = 'budget_voucher_booked_as_it_stands';
  end if;
  return null;
end $$;
create constraint trigger c_booked_whole after update on budget_voucher deferrable initially deferred
for each row when (NEW.number is not null) execute function voucher_booked_whole();
alter table budget_voucher enable always trigger c_booked_whole;
create constraint trigger c_booked_whole after insert on budget_posting deferrable initially deferred
for each row when (NEW.booked_from_id is not null) execute function voucher_booked_whole();
alter table budget_posting enable always trigger c_booked_whole;
"""

BACK = """
drop trigger c_booked_whole on budget_posting;
drop trigger c_booked_whole on budget_voucher;
drop function voucher_booked_whole();
drop trigger b_guard on budget_vouchershare;
drop function voucher_share_guard();
drop trigger b_guard on budget_voucher;
drop function voucher_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0010_vouchers")]
    operations = [migrations.RunSQL(GUARD, BACK)]
