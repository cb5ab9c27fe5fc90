"""What is compared with its seals, each in one statement, so that nobody's writing looks like a fault.

Every statement returns the key of an entry, that of its version (none for other rows), and what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from governance.history.models import Form

# Rows by their last seal: a redaction seals anew what it left, and a migration what it made of a table.
ROWS = """
WITH last AS (
  SELECT DISTINCT ON (row_key) row_key, form_id, digest, kind, redaction_id FROM history_seal
   WHERE form_id = ANY (%(forms)s) ORDER BY row_key, id DESC
), now AS (
  SELECT {key} AS row_key, {entry} AS entry, {digests} FROM {table}
)
SELECT now.entry, coalesce(now.row_key, last.row_key),
  CASE WHEN now.row_key IS NULL THEN 'is deleted'
       WHEN last.row_key IS NULL THEN 'was inserted behind the back of the database'
       WHEN last.form_id <> ALL (%(comparable)s) THEN 'cannot be compared: a sealed column is gone'
       ELSE 'was altered' END
FROM last FULL JOIN now USING (row_key)
WHERE now.row_key IS NULL OR last.row_key IS NULL OR last.form_id <> ALL (%(comparable)s)
   OR last.digest IS DISTINCT FROM CASE last.form_id {cases} END
LIMIT %(most)s
"""
# Who seals a row anew finds what was sealed before, unless it was blanked meanwhile: by the same columns each
# time, and by those of another seal as far as the table has them.
RESEALED = """
WITH again AS (
  SELECT row_key FROM history_seal WHERE form_id = ANY (%(forms)s) GROUP BY row_key HAVING count(*) > 1
), sealed AS (
  SELECT id, row_key, form_id, digest, kind FROM history_seal JOIN again USING (row_key)
   WHERE form_id = ANY (%(forms)s)
), each AS (
  SELECT id, row_key, digest, lag(id) OVER one AS id_before, lag(digest) OVER one AS digest_before
    FROM sealed WINDOW one AS (PARTITION BY row_key, form_id ORDER BY id)
), last AS (
  SELECT DISTINCT ON (row_key, form_id) id, row_key, form_id, digest FROM sealed
   WHERE form_id = ANY (%(kept)s) ORDER BY row_key, form_id, id DESC
), now AS (
  SELECT {key} AS row_key, {digests} FROM {table} WHERE {key} IN (SELECT row_key FROM again)
)
SELECT NULL, row_key, 'was sealed anew, and is not what was sealed before' FROM (
  SELECT row_key FROM each WHERE digest <> digest_before AND NOT EXISTS (
    SELECT FROM sealed blanked WHERE blanked.row_key = each.row_key AND blanked.kind = 'redacted'
       AND blanked.id > each.id_before AND blanked.id <= each.id)
  UNION
  SELECT row_key FROM last JOIN now USING (row_key) WHERE digest <> CASE form_id {cases} END AND EXISTS (
    SELECT FROM sealed later WHERE later.row_key = last.row_key AND later.id > last.id
  ) AND NOT EXISTS (
    SELECT FROM sealed blanked WHERE blanked.row_key = last.row_key AND blanked.kind = 'redacted'
       AND blanked.id > last.id)
) other
LIMIT %(most)s
"""
# Versions of an entry join up, and were written one after another.
JOINED = """
WITH first AS (
  SELECT row_key, min(id) AS seal FROM history_seal WHERE form_id = ANY (%(forms)s) GROUP BY row_key
), versions AS (
  SELECT {entry} AS entry, history_id, history_until, seal,
         lead(history_date) OVER each AS next_date, lag(seal) OVER each AS seal_before
    FROM {table} LEFT JOIN first ON row_key = history_id
  WINDOW each AS (PARTITION BY {entry} ORDER BY history_id)
)
SELECT entry, history_id,
  CASE WHEN seal_before > seal THEN 'was written later than the version after it'
       ELSE 'does not join up with the version after it' END
FROM versions
WHERE history_until IS DISTINCT FROM coalesce(next_date, '9999-12-31 00:00:00+00') OR seal_before > seal
LIMIT %(most)s
"""
LIVE = """
SELECT coalesce(live.{entry}, standing.{entry}), standing.history_id,
  CASE WHEN live.{entry} IS NULL THEN 'is gone, and its history does not say so'
       WHEN standing.{entry} IS NULL THEN 'is there, and its history does not say so'
       ELSE 'is not what its standing version says' END
FROM {register} live FULL JOIN (
  SELECT * FROM {table} WHERE history_until = '9999-12-31 00:00:00+00' AND history_type <> '-'
) standing ON standing.{entry} = live.{entry}
WHERE live.{entry} IS NULL OR standing.{entry} IS NULL OR ({live}) IS DISTINCT FROM ({standing})
LIMIT %(most)s
"""
# Each block holds what it held, follows on the one before, and has the digest that follows from both.
BLOCKS = """
WITH held AS (
  SELECT b.number, count(*) AS rows,
         encode(sha256(string_agg(seal_line(s), '' ORDER BY s.id)), 'hex') AS digest
    FROM history_block b CROSS JOIN LATERAL unnest(b.seals) part
    JOIN history_seal s ON s.id >= lower(part) AND s.id < upper(part)
   GROUP BY b.number
), chain AS (
  SELECT b.*, lag(b.number, 1, 0::bigint) OVER (ORDER BY b.number) AS number_before,
         lag(b.digest, 1, repeat('0', 64)::varchar) OVER (ORDER BY b.number) AS digest_before
    FROM history_block b
)
SELECT NULL, number,
  CASE WHEN number <> number_before + 1 THEN 'does not follow on the block before: some are missing'
       WHEN previous <> digest_before THEN 'does not name the block before'
       WHEN held.number IS NULL OR held.rows <> chain.rows THEN 'has lost seals, or has got others'
       WHEN held.digest <> seals_digest THEN 'holds seals that were altered'
       ELSE 'was altered' END
FROM chain LEFT JOIN held USING (number)
WHERE number <> number_before + 1 OR previous <> digest_before OR held.number IS NULL
   OR held.rows <> chain.rows OR held.digest <> seals_digest
   OR chain.digest <> block_digest(number, era, previous, chain.rows, seals_digest, sealed_at)
ORDER BY number LIMIT %(most)s
"""
STRAY = """
SELECT NULL, id, 'is of no block, though later ones are'
FROM history_seal
WHERE id <= (SELECT max(floor) FROM history_block) AND NOT id <@ (SELECT range_agg(seals) FROM history_block)
LIMIT %(most)s
"""
# What a redaction is said to have blanked is blank, or as the last one left it, and of the entry that its
# tombstone names.
REDACTED = """
SELECT kept.{entry}, s.row_key, 'says that it was redacted, and no redaction blanked it'
FROM history_seal s
JOIN {table} kept ON kept.{key} = s.row_key
LEFT JOIN history_redaction r
       ON r.id = s.redaction_id AND r.table_name = %(table)s AND r.object_key = kept.{entry}
WHERE s.form_id = ANY (%(forms)s) AND s.kind = 'redacted'
  AND (r.id IS NULL OR to_jsonb(kept) ->> r.column_name IS DISTINCT FROM '' AND (
    r.left_sha256 = ''
    OR r.left_sha256 IS DISTINCT FROM
       encode(sha256(convert_to(to_jsonb(kept) ->> r.column_name, 'UTF8')), 'hex')
   AND NOT EXISTS (SELECT FROM history_redaction later
                    WHERE later.id > r.id AND later.table_name = r.table_name
                      AND later.object_key = r.object_key AND later.column_name = r.column_name)))
LIMIT %(most)s
"""


def digests(forms: list[Form], columns: set[str], unsealed: Set[str]) -> Mapping[str, Any]:
    """The digest of a row by each form whose columns the table still has, as SQL, and which those are; `kept`
    are those of them without a column that the table may lose by now."""
    named = {form: set(form.columns.split(", ")) for form in forms}
    comparable = [form for form in forms if named[form] <= columns]
    made = [f"sha256(convert_to(ROW({form.columns})::text, 'UTF8')) AS by_{form.pk}" for form in comparable]
    cases = [f"WHEN {form.pk} THEN by_{form.pk}" for form in comparable]
    return {
        "digests": ", ".join(made) or "NULL",
        "cases": " ".join(cases) or "WHEN 0 THEN NULL",
        "comparable": [form.pk for form in comparable],
        "kept": [form.pk for form in comparable if named[form].isdisjoint(unsealed)],
    }
