"""What files that came in before call the actions that they brought: on the actions, where everybody reads it, and
with their rows, so that an undo takes it back and for nobody else's work."""

from django.db import migrations

# Where one list used a reference twice on a plan, what came in last has it.
FILL = """
INSERT INTO actions_sourcereference (plan_id, action_id, reference, source)
SELECT a.plan_id, a.id, r.theirs, 'From ' || b.file_name || ', row ' || r.number
  FROM exchange_batchrow r
  JOIN exchange_batch b ON b.id = r.batch_id AND b.register = 'actions' AND b.state = 'committed'
  JOIN actions_action a ON a.id = r.entry_id
 WHERE r.kind = 'new' AND r.theirs <> '' AND strpos(r.theirs, ';') = 0
 ORDER BY r.id DESC
ON CONFLICT DO NOTHING;
UPDATE exchange_batchrow r
   SET patch = r.patch || jsonb_build_object('said_named', jsonb_build_object(
         'said', s.reference, 'words', jsonb_build_object(s.reference, s.source)))
  FROM exchange_batch b, actions_sourcereference s
 WHERE b.id = r.batch_id AND b.register = 'actions' AND b.state = 'committed' AND r.kind = 'new'
   AND s.action_id = r.entry_id AND lower(s.reference) = lower(r.theirs);
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("actions", "0030_source_references"),
        ("exchange", "0009_what_was_understood"),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
