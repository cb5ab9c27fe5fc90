-- As in tally.sql, but a statement that changes nothing that is counted, as most do, goes no further than to look:
-- the plan of that is kept, while that of the counting is made anew each time.
CREATE OR REPLACE FUNCTION assets_count_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  came constant text := 'SELECT 1 AS sign, n.* FROM new_rows n';
  went constant text := 'SELECT -1 AS sign, o.* FROM old_rows o';
  changed constant text := CASE tg_op WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went
    ELSE went || ' UNION ALL ' || came END;
  folding boolean;
BEGIN
  -- Asked by itself, since an INSERT has no former rows to be planned with.
  IF tg_op = 'UPDATE' THEN
    IF NOT EXISTS (
      SELECT owner_id, unit_id, state, contains_personal_data, is_key, retention_rule_id IS NULL, publish
      FROM new_rows
      EXCEPT ALL
      SELECT owner_id, unit_id, state, contains_personal_data, is_key, retention_rule_id IS NULL, publish
      FROM old_rows)
    THEN RETURN NULL; END IF;
  END IF;
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
