-- A redaction may leave something in the place of what it removes: what is left of a text that repeats others, or a
-- word where the table wants one. The tombstone holds the SHA-256 of that, so that nobody puts another text there.
DROP FUNCTION redact(text, text, bigint, text, text, text, text);
CREATE FUNCTION redact(blanked_table text, key_column text, entry_key bigint, blanked_column text,
                       containing text, authority text, reason text, instead text DEFAULT '')
RETURNS integer LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
  blanked bigint[];
  tombstone bigint;
  sealed_by history_form;
BEGIN
  IF coalesce(trim(authority), '') = '' OR coalesce(trim(reason), '') = '' OR coalesce(containing, '') = '' THEN
    RAISE EXCEPTION 'a redaction names its text, its authority and its reason' USING ERRCODE = 'check_violation';
  END IF;
  SELECT * INTO sealed_by FROM history_form WHERE table_name = blanked_table ORDER BY id DESC LIMIT 1;
  PERFORM set_config('app.redacting', 'on', true);
  EXECUTE format('WITH changed AS (UPDATE %1$I SET %2$I = $3 WHERE %3$I = $1 AND position($2 in %2$I) > 0 RETURNING %4$I) '
                 'SELECT coalesce(array_agg(%4$I), ''{}'') FROM changed',
                 blanked_table, blanked_column, key_column, sealed_by.key_column)
    INTO blanked USING entry_key, containing, instead;
  PERFORM set_config('app.redacting', 'off', true);
  INSERT INTO history_redaction (table_name, object_key, column_name, versions, authority, reason, left_sha256)
  VALUES (blanked_table, entry_key, blanked_column, cardinality(blanked), authority, reason,
          CASE instead WHEN '' THEN '' ELSE encode(sha256(convert_to(instead, 'UTF8')), 'hex') END)
  RETURNING id INTO tombstone;
  PERFORM seal_left(blanked_table, blanked, tombstone);
  RETURN cardinality(blanked);
END $$;
REVOKE EXECUTE ON FUNCTION redact(text, text, bigint, text, text, text, text, text) FROM PUBLIC;
