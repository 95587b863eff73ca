-- People are found by the words of their names too: each as its skeleton, beside their IINs.
ALTER TABLE person_cases RENAME COLUMN iin TO key;
