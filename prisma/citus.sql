-- Distributes the tables over a Citus cluster: one shop, one shard. Does nothing without the extension, and nothing twice.
-- Runs after every deploy, as one query. Foreign keys come off and go back on, because the order of the tables alone is not
-- enough once a sharded table points at a reference table. `session` has no shop yet when it is written: it stays local.
SET LOCAL citus.multi_shard_modify_mode = 'sequential'; -- else: "parallel operation … foreign key to a reference table"
SET LOCAL citus.enable_unsafe_triggers = 'on'; -- the ledger's looks at nothing but its own row
DO $$
DECLARE
  reference_tables constant text[] := ARRAY['shop_domain']; -- small, rarely written, wanted before the shop is known
  waiting text[];
  table_name text;
  foreign_key record;
  foreign_keys text[][] := '{}';
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;

  SELECT array_agg(c.relname::text ORDER BY c.relname <> 'shop', c.relname) INTO waiting
    FROM pg_class c
   WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     AND NOT EXISTS (SELECT 1 FROM pg_dist_partition p WHERE p.logicalrelid = c.oid AND (p.partmethod = 'h' OR p.repmodel = 't'))
     AND (c.relname = 'shop' OR c.relname = ANY (reference_tables)
          OR EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'shop_id' AND NOT a.attisdropped));
  IF waiting IS NULL THEN RETURN; END IF;

  FOR foreign_key IN
    SELECT conrelid::regclass::text AS owner, conname::text AS name, pg_get_constraintdef(oid) AS definition
      FROM pg_constraint
     WHERE contype = 'f' AND conparentid = 0
       AND (conrelid IN (SELECT x::regclass FROM unnest(waiting) x) OR confrelid IN (SELECT x::regclass FROM unnest(waiting) x))
  LOOP
    foreign_keys := foreign_keys || ARRAY[[foreign_key.owner, foreign_key.name, foreign_key.definition]];
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', foreign_key.owner, foreign_key.name);
  END LOOP;

  FOREACH table_name IN ARRAY waiting LOOP
    IF table_name = ANY (reference_tables) THEN PERFORM create_reference_table(table_name::regclass);
    ELSIF table_name = 'shop' THEN PERFORM create_distributed_table(table_name::regclass, 'id');
    ELSE PERFORM create_distributed_table(table_name::regclass, 'shop_id', colocate_with => 'shop');
    END IF;
  END LOOP;

  FOR i IN 1 .. coalesce(array_length(foreign_keys, 1), 0) LOOP
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', foreign_keys[i][1], foreign_keys[i][2], foreign_keys[i][3]);
  END LOOP;
END $$;
