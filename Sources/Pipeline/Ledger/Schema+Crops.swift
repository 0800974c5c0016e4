extension Schema {
  /// The first schema version with crops.
  static let withCrops = 7

  /// The table of crops.
  static let crops = """
    -- Keyed by the picture's bytes and the number's box: they belong to whatever result set reads that number there.
    CREATE TABLE crops (
      id INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      box_left INTEGER NOT NULL CHECK (box_left >= 0),
      box_top INTEGER NOT NULL CHECK (box_top >= 0),
      box_width INTEGER NOT NULL CHECK (box_width >= 1),
      box_height INTEGER NOT NULL CHECK (box_height >= 1),
      part_left INTEGER NOT NULL CHECK (part_left >= 0),
      part_top INTEGER NOT NULL CHECK (part_top >= 0),
      part_width INTEGER NOT NULL CHECK (part_width >= 1),
      part_height INTEGER NOT NULL CHECK (part_height >= 1),
      jpeg BLOB NOT NULL,
      UNIQUE (sha256, box_left, box_top, box_width, box_height)
    ) STRICT;

    -- The pictures of a source that is removed go with it, unless another source has them, too.
    CREATE TRIGGER crops_of_members AFTER DELETE ON members WHEN old.sha256 IS NOT NULL BEGIN
      DELETE FROM crops
      WHERE sha256 = old.sha256 AND NOT EXISTS (SELECT 1 FROM members WHERE sha256 = old.sha256);
    END;
    """
}
