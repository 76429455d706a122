-- Schools of one database are kept apart by PostgreSQL itself (security rule 6). Each transaction says whose rows it
-- touches in the setting `nastavnik.school`: the id of a school, or * for work that is about all of them. Without it
-- nothing is seen and nothing is written. The owner of the tables is held to it, too.
CREATE FUNCTION reached_school() RETURNS UUID LANGUAGE sql STABLE
    RETURN CAST(NULLIF(NULLIF(current_setting('nastavnik.school', TRUE), ''), '*') AS UUID);

CREATE FUNCTION reaches_every_school() RETURNS BOOLEAN LANGUAGE sql STABLE
    RETURN COALESCE(current_setting('nastavnik.school', TRUE), '') = '*';

-- Both functions are asked once for a statement, not for a row: they stand in subqueries.
CREATE PROCEDURE wall(of_table TEXT, by_column TEXT) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', of_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', of_table);
    EXECUTE format(
        'CREATE POLICY own_school ON %I USING (%I = (SELECT reached_school()) OR (SELECT reaches_every_school()))',
        of_table, by_column
    );
END
$$;

DO $$
DECLARE
    one RECORD;
BEGIN
    CALL wall('schools', 'id');
    FOR one IN
        SELECT c.table_name
        FROM information_schema.columns c
        JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = current_schema() AND c.column_name = 'school_id' AND t.table_type = 'BASE TABLE'
        ORDER BY c.table_name
    LOOP
        CALL wall(one.table_name, 'school_id');
    END LOOP;
END
$$;
