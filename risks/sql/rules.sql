-- The rules of a day stand as they are from that day on, and come into force from a day to come, so that what was
-- counted this morning is not counted otherwise in the afternoon; the first also from today. Until then they can be put
-- back among the drafts.
CREATE FUNCTION risks_keep_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
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
CREATE TRIGGER keep_rules BEFORE INSERT OR UPDATE OR DELETE ON risks_escalationrules
  FOR EACH ROW EXECUTE FUNCTION risks_keep_rules();

-- Does a post that this person is in today carry that role: for all, or (where one is given) for a unit or one above?
CREATE FUNCTION risks_carries(who bigint, what text, unit bigint, on_day date) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = pg_catalog, public AS $$
  WITH RECURSIVE above (id, parent_id) AS (
    SELECT id, parent_id FROM people_organisationalunit WHERE id = unit
    UNION SELECT up.id, up.parent_id FROM people_organisationalunit up JOIN above ON up.id = above.parent_id
  )
  SELECT EXISTS (
    SELECT FROM people_postholding held JOIN people_roleassignment given ON given.post_id = held.post_id
    WHERE held.person_id = who AND given.role = what
      AND (given.unit_id IS NULL OR given.unit_id IN (SELECT id FROM above))
      AND held.from_on <= on_day AND (held.until_on IS NULL OR held.until_on >= on_day)
      AND given.from_on <= on_day AND (given.until_on IS NULL OR given.until_on >= on_day))
$$;

-- Fires after keep_acceptance, which holds the risk. The senior information risk owner answers for every risk; whom the
-- rules of the day name, for a risk of their part of the council that is no higher than they may bear, and not where
-- the senior information risk owner had the last word: what they refused, accepted until a day that is not past, or
-- took back. In which role an answer was given is set here, whatever is written.
CREATE FUNCTION risks_keep_answerer() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  on_day date := (now() AT TIME ZONE 'Europe/London')::date;
  named text;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(424206);
  IF risks_carries(NEW.recorded_by_id, 'siro', NULL, on_day) THEN
    NEW.given_as := 'siro';
    RETURN NEW;
  END IF;
  SELECT CASE WHEN level.rank <= matrix.appetite THEN rules.accept_within
              WHEN level.rank <= matrix.tolerance THEN rules.accept_above END
    INTO named
  FROM risks_assessment score
    JOIN risks_matrixcell cell ON cell.id = score.cell_id
    JOIN risks_matrixlevel level ON level.id = cell.level_id
    JOIN risks_riskmatrix matrix ON matrix.id = cell.matrix_id
    CROSS JOIN (
      SELECT accept_within, accept_above FROM risks_escalationrules
      WHERE from_on <= on_day ORDER BY from_on DESC LIMIT 1) rules
  WHERE score.id = NEW.assessment_id;
  IF coalesce(named, '') = ''
     OR NOT risks_carries(
       NEW.recorded_by_id, named, (SELECT unit_id FROM risks_risk WHERE id = NEW.risk_id), on_day) THEN
    RAISE EXCEPTION 'a risk is accepted by the senior information risk owner, or by whom the rules name'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'acceptance_is_given_by_whom_the_rules_name';
  END IF;
  IF EXISTS (
       SELECT FROM (
         SELECT * FROM risks_acceptance WHERE risk_id = NEW.risk_id ORDER BY id DESC LIMIT 1) last
       WHERE last.given_as = 'siro' AND (last.answer = 'refused' OR last.until >= on_day)
         OR EXISTS (SELECT FROM risks_acceptanceend WHERE acceptance_id = last.id)) THEN
    RAISE EXCEPTION 'the senior information risk owner answered last, and answers again'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'acceptance_leaves_the_last_word_to_the_siro';
  END IF;
  NEW.given_as := named;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_answerer BEFORE INSERT ON risks_acceptance
  FOR EACH ROW EXECUTE FUNCTION risks_keep_answerer();
REVOKE EXECUTE ON FUNCTION risks_keep_rules(), risks_keep_answerer() FROM PUBLIC;
