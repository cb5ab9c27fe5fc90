-- What is recorded of an incident, or of an acceptance, is recorded now, whoever writes it; and whoever issues a
-- paper at that moment waits for it.
CREATE FUNCTION risks_keep_fact() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(4711);
  NEW.recorded_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER keep_fact BEFORE INSERT ON risks_incidentdecision FOR EACH ROW EXECUTE FUNCTION risks_keep_fact();
CREATE TRIGGER keep_fact BEFORE INSERT ON risks_incidentnotice FOR EACH ROW EXECUTE FUNCTION risks_keep_fact();
CREATE TRIGGER keep_fact BEFORE INSERT ON risks_incidentnote FOR EACH ROW EXECUTE FUNCTION risks_keep_fact();
CREATE TRIGGER keep_fact BEFORE INSERT ON risks_acceptancerequest FOR EACH ROW EXECUTE FUNCTION risks_keep_fact();
CREATE TRIGGER keep_fact BEFORE INSERT ON risks_acceptance FOR EACH ROW EXECUTE FUNCTION risks_keep_fact();
CREATE TRIGGER keep_fact BEFORE INSERT ON risks_acceptanceend FOR EACH ROW EXECUTE FUNCTION risks_keep_fact();

-- Whether it was the regulator is kept as the list said it then: another regulator re-values no past incident.
CREATE FUNCTION risks_keep_regulator() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.to_regulator := coalesce((SELECT is_regulator FROM risks_incidentrecipient WHERE id = NEW.recipient_id), false);
  RETURN NEW;
END $$;
CREATE TRIGGER keep_regulator BEFORE INSERT ON risks_incidentdecision
  FOR EACH ROW EXECUTE FUNCTION risks_keep_regulator();
CREATE TRIGGER keep_regulator BEFORE INSERT ON risks_incidentnotice
  FOR EACH ROW EXECUTE FUNCTION risks_keep_regulator();

-- Fires after the one above. A notice takes the place of one of the same incident, and nobody is told of an
-- incident before it is noticed.
CREATE FUNCTION risks_notice_of_incident() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE corrected record;
BEGIN
  IF NEW.corrects_id IS NOT NULL THEN
    SELECT incident_id, recipient_id, to_regulator INTO corrected FROM risks_incidentnotice WHERE id = NEW.corrects_id;
    IF corrected.incident_id IS DISTINCT FROM NEW.incident_id THEN
      RAISE EXCEPTION 'a notice takes the place of one of the same incident'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_notice_corrects_one_of_the_same_incident';
    END IF;
    IF corrected.recipient_id = NEW.recipient_id THEN
      NEW.to_regulator := corrected.to_regulator;
    END IF;
  END IF;
  IF NEW.kind = 'told' AND NOT NEW.void
     AND NEW.at < (SELECT discovered_at FROM risks_incident WHERE id = NEW.incident_id) THEN
    RAISE EXCEPTION 'nobody is told of an incident before it is noticed'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_notice_is_after_it_is_noticed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notice_of_incident BEFORE INSERT ON risks_incidentnotice
  FOR EACH ROW EXECUTE FUNCTION risks_notice_of_incident();

CREATE FUNCTION risks_noticed_before_told() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (
       SELECT FROM risks_incidentnotice told
       WHERE told.incident_id = NEW.id AND told.kind = 'told' AND NOT told.void AND told.at < NEW.discovered_at
         AND NOT EXISTS (SELECT FROM risks_incidentnotice later WHERE later.corrects_id = told.id)) THEN
    RAISE EXCEPTION 'an incident is noticed before anybody is told of it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_is_noticed_before_anybody_is_told';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER noticed_before_told BEFORE UPDATE ON risks_incident
  FOR EACH ROW WHEN (NEW.discovered_at > OLD.discovered_at) EXECUTE FUNCTION risks_noticed_before_told();

-- What leaves people untold needs a second person: the decision, and whatever stops the clock or lets it end
-- later. Who was involved does none of it, decides nothing, and does not take that off the record.
CREATE FUNCTION risks_second_person() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  on_day date := (now() AT TIME ZONE 'Europe/London')::date;
  person bigint := nullif(current_setting('app.user', true), '');
  about bigint;
  untold boolean := false;
BEGIN
  IF TG_TABLE_NAME = 'risks_incident' THEN
    about := OLD.id;
    untold := true;
  ELSIF TG_TABLE_NAME = 'risks_incidentdecision' THEN
    about := NEW.incident_id;
    untold := NOT NEW.tells;
    person := NEW.recorded_by_id;
  ELSE
    about := OLD.incident_id;
  END IF;
  IF untold AND EXISTS (SELECT FROM risks_incident WHERE id = about AND reported_by_id = person) THEN
    RAISE EXCEPTION 'that nobody is told needs another person than who reported it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_is_left_untold_by_another_than_reported_it';
  END IF;
  IF EXISTS (
       SELECT FROM risks_incidentpost named JOIN people_postholding held ON held.post_id = named.post_id
       WHERE named.incident_id = about AND named.involved AND held.person_id = person
         AND held.from_on <= on_day AND (held.until_on IS NULL OR held.until_on >= on_day)) THEN
    RAISE EXCEPTION 'who was involved in an incident decides nothing about it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_is_decided_by_another_than_was_involved';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER second_person BEFORE INSERT ON risks_incidentdecision
  FOR EACH ROW EXECUTE FUNCTION risks_second_person();
CREATE TRIGGER second_person BEFORE UPDATE ON risks_incident FOR EACH ROW WHEN (
    (NEW.near_miss AND NOT OLD.near_miss)
    OR (NEW.contains_personal_data IS FALSE AND OLD.contains_personal_data IS DISTINCT FROM FALSE)
    OR NEW.aware_at > OLD.aware_at
    OR (NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn'))
  EXECUTE FUNCTION risks_second_person();
CREATE TRIGGER second_person_off BEFORE DELETE ON risks_incidentpost
  FOR EACH ROW WHEN (OLD.involved) EXECUTE FUNCTION risks_second_person();
CREATE TRIGGER second_person_changes BEFORE UPDATE ON risks_incidentpost FOR EACH ROW WHEN (
    OLD.involved AND (NOT NEW.involved OR (NEW.post_id, NEW.incident_id) IS DISTINCT FROM (OLD.post_id, OLD.incident_id)))
  EXECUTE FUNCTION risks_second_person();

REVOKE EXECUTE ON FUNCTION risks_keep_fact(), risks_keep_regulator(), risks_notice_of_incident(),
  risks_noticed_before_told(), risks_second_person() FROM PUBLIC;
