-- Emptying a file as it stands since migration 0008: in place of what empty_batch_file.sql made. Besides what that
-- asks, something was last done with the batch a day ago or longer. That it was left, as a batch nobody goes on with
-- is in the very step that empties it, does not count.
CREATE OR REPLACE FUNCTION empty_batch_file(emptied bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM 1 FROM public.exchange_batch
    WHERE file_id = emptied AND state IN ('committed', 'undone', 'abandoned') FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the file of an open batch is not emptied' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF EXISTS (SELECT FROM public.exchange_historicalbatch
             WHERE file_id = emptied AND state <> 'abandoned' AND history_date > now() - interval '1 day') THEN
    RAISE EXCEPTION 'a file is kept for a day at least' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.redacting', 'on', true);
  UPDATE public.exchange_batchfile SET data = '', emptied_at = now() WHERE id = emptied AND emptied_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the file is empty already' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.redacting', 'off', true);
END $$;
