-- A resolution agrees a due date on the day of its meeting, and where no post did. What is taken back stays linked.
CREATE FUNCTION guard_resolution_date() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM committees_resolution r
      JOIN committees_meeting m ON m.id = r.meeting_id
      JOIN actions_daterevision d ON d.id = new.revision_id
     WHERE r.id = new.resolution_id AND m.held_on = d.effective_on AND d.agreed_in <> '' AND NOT d.void
  ) THEN
    RAISE EXCEPTION 'a due date is agreed by a resolution of a meeting of that day'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'date_is_agreed_at_the_meeting';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_resolution_date BEFORE INSERT OR UPDATE ON committees_resolutiondate
  FOR EACH ROW EXECUTE FUNCTION guard_resolution_date();
REVOKE EXECUTE ON FUNCTION guard_resolution_date() FROM PUBLIC;
