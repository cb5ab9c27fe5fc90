"""What files that came in before call the actions that they brought: on the actions, where everybody reads it."""

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
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("actions", "0030_source_references"),
        ("exchange", "0009_what_was_understood"),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
