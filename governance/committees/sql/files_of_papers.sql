-- A paper made here has the files that are made from it; one from before the product its original and no other.
CREATE OR REPLACE FUNCTION guard_finished_rendering() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_op = 'INSERT' THEN
    IF (new.format <> 'original') <> (SELECT origin = 'product' FROM committees_paper WHERE id = new.paper_id) THEN
      RAISE EXCEPTION 'a paper made here has files made from it, and one made before has its original file'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'rendering_is_in_the_format_of_its_paper';
    END IF;
    RETURN new;
  END IF;
  IF tg_op = 'DELETE' OR old.state = 'done' OR new.paper_id <> old.paper_id OR new.format <> old.format THEN
    RAISE EXCEPTION 'a rendering stays with its paper, and once finished never changes: % is refused', tg_op
      USING ERRCODE = 'check_violation', CONSTRAINT = 'finished_rendering_never_changes';
  END IF;
  RETURN new;
END $$;
