-- A score is a cell of the matrix in force on the day from which it holds, so that it keeps that meaning. What
-- takes the place of a score is a score of the same kind; what says that one never happened says it of its cell.
CREATE FUNCTION risks_keep_assessment() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE corrected record;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(424204);  -- who puts a matrix in force waits for who scores
  IF NEW.corrects_id IS NOT NULL THEN
    SELECT kind, cell_id INTO corrected FROM risks_assessment WHERE id = NEW.corrects_id;
    IF corrected.kind IS DISTINCT FROM NEW.kind THEN
      RAISE EXCEPTION 'a score takes the place of one of its kind'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_corrects_its_kind';
    END IF;
    IF NEW.void AND corrected.cell_id = NEW.cell_id THEN
      RETURN NEW;
    END IF;
  END IF;
  IF (SELECT matrix_id FROM risks_matrixcell WHERE id = NEW.cell_id) IS DISTINCT FROM
     (SELECT id FROM risks_riskmatrix WHERE from_on <= NEW.effective_on ORDER BY from_on DESC LIMIT 1) THEN
    RAISE EXCEPTION 'the matrix of this score was not in force on %', NEW.effective_on
      USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_is_under_the_matrix_in_force';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_assessment BEFORE INSERT ON risks_assessment
  FOR EACH ROW EXECUTE FUNCTION risks_keep_assessment();
