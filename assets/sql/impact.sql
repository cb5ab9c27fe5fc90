-- What needs a DPIA goes live when one is signed off, or when the senior information risk owner has decided, since
-- the activity was last screened, that it may. What is live and is screened later stays live: a figure counts it.
-- Migration 0025 puts the function of going_ahead.sql in this one's place.
CREATE FUNCTION keep_required_dpia() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM assets_screening WHERE activity_id = NEW.id AND is_required)
     AND NOT EXISTS (SELECT FROM assets_dpia WHERE activity_id = NEW.id AND state = 'signed_off')
     AND NOT EXISTS (
       SELECT FROM assets_goahead ahead WHERE ahead.activity_id = NEW.id AND NOT EXISTS (
         SELECT FROM assets_historicalscreening
         WHERE activity_id = NEW.id AND history_date > ahead.decided_at)) THEN
    RAISE EXCEPTION '% requires a DPIA, and none is signed off', NEW.reference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_goes_live_with_the_dpia_it_requires';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_required_dpia BEFORE UPDATE ON assets_processingactivity FOR EACH ROW
  WHEN (NEW.state = 'live' AND OLD.state <> 'live')
  EXECUTE FUNCTION keep_required_dpia();
REVOKE EXECUTE ON FUNCTION keep_required_dpia() FROM PUBLIC;

-- Two sign a DPIA off: the data protection officer advises on what was sent, and somebody else approves it, who
-- neither advised nor wrote. Advice on an earlier text is advice on another text.
CREATE FUNCTION keep_sign_off() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  adviser bigint;
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.state = 'signed_off' THEN
    RETURN NEW;
  END IF;
  SELECT given_by_id INTO adviser FROM assets_advice
    WHERE id = NEW.advice_id AND dpia_id = NEW.id AND given_as = 'dpo' AND given_at >= NEW.sent_at;
  IF adviser IS NULL THEN
    RAISE EXCEPTION 'The data protection officer has not advised on % since it was sent', NEW.reference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'dpia_signed_off_after_the_dpo_advised_on_what_was_sent';
  END IF;
  IF adviser IN (NEW.measures_approved_by_id, NEW.residual_approved_by_id) THEN
    RAISE EXCEPTION '% is approved by who advised on it', NEW.reference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'dpia_is_approved_by_another_than_advised';
  END IF;
  IF EXISTS (SELECT FROM assets_dpiaauthor WHERE dpia_id = NEW.id
             AND person_id IN (NEW.measures_approved_by_id, NEW.residual_approved_by_id)) THEN
    RAISE EXCEPTION '% is approved by who wrote in it', NEW.reference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'dpia_is_approved_by_another_than_wrote';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_sign_off BEFORE INSERT OR UPDATE ON assets_dpia FOR EACH ROW
  WHEN (NEW.state = 'signed_off')
  EXECUTE FUNCTION keep_sign_off();
REVOKE EXECUTE ON FUNCTION keep_sign_off() FROM PUBLIC;
