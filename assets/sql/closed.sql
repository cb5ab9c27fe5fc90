-- What is disposed of, transferred or withdrawn changes in nothing but its state, whoever writes it. Of the
-- states, the two that a certificate settles are left for none and reached from "to be disposed" alone, and
-- what was withdrawn comes back as live or not at all (the steps of assets/models/states.py).
CREATE FUNCTION keep_what_is_over() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.state <> OLD.state AND (
       OLD.state IN ('disposed', 'transferred')
       OR OLD.state = 'withdrawn' AND NEW.state <> 'live'
       OR NEW.state IN ('disposed', 'transferred') AND OLD.state <> 'to_be_disposed') THEN
    RAISE EXCEPTION '% does not follow % for %', NEW.state, OLD.state, OLD.reference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'asset_takes_allowed_steps';
  END IF;
  IF OLD.state IN ('disposed', 'transferred', 'withdrawn')
     AND to_jsonb(NEW) - 'state' IS DISTINCT FROM to_jsonb(OLD) - 'state' THEN
    RAISE EXCEPTION '% is % and stays as it is', OLD.reference, OLD.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'asset_that_is_over_stays_as_it_is';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_what_is_over BEFORE UPDATE ON assets_asset FOR EACH ROW
  WHEN (OLD.state IN ('disposed', 'transferred', 'withdrawn') OR NEW.state IN ('disposed', 'transferred'))
  EXECUTE FUNCTION keep_what_is_over();
REVOKE EXECUTE ON FUNCTION keep_what_is_over() FROM PUBLIC;
