-- What minutes say is never edited, and what a meeting confirmed stays confirmed (docs/architecture.md).
CREATE FUNCTION guard_minutes() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_op = 'DELETE' OR (new.meeting_id, new.number, new.text, new.correction)
     IS DISTINCT FROM (old.meeting_id, old.number, old.text, old.correction) OR old.confirmed_at_id IS NOT NULL THEN
    RAISE EXCEPTION 'minutes are never edited: a correction is a new version'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_are_never_edited';
  END IF;
  IF new.confirmed_at_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM committees_meeting theirs JOIN committees_meeting ours ON ours.id = new.meeting_id
     WHERE theirs.id = new.confirmed_at_id AND theirs.body_id = ours.body_id AND theirs.held_on > ours.held_on
  ) THEN
    RAISE EXCEPTION 'minutes are confirmed by a later meeting of the same body'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_are_confirmed_by_a_later_meeting';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_minutes BEFORE UPDATE OR DELETE ON committees_minutes
  FOR EACH ROW EXECUTE FUNCTION guard_minutes();
REVOKE EXECUTE ON FUNCTION guard_minutes() FROM PUBLIC;
