-- SQLite gets the collation from the program (crates/database/src/collation.rs).
SELECT 1;
