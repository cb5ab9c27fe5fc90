-- One writer for every register (design 2.3). TG_ARGV: history table, key column, columns not recorded.
-- SECURITY DEFINER: the application's role has no right to write history; only this function does.
CREATE FUNCTION write_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  forever constant timestamptz := '9999-12-31 00:00:00+00';
  history_table text := quote_ident(tg_table_schema) || '.' || quote_ident(tg_argv[0]);
  unrecorded text[] := string_to_array(tg_argv[2], ',');
  version jsonb;
  entry_key text;
  written timestamptz;
BEGIN
  -- Whoever issues a paper takes this exclusively for a moment, so that what is printed is what is known.
  PERFORM pg_advisory_xact_lock_shared(4711);
  IF tg_op = 'UPDATE' THEN
    IF new IS NOT DISTINCT FROM old THEN RETURN NULL; END IF;
    IF unrecorded <> '{}' AND to_jsonb(new) - unrecorded = to_jsonb(old) - unrecorded THEN RETURN NULL; END IF;
  END IF;
  version := CASE tg_op WHEN 'DELETE' THEN to_jsonb(old) ELSE to_jsonb(new) END;
  entry_key := version ->> tg_argv[1];
  written := clock_timestamp();
  EXECUTE format('UPDATE %s SET history_until = $1 WHERE %I = $2::bigint AND history_until = $3',
                 history_table, tg_argv[1])
    USING written, CASE tg_op WHEN 'INSERT' THEN entry_key ELSE to_jsonb(old) ->> tg_argv[1] END, forever;
  version := version || jsonb_build_object(
    'history_id', nextval(pg_get_serial_sequence(history_table, 'history_id')),
    'history_date', written,
    'history_until', forever,
    'history_type', CASE tg_op WHEN 'INSERT' THEN '+' WHEN 'UPDATE' THEN '~' ELSE '-' END,
    'history_user_id', nullif(current_setting('app.user', true), ''),
    'history_who', nullif(current_setting('app.who', true), ''),
    'history_post', nullif(current_setting('app.post', true), ''),
    'history_change_reason', nullif(current_setting('app.reason', true), ''),
    'history_request', nullif(current_setting('app.request', true), ''));
  EXECUTE format('INSERT INTO %s SELECT * FROM jsonb_populate_record(NULL::%s, $1)', history_table, history_table)
    USING version;
  RETURN NULL;
END $$;

-- A version never changes: it may only be closed once by its successor, or redacted by the owner.
CREATE FUNCTION guard_history() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  forever constant timestamptz := '9999-12-31 00:00:00+00';
BEGIN
  IF tg_op = 'UPDATE' THEN
    IF current_setting('app.redacting', true) = 'on' THEN RETURN new; END IF;
    IF old.history_until = forever AND new.history_until <> forever
       AND to_jsonb(new) - 'history_until' = to_jsonb(old) - 'history_until' THEN RETURN new; END IF;
  END IF;
  RAISE EXCEPTION 'history is append-only: % on % is refused', tg_op, tg_table_name
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF tg_op = 'UPDATE' AND current_setting('app.redacting', true) = 'on' THEN RETURN new; END IF;
  RAISE EXCEPTION '% is append-only: % is refused', tg_table_name, tg_op USING ERRCODE = 'insufficient_privilege';
END $$;

-- Blanks one column of one entry wherever it contains a text (a child's name typed into a note): in its
-- versions, or in a table of facts that is append-only. Only the owner may call it. The tombstone stays and
-- does not repeat the text. Returns the number of rows blanked.
CREATE FUNCTION redact(blanked_table text, key_column text, entry_key bigint, blanked_column text,
                       containing text, authority text, reason text) RETURNS integer LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE changed integer;
BEGIN
  IF coalesce(trim(authority), '') = '' OR coalesce(trim(reason), '') = '' OR coalesce(containing, '') = '' THEN
    RAISE EXCEPTION 'a redaction names its text, its authority and its reason' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM set_config('app.redacting', 'on', true);
  EXECUTE format('UPDATE %I SET %I = '''' WHERE %I = $1 AND position($2 in %I) > 0',
                 blanked_table, blanked_column, key_column, blanked_column) USING entry_key, containing;
  GET DIAGNOSTICS changed = ROW_COUNT;
  PERFORM set_config('app.redacting', 'off', true);
  INSERT INTO history_redaction (table_name, object_key, column_name, versions, authority, reason)
  VALUES (blanked_table, entry_key, blanked_column, changed, authority, reason);
  RETURN changed;
END $$;

REVOKE EXECUTE ON FUNCTION write_history(), guard_history(), refuse_change() FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION redact(text, text, bigint, text, text, text, text) FROM PUBLIC;
