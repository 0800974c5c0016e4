PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1');
INSERT INTO grdb_migrations VALUES('2');
INSERT INTO grdb_migrations VALUES('3');
CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('archive', 'image', 'folder', 'stream')),
  sha256 TEXT CHECK (length(sha256) = 64),
  byte_count INTEGER CHECK (byte_count >= 0),
  name TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
INSERT INTO sources VALUES(1,'sha256:262daf717d4f4fe89e41a7ec69957f6f666c52636e39873c4ff790a7b4648c2c','archive','262daf717d4f4fe89e41a7ec69957f6f666c52636e39873c4ff790a7b4648c2c',17397,'street.zip','2026-11-26T09:41:29.031Z');
INSERT INTO sources VALUES(2,'sha256:49c1610da58e934b5d59853215c4db101476e31d6939401311da86aa1c05b84a','archive','49c1610da58e934b5d59853215c4db101476e31d6939401311da86aa1c05b84a',92160,'crops.tar','2026-11-26T09:41:29.113Z');
CREATE TABLE source_paths (
  path TEXT NOT NULL PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
  modified_ns INTEGER NOT NULL,
  seen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO source_paths VALUES('/photographs/crops.tar',2,92160,1795686088717990954,'2026-11-26T09:41:29.114Z');
INSERT INTO source_paths VALUES('/photographs/street.zip',1,17397,1795686088698020884,'2026-11-26T09:41:29.031Z');
CREATE TABLE models (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 64),
  name TEXT NOT NULL,
  metadata TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO models VALUES('14544e495cf111a55bffe61bae9d5b31b634c9fce98fceeefcf275d28fb45277','digitnet','{}');
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
  message TEXT, run_id INTEGER REFERENCES runs (id),
  UNIQUE (source_id, model_id, parameters, fingerprint),
  CHECK ((state = 'complete') = (completed_at IS NOT NULL)),
  CHECK ((state = 'complete') = (member_count IS NOT NULL)),
  CHECK ((reason IS NULL) = (message IS NULL))
) STRICT;
INSERT INTO result_sets VALUES(1,1,'14544e495cf111a55bffe61bae9d5b31b634c9fce98fceeefcf275d28fb45277','{"enlarged_below":1000000,"exhaustive":0,"least_confidence":500,"least_digit_score":3000,"least_score_0":5000,"least_score_1":3000,"max_megapixels":256,"max_member_bytes":268435456,"max_members":1000000,"max_ratio":200,"max_scans":100,"most_digits":6,"overlap":50,"revision":5}','','0.1.0','complete','2026-11-26T09:41:29.031Z','2026-11-26T09:41:29.107Z',3,NULL,NULL,NULL);
INSERT INTO result_sets VALUES(2,2,'14544e495cf111a55bffe61bae9d5b31b634c9fce98fceeefcf275d28fb45277','{"enlarged_below":1000000,"exhaustive":0,"least_confidence":500,"least_digit_score":3000,"least_score_0":5000,"least_score_1":3000,"max_megapixels":256,"max_member_bytes":268435456,"max_members":1000000,"max_ratio":200,"max_scans":100,"most_digits":6,"overlap":50,"revision":5}','','0.1.0','complete','2026-11-26T09:41:29.114Z','2026-11-26T09:41:29.207Z',9,NULL,NULL,NULL);
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
INSERT INTO members VALUES(1,0,'',8351,'35adde88d87545134900520980951a5a1e205e45cb67abd9858542e42201f83e',0,NULL,'done',0,NULL,NULL,96,48);
INSERT INTO members VALUES(1,1,'',8682,'2c399d4a5d8cbb28b859f97b6a51fab558fddea1d0c9d96ae968016246bd10db',8399,NULL,'done',0,NULL,NULL,96,48);
INSERT INTO members VALUES(1,2,'',0,NULL,17129,NULL,'ignored',0,'member.not_a_picture','Neither PNG nor JPEG, and not named like one',NULL,NULL);
INSERT INTO members VALUES(2,0,'0.png',8351,'35adde88d87545134900520980951a5a1e205e45cb67abd9858542e42201f83e',0,NULL,'done',0,NULL,NULL,96,48);
INSERT INTO members VALUES(2,1,'1.png',4540,'d5841d700cd6b2d9c82cfd2f139dbf2700a7ff79ba9b365d50d09904490c5930',9216,NULL,'done',0,NULL,NULL,64,48);
INSERT INTO members VALUES(2,2,'2.png',8682,'2c399d4a5d8cbb28b859f97b6a51fab558fddea1d0c9d96ae968016246bd10db',14336,NULL,'done',0,NULL,NULL,96,48);
INSERT INTO members VALUES(2,3,'3.png',9517,'6efc52568ff4695818edcb50756a61c3386d32b0706ee8e02917dab2175ea4df',23552,NULL,'done',0,NULL,NULL,144,48);
INSERT INTO members VALUES(2,4,'4.png',7647,'81f21cb2a2e58d37607afb3dab3ed1dd6c3505c5449e0b29deb9cd10df114f15',33792,NULL,'done',0,NULL,NULL,96,48);
INSERT INTO members VALUES(2,5,'5.png',12498,'bbcee978b07d26c0592aeffbd317e3e919de577fd0dfb5ba6c8237589b596bb1',41984,NULL,'done',0,NULL,NULL,144,48);
INSERT INTO members VALUES(2,6,'6.png',9948,'6fe3f8b5113da6d9a473bac04833b32e7b796d18c44cf8c17b566b23d1ec6768',55296,NULL,'done',0,NULL,NULL,144,48);
INSERT INTO members VALUES(2,7,'7.png',4563,'776bce778dcc3ad2bf34f6530e093291ab86461c4e9f5c06271a051f244121e8',66048,NULL,'done',0,NULL,NULL,96,48);
INSERT INTO members VALUES(2,8,'8.png',14338,'3cc53b7c08f841364e50b583d4002e105f6dc17dc8a3306ed44bbd9f936fd616',71168,NULL,'done',0,NULL,NULL,144,48);
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
INSERT INTO numbers VALUES(1,0,0,'19',9903,24,6,49,35);
INSERT INTO numbers VALUES(1,1,0,'62',9797,21,2,54,36);
INSERT INTO numbers VALUES(2,0,0,'19',9903,24,6,49,35);
INSERT INTO numbers VALUES(2,2,0,'62',9797,21,2,54,36);
INSERT INTO numbers VALUES(2,4,0,'62',6637,33,5,63,34);
INSERT INTO numbers VALUES(2,5,0,'308',9918,39,8,67,32);
INSERT INTO numbers VALUES(2,6,0,'308',9185,51,25,30,16);
INSERT INTO numbers VALUES(2,8,0,'308',8657,11,4,66,44);
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
INSERT INTO digits VALUES(1,0,0,0,1,9305,24,9,20,32);
INSERT INTO digits VALUES(1,0,0,1,9,9686,46,6,27,35);
INSERT INTO digits VALUES(1,1,0,0,6,9446,21,7,26,31);
INSERT INTO digits VALUES(1,1,0,1,2,9279,51,2,24,31);
INSERT INTO digits VALUES(2,0,0,0,1,9305,24,9,20,32);
INSERT INTO digits VALUES(2,0,0,1,9,9686,46,6,27,35);
INSERT INTO digits VALUES(2,2,0,0,6,9446,21,7,26,31);
INSERT INTO digits VALUES(2,2,0,1,2,9279,51,2,24,31);
INSERT INTO digits VALUES(2,4,0,0,6,9118,33,7,32,32);
INSERT INTO digits VALUES(2,4,0,1,2,7387,74,5,22,28);
INSERT INTO digits VALUES(2,5,0,0,3,9809,39,9,21,30);
INSERT INTO digits VALUES(2,5,0,1,0,8766,61,8,22,31);
INSERT INTO digits VALUES(2,5,0,2,8,9161,84,9,22,31);
INSERT INTO digits VALUES(2,6,0,0,3,9686,51,25,10,16);
INSERT INTO digits VALUES(2,6,0,1,0,8808,62,25,9,14);
INSERT INTO digits VALUES(2,6,0,2,8,8328,72,25,9,14);
INSERT INTO digits VALUES(2,8,0,0,3,8634,11,6,22,42);
INSERT INTO digits VALUES(2,8,0,1,0,6549,33,4,23,44);
INSERT INTO digits VALUES(2,8,0,2,8,8592,52,5,25,43);
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
INSERT INTO runs VALUES(1,'ingest','machine',1,'-','0.1.0','2026-11-26T09:41:29.028Z','2026-11-26T09:41:29.211Z','2026-11-26T09:41:29.211Z',0);
CREATE INDEX source_paths_by_source ON source_paths (source_id);
CREATE INDEX members_by_content ON members (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX numbers_by_text ON numbers (text);
CREATE INDEX runs_unended ON runs (id) WHERE ended_at IS NULL;
CREATE INDEX members_pending ON members (result_set_id, ordinal) WHERE state = 'pending';
CREATE INDEX members_by_name ON members (result_set_id, name);
CREATE INDEX members_by_alias ON members (result_set_id, alias_of) WHERE alias_of IS NOT NULL;
COMMIT;
PRAGMA application_id = 1936618861;
PRAGMA user_version = 3;
