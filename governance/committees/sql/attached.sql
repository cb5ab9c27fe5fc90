-- What comes with a paper stands with it once it is issued, and each file is the one that its fingerprint says.
ALTER TABLE committees_appendix ADD CONSTRAINT appendix_carries_its_fingerprint
  CHECK (file IS NOT NULL AND sha256 = encode(sha256(file), 'hex') AND size = octet_length(file));
ALTER TABLE committees_backgroundpaper ADD CONSTRAINT background_paper_carries_its_fingerprint
  CHECK (file IS NULL AND sha256 = '' OR sha256 = encode(sha256(file), 'hex') AND size = octet_length(file));
CREATE TRIGGER guard_issued_paper BEFORE INSERT OR UPDATE OR DELETE ON committees_recommendation
  FOR EACH ROW EXECUTE FUNCTION guard_part_of_issued_paper();
CREATE TRIGGER guard_issued_paper BEFORE INSERT OR UPDATE OR DELETE ON committees_appendix
  FOR EACH ROW EXECUTE FUNCTION guard_part_of_issued_paper();
CREATE TRIGGER guard_issued_paper BEFORE INSERT OR UPDATE OR DELETE ON committees_backgroundpaper
  FOR EACH ROW EXECUTE FUNCTION guard_part_of_issued_paper();
