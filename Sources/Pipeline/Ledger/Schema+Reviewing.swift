extension Schema {
  /// The tables of decisions.
  static let reviewing = """
    -- What reviewers decided. Rows are added, never changed: an undo is a row, too. They belong to a picture's bytes, so that no
    -- result set has them; `counter` is 1 + the largest of the picture.
    CREATE TABLE decisions (
      id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      counter INTEGER NOT NULL CHECK (counter >= 1),
      reviewer TEXT NOT NULL CHECK (length(reviewer) BETWEEN 1 AND 100),
      verdict TEXT NOT NULL CHECK (verdict IN
        ('confirmed', 'corrected', 'not_a_number', 'missed', 'complete', 'skipped', 'undo')),
      box_left INTEGER CHECK (box_left >= 0),
      box_top INTEGER CHECK (box_top >= 0),
      box_width INTEGER CHECK (box_width >= 1),
      box_height INTEGER CHECK (box_height >= 1),
      shown TEXT CHECK (length(shown) BETWEEN 1 AND 6 AND shown NOT GLOB '*[^0-9]*'),
      text TEXT CHECK (length(text) BETWEEN 1 AND 6 AND text NOT GLOB '*[^0-9]*'),
      undoes TEXT,
      decided_at TEXT NOT NULL,
      mode TEXT NOT NULL CHECK (mode IN ('browse', 'queue', 'sample')),
      sample_id TEXT,
      model_id TEXT CHECK (length(model_id) = 64),
      method TEXT CHECK (length(method) = 64),
      CHECK ((box_left IS NULL) = (verdict IN ('complete', 'undo'))),
      CHECK ((box_left IS NULL) = (box_top IS NULL) AND (box_left IS NULL) = (box_width IS NULL)
        AND (box_left IS NULL) = (box_height IS NULL)),
      CHECK ((shown IS NOT NULL) = (verdict IN ('confirmed', 'corrected', 'not_a_number', 'skipped'))),
      CHECK ((text IS NOT NULL) = (verdict IN ('corrected', 'missed'))),
      CHECK ((undoes IS NOT NULL) = (verdict = 'undo')),
      CHECK ((sample_id IS NOT NULL) = (mode = 'sample'))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX decisions_by_picture ON decisions (sha256, counter);
    CREATE INDEX decisions_by_reviewer ON decisions (reviewer, decided_at);
    CREATE INDEX decisions_by_sample ON decisions (sample_id) WHERE sample_id IS NOT NULL;

    -- Random samples of numbers, from which precision is estimated.
    CREATE TABLE samples (
      id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
      seed TEXT NOT NULL,
      population INTEGER NOT NULL CHECK (population >= 0),
      filters TEXT NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- The sample's numbers, in the order of a hash of the seed and the number.
    CREATE TABLE sample_items (
      sample_id TEXT NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
      place INTEGER NOT NULL CHECK (place >= 0),
      hash TEXT NOT NULL,
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      box_left INTEGER NOT NULL CHECK (box_left >= 0),
      box_top INTEGER NOT NULL CHECK (box_top >= 0),
      box_width INTEGER NOT NULL CHECK (box_width >= 1),
      box_height INTEGER NOT NULL CHECK (box_height >= 1),
      shown TEXT NOT NULL CHECK (length(shown) BETWEEN 1 AND 6 AND shown NOT GLOB '*[^0-9]*'),
      confidence INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 10000),
      PRIMARY KEY (sample_id, place)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sample_items_by_picture ON sample_items (sha256);

    -- What the decisions come to for the numbers of each set: made from them, and made again whenever either changes. Of a place at
    -- which nothing was read, `place` is `\(firstAddedPlace)` or more.
    CREATE TABLE reviewed_numbers (
      result_set_id INTEGER NOT NULL,
      ordinal INTEGER NOT NULL,
      place INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('confirmed', 'corrected', 'not_a_number', 'added', 'skipped')),
      text TEXT,
      read_text TEXT,
      read_confidence INTEGER,
      box_left INTEGER NOT NULL,
      box_top INTEGER NOT NULL,
      box_width INTEGER NOT NULL,
      box_height INTEGER NOT NULL,
      reviewer TEXT,
      decided_at TEXT,
      differs INTEGER NOT NULL,
      claims INTEGER NOT NULL,
      reviewers TEXT NOT NULL,
      PRIMARY KEY (result_set_id, ordinal, place)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX reviewed_numbers_by_text ON reviewed_numbers (text, result_set_id, ordinal, place);
    CREATE TRIGGER reviews_of_numbers AFTER DELETE ON numbers BEGIN
      DELETE FROM reviewed_numbers
      WHERE (result_set_id, ordinal, place) = (old.result_set_id, old.ordinal, old.rank);
    END;
    CREATE TRIGGER reviews_of_members AFTER DELETE ON members BEGIN
      DELETE FROM reviewed_numbers WHERE (result_set_id, ordinal) = (old.result_set_id, old.ordinal);
    END;
    """

  /// The first rank of numbers that reviewers added.
  static let firstAddedPlace = 1_000_000

  /// The tables and indexes for browsing a large database: newest sets, orders and counts.
  static let browsing = """
    -- Triggers must not look into JSON: SQLite has them do nothing that a schema could misuse while shards are merged.
    ALTER TABLE models ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
    UPDATE models SET sequence = \(sequence(of: "metadata"));

    -- The set of each source that queries show; see `Store.newestSets`. Streams, which they do not show, have none.
    CREATE TABLE newest_sets (
      source_id INTEGER NOT NULL PRIMARY KEY,
      result_set_id INTEGER NOT NULL UNIQUE
    ) STRICT;
    INSERT INTO newest_sets (source_id, result_set_id) SELECT source_id, id FROM (\(newest(of: "true"))) WHERE place = 1;
    CREATE TRIGGER newest_set_begun AFTER INSERT ON result_sets BEGIN \(findNewest(of: "new.source_id")) END;
    CREATE TRIGGER newest_set_changed
      AFTER UPDATE OF source_id, model_id, parameters, fingerprint, state, reason, generation ON result_sets
    BEGIN \(findNewest(of: "old.source_id")) \(findNewest(of: "new.source_id")) END;
    CREATE TRIGGER newest_set_dropped AFTER DELETE ON result_sets BEGIN \(findNewest(of: "old.source_id")) END;

    CREATE TRIGGER stream_sealed AFTER UPDATE OF kind ON sources BEGIN \(findNewest(of: "new.id")) END;

    CREATE INDEX members_rejected ON members (result_set_id, ordinal) WHERE state = 'rejected';
    CREATE INDEX sources_by_name ON sources (name, identity);
    DROP INDEX numbers_by_text;
    CREATE INDEX numbers_by_text ON numbers (text, confidence, result_set_id, ordinal, rank);
    CREATE INDEX numbers_by_confidence ON numbers (confidence, text, result_set_id, ordinal, rank);
    CREATE INDEX reviewed_numbers_by_confidence
      ON reviewed_numbers (read_confidence, read_text, result_set_id, ordinal, place);

    -- How many numbers of a set have a confidence of a hundredth, and what their confidences add up to.
    CREATE TABLE confidence_counts (
      result_set_id INTEGER NOT NULL,
      hundredth INTEGER NOT NULL,
      count INTEGER NOT NULL,
      total INTEGER NOT NULL,
      PRIMARY KEY (result_set_id, hundredth)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO confidence_counts SELECT result_set_id, confidence / 100, count(*), sum(confidence) FROM numbers GROUP BY 1, 2;

    -- How many numbers of all sets have a text.
    CREATE TABLE text_counts (
      text TEXT NOT NULL PRIMARY KEY,
      count INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO text_counts SELECT text, count(*) FROM numbers GROUP BY 1;

    CREATE TRIGGER number_counted AFTER INSERT ON numbers BEGIN
      INSERT INTO confidence_counts VALUES (new.result_set_id, new.confidence / 100, 1, new.confidence)
        ON CONFLICT DO UPDATE SET count = count + 1, total = total + excluded.total;
      INSERT INTO text_counts VALUES (new.text, 1) ON CONFLICT DO UPDATE SET count = count + 1;
    END;
    CREATE TRIGGER number_uncounted AFTER DELETE ON numbers BEGIN
      \(uncount)
      UPDATE text_counts SET count = count - 1 WHERE text = old.text;
      DELETE FROM text_counts WHERE text = old.text AND count = 0;
    END;
    CREATE TRIGGER number_moved AFTER UPDATE OF result_set_id ON numbers BEGIN
      \(uncount)
      INSERT INTO confidence_counts VALUES (new.result_set_id, new.confidence / 100, 1, new.confidence)
        ON CONFLICT DO UPDATE SET count = count + 1, total = total + excluded.total;
    END;
    """

  /// SQL for the sequence number in a model file's metadata; 0 if there is none.
  static func sequence(of metadata: String) -> String {
    let text = "iif(json_valid(\(metadata)), json_extract(\(metadata), '$.sequence'), NULL)"
    return "iif(\(text) NOT GLOB '*[^0-9]*' AND length(\(text)) BETWEEN 1 AND 18, CAST(\(text) AS INTEGER), 0)"
  }

  private static let uncount = """
    UPDATE confidence_counts SET count = count - 1, total = total - old.confidence
      WHERE (result_set_id, hundredth) = (old.result_set_id, old.confidence / 100);
      DELETE FROM confidence_counts
      WHERE (result_set_id, hundredth) = (old.result_set_id, old.confidence / 100) AND count = 0;
    """

  private static func findNewest(of source: String) -> String {
    """

      DELETE FROM newest_sets WHERE source_id = \(source);
      INSERT INTO newest_sets (source_id, result_set_id)
        SELECT source_id, id FROM (\(newest(of: "source_id = \(source)"))) WHERE place = 1;

    """
  }

  /// SQL for result sets with their rank among those of their source, like `Store.newestSets`.
  static func newest(of condition: String) -> String {
    """
    SELECT result_sets.id, source_id, row_number() OVER (
            PARTITION BY source_id
            ORDER BY state = 'complete' AND reason IS NOT 'source.crashed' DESC, generation DESC,
              (SELECT sequence FROM models WHERE models.id = model_id) DESC, parameters DESC, model_id DESC, fingerprint DESC
          ) AS place
        FROM result_sets
        WHERE (\(condition)) AND EXISTS (SELECT 1 FROM sources WHERE sources.id = source_id AND kind <> 'stream')
    """
  }
}
