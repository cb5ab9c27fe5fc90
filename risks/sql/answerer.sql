-- Fires after keep_acceptance, which holds the risk. The senior information risk owner answers for every risk; whom the
-- rules of the day name, for a risk of their part of the council that is no higher than they may bear, and not where
-- the senior information risk owner had the last word: what they refused, accepted until a day that is not past, or
-- took back. What others take back of their own is nobody's last word. In which role an answer was given is set here,
-- whatever is written.
CREATE OR REPLACE FUNCTION risks_keep_answerer() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public AS $$
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
         OR EXISTS (
           SELECT FROM risks_acceptanceend ended
           WHERE ended.acceptance_id = last.id
             AND (last.given_as = 'siro' OR ended.recorded_by_id <> last.recorded_by_id))) THEN
    RAISE EXCEPTION 'the senior information risk owner answered last, and answers again'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'acceptance_leaves_the_last_word_to_the_siro';
  END IF;
  NEW.given_as := named;
  RETURN NEW;
END $$;
