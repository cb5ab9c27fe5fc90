-- A question that nobody has answered is no "no": to say then that it was a near miss stops the clock too.
DROP TRIGGER second_person ON risks_incident;
CREATE TRIGGER second_person BEFORE UPDATE ON risks_incident FOR EACH ROW WHEN (
    (NEW.near_miss AND OLD.near_miss IS NOT TRUE)
    OR (NEW.contains_personal_data IS FALSE AND OLD.contains_personal_data IS DISTINCT FROM FALSE)
    OR NEW.aware_at > OLD.aware_at
    OR (NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn'))
  EXECUTE FUNCTION risks_second_person();

-- Which recipient is the regulator stays as it is once something was decided or written about them; what a severity
-- prompts stays while an incident that is not over is rated so. Another name for the same is no such change.
CREATE FUNCTION risks_keep_clock_lists() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_TABLE_NAME = 'risks_incidentrecipient' THEN
    IF EXISTS (SELECT FROM risks_incidentdecision WHERE recipient_id = OLD.id)
       OR EXISTS (SELECT FROM risks_incidentnotice WHERE recipient_id = OLD.id) THEN
      RAISE EXCEPTION 'whether the 72 hours apply stays as it is once incidents name the recipient'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_recipient_in_use_keeps_its_clock';
    END IF;
  ELSIF EXISTS (SELECT FROM risks_incident WHERE severity_id = OLD.id AND state IN ('reported', 'open')) THEN
    RAISE EXCEPTION 'what a severity prompts stays as it is while open incidents are rated so'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_severity_in_use_keeps_its_prompts';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_clock_lists BEFORE UPDATE ON risks_incidentrecipient FOR EACH ROW
  WHEN (NEW.is_regulator IS DISTINCT FROM OLD.is_regulator) EXECUTE FUNCTION risks_keep_clock_lists();
CREATE TRIGGER keep_clock_lists BEFORE UPDATE ON risks_incidentseverity FOR EACH ROW
  WHEN ((NEW.prompts_regulator, NEW.prompts_people) IS DISTINCT FROM (OLD.prompts_regulator, OLD.prompts_people))
  EXECUTE FUNCTION risks_keep_clock_lists();
REVOKE EXECUTE ON FUNCTION risks_keep_clock_lists() FROM PUBLIC;
