"""Advice from before 0021, which took all of it for the data protection officer's, is said to be whose it was.

Only the application may count the register's numbers anew: governance/core/grants.py gives it that right.
"""

from django.db import migrations

# Whose it was: of who held no post on that day that was the data protection officer's, and one that was the
# Caldicott Guardian's. What was given since 0021 says itself in which role. As the owner, past the guard.
GIVEN_AS = """
SELECT set_config('app.redacting', 'on', true);
WITH held AS (
  SELECT advice.id, array_agg(charged.role) AS roles
  FROM assets_advice advice
  JOIN people_postholding holding ON holding.person_id = advice.given_by_id
    AND daterange(holding.from_on, holding.until_on, '[]') @> (advice.given_at AT TIME ZONE 'Europe/London')::date
  JOIN people_roleassignment charged ON charged.post_id = holding.post_id
    AND daterange(charged.from_on, charged.until_on, '[]') @> (advice.given_at AT TIME ZONE 'Europe/London')::date
  WHERE advice.given_at < (
    SELECT applied FROM django_migrations WHERE app = 'assets' AND name = '0021_two_sign_a_dpia_off')
  GROUP BY advice.id)
UPDATE assets_advice SET given_as = 'caldicott_guardian' FROM held
WHERE held.id = assets_advice.id AND 'caldicott_guardian' = ANY (roles) AND NOT 'dpo' = ANY (roles);
SELECT set_config('app.redacting', 'off', true);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('assets', '0025_going_ahead'),
        ('people', '0004_saved_views'),
    ]

    operations = [
        migrations.RunSQL(GIVEN_AS, migrations.RunSQL.noop),
        migrations.RunSQL(
            "REVOKE EXECUTE ON FUNCTION assets_count_again() FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION assets_count_again() TO PUBLIC",
        ),
    ]
