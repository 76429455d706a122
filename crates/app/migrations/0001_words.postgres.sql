-- The same order of Russian words that the program registers in SQLite.
CREATE COLLATION IF NOT EXISTS russian (provider = icu, locale = 'ru');
