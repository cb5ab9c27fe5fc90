-- What another list calls an action is said on the action's own plan, on which it means nothing else.
CREATE FUNCTION actions_keep_source_reference() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM actions_action WHERE id = new.action_id AND plan_id = new.plan_id) THEN
    RAISE EXCEPTION 'the reference % is that of an action of another plan', new.reference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'source_reference_is_on_the_plan_of_its_action';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_source_reference BEFORE INSERT OR UPDATE ON actions_sourcereference
  FOR EACH ROW EXECUTE FUNCTION actions_keep_source_reference();

-- Of an action that was entered in error nothing stands, nothing is reported any more, and so it stays. Whoever
-- reports of one waits until it is known whether it was, and the other way round.
CREATE FUNCTION actions_keep_in_error() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  in_error timestamptz;
BEGIN
  IF tg_table_name = 'actions_action' THEN
    IF old.mistaken_at IS NOT NULL AND new.mistaken_at IS DISTINCT FROM old.mistaken_at THEN
      RAISE EXCEPTION '% was entered in error, and stays so', new.reference
        USING ERRCODE = 'check_violation', CONSTRAINT = 'action_in_error_stays_so';
    END IF;
    IF EXISTS (
         SELECT FROM actions_progressupdate u WHERE u.action_id = new.id AND NOT u.void
           AND NOT EXISTS (SELECT FROM actions_progressupdate c WHERE c.corrects_id = u.id))
       OR EXISTS (
         SELECT FROM actions_daterevision r WHERE r.action_id = new.id AND NOT r.void
           AND NOT EXISTS (SELECT FROM actions_daterevision c WHERE c.corrects_id = r.id)) THEN
      RAISE EXCEPTION 'something stands that was reported of %', new.reference
        USING ERRCODE = 'check_violation', CONSTRAINT = 'of_an_action_in_error_nothing_stands';
    END IF;
  ELSIF NOT new.void THEN
    SELECT mistaken_at INTO in_error FROM actions_action WHERE id = new.action_id FOR SHARE;
    IF in_error IS NOT NULL THEN
      RAISE EXCEPTION 'the action was entered in error'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'of_an_action_in_error_nothing_stands';
    END IF;
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_in_error BEFORE UPDATE ON actions_action
  FOR EACH ROW WHEN (old.mistaken_at IS NOT NULL OR new.mistaken_at IS NOT NULL)
  EXECUTE FUNCTION actions_keep_in_error();
CREATE TRIGGER keep_in_error BEFORE INSERT ON actions_progressupdate
  FOR EACH ROW EXECUTE FUNCTION actions_keep_in_error();
CREATE TRIGGER keep_in_error BEFORE INSERT ON actions_daterevision
  FOR EACH ROW EXECUTE FUNCTION actions_keep_in_error();
REVOKE EXECUTE ON FUNCTION actions_keep_source_reference(), actions_keep_in_error() FROM PUBLIC;
