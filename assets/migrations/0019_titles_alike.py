from django.db import migrations

# What is mistyped is sought in titles alone (governance/people/registers/searching.py).
ALIKE = "CREATE INDEX asset_titles_alike ON assets_asset USING gin (upper(title) gin_trgm_ops);"


class Migration(migrations.Migration):
    dependencies = [("assets", "0018_what_is_over_stays")]

    operations = [migrations.RunSQL(ALIKE, "DROP INDEX asset_titles_alike;")]
