-- A rule is whole when it comes into force. It does so from a day to come, within a year (the first of a register also
-- from any day before), so that what was shown keeps its colours; until that day it can be put back among the drafts.
CREATE OR REPLACE FUNCTION colours_keep_rule() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  on_day date := (clock_timestamp() AT TIME ZONE 'Europe/London')::date;
  lines bigint;
BEGIN
  IF TG_OP <> 'INSERT' AND (OLD.from_on <= on_day OR TG_OP = 'DELETE' AND OLD.from_on IS NOT NULL) THEN
    RAISE EXCEPTION 'Version % is adopted and stands as it is', OLD.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'colour_rule_adopted_stands';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.from_on IS NOT NULL
     AND to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD) || '{"from_on": null}'::jsonb THEN
    RAISE EXCEPTION 'Version % is adopted: take it back before changing it', OLD.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'colour_rule_adopted_stands';
  END IF;
  IF TG_OP = 'DELETE' OR NEW.from_on IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  PERFORM pg_advisory_xact_lock(424208);
  IF EXISTS (SELECT FROM colours_colourrule
             WHERE register = NEW.register AND id <> NEW.id AND from_on >= NEW.from_on) THEN
    RAISE EXCEPTION 'A version in force from a later day exists already'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'colour_rule_follows_the_last';
  END IF;
  IF NEW.from_on <= on_day
     AND EXISTS (SELECT FROM colours_colourrule
                 WHERE register = NEW.register AND id <> NEW.id AND from_on IS NOT NULL) THEN
    RAISE EXCEPTION 'Colours were shown since by another version'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'colour_rule_is_not_in_force_from_the_past';
  END IF;
  IF NEW.from_on > on_day + interval '1 year' THEN
    RAISE EXCEPTION 'A version is in force within a year, since those that follow are in force later'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'colour_rule_is_in_force_within_a_year';
  END IF;
  SELECT count(*) INTO lines FROM colours_colourline WHERE rule_id = NEW.id;
  IF lines = 0
     OR (SELECT max(position) FROM colours_colourline WHERE rule_id = NEW.id) <> lines
     OR (SELECT array_agg(position) FROM colours_colourline WHERE rule_id = NEW.id AND condition = 'otherwise')
        IS DISTINCT FROM ARRAY[lines::smallint] THEN
    RAISE EXCEPTION 'Version % is not whole: its last line, and no other, always holds', NEW.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'colour_rule_is_whole';
  END IF;
  RETURN NEW;
END $$;
