-- Keeps facts on two clocks honest (design 2.2). TG_ARGV: the subject's column.
CREATE FUNCTION keep_two_clocks() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  corrected record;
BEGIN
  -- A transaction with an old view of the database could miss a paper issued meanwhile.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'facts are recorded in read committed transactions only' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'facts_are_recorded_in_read_committed';
  END IF;
  PERFORM pg_advisory_xact_lock_shared(4711);
  -- Nobody chooses the key, which decides the place in the day.
  new.id := nextval(pg_get_serial_sequence(quote_ident(tg_table_schema) || '.' || quote_ident(tg_table_name), 'id'));
  new.recorded_at := clock_timestamp();
  IF new.source_document = '' THEN
    new.known_at := new.recorded_at;
  END IF;
  new.place := new.id;
  IF new.effective_on > (new.recorded_at AT TIME ZONE 'Europe/London')::date THEN
    RAISE EXCEPTION 'the effective date % lies in the future', new.effective_on
      USING ERRCODE = 'check_violation', CONSTRAINT = 'took_effect_by_today';
  END IF;
  IF new.corrects_id IS NOT NULL THEN
    EXECUTE format('SELECT place, known_at, to_jsonb(t) -> %L AS subject FROM %I t WHERE id = $1',
                   tg_argv[0], tg_table_name) INTO corrected USING new.corrects_id;
    IF corrected.subject IS DISTINCT FROM to_jsonb(new) -> tg_argv[0] THEN
      RAISE EXCEPTION 'a row corrects a row of the same subject only'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'corrects_the_same_subject';
    END IF;
    IF new.known_at < corrected.known_at THEN
      RAISE EXCEPTION 'a correction cannot be known before what it corrects'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'correction_known_later';
    END IF;
    new.place := corrected.place;
  END IF;
  RETURN new;
END $$;
REVOKE EXECUTE ON FUNCTION keep_two_clocks() FROM PUBLIC;
