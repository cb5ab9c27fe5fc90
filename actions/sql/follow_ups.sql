-- What an auditor found stands beside what the council claimed then: neither the recommendation nor the claim moves.
CREATE FUNCTION keep_claim() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (SELECT audit_id FROM actions_recommendation WHERE id = new.recommendation_id)
     <> (SELECT audit_id FROM actions_followup WHERE id = new.follow_up_id) THEN
    RAISE EXCEPTION 'a follow-up rates recommendations of its own audit'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_is_of_the_audit_followed_up';
  END IF;
  IF TG_OP = 'UPDATE' AND (new.follow_up_id, new.recommendation_id, new.claimed, new.claimed_on)
     <> (old.follow_up_id, old.recommendation_id, old.claimed, old.claimed_on) THEN
    RAISE EXCEPTION 'what the council claimed stands as it was'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_keeps_its_claim';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_claim BEFORE INSERT OR UPDATE ON actions_followuprating
  FOR EACH ROW EXECUTE FUNCTION keep_claim();
REVOKE EXECUTE ON FUNCTION keep_claim() FROM PUBLIC;
