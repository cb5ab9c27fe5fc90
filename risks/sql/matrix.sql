-- A version of the matrix is whole when it comes into force, and stands as it is from its day on. Until that
-- day it can be put back among the drafts. Its parts belong to it: no cell holds a level of another version.
CREATE FUNCTION risks_keep_matrix() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE levels bigint;
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.from_on <= (now() AT TIME ZONE 'Europe/London')::date THEN
    RAISE EXCEPTION 'Version % is in force and stands as it is', OLD.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'risk_matrix_in_force_stands';
  END IF;
  IF TG_OP = 'DELETE' OR NEW.from_on IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.from_on IS NOT NULL
     AND (NEW.number, NEW.name, NEW.source, NEW.size, NEW.appetite, NEW.tolerance, NEW.from_on)
         IS DISTINCT FROM (OLD.number, OLD.name, OLD.source, OLD.size, OLD.appetite, OLD.tolerance, OLD.from_on) THEN
    RAISE EXCEPTION 'Version % is adopted: take it back before changing it', OLD.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'risk_matrix_in_force_stands';
  END IF;
  PERFORM pg_advisory_xact_lock(424204);
  IF EXISTS (SELECT FROM risks_riskmatrix WHERE id <> NEW.id AND from_on >= NEW.from_on) THEN
    RAISE EXCEPTION 'A version in force from a later day exists already'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'risk_matrix_follows_the_last';
  END IF;
  IF NEW.from_on < (now() AT TIME ZONE 'Europe/London')::date
     AND EXISTS (SELECT FROM risks_riskmatrix WHERE id <> NEW.id AND from_on IS NOT NULL) THEN
    RAISE EXCEPTION 'Scores were made since under another version'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'risk_matrix_is_not_in_force_from_the_past';
  END IF;
  SELECT count(*) INTO levels FROM risks_matrixlevel WHERE matrix_id = NEW.id;
  IF (SELECT count(*) FROM risks_matrixcell WHERE matrix_id = NEW.id
        AND likelihood <= NEW.size AND impact <= NEW.size) <> NEW.size * NEW.size
     OR (SELECT count(*) FROM risks_matrixscale WHERE matrix_id = NEW.id AND number <= NEW.size) <> 2 * NEW.size
     OR levels < 2
     OR (SELECT max(rank) FROM risks_matrixlevel WHERE matrix_id = NEW.id) <> levels
     OR NEW.tolerance > levels
     OR EXISTS (SELECT FROM risks_matrixcell WHERE matrix_id = NEW.id AND greatest(likelihood, impact) > NEW.size)
     OR EXISTS (SELECT FROM risks_matrixscale WHERE matrix_id = NEW.id AND number > NEW.size) THEN
    RAISE EXCEPTION 'Version % is not whole', NEW.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'risk_matrix_is_whole';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_matrix BEFORE INSERT OR UPDATE OR DELETE ON risks_riskmatrix
  FOR EACH ROW EXECUTE FUNCTION risks_keep_matrix();

CREATE FUNCTION risks_keep_matrix_part() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  mine bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.matrix_id ELSE NEW.matrix_id END;
  adopted date;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.matrix_id <> OLD.matrix_id THEN
    RAISE EXCEPTION 'A part stays with its version'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'matrix_part_stays_with_its_version';
  END IF;
  -- FOR SHARE: who adopts the version waits for who changes a part of it, and the other way round.
  SELECT from_on INTO adopted FROM risks_riskmatrix WHERE id = mine FOR SHARE;
  IF adopted IS NOT NULL THEN
    RAISE EXCEPTION 'The version is adopted: its parts stand as they are'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'risk_matrix_in_force_stands';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_matrix_part BEFORE INSERT OR UPDATE OR DELETE ON risks_matrixlevel
  FOR EACH ROW EXECUTE FUNCTION risks_keep_matrix_part();
CREATE TRIGGER keep_matrix_part BEFORE INSERT OR UPDATE OR DELETE ON risks_matrixscale
  FOR EACH ROW EXECUTE FUNCTION risks_keep_matrix_part();
CREATE TRIGGER keep_matrix_part BEFORE INSERT OR UPDATE OR DELETE ON risks_matrixcell
  FOR EACH ROW EXECUTE FUNCTION risks_keep_matrix_part();

CREATE FUNCTION risks_keep_cell_level() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM risks_matrixlevel WHERE id = NEW.level_id AND matrix_id = NEW.matrix_id) THEN
    RAISE EXCEPTION 'A cell holds a level of its own version'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'matrix_cell_holds_a_level_of_its_version';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_cell_level BEFORE INSERT OR UPDATE ON risks_matrixcell
  FOR EACH ROW EXECUTE FUNCTION risks_keep_cell_level();
