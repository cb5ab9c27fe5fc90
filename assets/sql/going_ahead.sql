-- Going ahead without a DPIA that is required, as it stands since migration 0025: in place of what impact.sql made.
-- The decision counts for the screening on which it was taken. Criteria are rows of their own: a further one on the
-- same day writes no version of the screening, so both are looked at, as in assets/models/impact.py.
CREATE OR REPLACE FUNCTION keep_required_dpia() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM assets_screening WHERE activity_id = NEW.id AND is_required)
     AND NOT EXISTS (SELECT FROM assets_dpia WHERE activity_id = NEW.id AND state = 'signed_off')
     AND NOT EXISTS (
       SELECT FROM assets_goahead ahead WHERE ahead.activity_id = NEW.id
         AND NOT EXISTS (
           SELECT FROM assets_historicalscreening
           WHERE activity_id = NEW.id AND history_date > ahead.decided_at)
         AND NOT EXISTS (
           SELECT FROM assets_historicalscreeningcriterion link
           JOIN assets_screening screening ON screening.id = link.screening_id
           WHERE screening.activity_id = NEW.id AND link.history_date > ahead.decided_at)) THEN
    RAISE EXCEPTION '% requires a DPIA, and none is signed off', NEW.reference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_goes_live_with_the_dpia_it_requires';
  END IF;
  RETURN NEW;
END $$;

-- Nobody decides on what is their own: not who is in the post that owns the activity, nor who began, wrote in or
-- advised on a DPIA of it.
CREATE FUNCTION keep_going_ahead() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  on_day date := (NEW.decided_at AT TIME ZONE 'Europe/London')::date;
BEGIN
  IF EXISTS (
       SELECT FROM assets_processingactivity activity
       JOIN people_postholding held ON held.post_id = activity.owner_id
       WHERE activity.id = NEW.activity_id AND held.person_id = NEW.decided_by_id
         AND held.from_on <= on_day AND (held.until_on IS NULL OR held.until_on >= on_day))
     OR EXISTS (
       SELECT FROM assets_dpia dpia LEFT JOIN assets_dpiaauthor author ON author.dpia_id = dpia.id
       WHERE dpia.activity_id = NEW.activity_id
         AND NEW.decided_by_id IN (dpia.begun_by_id, author.person_id))
     OR EXISTS (
       SELECT FROM assets_advice
       WHERE activity_id = NEW.activity_id AND given_by_id = NEW.decided_by_id) THEN
    RAISE EXCEPTION 'Who owns an activity, wrote in its DPIA or advised on it does not let it go ahead'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'going_ahead_is_decided_by_another_than_owns_wrote_or_advised';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_going_ahead BEFORE INSERT ON assets_goahead FOR EACH ROW EXECUTE FUNCTION keep_going_ahead();
REVOKE EXECUTE ON FUNCTION keep_going_ahead() FROM PUBLIC;
