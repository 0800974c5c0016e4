BEGIN TRANSACTION;
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
INSERT INTO "digits" VALUES(1,0,0,0,1,9305,24,9,20,32);
INSERT INTO "digits" VALUES(1,0,0,1,9,9686,46,6,27,35);
INSERT INTO "digits" VALUES(1,2,0,0,6,9446,21,7,26,31);
INSERT INTO "digits" VALUES(1,2,0,1,2,9279,51,2,24,31);
INSERT INTO "digits" VALUES(1,4,0,0,3,9809,39,9,21,30);
INSERT INTO "digits" VALUES(1,4,0,1,0,8766,61,8,22,31);
INSERT INTO "digits" VALUES(1,4,0,2,8,9161,84,9,22,31);
INSERT INTO "digits" VALUES(1,5,0,0,3,9686,51,25,10,16);
INSERT INTO "digits" VALUES(1,5,0,1,0,8808,62,25,9,14);
INSERT INTO "digits" VALUES(1,5,0,2,8,8328,72,25,9,14);
INSERT INTO "digits" VALUES(1,7,0,0,3,8634,11,6,22,42);
INSERT INTO "digits" VALUES(1,7,0,1,0,6549,33,4,23,44);
INSERT INTO "digits" VALUES(1,7,0,2,8,8592,52,5,25,43);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('1');
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
INSERT INTO "members" VALUES(1,0,'0.png',8351,'35adde88d87545134900520980951a5a1e205e45cb67abd9858542e42201f83e',0,NULL,'done',0,NULL,NULL,96,48);
INSERT INTO "members" VALUES(1,1,'1.png',4540,'d5841d700cd6b2d9c82cfd2f139dbf2700a7ff79ba9b365d50d09904490c5930',9216,NULL,'done',0,NULL,NULL,64,48);
INSERT INTO "members" VALUES(1,2,'2.png',8682,'2c399d4a5d8cbb28b859f97b6a51fab558fddea1d0c9d96ae968016246bd10db',14336,NULL,'done',0,NULL,NULL,96,48);
INSERT INTO "members" VALUES(1,3,'3.png',9517,'6efc52568ff4695818edcb50756a61c3386d32b0706ee8e02917dab2175ea4df',23552,NULL,'done',0,NULL,NULL,144,48);
INSERT INTO "members" VALUES(1,4,'4.png',12498,'bbcee978b07d26c0592aeffbd317e3e919de577fd0dfb5ba6c8237589b596bb1',33792,NULL,'done',0,NULL,NULL,144,48);
INSERT INTO "members" VALUES(1,5,'5.png',9948,'6fe3f8b5113da6d9a473bac04833b32e7b796d18c44cf8c17b566b23d1ec6768',47104,NULL,'done',0,NULL,NULL,144,48);
INSERT INTO "members" VALUES(1,6,'6.png',4563,'776bce778dcc3ad2bf34f6530e093291ab86461c4e9f5c06271a051f244121e8',57856,NULL,'done',0,NULL,NULL,96,48);
INSERT INTO "members" VALUES(1,7,'7.png',14338,'3cc53b7c08f841364e50b583d4002e105f6dc17dc8a3306ed44bbd9f936fd616',62976,NULL,'done',0,NULL,NULL,144,48);
CREATE TABLE models (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 64),
  name TEXT NOT NULL,
  metadata TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "models" VALUES('8dafc35a4cda08921146dd47def7e817603164575e0ea75347a616121665efd6','digitnet','{"calibration":"{\"constant\": 1.03416, \"read\": 0.629931, \"surest crop\": 0.499427, \"own crop\": 0.184671, \"rival\": 0.051471, \"no number\": -0.037273, \"seen\": -0.299936, \"seen score\": 0.478317, \"other digits\": 0.193823, \"weakest digit\": -0.044187, \"longer\": -0.63148, \"shorter\": 0.020882, \"single digit\": -2.734227, \"many digits\": -0.561099, \"low\": -1.458861, \"stack\": -2.909672, \"uneven heights\": -2.24411, \"off the line\": -5.489897, \"uneven gaps\": 0.023961, \"places\": -0.043903, \"elsewhere\": -0.024848}","detector_graph":"[{\"name\": \"stem1\", \"operation\": \"convolution\", \"inputs\": [\"image\"], \"channels\": 32, \"stride\": 2, \"padding\": 1, \"activation\": \"relu\", \"rows\": 3, \"columns\": 3}, {\"name\": \"stem2\", \"operation\": \"convolution\", \"inputs\": [\"stem1\"], \"channels\": 64, \"stride\": 2, \"padding\": 1, \"activation\": \"relu\", \"rows\": 3, \"columns\": 3}, {\"name\": \"trunk\", \"operation\": \"convolution\", \"inputs\": [\"stem2\"], \"channels\": 64, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\", \"rows\": 3, \"columns\": 3}, {\"name\": \"context0\", \"operation\": \"convolution\", \"inputs\": [\"trunk\"], \"channels\": 64, \"stride\": 2, \"padding\": 1, \"activation\": \"relu\", \"rows\": 3, \"columns\": 3}, {\"name\": \"context1\", \"operation\": \"convolution\", \"inputs\": [\"context0\"], \"channels\": 64, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\", \"rows\": 3, \"columns\": 3}, {\"name\": \"context2\", \"operation\": \"convolution\", \"inputs\": [\"context1\"], \"channels\": 64, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\", \"rows\": 3, \"columns\": 3}, {\"name\": \"context3\", \"operation\": \"convolution\", \"inputs\": [\"context2\"], \"channels\": 64, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\", \"rows\": 3, \"columns\": 3}, {\"name\": \"context4\", \"operation\": \"convolution\", \"inputs\": [\"context3\"], \"channels\": 64, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\", \"rows\": 3, \"columns\": 3}, {\"name\": \"wide\", \"operation\": \"enlarge\", \"inputs\": [\"context4\"], \"factor\": 2}, {\"name\": \"joined\", \"operation\": \"add\", \"inputs\": [\"trunk\", \"wide\"]}, {\"name\": \"head0\", \"operation\": \"convolution\", \"inputs\": [\"joined\"], \"channels\": 64, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\", \"rows\": 3, \"columns\": 3}, {\"name\": \"head1\", \"operation\": \"convolution\", \"inputs\": [\"head0\"], \"channels\": 64, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\", \"rows\": 3, \"columns\": 3}, {\"name\": \"output\", \"operation\": \"convolution\", \"inputs\": [\"head1\"], \"channels\": 14, \"stride\": 1, \"padding\": 0, \"activation\": \"none\", \"rows\": 1, \"columns\": 1}]","format":"streetnum","format_version":"2","gate_graph":"[{\"name\": \"stem1\", \"operation\": \"convolution\", \"inputs\": [\"image\"], \"channels\": 16, \"rows\": 3, \"columns\": 3, \"stride\": 2, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"stem2\", \"operation\": \"convolution\", \"inputs\": [\"stem1\"], \"channels\": 32, \"rows\": 3, \"columns\": 3, \"stride\": 2, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"eighth\", \"operation\": \"convolution\", \"inputs\": [\"stem2\"], \"channels\": 32, \"rows\": 3, \"columns\": 3, \"stride\": 2, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"block\", \"operation\": \"convolution\", \"inputs\": [\"eighth\"], \"channels\": 48, \"rows\": 3, \"columns\": 3, \"stride\": 2, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"wide1\", \"operation\": \"convolution\", \"inputs\": [\"block\"], \"channels\": 48, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"wide2\", \"operation\": \"convolution\", \"inputs\": [\"wide1\"], \"channels\": 48, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"output\", \"operation\": \"convolution\", \"inputs\": [\"wide2\"], \"channels\": 1, \"rows\": 1, \"columns\": 1, \"stride\": 1, \"padding\": 0, \"activation\": \"none\"}]","gate_threshold":"256","name":"digitnet","provenance":"{\"boxed\": [[\"svhn-train.tar\", \"e2a90407977b02c3fcc5652ecb591c899fd28ea7e605f750c6deac3409ebcb1c\"]], \"numbered\": [[\"mchar-a.tar\", \"0ddf76d17760ffec27d3252149ae6232af80c3e553dc3cc46e50aa61b28758ce\"]], \"singles\": [[\"building-digits.tar\", \"f9d591e9fe4969b743ada1cc39f5274131d308808ef57465e7e0561481eb740a\"]], \"backgrounds\": [[\"backgrounds.tar\", \"cd6054d37c1e432f319c704db87be1659d711f6feccf1a89f4a2cc1bf885f858\"]], \"corrections\": \"da252d74a0c9dd02f87ff5ab9dd5e53ecdaa66ea807a2e25fb350d1365a8e717, for calibration alone\", \"from\": \"07902bf3e925bd6f20b741e3995eca139d91c217a3349b9ca1d06cbf4b94fb14\", \"held_out\": \"every 8th of each archive\", \"steps\": [0, 0, 0, 10000], \"batch\": 48, \"seed\": 7, \"torch\": \"2.15.0+cu132\", \"networks\": \"detector and recogniser are those of the file named by ''from'', unchanged: the detector was refined there for 6,000 steps and rounded in 600, the recogniser learned for 12,000; recogniser_2 is new: 10,000 steps from nothing on what that file shows\", \"gate\": \"learned in 6,500 steps and 300 rounded from the detector, on what this file showed before it had a gate; threshold chosen on the pictures kept out\"}","recogniser_2_graph":"[{\"name\": \"stem1\", \"operation\": \"convolution\", \"inputs\": [\"image\"], \"channels\": 32, \"rows\": 3, \"columns\": 3, \"stride\": 2, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"stem2\", \"operation\": \"convolution\", \"inputs\": [\"stem1\"], \"channels\": 64, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"near0\", \"operation\": \"convolution\", \"inputs\": [\"stem2\"], \"channels\": 96, \"rows\": 3, \"columns\": 3, \"stride\": 2, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"near1_inner\", \"operation\": \"convolution\", \"inputs\": [\"near0\"], \"channels\": 96, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"near1_outer\", \"operation\": \"convolution\", \"inputs\": [\"near1_inner\"], \"channels\": 96, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"near1\", \"operation\": \"add\", \"inputs\": [\"near0\", \"near1_outer\"]}, {\"name\": \"near2_inner\", \"operation\": \"convolution\", \"inputs\": [\"near1\"], \"channels\": 96, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"near2_outer\", \"operation\": \"convolution\", \"inputs\": [\"near2_inner\"], \"channels\": 96, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"near2\", \"operation\": \"add\", \"inputs\": [\"near1\", \"near2_outer\"]}, {\"name\": \"deep0\", \"operation\": \"convolution\", \"inputs\": [\"near2\"], \"channels\": 192, \"rows\": 3, \"columns\": 3, \"stride\": 2, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"deep1_inner\", \"operation\": \"convolution\", \"inputs\": [\"deep0\"], \"channels\": 192, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"deep1_outer\", \"operation\": \"convolution\", \"inputs\": [\"deep1_inner\"], \"channels\": 192, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"deep1\", \"operation\": \"add\", \"inputs\": [\"deep0\", \"deep1_outer\"]}, {\"name\": \"deep2_inner\", \"operation\": \"convolution\", \"inputs\": [\"deep1\"], \"channels\": 192, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"deep2_outer\", \"operation\": \"convolution\", \"inputs\": [\"deep2_inner\"], \"channels\": 192, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"deep2\", \"operation\": \"add\", \"inputs\": [\"deep1\", \"deep2_outer\"]}, {\"name\": \"deep3_inner\", \"operation\": \"convolution\", \"inputs\": [\"deep2\"], \"channels\": 192, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"deep3_outer\", \"operation\": \"convolution\", \"inputs\": [\"deep3_inner\"], \"channels\": 192, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"deep3\", \"operation\": \"add\", \"inputs\": [\"deep2\", \"deep3_outer\"]}, {\"name\": \"back\", \"operation\": \"convolution\", \"inputs\": [\"deep3\"], \"channels\": 96, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"wide\", \"operation\": \"enlarge\", \"inputs\": [\"back\"], \"factor\": 2}, {\"name\": \"joined\", \"operation\": \"add\", \"inputs\": [\"near2\", \"wide\"]}, {\"name\": \"last\", \"operation\": \"convolution\", \"inputs\": [\"joined\"], \"channels\": 96, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"column\", \"operation\": \"convolution\", \"inputs\": [\"last\"], \"channels\": 256, \"rows\": 12, \"columns\": 1, \"stride\": 1, \"padding\": 0, \"activation\": \"relu\"}, {\"name\": \"output\", \"operation\": \"convolution\", \"inputs\": [\"column\"], \"channels\": 11, \"rows\": 1, \"columns\": 1, \"stride\": 1, \"padding\": 0, \"activation\": \"none\"}]","recogniser_graph":"[{\"name\": \"stem1\", \"operation\": \"convolution\", \"inputs\": [\"image\"], \"channels\": 32, \"rows\": 3, \"columns\": 3, \"stride\": 2, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"stem2\", \"operation\": \"convolution\", \"inputs\": [\"stem1\"], \"channels\": 64, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"stem3\", \"operation\": \"convolution\", \"inputs\": [\"stem2\"], \"channels\": 64, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"block0\", \"operation\": \"convolution\", \"inputs\": [\"stem3\"], \"channels\": 96, \"rows\": 3, \"columns\": 3, \"stride\": 2, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"inner1\", \"operation\": \"convolution\", \"inputs\": [\"block0\"], \"channels\": 96, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"outer1\", \"operation\": \"convolution\", \"inputs\": [\"inner1\"], \"channels\": 96, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"block1\", \"operation\": \"add\", \"inputs\": [\"block0\", \"outer1\"]}, {\"name\": \"inner2\", \"operation\": \"convolution\", \"inputs\": [\"block1\"], \"channels\": 96, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"outer2\", \"operation\": \"convolution\", \"inputs\": [\"inner2\"], \"channels\": 96, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"block2\", \"operation\": \"add\", \"inputs\": [\"block1\", \"outer2\"]}, {\"name\": \"inner3\", \"operation\": \"convolution\", \"inputs\": [\"block2\"], \"channels\": 96, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"outer3\", \"operation\": \"convolution\", \"inputs\": [\"inner3\"], \"channels\": 96, \"rows\": 3, \"columns\": 3, \"stride\": 1, \"padding\": 1, \"activation\": \"relu\"}, {\"name\": \"block3\", \"operation\": \"add\", \"inputs\": [\"block2\", \"outer3\"]}, {\"name\": \"column\", \"operation\": \"convolution\", \"inputs\": [\"block3\"], \"channels\": 192, \"rows\": 12, \"columns\": 1, \"stride\": 1, \"padding\": 0, \"activation\": \"relu\"}, {\"name\": \"output\", \"operation\": \"convolution\", \"inputs\": [\"column\"], \"channels\": 11, \"rows\": 1, \"columns\": 1, \"stride\": 1, \"padding\": 0, \"activation\": \"none\"}]","units":"{\"logit\": 256, \"side\": 16}"}');
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
INSERT INTO "numbers" VALUES(1,0,0,'19',9936,24,6,49,35);
INSERT INTO "numbers" VALUES(1,2,0,'62',9801,21,2,54,36);
INSERT INTO "numbers" VALUES(1,4,0,'308',9876,39,8,67,32);
INSERT INTO "numbers" VALUES(1,5,0,'308',8791,51,25,30,16);
INSERT INTO "numbers" VALUES(1,7,0,'308',9236,11,4,66,44);
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
INSERT INTO "result_sets" VALUES(1,1,'8dafc35a4cda08921146dd47def7e817603164575e0ea75347a616121665efd6','{"enlarged_below":1000000,"exhaustive":0,"least_confidence":500,"least_digit_score":3000,"least_score_0":5000,"least_score_1":3000,"max_megapixels":256,"max_member_bytes":268435456,"max_members":1000000,"max_ratio":200,"max_scans":100,"most_digits":6,"overlap":50,"revision":4}','','0.1.0','complete','2026-11-24T20:12:25.542Z','2026-11-24T20:12:25.625Z',8,NULL,NULL);
CREATE TABLE source_paths (
  path TEXT NOT NULL PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
  modified_ns INTEGER NOT NULL,
  seen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "source_paths" VALUES('/photographs/crops.tar',1,81920,1795537698238828632,'2026-11-24T20:12:25.542Z');
CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('archive', 'image', 'folder', 'stream')),
  sha256 TEXT CHECK (length(sha256) = 64),
  byte_count INTEGER CHECK (byte_count >= 0),
  name TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
INSERT INTO "sources" VALUES(1,'sha256:5c9b8152243bb10e15f2ce1e971625e6448d0caa852d3e7ce1eef3bec1725d6d','archive','5c9b8152243bb10e15f2ce1e971625e6448d0caa852d3e7ce1eef3bec1725d6d',81920,'crops.tar','2026-11-24T20:12:25.541Z');
CREATE INDEX source_paths_by_source ON source_paths (source_id);
CREATE INDEX members_by_content ON members (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX numbers_by_text ON numbers (text);
COMMIT;
PRAGMA user_version = 1; PRAGMA application_id = 1936618861;
