-- The one way in which a file that was brought in changes: what was in it goes, its name, size and digest stay.
-- The application's role may call it, and may change the table in no other way. Not while a batch is open.
CREATE FUNCTION empty_batch_file(emptied bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM 1 FROM public.exchange_batch
    WHERE file_id = emptied AND state IN ('committed', 'undone', 'abandoned') FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the file of an open batch is not emptied' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.redacting', 'on', true);
  UPDATE public.exchange_batchfile SET data = '', emptied_at = now() WHERE id = emptied AND emptied_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the file is empty already' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.redacting', 'off', true);
END $$;
