"""The one thing that the web role may do to an answer: empty its comment."""

from django.db import migrations

REMOVE = """
create function remove_comments(course bigint, answers uuid[]) returns bigint language sql security definer
set search_path = pg_catalog, public, pg_temp as $$
  with removed as (
    update public.training_evaluationanswer a set comment = ''
    where a.course_id = course and a.id = any(answers) and a.comment <> ''
    returning a.id
  )
  select count(*) from removed
$$
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0009_teaching")]
    operations = [migrations.RunSQL(REMOVE, "drop function remove_comments(bigint, uuid[])")]
