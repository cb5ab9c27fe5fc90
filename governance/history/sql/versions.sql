-- One writer for every register (design 2.3), once for each statement: what a hundred rows share (who, why, the
-- columns, the plan) is asked once. TG_ARGV: history table, key column, columns not recorded.
-- SECURITY DEFINER: the application's role has no right to write history; only this function does.
-- May be run again: migrations that put a register on the record run it first.
CREATE OR REPLACE FUNCTION write_versions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  forever constant timestamptz := '9999-12-31 00:00:00+00';
  history_table text := quote_ident(tg_table_schema) || '.' || quote_ident(tg_argv[0]);
  columns text;
  kept text;
  changed text;
  closed text;
  written timestamptz;
BEGIN
  -- Whoever issues a paper takes this exclusively for a moment, so that what is printed is what is known.
  PERFORM pg_advisory_xact_lock_shared(4711);
  -- Rows are compared whole where the history leaves no column out: that is planned in a fraction of the time.
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FILTER (WHERE recorded),
         string_agg('n.' || quote_ident(attname), ', ' ORDER BY attnum) FILTER (WHERE recorded),
         CASE WHEN bool_and(recorded) THEN 'n.* IS DISTINCT FROM o.*' ELSE
           string_agg(format('n.%1$I IS DISTINCT FROM o.%1$I', attname), ' OR ') FILTER (WHERE recorded) END
    INTO columns, kept, changed
    FROM (SELECT live.attname, live.attnum, live.attname <> ALL (string_to_array(tg_argv[2], ','))
                 AND EXISTS (SELECT FROM pg_attribute past WHERE past.attrelid = history_table::regclass
                             AND past.attname = live.attname AND past.attnum > 0 AND NOT past.attisdropped) AS recorded
            FROM pg_attribute live
           WHERE live.attrelid = tg_relid AND live.attnum > 0 AND NOT live.attisdropped) live;
  -- Of rows updated to what they were, nothing is written.
  closed := CASE tg_op
    WHEN 'INSERT' THEN format('SELECT n.%I AS key FROM new_rows n', tg_argv[1])
    WHEN 'DELETE' THEN format('SELECT n.%I AS key FROM old_rows n', tg_argv[1])
    ELSE format('SELECT o.%1$I AS key FROM old_rows o LEFT JOIN new_rows n ON n.%1$I = o.%1$I '
                'WHERE n.%1$I IS NULL OR %2$s', tg_argv[1], changed) END;
  written := clock_timestamp();
  EXECUTE format('UPDATE %s v SET history_until = $1 FROM (%s) c '
                 'WHERE v.%I = c.key AND v.history_until = %L::timestamptz',
                 history_table, closed, tg_argv[1], forever) USING written;
  EXECUTE format(
    'INSERT INTO %s (%s, history_date, history_until, history_type, history_user_id, history_who, history_post,'
    ' history_change_reason, history_request) SELECT %s, $1, %L::timestamptz, %L, $2::bigint, $3, $4, $5, $6 FROM %s',
    history_table, columns, kept, forever,
    CASE tg_op WHEN 'INSERT' THEN '+' WHEN 'UPDATE' THEN '~' ELSE '-' END,
    CASE tg_op WHEN 'INSERT' THEN 'new_rows n' WHEN 'DELETE' THEN 'old_rows n'
      ELSE format('new_rows n LEFT JOIN old_rows o ON n.%1$I = o.%1$I '
                  'WHERE o.%1$I IS NULL OR %2$s', tg_argv[1], changed) END)
    USING written, nullif(current_setting('app.user', true), ''), nullif(current_setting('app.who', true), ''),
      nullif(current_setting('app.post', true), ''), nullif(current_setting('app.reason', true), ''),
      nullif(current_setting('app.request', true), '');
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION write_versions() FROM PUBLIC;

-- A version never changes: it may only be closed once by its successor, or redacted by the owner.
CREATE OR REPLACE FUNCTION guard_history() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  forever constant timestamptz := '9999-12-31 00:00:00+00';
  closed timestamptz;
BEGIN
  IF tg_op = 'UPDATE' THEN
    IF current_setting('app.redacting', true) = 'on' THEN RETURN new; END IF;
    closed := new.history_until;
    new.history_until := old.history_until;
    IF old.history_until = forever AND closed <> forever AND new IS NOT DISTINCT FROM old THEN
      new.history_until := closed;
      RETURN new;
    END IF;
  END IF;
  RAISE EXCEPTION 'history is append-only: % on % is refused', tg_op, tg_table_name
    USING ERRCODE = 'insufficient_privilege';
END $$;
REVOKE EXECUTE ON FUNCTION guard_history() FROM PUBLIC;
