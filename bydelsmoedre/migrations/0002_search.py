"""How text is matched: the twins of `bydelsmoedre.searching.fold` and `sound`.

Immutable, in plain bytes, with everything written out: no collation or dictionary of the operating system's can change
an index that is built on them.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

# Letters are taken apart (NFKD), capitals made small, letters that cannot be taken apart replaced, separators made
# spaces; å, ä, ö, ø and æ are spelt out; the other marks are left out.
SEARCH_KEY = r"""
create function search_key(value text) returns text language sql immutable strict parallel safe
begin atomic
  select (' ' || translate(
    replace(replace(replace(replace(replace(
      translate(
        lower(normalize(value, NFKD) collate "C"),
        'ØÆĐđŁłıðÐþÞß' || E'\t\n\r' || '.,;:_%''’´`"()[]{}<>=@$^~/\|+*?!&#-–—',
        'øæddlliddtts' || repeat(' ', 40)
      ),
      U&'a\030A', 'aa'), U&'a\0308', 'ae'), U&'o\0308', 'oe'), 'ø', 'oe'), 'æ', 'ae'),
    U&'\0300\0301\0302\0303\0304\0306\0307\0308\0309\030A\030B\030C\031B\0323\0326\0327\0328\0331',
    ''
  )) collate "C";
end;
"""

SOUND_KEY = r"""
create function sound_key(value text) returns text language sql immutable strict parallel safe
begin atomic
  select regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
      search_key(value),
      '(kh|gh|ck|ch|q|c)', 'k', 'g'),
      '(sh|z)', 's', 'g'),
      'ph', 'f', 'g'),
      'dj', 'j', 'g'),
      'th', 't', 'g'),
      'dh', 'd', 'g'),
      'w', 'v', 'g'),
      '([a-z])\1+', '\1', 'g'),
      '\my', 'j', 'g'),
      '\m[aeiou]+', 'a', 'g'),
      '\Y[aeiouy]+', '', 'g'),
      '\Yh\M', '', 'g') collate "C";
end;
"""


class Migration(migrations.Migration):
    dependencies = [("bydelsmoedre", "0001_core")]
    operations = [
        TrigramExtension(),
        migrations.RunSQL(SEARCH_KEY, "drop function search_key(text);"),
        migrations.RunSQL(SOUND_KEY, "drop function sound_key(text);"),
    ]
