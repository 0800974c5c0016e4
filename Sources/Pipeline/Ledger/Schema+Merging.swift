extension Schema {
  /// The table of merged shards. A row belongs to a source, so it is deleted when the source is forgotten.
  static let merging = """
    -- `sha256` is that of the shard's file, `source_count` how many sources, and so rows here, the shard has.
    CREATE TABLE merged_shards (
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      source_count INTEGER NOT NULL CHECK (source_count >= 1),
      merged_at TEXT NOT NULL,
      PRIMARY KEY (sha256, source_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX merged_shards_by_source ON merged_shards (source_id);
    """
}
