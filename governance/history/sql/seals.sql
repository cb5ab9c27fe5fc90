-- Seals over the trail (docs/decisions/0033). Everything here runs with its owner's rights: the application's role
-- writes neither seals nor blocks.

-- The form of a table's rows as its columns are now. Columns in the order of their names, so that a table restored
-- from a copy has the same. `history_until` is no part of it, since a version is closed later; nor is what a table
-- says it may lose.
CREATE FUNCTION seal_form(sealed_table regclass, key_column text, unsealed text) RETURNS bigint LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
  found_columns text;
  found_form bigint;
  relation text := (SELECT relname FROM pg_class WHERE oid = sealed_table);
BEGIN
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attname) INTO found_columns
    FROM pg_attribute
   WHERE attrelid = sealed_table AND attnum > 0 AND NOT attisdropped
     AND attname <> ALL (string_to_array('history_until,' || unsealed, ','));
  SELECT id INTO found_form FROM history_form f
   WHERE f.table_name = relation AND f.key_column = seal_form.key_column AND f.columns = found_columns;
  IF found_form IS NULL THEN
    INSERT INTO history_form (table_name, key_column, columns) VALUES (relation, key_column, found_columns)
      ON CONFLICT DO NOTHING;
    SELECT id INTO found_form FROM history_form f
     WHERE f.table_name = relation AND f.key_column = seal_form.key_column AND f.columns = found_columns;
  END IF;
  RETURN found_form;
END $$;

-- Seals the rows of a statement. TG_ARGV: key column, columns that are not sealed. Text does not depend on the session.
CREATE FUNCTION seal_rows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
DECLARE form bigint := seal_form(tg_relid::regclass, tg_argv[0], tg_argv[1]);
BEGIN
  EXECUTE format(
    'INSERT INTO history_seal (form_id, row_key, digest, kind, transaction) '
    'SELECT $1, %I, sha256(convert_to(ROW(%s)::text, ''UTF8'')), ''written'', pg_current_xact_id()::text::bigint '
    'FROM new_rows', tg_argv[0], (SELECT columns FROM history_form WHERE id = form)) USING form;
  RETURN NULL;
END $$;

-- Seals rows as they are found: all of a table, or those named; those that a redaction blanked say so. Returns how many.
CREATE FUNCTION seal_as_found(sealed_table text, key_column text, unsealed text, keys bigint[], by_redaction bigint)
RETURNS bigint LANGUAGE plpgsql
SET search_path = public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
DECLARE
  form bigint := seal_form(sealed_table::regclass, key_column, unsealed);
  sealed bigint;
BEGIN
  EXECUTE format(
    'INSERT INTO history_seal (form_id, row_key, digest, kind, redaction_id, transaction) '
    'SELECT $1, %1$I, sha256(convert_to(ROW(%2$s)::text, ''UTF8'')), CASE WHEN $3 IS NULL THEN ''found'' ELSE ''redacted'' END, '
    '$3, pg_current_xact_id()::text::bigint FROM %3$I WHERE $2 IS NULL OR %1$I = ANY ($2) ORDER BY %1$I',
    key_column, (SELECT columns FROM history_form WHERE id = form), sealed_table) USING form, keys, by_redaction;
  GET DIAGNOSTICS sealed = ROW_COUNT;
  RETURN sealed;
END $$;

-- Closes what was written into blocks of at most 10,000 rows, and returns the number of the last block. Nobody who
-- writes waits for it: only rows of transactions that have ended are taken, all of them. With `everything` writers
-- are kept out (whoever issues a paper does that already), and so nothing is left out.
--   drawn         the last key that any seal had when this was asked
--   floor         keys up to it are in blocks, or were rolled back and never come
--   begun_before  a transaction that had drawn a key up to `drawn` has a number below this one
CREATE FUNCTION seal_blocks(everything boolean) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
DECLARE
  most constant integer := 10000;
  fresh constant boolean := pg_current_xact_id_if_assigned() IS NULL;
  last history_block;
  now_era history_era;
  drawn_now bigint;
  own bigint;
  horizon bigint;
  floor_now bigint;
  done int8multirange;
  next_rows bigint;
  next_seals int8multirange;
  next_digest text;
  next_at timestamptz;
  taken bigint;
BEGIN
  IF everything THEN PERFORM pg_advisory_xact_lock(4711); END IF;
  PERFORM pg_advisory_xact_lock(424299);
  SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO drawn_now FROM history_seal_id_seq;
  own := pg_current_xact_id()::text::bigint;
  horizon := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
  SELECT * INTO last FROM history_block ORDER BY number DESC LIMIT 1;
  SELECT * INTO now_era FROM history_era ORDER BY number DESC LIMIT 1;
  floor_now := coalesce(last.floor, 0);
  SELECT coalesce(range_agg(seals), '{}') INTO done FROM history_block WHERE drawn > floor_now;
  taken := floor_now;
  -- This time everything is taken that was still on its way when one of those blocks was made, if that is long ago.
  SELECT greatest(floor_now, max(drawn)) INTO floor_now FROM history_block
   WHERE drawn > floor_now AND era = now_era.number AND begun_before <= horizon;
  LOOP
    SELECT count(*), range_agg(int8range(id, id + 1)), max(id),
           encode(sha256(string_agg(seal_line(s), '' ORDER BY id)), 'hex')
      INTO next_rows, next_seals, taken, next_digest
      FROM (SELECT * FROM history_seal
             WHERE id > taken AND id <= drawn_now AND NOT id <@ done
               AND (everything OR transaction < horizon OR id <= now_era.drawn)
             ORDER BY id LIMIT most) s;
    EXIT WHEN next_rows = 0;
    next_at := clock_timestamp();
    INSERT INTO history_block (number, era, previous, rows, seals, seals_digest, sealed_at, digest, drawn, floor, begun_before)
    VALUES (coalesce(last.number, 0) + 1, now_era.number, coalesce(last.digest, repeat('0', 64)), next_rows, next_seals,
            next_digest, next_at,
            block_digest(coalesce(last.number, 0) + 1, now_era.number, coalesce(last.digest, repeat('0', 64)), next_rows,
                         next_digest, next_at),
            drawn_now, floor_now, CASE WHEN fresh THEN own END)
    RETURNING * INTO last;
  END LOOP;
  RETURN coalesce(last.number, 0);
END $$;

-- What of a seal a block stands for.
CREATE FUNCTION seal_line(s history_seal) RETURNS bytea LANGUAGE sql STABLE
RETURN int8send(s.id) || int8send(s.form_id) || int8send(s.row_key) || s.digest || convert_to(s.kind, 'UTF8')
  || int8send(coalesce(s.redaction_id, 0));

CREATE FUNCTION block_digest(number bigint, era integer, previous text, rows bigint, seals_digest text, sealed_at timestamptz)
RETURNS text LANGUAGE sql STABLE
RETURN encode(sha256(convert_to(
  number || ' ' || era || ' ' || previous || ' ' || rows || ' ' || seals_digest || ' '
  || to_char(sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'UTF8')), 'hex');

-- A redaction leaves its tombstone and seals what it left, so that nobody takes it for tampering.
CREATE OR REPLACE FUNCTION redact(blanked_table text, key_column text, entry_key bigint, blanked_column text,
                                  containing text, authority text, reason text) RETURNS integer LANGUAGE plpgsql
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
  EXECUTE format('WITH changed AS (UPDATE %1$I SET %2$I = '''' WHERE %3$I = $1 AND position($2 in %2$I) > 0 RETURNING %4$I) '
                 'SELECT coalesce(array_agg(%4$I), ''{}'') FROM changed',
                 blanked_table, blanked_column, key_column, sealed_by.key_column)
    INTO blanked USING entry_key, containing;
  PERFORM set_config('app.redacting', 'off', true);
  INSERT INTO history_redaction (table_name, object_key, column_name, versions, authority, reason)
  VALUES (blanked_table, entry_key, blanked_column, cardinality(blanked), authority, reason) RETURNING id INTO tombstone;
  PERFORM seal_left(blanked_table, blanked, tombstone);
  RETURN cardinality(blanked);
END $$;

-- Seals anew, by the columns its trigger names, what a redaction left.
CREATE FUNCTION seal_left(sealed_table text, keys bigint[], tombstone bigint) RETURNS bigint LANGUAGE sql
SET search_path = public, pg_temp BEGIN ATOMIC
  SELECT seal_as_found(sealed_table, words[1], words[2], keys, tombstone)
    FROM (SELECT string_to_array(encode(tgargs, 'escape'), '\000') AS words FROM pg_trigger
           WHERE tgrelid = sealed_table::regclass AND tgname = 'seal_rows') t;
END;

-- Begins a new era: in a database restored from a copy transactions are numbered anew.
CREATE FUNCTION begin_era(why text) RETURNS integer LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE begun integer;
BEGIN
  PERFORM pg_advisory_xact_lock(4711);
  INSERT INTO history_era (number, reason, after_block, drawn)
  SELECT coalesce((SELECT max(number) FROM history_era), 0) + 1, why,
         coalesce((SELECT max(number) FROM history_block), 0),
         (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM history_seal_id_seq)
  RETURNING number INTO begun;
  RETURN begun;
END $$;

REVOKE EXECUTE ON FUNCTION seal_form(regclass, text, text), seal_rows(), seal_blocks(boolean), begin_era(text),
  seal_as_found(text, text, text, bigint[], bigint), seal_left(text, bigint[], bigint) FROM PUBLIC;

-- Not even the owner changes them by a slip.
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON history_seal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON history_block FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON history_form FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON history_era FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON history_seal EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON history_block EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON history_form EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON history_era EXECUTE FUNCTION refuse_change();

-- The first era, and the form by which forms themselves are sealed.
SELECT begin_era('The first seals');
SELECT seal_form('history_form', 'id', '');
