-- An asset duplicates a golden record or a plain entry, never another duplicate; and it is no part of itself,
-- by however many steps. What is already so is looked at under one lock, so that two who write at once
-- cannot make together what neither could make alone.
CREATE FUNCTION assets_keep_kinship() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.part_of_id IS NOT DISTINCT FROM OLD.part_of_id
     AND NEW.duplicate_of_id IS NOT DISTINCT FROM OLD.duplicate_of_id THEN
    RETURN NEW;
  END IF;
  PERFORM pg_advisory_xact_lock(424203);
  IF NEW.duplicate_of_id IS NOT NULL AND (
       EXISTS (SELECT FROM assets_asset WHERE id = NEW.duplicate_of_id AND duplicate_of_id IS NOT NULL)
       OR EXISTS (SELECT FROM assets_asset WHERE duplicate_of_id = NEW.id)) THEN
    RAISE EXCEPTION 'An asset duplicates what duplicates nothing itself'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'asset_duplicates_no_duplicate';
  END IF;
  IF NEW.part_of_id IS NOT NULL AND EXISTS (
       WITH RECURSIVE whole AS (
         SELECT id, part_of_id FROM assets_asset WHERE id = NEW.part_of_id
         UNION
         SELECT above.id, above.part_of_id FROM assets_asset above JOIN whole ON above.id = whole.part_of_id)
       SELECT FROM whole WHERE id = NEW.id) THEN
    RAISE EXCEPTION 'An asset is no part of its own parts'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'asset_is_no_part_of_its_parts';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_kinship BEFORE INSERT OR UPDATE ON assets_asset FOR EACH ROW
  WHEN (NEW.part_of_id IS NOT NULL OR NEW.duplicate_of_id IS NOT NULL)
  EXECUTE FUNCTION assets_keep_kinship();
