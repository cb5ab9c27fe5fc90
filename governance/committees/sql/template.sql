-- A form of reports is whole when it is adopted, follows the last of its kind, and stands as it is from then on: before
-- its day it can be put back among the drafts, after it only be withdrawn. A paper is made from one that is in force.
CREATE FUNCTION committees_keep_template() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  on_day date := (clock_timestamp() AT TIME ZONE 'Europe/London')::date;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.from_on IS NOT NULL THEN
      RAISE EXCEPTION 'Version % is adopted and stands as it is', OLD.number
        USING ERRCODE = 'check_violation', CONSTRAINT = 'form_of_report_adopted_stands';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.from_on IS NOT NULL THEN
    IF to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD) || '{"from_on": null}'::jsonb AND
       (OLD.withdrawn_on IS NOT NULL
        OR to_jsonb(NEW) - 'withdrawn_on' IS DISTINCT FROM to_jsonb(OLD) - 'withdrawn_on')
       OR NEW.from_on IS NULL AND OLD.from_on <= on_day THEN
      RAISE EXCEPTION 'Version % is adopted and stands as it is', OLD.number
        USING ERRCODE = 'check_violation', CONSTRAINT = 'form_of_report_adopted_stands';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.from_on IS NULL THEN
    RETURN NEW;
  END IF;
  PERFORM pg_advisory_xact_lock(424240);
  IF EXISTS (SELECT FROM committees_papertemplate
             WHERE code = NEW.code AND id <> NEW.id AND from_on >= NEW.from_on) THEN
    RAISE EXCEPTION 'A version in force from a later day exists already'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'form_of_report_follows_the_last';
  END IF;
  IF NOT EXISTS (SELECT FROM committees_templatesection WHERE template_id = NEW.id AND mandatory) THEN
    RAISE EXCEPTION 'Version % has no section that must have text', NEW.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'form_of_report_has_a_mandatory_section';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_template BEFORE INSERT OR UPDATE OR DELETE ON committees_papertemplate
  FOR EACH ROW EXECUTE FUNCTION committees_keep_template();

CREATE FUNCTION committees_keep_template_section() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE
  mine bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.template_id ELSE NEW.template_id END;
  adopted date;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.template_id <> OLD.template_id THEN
    RAISE EXCEPTION 'A section stays with its version'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'heading_of_form_stays_with_its_version';
  END IF;
  -- FOR SHARE: who adopts the version waits for who changes a section of it, and the other way round.
  SELECT from_on INTO adopted FROM committees_papertemplate WHERE id = mine FOR SHARE;
  IF adopted IS NOT NULL THEN
    RAISE EXCEPTION 'The version is adopted: its sections stand as they are'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'form_of_report_adopted_stands';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_template_section BEFORE INSERT OR UPDATE OR DELETE ON committees_templatesection
  FOR EACH ROW EXECUTE FUNCTION committees_keep_template_section();

CREATE FUNCTION committees_keep_form_of_paper() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.template_id IS NOT DISTINCT FROM OLD.template_id THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND OLD.template_id IS NOT NULL THEN
    RAISE EXCEPTION 'A paper keeps the form it was made from'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'paper_keeps_its_form';
  END IF;
  IF NEW.template_id IS NOT NULL
     AND NOT EXISTS (SELECT FROM committees_papertemplate WHERE id = NEW.template_id
                       AND from_on <= (clock_timestamp() AT TIME ZONE 'Europe/London')::date) THEN
    RAISE EXCEPTION 'A paper is made from a form that is in force'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'paper_is_made_from_a_form_in_force';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_form_of_paper BEFORE INSERT OR UPDATE ON committees_paper
  FOR EACH ROW EXECUTE FUNCTION committees_keep_form_of_paper();

-- What the proper officer overrode stands with the issued paper.
CREATE TRIGGER guard_issued_paper BEFORE INSERT OR UPDATE OR DELETE ON committees_override
  FOR EACH ROW EXECUTE FUNCTION guard_part_of_issued_paper();
REVOKE EXECUTE ON FUNCTION committees_keep_template(), committees_keep_template_section(),
  committees_keep_form_of_paper() FROM PUBLIC;
