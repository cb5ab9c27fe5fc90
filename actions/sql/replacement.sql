-- No action takes its own place, through however many others.
CREATE FUNCTION actions_keep_replacement() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
       WITH RECURSIVE onwards (key) AS (
         SELECT new.replacement_id
         UNION
         SELECT r.replacement_id FROM actions_actionreplacement r JOIN onwards o ON r.action_id = o.key)
       SELECT FROM onwards WHERE key = new.action_id) THEN
    RAISE EXCEPTION 'an action would take its own place'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'replacements_go_round_in_no_circle';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_replacement AFTER INSERT OR UPDATE ON actions_actionreplacement
  FOR EACH ROW EXECUTE FUNCTION actions_keep_replacement();
REVOKE EXECUTE ON FUNCTION actions_keep_replacement() FROM PUBLIC;
