-- A rule is whole when it comes into force. It does so from a day to come, within a year (the first of a register also
-- from any day before), so that what was shown keeps its colours; until that day it can be put back among the drafts.
CREATE FUNCTION colours_keep_rule() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
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
CREATE TRIGGER keep_rule BEFORE INSERT OR UPDATE OR DELETE ON colours_colourrule
  FOR EACH ROW EXECUTE FUNCTION colours_keep_rule();

CREATE FUNCTION colours_keep_line() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  mine bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.rule_id ELSE NEW.rule_id END;
  adopted date;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.rule_id <> OLD.rule_id THEN
    RAISE EXCEPTION 'A line stays with its version'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'colour_line_stays_with_its_version';
  END IF;
  -- FOR SHARE: who adopts the version waits for who changes a line of it, and the other way round.
  SELECT from_on INTO adopted FROM colours_colourrule WHERE id = mine FOR SHARE;
  IF adopted IS NOT NULL THEN
    RAISE EXCEPTION 'The version is adopted: its lines stand as they are'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'colour_rule_adopted_stands';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_line BEFORE INSERT OR UPDATE OR DELETE ON colours_colourline
  FOR EACH ROW EXECUTE FUNCTION colours_keep_line();

-- A colour that a person sets: never on an entry of their own, and never for longer than the rule in force lets
-- them. TG_ARGV: the register, the table of its entries, and the column of the entry in the row.
CREATE FUNCTION colours_keep_override() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  on_day date := (clock_timestamp() AT TIME ZONE 'Europe/London')::date;
  entry bigint := (to_jsonb(NEW) ->> TG_ARGV[2])::bigint;
  months integer;
  own boolean;
BEGIN
  NEW.recorded_at := clock_timestamp();
  EXECUTE format('SELECT EXISTS (SELECT FROM people_postholding held JOIN %I entry ON entry.owner_id = held.post_id
                    WHERE entry.id = $1 AND held.person_id = $2 AND held.from_on <= $3
                      AND (held.until_on IS NULL OR held.until_on >= $3))', TG_ARGV[1])
    INTO own USING entry, NEW.recorded_by_id, on_day;
  IF own THEN
    RAISE EXCEPTION 'nobody sets the colour of an entry of their own'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'colour_is_set_by_another_than_who_owns_it';
  END IF;
  IF NEW.until IS NULL THEN
    RETURN NEW;
  END IF;
  SELECT override_months INTO months FROM colours_colourrule
    WHERE register = TG_ARGV[0] AND from_on <= on_day ORDER BY from_on DESC LIMIT 1;
  IF months IS NULL THEN
    RAISE EXCEPTION 'no rule is in force, so there is no colour to set another in place of'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'colour_is_set_under_a_rule';
  END IF;
  IF NEW.until < on_day OR NEW.until > on_day + make_interval(months => months) THEN
    RAISE EXCEPTION 'a colour is set until a day to come, within % months', months
      USING ERRCODE = 'check_violation', CONSTRAINT = 'colour_is_set_for_no_longer_than_the_rule_says';
  END IF;
  RETURN NEW;
END $$;
