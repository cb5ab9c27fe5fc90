-- A sample holds as many rows as were drawn, when whoever drew it is done.
CREATE FUNCTION actions_keep_sample_whole() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  key bigint := (to_jsonb(new) ->> TG_ARGV[0])::bigint;
BEGIN
  IF (SELECT size FROM actions_auditsample WHERE id = key)
     <> (SELECT count(*) FROM actions_sampledrow WHERE sample_id = key) THEN
    RAISE EXCEPTION 'a sample holds as many rows as were drawn'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_sample_is_whole';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER keep_sample_whole AFTER INSERT ON actions_auditsample DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION actions_keep_sample_whole('id');
CREATE CONSTRAINT TRIGGER keep_sample_whole AFTER INSERT ON actions_sampledrow DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION actions_keep_sample_whole('sample_id');
REVOKE EXECUTE ON FUNCTION actions_keep_sample_whole() FROM PUBLIC;
