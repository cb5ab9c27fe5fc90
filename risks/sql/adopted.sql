-- Rules adopted for a day to come go back among the drafts, with a reason, before they can be deleted.
CREATE OR REPLACE FUNCTION risks_keep_adopted_rules() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public AS $$
BEGIN
  RAISE EXCEPTION 'Version % is adopted: take it back before deleting it', OLD.number
    USING ERRCODE = 'check_violation', CONSTRAINT = 'escalation_rules_in_force_stand';
END $$;
CREATE TRIGGER keep_adopted_rules BEFORE DELETE ON risks_escalationrules
  FOR EACH ROW WHEN (OLD.from_on IS NOT NULL) EXECUTE FUNCTION risks_keep_adopted_rules();
REVOKE EXECUTE ON FUNCTION risks_keep_adopted_rules() FROM PUBLIC;
