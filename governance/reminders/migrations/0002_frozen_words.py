from django.db import migrations

# What somebody was told is evidence: the words of a mail never change, and nothing of one that was sent.
FROZEN = """
CREATE TRIGGER freeze_words BEFORE DELETE OR UPDATE OF person_id, post, day, address, subject, body, items
  ON reminders_digest FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER freeze_sent BEFORE UPDATE ON reminders_digest FOR EACH ROW
  WHEN (OLD.state = 'sent') EXECUTE FUNCTION refuse_change();
"""
NOT_FROZEN = """
DROP TRIGGER freeze_words ON reminders_digest;
DROP TRIGGER freeze_sent ON reminders_digest;
"""


class Migration(migrations.Migration):
    dependencies = [("reminders", "0001_initial")]

    operations = [migrations.RunSQL(FROZEN, NOT_FROZEN)]
