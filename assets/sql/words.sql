-- Every word that a title of the asset register ever had, so that what is mistyped is compared with thousands of
-- words and not with a hundred thousand titles (governance/people/registers/searching.py). A word may be there
-- twice, from two who wrote it at once: neither waits for the other.
-- SECURITY DEFINER: the application's role has no right to write words; only these functions do.
CREATE FUNCTION assets_learn(titles text[]) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO assets_titleword (word)
  SELECT DISTINCT said.word FROM unnest(titles) AS title,
    regexp_split_to_table(upper(title), '[^[:alnum:]]+') AS said (word)
  WHERE length(said.word) BETWEEN 4 AND 60
    AND NOT EXISTS (SELECT FROM assets_titleword known WHERE known.word = said.word)
$$;

CREATE FUNCTION assets_learn_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM assets_learn(ARRAY(SELECT title FROM new_rows));
  RETURN NULL;
END $$;

CREATE FUNCTION assets_learn_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM assets_learn(ARRAY[new.title]);
  RETURN NULL;
END $$;

-- A text removed from the trail for a named authority is not to stay among the words.
CREATE FUNCTION assets_learn_again() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM assets_titleword;
  PERFORM assets_learn(ARRAY(SELECT title FROM assets_asset));
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION assets_learn(text[]), assets_learn_new(), assets_learn_changed(), assets_learn_again()
  FROM PUBLIC;

CREATE TRIGGER learn_new AFTER INSERT ON assets_asset REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION assets_learn_new();
CREATE TRIGGER learn_changed AFTER UPDATE ON assets_asset FOR EACH ROW WHEN (OLD.title <> NEW.title)
  EXECUTE FUNCTION assets_learn_changed();
CREATE TRIGGER learn_again AFTER INSERT ON history_redaction FOR EACH ROW
  WHEN (NEW.table_name LIKE 'assets_%' AND NEW.column_name = 'title') EXECUTE FUNCTION assets_learn_again();

SELECT assets_learn(ARRAY(SELECT title FROM assets_asset));
CREATE INDEX asset_words_alike ON assets_titleword USING gin (word gin_trgm_ops);
