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

-- Of an action that was entered in error nothing stands, and nothing is reported any more.
CREATE FUNCTION actions_keep_in_error() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_table_name = 'actions_action' THEN
    IF new.mistaken_at IS NOT NULL AND EXISTS (
         SELECT FROM actions_progressupdate u WHERE u.action_id = new.id AND NOT u.void
           AND NOT EXISTS (SELECT FROM actions_progressupdate c WHERE c.corrects_id = u.id)) THEN
      RAISE EXCEPTION 'something stands that was reported of %', new.reference
        USING ERRCODE = 'check_violation', CONSTRAINT = 'of_an_action_in_error_nothing_stands';
    END IF;
  ELSIF NOT new.void AND EXISTS (
      SELECT FROM actions_action WHERE id = new.action_id AND mistaken_at IS NOT NULL) THEN
    RAISE EXCEPTION 'the action was entered in error'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'of_an_action_in_error_nothing_stands';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_in_error BEFORE UPDATE ON actions_action
  FOR EACH ROW WHEN (new.mistaken_at IS NOT NULL) EXECUTE FUNCTION actions_keep_in_error();
CREATE TRIGGER keep_in_error BEFORE INSERT ON actions_progressupdate
  FOR EACH ROW EXECUTE FUNCTION actions_keep_in_error();
REVOKE EXECUTE ON FUNCTION actions_keep_source_reference(), actions_keep_in_error() FROM PUBLIC;
