-- What resolutions, requests and minutes must be of the same meeting, body or paper (columns of two tables).

CREATE FUNCTION guard_resolution() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_op = 'UPDATE' AND new.meeting_id <> old.meeting_id THEN
    RAISE EXCEPTION 'a resolution stays with its meeting'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'resolution_stays_with_its_meeting';
  END IF;
  -- An issued paper never changes, nor does its meeting: what is asked here stays true.
  IF new.paper_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM committees_paper
     WHERE id = new.paper_id AND meeting_id = new.meeting_id AND state = 'issued'
  ) THEN
    RAISE EXCEPTION 'a resolution is about an issued paper of its own meeting'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'resolution_is_about_a_paper_of_its_meeting';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_resolution BEFORE INSERT OR UPDATE ON committees_resolution
  FOR EACH ROW EXECUTE FUNCTION guard_resolution();

CREATE FUNCTION guard_request() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_op = 'UPDATE' AND (new.meeting_id <> old.meeting_id OR new.resolution_id IS DISTINCT FROM old.resolution_id) THEN
    RAISE EXCEPTION 'a request stays with the meeting and the resolution that made it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'request_stays_with_its_meeting';
  END IF;
  IF new.resolution_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM committees_resolution WHERE id = new.resolution_id AND meeting_id = new.meeting_id
  ) THEN
    RAISE EXCEPTION 'a request is made by a resolution of its own meeting'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'request_is_made_at_its_meeting';
  END IF;
  IF NOT EXISTS (
    SELECT FROM committees_matter matter JOIN committees_meeting meeting ON meeting.body_id = matter.body_id
     WHERE matter.id = new.matter_id AND meeting.id = new.meeting_id
  ) THEN
    RAISE EXCEPTION 'the matter of a request is one of the body that asks'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'matter_is_of_the_body_that_asks';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_request BEFORE INSERT OR UPDATE ON committees_request
  FOR EACH ROW EXECUTE FUNCTION guard_request();

CREATE FUNCTION guard_request_due() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF new.supersedes_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM committees_requestdue
     WHERE id = new.supersedes_id AND id <> new.id AND request_id = new.request_id
       AND decided_on <= new.decided_on
  ) THEN
    RAISE EXCEPTION 'a request is put off from an earlier day of its own'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'request_is_put_off_in_order';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_request_due BEFORE INSERT OR UPDATE ON committees_requestdue
  FOR EACH ROW EXECUTE FUNCTION guard_request_due();

-- The reason is printed: it is a part of the paper, like its sections.
CREATE TRIGGER guard_issued_paper BEFORE INSERT OR UPDATE OR DELETE ON committees_paperreason
  FOR EACH ROW EXECUTE FUNCTION guard_part_of_issued_paper();

CREATE FUNCTION guard_minuted_figure() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM committees_minute minute JOIN committees_publishedfigure figure ON figure.paper_id = minute.paper_id
     WHERE minute.id = new.minute_id AND figure.id = new.figure_id
  ) THEN
    RAISE EXCEPTION 'a minuted figure is one of the paper that the minutes tell of'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'minuted_figure_is_of_the_paper';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_minuted_figure BEFORE INSERT OR UPDATE ON committees_minutedfigure
  FOR EACH ROW EXECUTE FUNCTION guard_minuted_figure();

REVOKE EXECUTE ON FUNCTION guard_resolution(), guard_request(), guard_request_due(), guard_minuted_figure() FROM PUBLIC;
