-- More time is asked for once at a time, of an action that is open, and never answered by who asked or by the owner.
CREATE FUNCTION actions_keep_extension() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  held record;
  asked record;
BEGIN
  -- Two who ask, or answer, at once come one after the other.
  SELECT owner_id, status INTO held FROM actions_action WHERE id = new.action_id FOR UPDATE;
  IF new.kind <> 'withdrawn' AND new.decides_id = held.owner_id THEN
    RAISE EXCEPTION 'the post that owns an action does not decide about its date'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'extension_is_not_decided_by_the_owner';
  END IF;
  IF new.kind = 'asked' THEN
    IF held.status IN ('completed', 'withdrawn') THEN
      RAISE EXCEPTION 'a closed action needs no more time'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'extension_is_of_an_open_action';
    END IF;
    IF EXISTS (SELECT FROM actions_extension e WHERE e.action_id = new.action_id AND e.kind = 'asked'
               AND NOT EXISTS (SELECT FROM actions_extension a WHERE a.request_id = e.id)) THEN
      RAISE EXCEPTION 'more time is asked for already'
        USING ERRCODE = 'unique_violation', CONSTRAINT = 'extension_is_asked_once_at_a_time';
    END IF;
    RETURN new;
  END IF;
  SELECT action_id, kind, recorded_by_id, effective_on INTO asked FROM actions_extension WHERE id = new.request_id;
  IF asked.action_id IS DISTINCT FROM new.action_id OR asked.kind <> 'asked'
     OR new.effective_on < asked.effective_on THEN
    RAISE EXCEPTION 'what is answered is an earlier request about this action'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'extension_answers_a_request_of_its_action';
  END IF;
  IF new.kind <> 'withdrawn' AND asked.recorded_by_id = new.recorded_by_id THEN
    RAISE EXCEPTION 'who asks for more time does not answer'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'extension_is_not_answered_by_who_asked';
  END IF;
  IF new.kind = 'granted' AND NOT EXISTS (SELECT FROM actions_daterevision r WHERE r.id = new.revision_id
       AND r.action_id = new.action_id AND r.due_on = new.due_on AND NOT r.void) THEN
    RAISE EXCEPTION 'what is granted is the date to which this action is moved'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'extension_grants_the_date_it_moves';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_extension BEFORE INSERT ON actions_extension
  FOR EACH ROW EXECUTE FUNCTION actions_keep_extension();
REVOKE EXECUTE ON FUNCTION actions_keep_extension() FROM PUBLIC;
