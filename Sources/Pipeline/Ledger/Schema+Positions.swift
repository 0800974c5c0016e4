extension Schema {
  /// The first schema version with positions.
  static let withPositions = 8

  /// The columns of a geotag, shared by the tables of statements and of chosen positions.
  private static let geotag = """
    latitude INTEGER CHECK (latitude BETWEEN -900000000 AND 900000000),
      longitude INTEGER CHECK (longitude BETWEEN -1800000000 AND 1800000000),
      altitude INTEGER,
      accuracy INTEGER CHECK (accuracy >= 0),
      heading INTEGER CHECK (heading BETWEEN 0 AND 35999),
      heading_reference TEXT CHECK (heading_reference IN ('true', 'magnetic')),
      heading_kind TEXT CHECK (heading_kind IN ('view', 'movement')),
      captured_ms INTEGER,
      captured_offset INTEGER CHECK (captured_offset BETWEEN -1080 AND 1080),
      projection TEXT CHECK (length(projection) BETWEEN 1 AND 40 AND projection NOT GLOB '*[^a-z]*'),
      full_width INTEGER CHECK (full_width >= 1),
      cropped_left INTEGER CHECK (cropped_left >= 0),
      cropped_width INTEGER CHECK (cropped_width >= 1),
      pose_heading INTEGER CHECK (pose_heading BETWEEN 0 AND 35999),
      focal_length INTEGER CHECK (focal_length BETWEEN 1 AND 10000),
    """

  private static let consistency = """
    CHECK ((latitude IS NULL) = (longitude IS NULL)),
      CHECK (latitude IS NOT 0 OR longitude IS NOT 0),
      CHECK (latitude IS NOT NULL OR altitude IS NULL AND accuracy IS NULL),
      CHECK ((heading IS NULL) = (heading_reference IS NULL) AND (heading IS NULL) = (heading_kind IS NULL)),
      CHECK (captured_ms IS NOT NULL OR captured_offset IS NULL),
      CHECK (projection IS NOT NULL
        OR coalesce(full_width, cropped_left, cropped_width, pose_heading) IS NULL)
    """

  /// The tables of photographs' positions, headings and times.
  static let positions = """
    -- Keyed by content: a photograph of a source, by its bytes and its name there, whatever result set has it. `revision` is that
    -- of the rules by which its own bytes were looked at for what they state; 0 where they were not. A row says what precedence
    -- chooses among the statements, and whose it is.
    CREATE TABLE positions (
      id INTEGER PRIMARY KEY,
      source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      name TEXT NOT NULL,
      revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
      \(geotag)
      position_origin TEXT CHECK (position_origin IN ('beside', 'inside', 'exif', 'xmp', 'track')),
      heading_origin TEXT CHECK (heading_origin IN ('beside', 'inside', 'exif', 'xmp', 'track')),
      captured_origin TEXT CHECK (captured_origin IN ('beside', 'inside', 'exif', 'xmp', 'track')),
      UNIQUE (source_id, sha256, name),
      CHECK ((latitude IS NULL) = (position_origin IS NULL)),
      CHECK ((heading IS NULL) = (heading_origin IS NULL)),
      CHECK ((captured_ms IS NULL) = (captured_origin IS NULL)),
      \(consistency)
    ) STRICT;
    CREATE INDEX positions_by_instant ON positions (captured_ms - captured_offset * 60000) WHERE captured_offset IS NOT NULL;

    -- What each origin states; `sidecar` is the SHA-256 of the file that does, empty for the photograph itself.
    CREATE TABLE position_statements (
      position_id INTEGER NOT NULL REFERENCES positions (id) ON DELETE CASCADE,
      origin TEXT NOT NULL CHECK (origin IN ('beside', 'inside', 'exif', 'xmp', 'track')),
      sidecar TEXT NOT NULL CHECK (length(sidecar) IN (0, 64)),
      \(geotag)
      PRIMARY KEY (position_id, origin, sidecar),
      CHECK ((sidecar = '') = (origin IN ('exif', 'xmp'))),
      \(consistency)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX position_statements_by_sidecar ON position_statements (sidecar) WHERE sidecar <> '';

    -- Files that state positions of a source's photographs; another content under the same name takes the place of the first.
    CREATE TABLE sidecars (
      source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      origin TEXT NOT NULL CHECK (origin IN ('beside', 'inside', 'track')),
      taken_at TEXT NOT NULL,
      PRIMARY KEY (source_id, name)
    ) STRICT, WITHOUT ROWID;

    -- Of integers, in 1e-7 degrees, so that nothing is rounded.
    CREATE VIRTUAL TABLE positions_rtree USING rtree_i32 (id, west, east, south, north);

    CREATE TRIGGER positions_located AFTER INSERT ON positions WHEN new.latitude IS NOT NULL BEGIN
      INSERT INTO positions_rtree VALUES (new.id, new.longitude, new.longitude, new.latitude, new.latitude);
    END;
    CREATE TRIGGER positions_moved AFTER UPDATE OF latitude, longitude ON positions
    WHEN (old.latitude, old.longitude) IS NOT (new.latitude, new.longitude) BEGIN
      DELETE FROM positions_rtree WHERE id = old.id;
      INSERT INTO positions_rtree SELECT new.id, new.longitude, new.longitude, new.latitude, new.latitude
      WHERE new.latitude IS NOT NULL;
    END;
    CREATE TRIGGER positions_gone AFTER DELETE ON positions BEGIN
      DELETE FROM positions_rtree WHERE id = old.id;
      DELETE FROM position_statements WHERE position_id = old.id;
    END;
    """
}
