import GRDB
import StreetCore

/// The tables, and the migrations from older versions.
///
/// Rows are keyed by content: a source by its identity, a member by its ordinal, a number by its rank among the
/// member's numbers. Only sources and result sets have ids of their own, which no export shows. Thus the order of work
/// leaves no trace, and databases can be merged.
package enum Schema {
  /// The schema version, stored as SQLite's `user_version`: the number of migrations.
  package static let version = migrations.count

  /// The oldest version whose tables suffice for reading.
  static let oldestReadable = 1

  /// The oldest version of a shard that can be merged: it has all columns that are copied.
  static let oldestMerged = 6

  /// The first version whose sets have generations.
  static let withGenerations = 4

  /// The application id "snum", stored as SQLite's `application_id`.
  static let applicationID = 0x736E_756D

  /// The migration to each version, from version 1.
  private static let migrations: [@Sendable (Database) throws -> Void] = [
    { db in
      try db.execute(sql: first)
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    },
    { db in try db.execute(sql: second) },
    { db in try db.execute(sql: third) },
    { db in try db.execute(sql: fourth) },
    { db in try addDigests(db) },
    { db in try db.execute(sql: merging) },
    { db in try db.execute(sql: crops) },
    { db in try db.execute(sql: positions) },
    { db in
      try db.execute(sql: reviewing)
      try db.execute(sql: browsing)
    },
  ]

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (version, migration) in zip(1..., migrations) {
      migrator.registerMigration("\(version)") { db in
        try migration(db)
        try db.execute(sql: "PRAGMA user_version = \(version)")
      }
    }
    return migrator
  }

  private static let first = """
    CREATE TABLE sources (
      id INTEGER PRIMARY KEY,
      identity TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL CHECK (kind IN ('archive', 'image', 'folder', 'stream')),
      sha256 TEXT CHECK (length(sha256) = 64),
      byte_count INTEGER CHECK (byte_count >= 0),
      name TEXT NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT;

    -- Where a source lies or lay: a path has held one content at a time, a content may have many paths.
    CREATE TABLE source_paths (
      path TEXT NOT NULL PRIMARY KEY,
      source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
      byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
      modified_ns INTEGER NOT NULL,
      seen_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX source_paths_by_source ON source_paths (source_id);

    CREATE TABLE models (
      id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 64),
      name TEXT NOT NULL,
      metadata TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- A complete set has read all that could be read; `reason` says why that was not the whole source.
    CREATE TABLE result_sets (
      id INTEGER PRIMARY KEY,
      source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
      model_id TEXT NOT NULL REFERENCES models (id),
      parameters TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      tool_version TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('running', 'complete')),
      started_at TEXT NOT NULL,
      completed_at TEXT,
      member_count INTEGER CHECK (member_count >= 0),
      reason TEXT,
      message TEXT,
      UNIQUE (source_id, model_id, parameters, fingerprint),
      CHECK ((state = 'complete') = (completed_at IS NOT NULL)),
      CHECK ((state = 'complete') = (member_count IS NOT NULL)),
      CHECK ((reason IS NULL) = (message IS NULL))
    ) STRICT;

    -- `offset` is where the member's header lies in the decompressed archive; `alias_of` the member that a
    -- hard link names; a pending member is one that was begun `attempts` times.
    CREATE TABLE members (
      result_set_id INTEGER NOT NULL REFERENCES result_sets (id) ON DELETE CASCADE,
      ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
      name TEXT NOT NULL,
      byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
      sha256 TEXT CHECK (length(sha256) = 64),
      offset INTEGER CHECK (offset >= 0),
      alias_of INTEGER,
      state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'rejected', 'ignored')),
      attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
      reason TEXT,
      message TEXT,
      width INTEGER CHECK (width >= 1),
      height INTEGER CHECK (height >= 1),
      PRIMARY KEY (result_set_id, ordinal),
      FOREIGN KEY (result_set_id, alias_of) REFERENCES members (result_set_id, ordinal),
      CHECK ((state = 'done') = (width IS NOT NULL)),
      CHECK ((state = 'done') = (height IS NOT NULL)),
      CHECK (state = 'pending' OR (state = 'done') = (reason IS NULL)),
      CHECK ((reason IS NULL) = (message IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX members_by_content ON members (sha256) WHERE sha256 IS NOT NULL;

    -- `rank` counts a member's numbers by falling confidence, then box; confidence and score are in 1/10,000.
    CREATE TABLE numbers (
      result_set_id INTEGER NOT NULL,
      ordinal INTEGER NOT NULL,
      rank INTEGER NOT NULL CHECK (rank >= 0),
      text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 6 AND text NOT GLOB '*[^0-9]*'),
      confidence INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 10000),
      box_left INTEGER NOT NULL CHECK (box_left >= 0),
      box_top INTEGER NOT NULL CHECK (box_top >= 0),
      box_width INTEGER NOT NULL CHECK (box_width >= 1),
      box_height INTEGER NOT NULL CHECK (box_height >= 1),
      PRIMARY KEY (result_set_id, ordinal, rank),
      FOREIGN KEY (result_set_id, ordinal) REFERENCES members (result_set_id, ordinal) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX numbers_by_text ON numbers (text);

    CREATE TABLE digits (
      result_set_id INTEGER NOT NULL,
      ordinal INTEGER NOT NULL,
      rank INTEGER NOT NULL,
      position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 5),
      digit INTEGER NOT NULL CHECK (digit BETWEEN 0 AND 9),
      score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 10000),
      box_left INTEGER NOT NULL CHECK (box_left >= 0),
      box_top INTEGER NOT NULL CHECK (box_top >= 0),
      box_width INTEGER NOT NULL CHECK (box_width >= 1),
      box_height INTEGER NOT NULL CHECK (box_height >= 1),
      PRIMARY KEY (result_set_id, ordinal, rank, position),
      FOREIGN KEY (result_set_id, ordinal, rank) REFERENCES numbers (result_set_id, ordinal, rank)
        ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    """

  private static let second = """
    -- `process_mark` tells the process from a later one of the same number; `heartbeat_at` shows that it moves.
    CREATE TABLE runs (
      id INTEGER PRIMARY KEY,
      command TEXT NOT NULL,
      host TEXT NOT NULL,
      process_id INTEGER NOT NULL,
      process_mark TEXT NOT NULL,
      tool_version TEXT NOT NULL,
      started_at TEXT NOT NULL,
      heartbeat_at TEXT NOT NULL,
      ended_at TEXT,
      exit_code INTEGER
    ) STRICT;
    CREATE INDEX runs_unended ON runs (id) WHERE ended_at IS NULL;

    -- The run that reads the set now.
    ALTER TABLE result_sets ADD COLUMN run_id INTEGER REFERENCES runs (id);

    CREATE INDEX members_pending ON members (result_set_id, ordinal) WHERE state = 'pending';
    CREATE INDEX members_by_name ON members (result_set_id, name);
    """

  private static let third = """
    -- A member that goes is looked for among the aliases of its set.
    CREATE INDEX members_by_alias ON members (result_set_id, alias_of) WHERE alias_of IS NOT NULL;
    """

  /// The parameters that are limits, as version 0.1.0 stored them.
  static let limits = ["max_megapixels", "max_member_bytes", "max_members", "max_ratio", "max_scans"]

  /// SQL over `result_sets` for the generation of a set that has none yet, by its times.
  static let generationByTime =
    "row_number() OVER (PARTITION BY source_id ORDER BY coalesce(completed_at, started_at), id)"

  private static let fourth = """
    -- Of the sets of a source the one that was claimed last has the highest generation: no clock is asked which is newest.
    ALTER TABLE result_sets ADD COLUMN generation INTEGER NOT NULL DEFAULT 0 CHECK (generation >= 0);
    UPDATE result_sets SET generation = ranked.place FROM (
      SELECT id, \(generationByTime) AS place
      FROM result_sets
    ) AS ranked WHERE ranked.id = result_sets.id;

    -- That part of the parameters which decides what is read in a picture, whatever the source allows.
    ALTER TABLE result_sets ADD COLUMN reading TEXT NOT NULL DEFAULT '';
    UPDATE result_sets SET reading = iif(json_valid(parameters),
      json_remove(parameters, \(limits.map { "'$.\($0)'" }.joined(separator: ", "))), parameters);

    -- The rules by which members were told from other things and pictures were turned; see MemberRules.
    ALTER TABLE result_sets ADD COLUMN rules INTEGER NOT NULL DEFAULT 1 CHECK (rules >= 1);

    -- Hard links are resolved by their members' ordinals.
    DROP INDEX IF EXISTS members_by_name;

    -- Runs that ended without a word while they read the source, since one last came to an end.
    ALTER TABLE result_sets ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0 CHECK (deaths >= 0);
    """
}
