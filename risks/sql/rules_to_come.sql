-- As in rules.sql, but from a day to come: only the first rules are in force from today, so that what was counted this
-- morning is not counted otherwise in the afternoon.
CREATE OR REPLACE FUNCTION risks_keep_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE on_day date := (clock_timestamp() AT TIME ZONE 'Europe/London')::date;
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.from_on <= on_day THEN
    RAISE EXCEPTION 'Version % is in force and stands as it is', OLD.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'escalation_rules_in_force_stand';
  END IF;
  IF TG_OP = 'DELETE' OR NEW.from_on IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.from_on IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'Version % is adopted: take it back before changing it', OLD.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'escalation_rules_in_force_stand';
  END IF;
  PERFORM pg_advisory_xact_lock(424206);  -- who accepts a risk waits for who puts rules in force
  IF NEW.from_on >= on_day
     AND EXISTS (SELECT FROM risks_escalationrules WHERE id <> NEW.id AND from_on >= NEW.from_on) THEN
    RAISE EXCEPTION 'Rules in force from a later day exist already'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'escalation_rules_follow_the_last';
  END IF;
  IF NEW.from_on < on_day
     OR NEW.from_on = on_day
        AND EXISTS (SELECT FROM risks_escalationrules WHERE id <> NEW.id AND from_on IS NOT NULL) THEN
    RAISE EXCEPTION 'Rules are not in force from a day that is past or, but for the first, from today'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'escalation_rules_are_not_from_the_past';
  END IF;
  RETURN NEW;
END $$;
