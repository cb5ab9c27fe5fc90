"""What services refuse is refused by the database too: areas of other audits, circles, approvals twice, and more."""

from pathlib import Path

from django.db import migrations, models

HELD = (Path(__file__).parent.parent / "sql" / "held_together.sql").read_text()
LOOSE = """
DROP TRIGGER keep_scope_area ON actions_action;
DROP TRIGGER keep_scope_area_changed ON actions_action;
DROP TRIGGER keep_scope_area ON actions_recommendation;
DROP TRIGGER keep_scope_area ON actions_audittext;
DROP TRIGGER keep_area_in_audit ON actions_scopearea;
DROP TRIGGER keep_order ON actions_dependency;
DROP TRIGGER keep_order_changed ON actions_dependency;
DROP TRIGGER keep_overlap_standing ON actions_overlap;
DROP TRIGGER keep_error_alone ON actions_action;
DROP TRIGGER keep_completion_once ON actions_completion;
DROP TRIGGER keep_range ON actions_plannedrange;
DROP TRIGGER keep_replacement ON actions_actionreplacement;
DROP FUNCTION actions_keep_scope_area(), actions_keep_area_in_audit(), actions_goes_in_a_circle(date),
  actions_keep_order(), actions_keep_overlap_standing(), actions_keep_error_alone(), actions_keep_completion_once(),
  actions_keep_range(), actions_keep_replacement();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("actions", "0034_opened_again_awaiting"),
    ]

    operations = [
        migrations.RunSQL(HELD, LOOSE),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reference', ''), _negated=True), models.Q(('reference__contains', '/'), _negated=True), models.Q(('reference__iexact', 'new'), _negated=True), models.Q(('reference__iexact', 'mine'), _negated=True)), name='action_reference_fits_an_address'),
        ),
    ]
