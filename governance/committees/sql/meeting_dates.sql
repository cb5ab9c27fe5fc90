-- A due date stands as agreed on the day of its meeting, so a meeting is not moved away from it while it stands.
CREATE FUNCTION guard_agreed_dates() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM committees_resolutiondate agreed
      JOIN committees_resolution r ON r.id = agreed.resolution_id
      JOIN actions_daterevision d ON d.id = agreed.revision_id
     WHERE r.meeting_id = new.id AND d.effective_on <> new.held_on AND NOT d.void
       AND NOT EXISTS (SELECT FROM actions_daterevision later WHERE later.corrects_id = d.id)
  ) THEN
    RAISE EXCEPTION 'a meeting stays on the day on which it agreed a due date'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_stays_with_the_dates_it_agreed';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_agreed_dates BEFORE UPDATE OF held_on ON committees_meeting
  FOR EACH ROW WHEN (new.held_on <> old.held_on) EXECUTE FUNCTION guard_agreed_dates();
REVOKE EXECUTE ON FUNCTION guard_agreed_dates() FROM PUBLIC;

-- As before, and with the meeting held until the end of the transaction, so that nobody moves it meanwhile.
CREATE OR REPLACE FUNCTION guard_resolution_date() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM committees_resolution r
    JOIN committees_meeting m ON m.id = r.meeting_id
    JOIN actions_daterevision d ON d.id = new.revision_id
   WHERE r.id = new.resolution_id AND m.held_on = d.effective_on AND d.agreed_in <> '' AND NOT d.void
     FOR SHARE OF m;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a due date is agreed by a resolution of a meeting of that day'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'date_is_agreed_at_the_meeting';
  END IF;
  RETURN new;
END $$;
