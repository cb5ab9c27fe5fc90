-- A model of maturity in use keeps its levels and the areas and criteria it has; names of levels that become
-- known, and further areas with their criteria, may be added. What is scored belongs to the assessment's model.
CREATE FUNCTION actions_keep_maturity_model() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.in_use AND (TG_OP = 'INSERT' OR NOT OLD.in_use)
     AND (SELECT count(*) < 2 OR max(number) <> count(*) FROM actions_maturitylevel WHERE model_id = NEW.id) THEN
    RAISE EXCEPTION 'The levels of % are not numbered from 1 without a gap', NEW.code
      USING ERRCODE = 'check_violation', CONSTRAINT = 'maturity_model_has_its_levels';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.in_use AND NOT NEW.in_use AND EXISTS (SELECT FROM actions_maturityassessment WHERE model_id = NEW.id) THEN
    RAISE EXCEPTION '% is used by an assessment', NEW.code
      USING ERRCODE = 'check_violation', CONSTRAINT = 'maturity_model_that_was_used_stays_in_use';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_maturity_model BEFORE INSERT OR UPDATE ON actions_maturitymodel
  FOR EACH ROW EXECUTE FUNCTION actions_keep_maturity_model();

CREATE FUNCTION actions_keep_maturity_part() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  part jsonb := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
  mine bigint := coalesce((part ->> 'model_id')::bigint,
    (SELECT model_id FROM actions_maturityarea WHERE id = (part ->> 'area_id')::bigint));
  used boolean;
BEGIN
  IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) -> 'model_id', to_jsonb(NEW) -> 'area_id')
     IS DISTINCT FROM (to_jsonb(OLD) -> 'model_id', to_jsonb(OLD) -> 'area_id') THEN
    RAISE EXCEPTION 'A level or an area stays with its model, and a criterion with its area'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'maturity_part_stays_where_it_is';
  END IF;
  -- FOR SHARE: who puts the model in use waits for who changes a part of it, and the other way round.
  SELECT in_use INTO used FROM actions_maturitymodel WHERE id = mine FOR SHARE;
  IF TG_OP = 'INSERT' THEN
    used := used AND TG_TABLE_NAME = 'actions_maturitylevel';
  ELSIF TG_OP = 'UPDATE' THEN
    used := used AND (TG_TABLE_NAME <> 'actions_maturitylevel'
                      OR to_jsonb(NEW) - 'name' <> to_jsonb(OLD) - 'name');
  END IF;
  IF used THEN
    RAISE EXCEPTION 'The model is in use and keeps its levels and areas'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'maturity_model_in_use_keeps_its_parts';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_maturity_part BEFORE INSERT OR UPDATE OR DELETE ON actions_maturitylevel
  FOR EACH ROW EXECUTE FUNCTION actions_keep_maturity_part();
CREATE TRIGGER keep_maturity_part BEFORE INSERT OR UPDATE OR DELETE ON actions_maturityarea
  FOR EACH ROW EXECUTE FUNCTION actions_keep_maturity_part();
CREATE TRIGGER keep_maturity_part BEFORE INSERT OR UPDATE OR DELETE ON actions_maturitycriterion
  FOR EACH ROW EXECUTE FUNCTION actions_keep_maturity_part();

CREATE FUNCTION actions_keep_maturity_assessment() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE used boolean;
BEGIN
  SELECT in_use INTO used FROM actions_maturitymodel WHERE id = NEW.model_id FOR SHARE;
  IF NOT used OR (TG_OP = 'UPDATE' AND NEW.model_id <> OLD.model_id) THEN
    RAISE EXCEPTION 'An assessment is by one model, which is in use'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'maturity_assessment_is_by_a_model_in_use';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_maturity_assessment BEFORE INSERT OR UPDATE ON actions_maturityassessment
  FOR EACH ROW EXECUTE FUNCTION actions_keep_maturity_assessment();

-- Deferred, since who corrects the day says it first, and then each score anew with that day.
CREATE FUNCTION actions_keep_maturity_day() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (
    SELECT FROM actions_maturityscore s JOIN actions_maturityassessment a ON a.id = s.assessment_id
    WHERE a.id = NEW.id AND NOT s.void AND s.effective_on <> a.as_at
      AND NOT EXISTS (SELECT FROM actions_maturityscore later WHERE later.corrects_id = s.id)
  ) THEN
    RAISE EXCEPTION 'The day of an assessment changes with its scores'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'maturity_scores_move_with_their_assessment';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER keep_maturity_day AFTER UPDATE OF as_at ON actions_maturityassessment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.as_at <> OLD.as_at)
  EXECUTE FUNCTION actions_keep_maturity_day();

CREATE FUNCTION actions_keep_area_improved() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE used boolean;
BEGIN
  -- FOR SHARE: who makes the model a draft again waits, and then finds the link; or this waits, and finds a draft.
  SELECT in_use INTO used FROM actions_maturitymodel
    WHERE id = (SELECT model_id FROM actions_maturityarea WHERE id = NEW.area_id) FOR SHARE;
  IF NOT used THEN
    RAISE EXCEPTION 'An action improves an area of a model in use'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'area_improved_is_of_a_model_in_use';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_area_improved BEFORE INSERT OR UPDATE ON actions_actionarea
  FOR EACH ROW EXECUTE FUNCTION actions_keep_area_improved();

CREATE FUNCTION actions_keep_maturity_score() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  mine bigint;
  day date;
BEGIN
  SELECT model_id, as_at INTO mine, day FROM actions_maturityassessment WHERE id = NEW.assessment_id FOR SHARE;
  IF NEW.effective_on <> day THEN
    RAISE EXCEPTION 'A score is as at the day of its assessment'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'maturity_score_is_as_at_its_assessment';
  END IF;
  IF (SELECT model_id FROM actions_maturityarea WHERE id = NEW.area_id) <> mine
     OR EXISTS (SELECT FROM actions_maturitylevel WHERE id IN (NEW.level_id, NEW.target_id) AND model_id <> mine) THEN
    RAISE EXCEPTION 'A score names an area and levels of its own model'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'maturity_score_is_of_its_model';
  END IF;
  IF NEW.corrects_id IS NOT NULL
     AND (SELECT area_id FROM actions_maturityscore WHERE id = NEW.corrects_id) <> NEW.area_id THEN
    RAISE EXCEPTION 'A score corrects one of the same area'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'maturity_score_corrects_the_same_area';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_maturity_score BEFORE INSERT ON actions_maturityscore
  FOR EACH ROW EXECUTE FUNCTION actions_keep_maturity_score();
