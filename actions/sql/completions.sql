-- A completion is of a claim of the same action, and never by who claimed it; nobody approves and verifies both.
CREATE FUNCTION keep_completion() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  claimed record;
BEGIN
  SELECT action_id, status, void, recorded_by_id INTO claimed FROM actions_progressupdate WHERE id = new.claim_id;
  IF claimed.action_id <> new.action_id OR claimed.void
     OR claimed.status NOT IN ('awaiting_approval', 'completed') THEN
    RAISE EXCEPTION 'what is approved or verified is a claim that this action is done'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'completion_is_of_a_claim';
  END IF;
  IF NOT new.void AND (claimed.recorded_by_id = new.recorded_by_id OR new.kind = 'verified' AND EXISTS
       (SELECT FROM actions_progressupdate u WHERE u.action_id = new.action_id AND NOT u.void
        AND u.recorded_by_id = new.recorded_by_id AND u.status IN ('awaiting_approval', 'completed'))) THEN
    RAISE EXCEPTION 'who claims that an action is done neither approves nor verifies it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'completion_is_not_by_the_claimer';
  END IF;
  IF NOT new.void AND EXISTS (SELECT FROM actions_completion o WHERE o.claim_id = new.claim_id AND NOT o.void
       AND o.kind <> new.kind AND 'verified' IN (o.kind, new.kind) AND o.recorded_by_id = new.recorded_by_id) THEN
    RAISE EXCEPTION 'who approved an action does not verify it, nor the other way round'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'completion_is_seen_by_two';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_completion BEFORE INSERT ON actions_completion
  FOR EACH ROW EXECUTE FUNCTION keep_completion();
REVOKE EXECUTE ON FUNCTION keep_completion() FROM PUBLIC;
