-- A database of SQLite holds one school: there is nothing to keep apart. The number keeps both folders alike.
SELECT 1;
