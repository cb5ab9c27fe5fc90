-- Actions of one plan do not overlap, and what is said of a pair corrects what was said of that pair alone.
CREATE FUNCTION actions_keep_overlap() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.action_id < NEW.other_id AND (SELECT plan_id FROM actions_action WHERE id = NEW.action_id)
     = (SELECT plan_id FROM actions_action WHERE id = NEW.other_id) THEN
    RAISE EXCEPTION 'Only actions of two plans overlap'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'overlap_is_between_two_plans';
  END IF;
  IF NEW.corrects_id IS NOT NULL AND (NEW.action_id, NEW.other_id)
     IS DISTINCT FROM (SELECT (action_id, other_id) FROM actions_overlap WHERE id = NEW.corrects_id) THEN
    RAISE EXCEPTION 'What is said of two actions corrects what was said of the same two'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'overlap_corrects_the_same_pair';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_overlap BEFORE INSERT ON actions_overlap
  FOR EACH ROW EXECUTE FUNCTION actions_keep_overlap();
