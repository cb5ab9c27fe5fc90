-- What is signed is kept with its SHA-256; what was returned is put forward before it is signed; nothing is signed twice
-- running as it is, unless it was returned in between.
CREATE FUNCTION actions_keep_pack_signature() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  last record;
  step record;
BEGIN
  -- Two who sign, return or put forward at once come one after the other.
  PERFORM FROM actions_evidencepack WHERE id = new.pack_id FOR UPDATE;
  IF new.content = '' OR new.digest <> encode(sha256(convert_to(new.content, 'UTF8')), 'hex') THEN
    RAISE EXCEPTION 'what is signed is kept with its SHA-256'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'pack_signature_keeps_what_is_signed';
  END IF;
  SELECT kind, taken_at INTO step FROM actions_packstep WHERE pack_id = new.pack_id ORDER BY id DESC LIMIT 1;
  IF step.kind = 'returned' THEN
    RAISE EXCEPTION 'a pack that was returned is put forward before it is signed'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'pack_returned_is_not_signed';
  END IF;
  SELECT digest, signed_at INTO last FROM actions_packsignature WHERE pack_id = new.pack_id ORDER BY id DESC LIMIT 1;
  IF last.digest = new.digest AND (step.kind IS NULL OR step.taken_at < last.signed_at) THEN
    RAISE EXCEPTION 'the pack is signed as it is'
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'pack_is_signed_once_as_it_is';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_pack_signature BEFORE INSERT ON actions_packsignature
  FOR EACH ROW EXECUTE FUNCTION actions_keep_pack_signature();
REVOKE EXECUTE ON FUNCTION actions_keep_pack_signature() FROM PUBLIC;

CREATE FUNCTION actions_keep_pack_step() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  last text;
BEGIN
  PERFORM FROM actions_evidencepack WHERE id = new.pack_id FOR UPDATE;
  SELECT kind INTO last FROM actions_packstep WHERE pack_id = new.pack_id ORDER BY id DESC LIMIT 1;
  IF (new.kind = 'returned') = (coalesce(last, '') = 'returned') THEN
    RAISE EXCEPTION 'a pack is returned once, and put forward once it was returned'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'pack_goes_back_and_forth';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_pack_step BEFORE INSERT ON actions_packstep
  FOR EACH ROW EXECUTE FUNCTION actions_keep_pack_step();
REVOKE EXECUTE ON FUNCTION actions_keep_pack_step() FROM PUBLIC;
