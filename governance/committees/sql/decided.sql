-- What a meeting resolved and asked for, it can only have done on a day that has come, with a quorum. As before in
-- sql/requests.sql, with that, and with call-in; the meeting is held until the end of the transaction.
CREATE OR REPLACE FUNCTION guard_resolution() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_op = 'UPDATE' AND new.meeting_id <> old.meeting_id THEN
    RAISE EXCEPTION 'a resolution stays with its meeting'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'resolution_stays_with_its_meeting';
  END IF;
  IF tg_op = 'INSERT' AND NOT may_have_decided(new.meeting_id) THEN
    RAISE EXCEPTION 'a meeting resolves something on its day, and with a quorum'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'resolution_is_of_a_meeting_that_decided';
  END IF;
  -- An issued paper never changes, nor does its meeting: what is asked here stays true.
  IF new.paper_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM committees_paper
     WHERE id = new.paper_id AND meeting_id = new.meeting_id AND state = 'issued'
  ) THEN
    RAISE EXCEPTION 'a resolution is about an issued paper of its own meeting'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'resolution_is_about_a_paper_of_its_meeting';
  END IF;
  -- It was the executive that decided it, also where the kind of its body is put right since.
  IF new.called_in_on IS NOT NULL AND (tg_op = 'INSERT' OR new.called_in_on IS DISTINCT FROM old.called_in_on) THEN
    PERFORM FROM committees_meeting meeting JOIN committees_body body ON body.id = meeting.body_id
      WHERE meeting.id = new.meeting_id AND meeting.held_on <= new.called_in_on
        AND body.kind IN ('cabinet', 'cabinet_member') FOR SHARE OF meeting;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'a decision of the executive is called in, on or after its day'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_of_the_executive_is_called_in';
    END IF;
  END IF;
  RETURN new;
END $$;

CREATE FUNCTION may_have_decided(meeting bigint) RETURNS boolean LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM committees_meeting
    WHERE id = meeting AND state IN ('planned', 'held')
      AND held_on <= (clock_timestamp() AT TIME ZONE 'Europe/London')::date FOR SHARE;
  RETURN FOUND;
END $$;

CREATE FUNCTION guard_asking() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT may_have_decided(new.meeting_id) THEN
    RAISE EXCEPTION 'a meeting asks for something on its day, and with a quorum'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'request_is_of_a_meeting_that_decided';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_asking BEFORE INSERT ON committees_request
  FOR EACH ROW EXECUTE FUNCTION guard_asking();

-- The other side: a meeting that decided is neither cancelled nor inquorate, nor moved to a day to come or to one
-- after what was called in.
CREATE FUNCTION guard_decided() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (new.state NOT IN ('planned', 'held')
      OR new.held_on > (clock_timestamp() AT TIME ZONE 'Europe/London')::date)
     AND (EXISTS (SELECT FROM committees_resolution WHERE meeting_id = new.id)
          OR EXISTS (SELECT FROM committees_request WHERE meeting_id = new.id)) THEN
    RAISE EXCEPTION 'a meeting that resolved or asked for something took place'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_that_decided_took_place';
  END IF;
  IF EXISTS (SELECT FROM committees_resolution WHERE meeting_id = new.id AND called_in_on < new.held_on) THEN
    RAISE EXCEPTION 'a decision is called in on or after the day of its meeting'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_is_before_what_was_called_in';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_decided BEFORE UPDATE OF state, held_on ON committees_meeting
  FOR EACH ROW WHEN (new.state <> old.state OR new.held_on <> old.held_on)
  EXECUTE FUNCTION guard_decided();

REVOKE EXECUTE ON FUNCTION guard_asking(), guard_decided() FROM PUBLIC;
