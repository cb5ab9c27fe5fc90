-- How many assets of each post and unit are on the register, and how many of them each tile counts
-- (assets/models/tally.py; assets/figures/register.py says the same of the rows). A statement that changes a number
-- adds the difference, one row for each post and unit, so that two who write never wait for each other; what changes
-- no number adds nothing.
-- SECURITY DEFINER: the application's role has no right to write numbers; only this function does.
CREATE FUNCTION assets_count_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  came constant text := 'SELECT 1 AS sign, n.* FROM new_rows n';
  went constant text := 'SELECT -1 AS sign, o.* FROM old_rows o';
  changed constant text := CASE tg_op WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went
    ELSE went || ' UNION ALL ' || came END;
  folding boolean;
BEGIN
  EXECUTE format($count$
    WITH difference AS (
      SELECT owner_id, unit_id, sum(sign) AS held,
        sum(sign * (contains_personal_data IS TRUE)::int) AS with_personal_data,
        sum(sign * (contains_personal_data IS NULL)::int) AS not_assessed,
        sum(sign * is_key::int) AS key_assets,
        sum(sign * (retention_rule_id IS NULL)::int) AS without_retention_rule,
        sum(sign * (publish = 'undecided')::int) AS undecided,
        sum(sign * (state = 'to_be_disposed')::int) AS to_be_disposed
      FROM (%s) changed WHERE state IN ('live', 'under_review', 'to_be_disposed')
      GROUP BY owner_id, unit_id),
    added AS (
      INSERT INTO assets_tally (owner_id, unit_id, held, with_personal_data, not_assessed, key_assets,
        without_retention_rule, undecided, to_be_disposed)
      SELECT * FROM difference
      WHERE (held, with_personal_data, not_assessed, key_assets, without_retention_rule, undecided,
        to_be_disposed) <> (0, 0, 0, 0, 0, 0, 0)
      RETURNING id)
    SELECT bool_or(id %% 200 = 0) FROM added $count$, changed) INTO folding;
  IF folding THEN PERFORM assets_fold_tally(); END IF;
  RETURN NULL;
END $$;

-- The rows that nobody else is folding become one for each post and unit. Who reads meanwhile sees the former.
CREATE FUNCTION assets_fold_tally() RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  WITH folded AS (
    DELETE FROM assets_tally WHERE id IN (SELECT id FROM assets_tally FOR UPDATE SKIP LOCKED) RETURNING *)
  INSERT INTO assets_tally (owner_id, unit_id, held, with_personal_data, not_assessed, key_assets,
    without_retention_rule, undecided, to_be_disposed)
  SELECT owner_id, unit_id, sum(held), sum(with_personal_data), sum(not_assessed), sum(key_assets),
    sum(without_retention_rule), sum(undecided), sum(to_be_disposed)
  FROM folded GROUP BY owner_id, unit_id
$$;
REVOKE EXECUTE ON FUNCTION assets_count_change(), assets_fold_tally() FROM PUBLIC;

CREATE TRIGGER count_insert AFTER INSERT ON assets_asset REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION assets_count_change();
CREATE TRIGGER count_update AFTER UPDATE ON assets_asset REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION assets_count_change();
CREATE TRIGGER count_delete AFTER DELETE ON assets_asset REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION assets_count_change();

-- Everything counted anew from the rows: at first, and whenever the numbers were not kept, as after a restore that
-- copies rows with triggers on. Nobody writes meanwhile, so the application alone may ask for it: migration 0026.
CREATE FUNCTION assets_count_again() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  LOCK TABLE assets_asset IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM assets_tally;
  INSERT INTO assets_tally (owner_id, unit_id, held, with_personal_data, not_assessed, key_assets,
    without_retention_rule, undecided, to_be_disposed)
  SELECT owner_id, unit_id, count(*), count(*) FILTER (WHERE contains_personal_data),
    count(*) FILTER (WHERE contains_personal_data IS NULL), count(*) FILTER (WHERE is_key),
    count(*) FILTER (WHERE retention_rule_id IS NULL), count(*) FILTER (WHERE publish = 'undecided'),
    count(*) FILTER (WHERE state = 'to_be_disposed')
  FROM assets_asset WHERE state IN ('live', 'under_review', 'to_be_disposed') GROUP BY owner_id, unit_id;
END $$;
SELECT assets_count_again();
