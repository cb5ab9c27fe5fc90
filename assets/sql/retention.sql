-- Retention and disposal: what no page, import or statement may get round.

-- When a period ends. It runs from a day, or from the end (31 March) of the financial year in which that day
-- lies. Null where either the length or the day is not known. Never later than Python can say.
CREATE FUNCTION retention_due(since date, months integer, days integer, adds_current_year boolean)
RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN since IS NULL OR months IS NULL AND days IS NULL THEN NULL ELSE least(
    (CASE WHEN adds_current_year THEN make_date(
       extract(year FROM since)::integer + (extract(month FROM since) > 3)::integer, 3, 31) ELSE since END
     + make_interval(months => coalesce(months, 0), days => coalesce(days, 0)))::date, '9999-12-31') END
$$;

-- Is the asset under a hold that has not been lifted? The asset's row is locked first, here and where a hold
-- is placed, so that of a hold and a disposal at the same moment one waits for the other and then sees it.
CREATE FUNCTION refuse_if_held(asset bigint) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
  held text;
BEGIN
  PERFORM 1 FROM assets_asset WHERE id = asset FOR NO KEY UPDATE;
  SELECT h.reference INTO held FROM assets_hold h JOIN assets_holdasset c ON c.hold_id = h.id
    WHERE c.asset_id = asset AND h.lifted_on IS NULL ORDER BY h.reference LIMIT 1;
  IF held IS NOT NULL THEN
    RAISE EXCEPTION 'the asset is on hold (%)', held
      USING ERRCODE = 'check_violation', CONSTRAINT = 'hold_blocks_disposal';
  END IF;
END $$;

CREATE FUNCTION keep_what_is_held() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF new.state IN ('disposed', 'transferred') AND new.state <> old.state THEN
    PERFORM refuse_if_held(new.id);
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_what_is_held BEFORE UPDATE ON assets_asset
  FOR EACH ROW EXECUTE FUNCTION keep_what_is_held();

CREATE FUNCTION keep_disposal() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_op = 'UPDATE' THEN
    IF old.stage IN ('carried_out', 'kept', 'refused') THEN
      RAISE EXCEPTION 'the disposal % is closed', old.reference
        USING ERRCODE = 'check_violation', CONSTRAINT = 'disposal_closed_never_changes';
    END IF;
    IF (new.asset_id, new.part, new.outcome) IS DISTINCT FROM (old.asset_id, old.part, old.outcome)
       OR new.keep_until IS DISTINCT FROM old.keep_until THEN
      RAISE EXCEPTION 'what % is to do was proposed and stays: propose anew', old.reference
        USING ERRCODE = 'check_violation', CONSTRAINT = 'disposal_stays_as_proposed';
    END IF;
    IF new.stage = 'carried_out' AND old.stage <> 'agreed' THEN
      RAISE EXCEPTION '% is carried out after it was agreed', old.reference
        USING ERRCODE = 'check_violation', CONSTRAINT = 'disposal_is_carried_out_after_it_was_agreed';
    END IF;
  ELSIF new.stage <> 'proposed' THEN
    RAISE EXCEPTION 'a disposal begins as a proposal'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'disposal_begins_as_a_proposal';
  END IF;
  IF new.outcome <> 'keep' AND new.stage <> 'refused' THEN
    PERFORM refuse_if_held(new.asset_id);
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_disposal BEFORE INSERT OR UPDATE ON assets_disposal
  FOR EACH ROW EXECUTE FUNCTION keep_disposal();

-- A hold comes too late for what is gone, and what is lifted stays lifted: place another.
CREATE FUNCTION hold_what_is_there() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  standing text;
BEGIN
  IF tg_op = 'UPDATE' AND (new.asset_id, new.hold_id) = (old.asset_id, old.hold_id) THEN RETURN new; END IF;
  SELECT state INTO standing FROM assets_asset WHERE id = new.asset_id FOR NO KEY UPDATE;
  IF standing IN ('disposed', 'transferred') THEN
    RAISE EXCEPTION 'the asset is gone and cannot be held'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'hold_comes_before_disposal';
  END IF;
  IF EXISTS (SELECT FROM assets_hold WHERE id = new.hold_id AND lifted_on IS NOT NULL) THEN
    RAISE EXCEPTION 'the hold has been lifted'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'hold_lifted_covers_nothing_more';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER hold_what_is_there BEFORE INSERT OR UPDATE ON assets_holdasset
  FOR EACH ROW EXECUTE FUNCTION hold_what_is_there();

CREATE FUNCTION keep_hold_lifted() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF old.lifted_on IS NOT NULL AND new.lifted_on IS DISTINCT FROM old.lifted_on THEN
    RAISE EXCEPTION 'a hold that was lifted stays lifted'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'hold_lifted_stays_lifted';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_hold_lifted BEFORE UPDATE ON assets_hold
  FOR EACH ROW EXECUTE FUNCTION keep_hold_lifted();

-- Nothing is deleted: a hold is lifted, a disposal is refused.
CREATE FUNCTION refuse_deletion() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'holds and disposals are never deleted'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'holds_and_disposals_are_never_deleted';
END $$;
CREATE TRIGGER refuse_deletion BEFORE DELETE ON assets_hold FOR EACH ROW EXECUTE FUNCTION refuse_deletion();
CREATE TRIGGER refuse_deletion BEFORE DELETE ON assets_holdasset FOR EACH ROW EXECUTE FUNCTION refuse_deletion();
CREATE TRIGGER refuse_deletion BEFORE DELETE ON assets_disposal FOR EACH ROW EXECUTE FUNCTION refuse_deletion();
REVOKE EXECUTE ON FUNCTION keep_what_is_held(), keep_disposal(), hold_what_is_there(), keep_hold_lifted(),
  refuse_deletion() FROM PUBLIC;
