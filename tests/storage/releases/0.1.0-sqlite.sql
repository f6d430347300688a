BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE announcement (
	id INTEGER NOT NULL, 
	author_id INTEGER, 
	from_chat_id BIGINT, 
	message_id BIGINT, 
	body TEXT, 
	module_id TEXT, 
	state TEXT NOT NULL, 
	due_at DATETIME, 
	created_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	progress_message_id BIGINT, 
	progress_shown TEXT, 
	CONSTRAINT pk_announcement PRIMARY KEY (id), 
	CONSTRAINT fk_announcement_author_id FOREIGN KEY(author_id) REFERENCES learner (id) ON DELETE SET NULL
);
INSERT INTO "announcement" VALUES(1,5,1001,15,NULL,NULL,'done','2026-03-02 01:00:00.000000','2026-03-02 01:00:00.000000','2026-03-02 01:00:01.120000',NULL,'<b>Selesai.</b>
Terkirim 5 · diblokir 0 · gagal 0 · belum pasti 0');
CREATE TABLE attempt (
	id INTEGER NOT NULL, 
	prompt_id INTEGER NOT NULL, 
	learner_id INTEGER NOT NULL, 
	module_id TEXT NOT NULL, 
	item_id TEXT NOT NULL, 
	response JSON NOT NULL, 
	score FLOAT NOT NULL, 
	correct BOOLEAN NOT NULL, 
	unsure BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_attempt PRIMARY KEY (id), 
	CONSTRAINT fk_attempt_learner_id FOREIGN KEY(learner_id) REFERENCES learner (id) ON DELETE CASCADE, 
	CONSTRAINT fk_attempt_prompt_id FOREIGN KEY(prompt_id) REFERENCES prompt (id) ON DELETE CASCADE, 
	CONSTRAINT uq_attempt_prompt_id UNIQUE (prompt_id)
);
INSERT INTO "attempt" VALUES(1,1,1,'kata-sandi','mendesak','["b"]',0.0,0,0,'2026-03-02 01:00:00.000000');
CREATE TABLE brake (
	bot_id BIGINT NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_brake PRIMARY KEY (bot_id)
);
INSERT INTO "brake" VALUES(10000000001,'2026-03-03 01:00:00.000001');
CREATE TABLE dead_update (
	id INTEGER NOT NULL, 
	bot_id BIGINT NOT NULL, 
	update_id BIGINT NOT NULL, 
	telegram_id BIGINT, 
	body TEXT NOT NULL, 
	error TEXT NOT NULL, 
	code TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_dead_update PRIMARY KEY (id), 
	CONSTRAINT uq_dead_update_bot_id_update_id UNIQUE (bot_id, update_id)
);
INSERT INTO "dead_update" VALUES(1,10000000001,10000000001,10000000001,'text 1 “''🙂
','text 1 “''🙂
','text 1 “''🙂
','2026-03-03 01:00:00.000001');
CREATE TABLE delivery (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	learner_id INTEGER, 
	chat_id BIGINT NOT NULL, 
	announcement_id INTEGER, 
	occasion TEXT NOT NULL, 
	due_at DATETIME NOT NULL, 
	expires_at DATETIME, 
	state TEXT NOT NULL, 
	doubtful BOOLEAN DEFAULT 0 NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	claimed_by TEXT, 
	message_id BIGINT, 
	error TEXT, 
	finished_at DATETIME, 
	CONSTRAINT pk_delivery PRIMARY KEY (id), 
	CONSTRAINT fk_delivery_announcement_id FOREIGN KEY(announcement_id) REFERENCES announcement (id) ON DELETE CASCADE, 
	CONSTRAINT fk_delivery_learner_id FOREIGN KEY(learner_id) REFERENCES learner (id) ON DELETE CASCADE, 
	CONSTRAINT uq_delivery_learner_id_kind_occasion UNIQUE (learner_id, kind, occasion)
);
INSERT INTO "delivery" VALUES(1,'announcement',1,1002,1,'1','2026-03-02 01:00:00.000000',NULL,'sent',0,1,NULL,18,NULL,'2026-03-02 01:00:00.000000');
INSERT INTO "delivery" VALUES(2,'announcement',2,1004,1,'1','2026-03-02 01:00:00.491795',NULL,'sent',0,1,NULL,19,NULL,'2026-03-02 01:00:00.520000');
INSERT INTO "delivery" VALUES(3,'announcement',3,1003,1,'1','2026-03-02 01:00:00.602364',NULL,'sent',0,1,NULL,20,NULL,'2026-03-02 01:00:00.660000');
INSERT INTO "delivery" VALUES(4,'announcement',4,1005,1,'1','2026-03-02 01:00:00.754881',NULL,'sent',0,1,NULL,21,NULL,'2026-03-02 01:00:00.800000');
INSERT INTO "delivery" VALUES(5,'announcement',5,1001,1,'1','2026-03-02 01:00:00.853687',NULL,'sent',0,1,NULL,22,NULL,'2026-03-02 01:00:00.900000');
INSERT INTO "delivery" VALUES(6,'reminder',1,1002,NULL,'2026-03-03','2026-03-03 01:30:00.000000','2026-03-03 07:30:00.000000','sent',0,1,NULL,25,NULL,'2026-03-03 01:30:00.020000');
INSERT INTO "delivery" VALUES(7,'reminder',2,1004,NULL,'2026-03-03','2026-03-03 01:30:00.165531','2026-03-03 07:30:00.000000','sent',0,1,NULL,26,NULL,'2026-03-03 01:30:00.180000');
INSERT INTO "delivery" VALUES(8,'reminder',4,1005,NULL,'2026-03-03','2026-03-03 01:30:00.444983','2026-03-03 07:30:00.000000','sent',0,1,NULL,27,NULL,'2026-03-03 01:30:00.460000');
INSERT INTO "delivery" VALUES(9,'reminder',5,1001,NULL,'2026-03-03','2026-03-03 01:30:00.921617','2026-03-03 07:30:00.000000','sent',0,1,NULL,28,NULL,'2026-03-03 01:30:01.000000');
CREATE TABLE dialogue (
	learner_id INTEGER NOT NULL, 
	awaits TEXT NOT NULL, 
	announcement_id INTEGER, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_dialogue PRIMARY KEY (learner_id), 
	CONSTRAINT fk_dialogue_announcement_id FOREIGN KEY(announcement_id) REFERENCES announcement (id) ON DELETE CASCADE, 
	CONSTRAINT fk_dialogue_learner_id FOREIGN KEY(learner_id) REFERENCES learner (id) ON DELETE CASCADE
);
INSERT INTO "dialogue" VALUES(5,'announcement',NULL,'2026-03-02 01:00:01.160000');
CREATE TABLE enrolment (
	id INTEGER NOT NULL, 
	learner_id INTEGER NOT NULL, 
	module_id TEXT NOT NULL, 
	version TEXT NOT NULL, 
	card_id TEXT, 
	state TEXT NOT NULL, 
	best_score FLOAT, 
	started_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	completed_at DATETIME, 
	CONSTRAINT pk_enrolment PRIMARY KEY (id), 
	CONSTRAINT fk_enrolment_learner_id FOREIGN KEY(learner_id) REFERENCES learner (id) ON DELETE CASCADE, 
	CONSTRAINT uq_enrolment_learner_id_module_id UNIQUE (learner_id, module_id)
);
INSERT INTO "enrolment" VALUES(1,1,'kata-sandi','eddd191a2b76d5f1',NULL,'quiz',NULL,'2026-03-02 01:00:00.000000','2026-03-02 01:00:00.000000',NULL);
INSERT INTO "enrolment" VALUES(2,2,'kata-sandi','eddd191a2b76d5f1','panjang','reading',NULL,'2026-03-02 01:00:00.000000','2026-03-02 01:00:00.000000',NULL);
CREATE TABLE invitation (
	token_hash TEXT NOT NULL, 
	coordinator BOOLEAN DEFAULT 0 NOT NULL, 
	module_id TEXT, 
	uses_left INTEGER NOT NULL, 
	expires_at DATETIME NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_invitation PRIMARY KEY (token_hash)
);
INSERT INTO "invitation" VALUES('aa97975de90514dadbf4f18d037e7a98aa420fb816c2e741f257619178066416',0,'kata-sandi',5,'2027-03-02 01:00:00.000000','2026-03-02 01:00:00.000000');
CREATE TABLE learner (
	id INTEGER NOT NULL, 
	telegram_id BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	language TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	coordinator BOOLEAN DEFAULT 0 NOT NULL, 
	reminder_minute INTEGER, 
	next_reminder_at DATETIME, 
	paused_from DATE, 
	paused_until DATE, 
	stopped BOOLEAN DEFAULT 0 NOT NULL, 
	reachable BOOLEAN DEFAULT 1 NOT NULL, 
	joined_at DATETIME NOT NULL, 
	last_seen_at DATETIME NOT NULL, 
	last_studied_on DATE, 
	CONSTRAINT pk_learner PRIMARY KEY (id), 
	CONSTRAINT uq_learner_telegram_id UNIQUE (telegram_id)
);
INSERT INTO "learner" VALUES(1,1002,'Sari','id','Asia/Jakarta',0,510,'2026-03-04 01:30:00.000000',NULL,NULL,0,1,'2026-03-02 01:00:00.000000','2026-03-02 01:00:00.000000','2026-03-02');
INSERT INTO "learner" VALUES(2,1004,'Andi','id','Asia/Jakarta',0,510,'2026-03-04 01:30:00.000000',NULL,NULL,0,1,'2026-03-02 01:00:00.000000','2026-03-02 01:00:00.000000','2026-03-02');
INSERT INTO "learner" VALUES(3,1003,'Yosef','id','Asia/Jakarta',0,510,'2026-03-09 01:30:00.000000','2026-03-02','2026-03-09',0,1,'2026-03-02 01:00:00.000000','2026-03-02 01:00:00.000000',NULL);
INSERT INTO "learner" VALUES(4,1005,'Emma','en','Asia/Jakarta',0,510,'2026-03-04 01:30:00.000000',NULL,NULL,0,1,'2026-03-02 01:00:00.000000','2026-03-02 01:00:00.000000',NULL);
INSERT INTO "learner" VALUES(5,1001,'Ratna','id','Asia/Jakarta',0,510,'2026-03-04 01:30:00.000000',NULL,NULL,0,1,'2026-03-02 01:00:00.000000','2026-03-02 01:00:00.000000',NULL);
CREATE TABLE lease (
	name TEXT NOT NULL, 
	holder TEXT NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_lease PRIMARY KEY (name)
);
INSERT INTO "lease" VALUES('poller','transcript','2026-03-02 01:01:01.160000');
CREATE TABLE prompt (
	id INTEGER NOT NULL, 
	sitting_id INTEGER NOT NULL, 
	learner_id INTEGER NOT NULL, 
	module_id TEXT NOT NULL, 
	item_id TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	snapshot JSON NOT NULL, 
	ticked JSON DEFAULT '[]' NOT NULL, 
	unsure BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_prompt PRIMARY KEY (id), 
	CONSTRAINT fk_prompt_learner_id FOREIGN KEY(learner_id) REFERENCES learner (id) ON DELETE CASCADE, 
	CONSTRAINT fk_prompt_sitting_id FOREIGN KEY(sitting_id) REFERENCES sitting (id) ON DELETE CASCADE, 
	CONSTRAINT uq_prompt_sitting_id_place UNIQUE (sitting_id, place)
);
INSERT INTO "prompt" VALUES(1,1,1,'kata-sandi','mendesak',1,'{"item":{"type":"single_choice","id":"mendesak","text":"Rekan meminta kata sandi Anda karena rapat mulai <b>5 menit</b> lagi. Apa yang Anda lakukan?","options":[{"text":"Memberikannya, lalu segera menggantinya","correct":false,"feedback":"Selama dipakai orang lain, tindakan tercatat atas nama Anda.","id":"a"},{"text":"Mengirimkannya lewat pesan pribadi","correct":false,"feedback":"Pesan dapat terbaca dan tersimpan.","id":"b"},{"text":"Menawarkan untuk berbagi layar","correct":true,"feedback":"Pekerjaan selesai dan kata sandi tetap rahasia.","id":"c"}],"explanation":"Kata sandi bersifat pribadi, juga saat mendesak.","card":"berbagi","sources":["pedoman"],"competency":null},"order":["a","b","c"],"version":"eddd191a2b76d5f1","module_title":"Kata sandi yang kuat","sources":["Pedoman Kata Sandi Rekaan, Bagian 2"]}','[]',0);
INSERT INTO "prompt" VALUES(2,1,1,'kata-sandi','tempat',2,'{"item":{"type":"multiple_choice","id":"tempat","text":"Di mana kata sandi aman disimpan?","options":[{"text":"Pengelola kata sandi","correct":true,"feedback":"","id":"a"},{"text":"Ingatan","correct":true,"feedback":"","id":"b"},{"text":"Kertas di monitor","correct":false,"feedback":"Siapa pun yang lewat dapat membacanya.","id":"c"}],"explanation":"Simpan di tempat yang hanya Anda dapat membukanya.","card":"panjang","sources":[],"competency":null},"order":["a","b","c"],"version":"eddd191a2b76d5f1","module_title":"Kata sandi yang kuat","sources":[]}','[]',0);
INSERT INTO "prompt" VALUES(3,1,1,'kata-sandi','sama',3,'{"item":{"type":"true_false","id":"sama","text":"Satu kata sandi boleh dipakai di semua akun bila cukup panjang.","answer":false,"explanation":"Kebocoran di satu tempat tidak boleh membuka tempat lain.","feedback":{"if_true":"Satu kebocoran lalu membuka semua akun.","if_false":"Betul, satu akun satu kata sandi."},"card":"satu-kunci","sources":[],"competency":null},"order":["true","false"],"version":"eddd191a2b76d5f1","module_title":"Kata sandi yang kuat","sources":[]}','[]',0);
INSERT INTO "prompt" VALUES(4,1,1,'kata-sandi','tanda',4,'{"item":{"type":"multiple_choice","id":"tanda","text":"Kapan kata sandi harus diganti?","options":[{"text":"Segera sesudah diketahui orang lain, siapa pun orangnya","correct":true,"feedback":"","id":"a"},{"text":"Sesudah layanan mengumumkan kebocoran data","correct":true,"feedback":"","id":"b"},{"text":"Setiap Senin pagi sebelum apel dimulai","correct":false,"feedback":"Mengganti tanpa sebab membuat orang memilih kata sandi yang lemah.","id":"c"}],"explanation":"Ganti bila ada sebab, bukan karena tanggal.","card":"","sources":[],"competency":null},"order":["a","b","c"],"version":"eddd191a2b76d5f1","module_title":"Kata sandi yang kuat","sources":[]}','[]',0);
CREATE TABLE replica (
	name TEXT NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_replica PRIMARY KEY (name)
);
INSERT INTO "replica" VALUES('transcript','2026-03-02 01:00:00.000000');
CREATE TABLE seen_update (
	bot_id BIGINT NOT NULL, 
	update_id BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_seen_update PRIMARY KEY (bot_id, update_id)
);
INSERT INTO "seen_update" VALUES(424242,277416979,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416980,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416981,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416982,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416983,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416984,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416985,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416986,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416987,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416988,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416989,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416990,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416991,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416992,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416993,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416994,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416995,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416996,'2026-03-02 01:00:00.000000');
INSERT INTO "seen_update" VALUES(424242,277416997,'2026-03-02 01:00:01.160000');
CREATE TABLE sitting (
	id INTEGER NOT NULL, 
	learner_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	module_id TEXT, 
	started_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	score FLOAT, 
	passed BOOLEAN, 
	minutes INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_sitting PRIMARY KEY (id), 
	CONSTRAINT fk_sitting_learner_id FOREIGN KEY(learner_id) REFERENCES learner (id) ON DELETE CASCADE
);
INSERT INTO "sitting" VALUES(1,1,'quiz','kata-sandi','2026-03-02 01:00:00.000000',NULL,NULL,NULL,0);
CREATE TABLE study_day (
	learner_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	CONSTRAINT pk_study_day PRIMARY KEY (learner_id, day), 
	CONSTRAINT fk_study_day_learner_id FOREIGN KEY(learner_id) REFERENCES learner (id) ON DELETE CASCADE
);
INSERT INTO "study_day" VALUES(1,'2026-03-02');
INSERT INTO "study_day" VALUES(2,'2026-03-02');
CREATE TABLE uploaded_file (
	bot_id BIGINT NOT NULL, 
	version TEXT NOT NULL, 
	file_id TEXT NOT NULL, 
	CONSTRAINT pk_uploaded_file PRIMARY KEY (bot_id, version)
);
INSERT INTO "uploaded_file" VALUES(424242,'6a9366698975a04e','PH1JXso7YPjTUPAyAWgP0V3zczm51s2JTJA-xa4M5JBS_S_YRD');
CREATE INDEX ix_dead_update_telegram_id ON dead_update (telegram_id);
CREATE INDEX ix_learner_next_reminder_at ON learner (next_reminder_at) WHERE next_reminder_at IS NOT NULL;
CREATE INDEX ix_seen_update_at ON seen_update (at);
CREATE INDEX ix_announcement_state_due_at ON announcement (state, due_at);
CREATE INDEX ix_enrolment_module_id_state ON enrolment (module_id, state);
CREATE INDEX ix_sitting_learner_id_finished_at ON sitting (learner_id, finished_at);
CREATE INDEX ix_delivery_announcement_id_state ON delivery (announcement_id, state);
CREATE INDEX ix_delivery_claimed ON delivery (claimed_by) WHERE state = 'claimed';
CREATE INDEX ix_delivery_due ON delivery (due_at, id) WHERE state = 'due';
CREATE INDEX ix_prompt_learner_id ON prompt (learner_id);
CREATE INDEX ix_attempt_learner_id_at ON attempt (learner_id, at);
COMMIT;
