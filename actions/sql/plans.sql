-- What a figure of the past counts by must not move: a figure "as known then" would change without a correction.

-- An action stays on the plan it was opened on; work that moves is withdrawn there and opened anew.
CREATE FUNCTION keep_on_plan() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF new.plan_id <> old.plan_id AND EXISTS (SELECT FROM actions_progressupdate WHERE action_id = old.id) THEN
    RAISE EXCEPTION 'an action stays on its plan once progress is recorded'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'action_stays_on_its_plan';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_on_plan BEFORE UPDATE ON actions_action FOR EACH ROW EXECUTE FUNCTION keep_on_plan();

-- Ledgers and addresses name a plan by its code.
CREATE FUNCTION keep_code() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF new.code <> old.code THEN
    RAISE EXCEPTION 'the code of % stays: what was published names it', old.code
      USING ERRCODE = 'check_violation', CONSTRAINT = 'code_stays';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_code BEFORE UPDATE ON actions_actionplan FOR EACH ROW EXECUTE FUNCTION keep_code();
CREATE TRIGGER keep_code BEFORE UPDATE ON actions_scopearea FOR EACH ROW EXECUTE FUNCTION keep_code();
REVOKE EXECUTE ON FUNCTION keep_on_plan(), keep_code() FROM PUBLIC;
