"""The migrated cluster that test runs copy is known by everything that makes it."""

import json

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.migrated import HOUSE, NOT_RUN, digest, made_of, nearest, sources


def test_every_migration_of_ours_is_among_what_the_cluster_is_known_by():
    rooms = ("governance", "assets", "risks", "actions")
    ours = {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in rooms}
    loader = MigrationLoader(None)
    known = {str(path.relative_to(HOUSE)) for path in sources()}
    missing = [
        name
        for (label, name), migration in loader.disk_migrations.items()
        if label in ours and f"{migration.__module__.replace('.', '/')}.py" not in known
    ]
    assert len(loader.disk_migrations) > len(missing) == 0, missing


def test_a_changed_migration_makes_another_cluster(tmp_path, monkeypatch):
    (tmp_path / "assets" / "migrations").mkdir(parents=True)
    migration = tmp_path / "assets" / "migrations" / "0001_initial.py"
    migration.write_text("one")
    monkeypatch.setattr("tests.migrated.HOUSE", tmp_path)
    before = digest()
    migration.write_text("another")
    assert digest() != before


def test_a_cluster_is_taken_further_only_where_nothing_that_made_it_has_changed(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.migrated.KEPT", tmp_path)
    wanted = made_of()
    last = max(path for path in wanted if "/migrations/" in path)
    fewer = {path: sha for path, sha in wanted.items() if path != last} | {NOT_RUN[1]: "another"}
    for name, known in {"a": fewer, "b": fewer | {last: "another"}, "c": wanted | {"gone": "x"}}.items():
        (tmp_path / name).mkdir()
        (tmp_path / f"{name}.json").write_text(json.dumps(known))
    assert nearest(wanted) == tmp_path / "a"
    (tmp_path / "a").rmdir()
    assert nearest(wanted) is None
