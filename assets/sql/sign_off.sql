-- Signing a DPIA off, as it stands since migration 0027: in place of what impact.sql made. Two sign: the data
-- protection officer advises on what was sent, and somebody else approves it, who neither advised nor wrote, and is
-- not in the post that owns the activity. The same in Python: assets/models/dpia_querysets.py.
CREATE OR REPLACE FUNCTION keep_sign_off() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE
  approvers bigint[] := ARRAY[NEW.measures_approved_by_id, NEW.residual_approved_by_id];
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.state = 'signed_off' THEN
    RETURN NEW;
  END IF;
  IF NOT EXISTS (SELECT FROM assets_advice WHERE id = NEW.advice_id AND dpia_id = NEW.id
                 AND given_as = 'dpo' AND given_at >= NEW.sent_at) THEN
    RAISE EXCEPTION 'The data protection officer has not advised on % since it was sent', NEW.reference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'dpia_signed_off_after_the_dpo_advised_on_what_was_sent';
  END IF;
  IF EXISTS (SELECT FROM assets_advice WHERE dpia_id = NEW.id AND given_by_id = ANY (approvers)) THEN
    RAISE EXCEPTION '% is approved by who advised on it', NEW.reference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'dpia_is_approved_by_another_than_advised';
  END IF;
  IF NEW.begun_by_id = ANY (approvers)
     OR EXISTS (SELECT FROM assets_dpiaauthor WHERE dpia_id = NEW.id AND person_id = ANY (approvers)) THEN
    RAISE EXCEPTION '% is approved by who wrote in it', NEW.reference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'dpia_is_approved_by_another_than_wrote';
  END IF;
  IF EXISTS (
       SELECT FROM assets_processingactivity activity
       JOIN people_postholding held ON held.post_id = activity.owner_id
       WHERE activity.id = NEW.activity_id AND held.person_id = ANY (approvers)
         AND held.from_on <= NEW.signed_off_on
         AND (held.until_on IS NULL OR held.until_on >= NEW.signed_off_on)) THEN
    RAISE EXCEPTION '% is approved by who owns the activity', NEW.reference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'dpia_is_approved_by_another_than_owns_the_activity';
  END IF;
  RETURN NEW;
END $$;
