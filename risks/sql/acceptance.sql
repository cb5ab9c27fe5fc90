-- An answer is about what was seen: the version of the risk that stands, a current score of it, and its controls and
-- further assets as they stand, so who changes one of these waits for who answers, and the other way round. Nobody
-- accepts a risk of their own: not who is in the post that owns it, was in a post that owned it at any time since
-- the score was recorded, raised it, gave the score or asked. What is borne is looked at again within a year.
CREATE FUNCTION risks_keep_acceptance() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public AS $$
DECLARE on_day date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
  PERFORM FROM risks_risk WHERE id = NEW.risk_id FOR NO KEY UPDATE;
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
  IF NEW.controls_seen <> (
       SELECT COALESCE(max(history_id), 0) FROM risks_historicalriskcontrol WHERE risk_id = NEW.risk_id)
     OR NEW.assets_seen <> (
       SELECT COALESCE(max(history_id), 0) FROM risks_historicalriskasset WHERE risk_id = NEW.risk_id) THEN
    RAISE EXCEPTION 'an answer is about the controls and the further assets as they stand'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'acceptance_is_about_controls_and_assets_that_stand';
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
  IF NEW.until > on_day + 366 THEN
    RAISE EXCEPTION 'a risk is accepted for a year at most'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'acceptance_is_for_a_year_at_most';
  END IF;
  IF NEW.answer = 'accepted' AND (
       EXISTS (
         SELECT FROM risks_historicalrisk version
           JOIN risks_assessment score ON score.id = NEW.assessment_id
           JOIN people_postholding held ON held.post_id = version.owner_id
         WHERE version.id = NEW.risk_id AND version.history_until >= score.recorded_at
           AND held.person_id = NEW.recorded_by_id
           AND held.from_on <= (LEAST(version.history_until, clock_timestamp()) AT TIME ZONE 'Europe/London')::date
           AND (held.until_on IS NULL OR held.until_on >=
                (GREATEST(version.history_date, score.recorded_at) AT TIME ZONE 'Europe/London')::date))
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

-- What a risk's controls and further assets are is settled before or after an answer, never beside it.
CREATE FUNCTION risks_hold_risk() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM risks_risk WHERE id IN (NEW.risk_id, OLD.risk_id) ORDER BY id FOR NO KEY UPDATE;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER hold_risk BEFORE INSERT OR UPDATE OR DELETE ON risks_riskcontrol
  FOR EACH ROW EXECUTE FUNCTION risks_hold_risk();
CREATE TRIGGER hold_risk BEFORE INSERT OR UPDATE OR DELETE ON risks_riskasset
  FOR EACH ROW EXECUTE FUNCTION risks_hold_risk();

CREATE FUNCTION risks_keep_acceptance_request() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM risks_risk WHERE id = NEW.risk_id FOR NO KEY UPDATE;
  IF EXISTS (
       SELECT FROM risks_acceptancerequest asked WHERE asked.risk_id = NEW.risk_id
         AND NOT EXISTS (SELECT FROM risks_acceptance WHERE request_id = asked.id)) THEN
    RAISE EXCEPTION 'a risk waits for one answer at a time'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'acceptance_is_asked_for_once_at_a_time';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_acceptance_request BEFORE INSERT ON risks_acceptancerequest
  FOR EACH ROW EXECUTE FUNCTION risks_keep_acceptance_request();

CREATE FUNCTION risks_keep_acceptance_end() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public AS $$
BEGIN
  IF (SELECT answer FROM risks_acceptance WHERE id = NEW.acceptance_id) IS DISTINCT FROM 'accepted' THEN
    RAISE EXCEPTION 'what was refused cannot be taken back'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'acceptance_end_is_of_what_was_accepted';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_acceptance_end BEFORE INSERT ON risks_acceptanceend
  FOR EACH ROW EXECUTE FUNCTION risks_keep_acceptance_end();
REVOKE EXECUTE ON FUNCTION risks_keep_acceptance(), risks_hold_risk(), risks_keep_acceptance_request(),
  risks_keep_acceptance_end() FROM PUBLIC;
