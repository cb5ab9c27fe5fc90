-- An answer is about what was seen: the version of the risk that stands, and a current score of that risk. Nobody
-- accepts a risk of their own: not who is in the post that owns it, raised it, gave the score or asked.
CREATE FUNCTION risks_keep_acceptance() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE on_day date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
  IF NOT EXISTS (
       SELECT FROM risks_historicalrisk WHERE history_id = NEW.risk_version AND id = NEW.risk_id
         AND state = 'open' AND history_until = '9999-12-31 00:00:00+00')
     OR NOT EXISTS (
       SELECT FROM risks_assessment score WHERE score.id = NEW.assessment_id AND score.risk_id = NEW.risk_id
         AND score.kind = 'current' AND NOT score.void
         AND NOT EXISTS (SELECT FROM risks_assessment later WHERE later.corrects_id = score.id)) THEN
    RAISE EXCEPTION 'an answer is about an open risk as it stands, and a current score of it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'acceptance_is_about_what_stands';
  END IF;
  IF NEW.request_id IS NOT NULL
     AND NOT EXISTS (SELECT FROM risks_acceptancerequest WHERE id = NEW.request_id AND risk_id = NEW.risk_id) THEN
    RAISE EXCEPTION 'an answer is to a request about its risk'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'acceptance_answers_a_request_about_its_risk';
  END IF;
  IF NEW.until < on_day THEN
    RAISE EXCEPTION 'a risk is accepted until a day to come'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'acceptance_is_until_a_day_to_come';
  END IF;
  IF NEW.answer = 'accepted' AND (
       EXISTS (
         SELECT FROM risks_risk risk JOIN people_postholding held ON held.post_id = risk.owner_id
         WHERE risk.id = NEW.risk_id AND held.person_id = NEW.recorded_by_id
           AND held.from_on <= on_day AND (held.until_on IS NULL OR held.until_on >= on_day))
       OR EXISTS (
         SELECT FROM risks_historicalrisk WHERE id = NEW.risk_id AND history_type = '+'
           AND history_user_id = NEW.recorded_by_id)
       OR EXISTS (
         SELECT FROM risks_assessment WHERE id = NEW.assessment_id AND recorded_by_id = NEW.recorded_by_id)
       OR EXISTS (
         SELECT FROM risks_acceptancerequest
         WHERE id = NEW.request_id AND recorded_by_id = NEW.recorded_by_id)) THEN
    RAISE EXCEPTION 'nobody accepts a risk that they own, raised, scored or asked to have accepted'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'acceptance_is_given_by_another_than_who_owns_it';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_acceptance BEFORE INSERT ON risks_acceptance
  FOR EACH ROW EXECUTE FUNCTION risks_keep_acceptance();
REVOKE EXECUTE ON FUNCTION risks_keep_acceptance() FROM PUBLIC;
