PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1');
INSERT INTO grdb_migrations VALUES('2');
INSERT INTO grdb_migrations VALUES('3');
INSERT INTO grdb_migrations VALUES('4');
CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('archive', 'image', 'folder', 'stream')),
  sha256 TEXT CHECK (length(sha256) = 64),
  byte_count INTEGER CHECK (byte_count >= 0),
  name TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
INSERT INTO sources VALUES(1,'sha256:4701b9b08ce1c34712e14b760fdf9b5f1cd0c50063ecf4f7060e80f8198443bd','archive','4701b9b08ce1c34712e14b760fdf9b5f1cd0c50063ecf4f7060e80f8198443bd',163840,'crops.tar','2026-11-26T15:42:32.135Z');
CREATE TABLE source_paths (
  path TEXT NOT NULL PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
  modified_ns INTEGER NOT NULL,
  seen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO source_paths VALUES('/photographs/crops.tar',1,163840,1795706813069591925,'2026-11-26T15:42:32.135Z');
CREATE TABLE models (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 64),
  name TEXT NOT NULL,
  metadata TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO models VALUES('504b585155322efde97f4aeeb08c43a2a03e26ee9c01307b3b9ae270a7368611','digitnet','{}');
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
  message TEXT, run_id INTEGER REFERENCES runs (id), generation INTEGER NOT NULL DEFAULT 0 CHECK (generation >= 0), reading TEXT NOT NULL DEFAULT '', rules INTEGER NOT NULL DEFAULT 1 CHECK (rules >= 1), deaths INTEGER NOT NULL DEFAULT 0 CHECK (deaths >= 0),
  UNIQUE (source_id, model_id, parameters, fingerprint),
  CHECK ((state = 'complete') = (completed_at IS NOT NULL)),
  CHECK ((state = 'complete') = (member_count IS NOT NULL)),
  CHECK ((reason IS NULL) = (message IS NULL))
) STRICT;
INSERT INTO result_sets VALUES(1,1,'504b585155322efde97f4aeeb08c43a2a03e26ee9c01307b3b9ae270a7368611','{"enlarged_below":1000000,"exhaustive":0,"least_confidence":500,"least_digit_score":3000,"least_score_0":5000,"least_score_1":3000,"max_megapixels":256,"max_member_bytes":268435456,"max_members":1000000,"max_ratio":200,"max_scans":100,"member_rules":2,"most_digits":6,"overlap":50,"revision":8}','','0.1.0','complete','2026-11-26T15:42:32.135Z','2026-11-26T15:42:32.195Z',15,NULL,NULL,NULL,1,'{"enlarged_below":1000000,"exhaustive":0,"least_confidence":500,"least_digit_score":3000,"least_score_0":5000,"least_score_1":3000,"most_digits":6,"overlap":50,"revision":8}',2,0);
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
INSERT INTO members VALUES(1,0,'0.png',8351,'35adde88d87545134900520980951a5a1e205e45cb67abd9858542e42201f83e',0,NULL,'done',0,NULL,NULL,96,48);
INSERT INTO members VALUES(1,1,'1.png',4540,'d8b266637484dc146c602ff68913060e3f1b8af254fd07111f1d03b0ac980f8c',9216,NULL,'done',0,NULL,NULL,64,48);
INSERT INTO members VALUES(1,2,'2.png',8682,'3e6af02fd3f0a98d7e9df5222b7ba90053fc82a3f9a75cd59ca305753a90c221',14336,NULL,'done',0,NULL,NULL,96,48);
INSERT INTO members VALUES(1,3,'3.png',9517,'6efc52568ff4695818edcb50756a61c3386d32b0706ee8e02917dab2175ea4df',23552,NULL,'done',0,NULL,NULL,144,48);
INSERT INTO members VALUES(1,4,'4.png',7648,'0fc249395e9023fb6e5dfecae4d18927d01a8bc8aa318aa6b8b6445d043e67b9',33792,NULL,'done',0,NULL,NULL,96,48);
INSERT INTO members VALUES(1,5,'5.png',12495,'ce5b9c1d5b4418f525e9a11512162a64f12dcfa95a52bbfda6f7493d7b12365b',41984,NULL,'done',0,NULL,NULL,144,48);
INSERT INTO members VALUES(1,6,'6.png',9948,'6fe3f8b5113da6d9a473bac04833b32e7b796d18c44cf8c17b566b23d1ec6768',55296,NULL,'done',0,NULL,NULL,144,48);
INSERT INTO members VALUES(1,7,'7.png',4563,'776bce778dcc3ad2bf34f6530e093291ab86461c4e9f5c06271a051f244121e8',66048,NULL,'done',0,NULL,NULL,96,48);
INSERT INTO members VALUES(1,8,'8.png',13843,'e91b944c7da91656893e9d1f14f55e82826f13f89224981c356e9556d9b8a9f6',71168,NULL,'done',0,NULL,NULL,144,48);
INSERT INTO members VALUES(1,9,'9.png',9001,'60c98097b5f1cd56c7eaecd54959ed1f234386527d7c6b8b2b516c12da4ee85a',86016,NULL,'done',0,NULL,NULL,144,48);
INSERT INTO members VALUES(1,10,'10.png',10853,'5f0a9eab40a22d1cae9ae837dc9a6d15ef83fbb7f1e85f4b715daa215d5e4a40',95744,NULL,'done',0,NULL,NULL,144,48);
INSERT INTO members VALUES(1,11,'11.png',10819,'941b696782627a984b767c4a19b8a728c67d6b9d46ffcb9fbe1ae534e9d4cef8',107520,NULL,'done',0,NULL,NULL,144,48);
INSERT INTO members VALUES(1,12,'12.png',11911,'39ec506be3a1213ea101316e94ed5fd37d7df8f7fc4a81111018fbda02a22b00',119296,NULL,'done',0,NULL,NULL,144,48);
INSERT INTO members VALUES(1,13,'13.png',11922,'339b77d15e90ead2f5e4c334dc52e81f46b9797e8225e2b6496b451456f8fb74',132096,NULL,'done',0,NULL,NULL,144,48);
INSERT INTO members VALUES(1,14,'14.png',8505,'a968df7da350eed6be0dc990088e6bb60063b34316c0b53a916cf828facecba5',144896,NULL,'done',0,NULL,NULL,96,48);
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
INSERT INTO numbers VALUES(1,0,0,'19',9946,24,6,49,34);
INSERT INTO numbers VALUES(1,2,0,'62',9612,20,2,55,37);
INSERT INTO numbers VALUES(1,4,0,'62',5813,33,3,63,34);
INSERT INTO numbers VALUES(1,5,0,'308',9900,38,7,68,34);
INSERT INTO numbers VALUES(1,6,0,'308',9768,51,25,30,15);
INSERT INTO numbers VALUES(1,8,0,'318',924,14,5,60,43);
INSERT INTO numbers VALUES(1,10,0,'0',3979,57,4,29,44);
INSERT INTO numbers VALUES(1,13,0,'30',8050,33,3,66,45);
INSERT INTO numbers VALUES(1,14,0,'6',9170,60,22,14,17);
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
INSERT INTO digits VALUES(1,0,0,0,1,9274,24,9,20,31);
INSERT INTO digits VALUES(1,0,0,1,9,9412,46,6,27,34);
INSERT INTO digits VALUES(1,2,0,0,6,9482,20,7,30,32);
INSERT INTO digits VALUES(1,2,0,1,2,9446,51,2,24,31);
INSERT INTO digits VALUES(1,4,0,0,6,9351,33,7,34,30);
INSERT INTO digits VALUES(1,4,0,1,2,7635,73,3,23,29);
INSERT INTO digits VALUES(1,5,0,0,3,9739,38,8,24,32);
INSERT INTO digits VALUES(1,5,0,1,0,8515,61,7,21,33);
INSERT INTO digits VALUES(1,5,0,2,8,9161,84,8,22,33);
INSERT INTO digits VALUES(1,6,0,0,3,9584,51,25,10,15);
INSERT INTO digits VALUES(1,6,0,1,0,8728,62,25,9,15);
INSERT INTO digits VALUES(1,6,0,2,8,9167,71,25,10,15);
INSERT INTO digits VALUES(1,8,0,0,3,3040,14,5,20,43);
INSERT INTO digits VALUES(1,8,0,1,1,2770,40,8,19,40);
INSERT INTO digits VALUES(1,8,0,2,8,5574,56,10,18,38);
INSERT INTO digits VALUES(1,10,0,0,0,5651,57,4,29,44);
INSERT INTO digits VALUES(1,13,0,0,3,7372,33,3,33,45);
INSERT INTO digits VALUES(1,13,0,1,0,6706,70,4,29,44);
INSERT INTO digits VALUES(1,14,0,0,6,9367,60,22,14,17);
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
INSERT INTO runs VALUES(1,'ingest','machine',1,'-','0.1.0','2026-11-26T15:42:32.134Z','2026-11-26T15:42:32.196Z','2026-11-26T15:42:32.196Z',0);
CREATE INDEX source_paths_by_source ON source_paths (source_id);
CREATE INDEX members_by_content ON members (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX numbers_by_text ON numbers (text);
CREATE INDEX runs_unended ON runs (id) WHERE ended_at IS NULL;
CREATE INDEX members_pending ON members (result_set_id, ordinal) WHERE state = 'pending';
CREATE INDEX members_by_alias ON members (result_set_id, alias_of) WHERE alias_of IS NOT NULL;
COMMIT;
PRAGMA application_id = 1936618861;
PRAGMA user_version = 4;
