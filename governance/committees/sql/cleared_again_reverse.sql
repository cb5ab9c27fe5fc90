DROP TRIGGER keep_one_answer ON committees_clearanceanswer;
DROP FUNCTION keep_one_answer(), committees_paper_words(bigint);
ALTER FUNCTION committees_paper_text(bigint) RENAME TO committees_paper_words;
