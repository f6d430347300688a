CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.announcement (
    id bigint NOT NULL,
    author_id bigint,
    from_chat_id bigint,
    message_id bigint,
    body text,
    module_id text,
    state text NOT NULL,
    due_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    progress_message_id bigint,
    progress_shown text
);
CREATE SEQUENCE public.announcement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.announcement_id_seq OWNED BY public.announcement.id;
CREATE TABLE public.attempt (
    id bigint NOT NULL,
    prompt_id bigint NOT NULL,
    learner_id bigint NOT NULL,
    module_id text NOT NULL,
    item_id text NOT NULL,
    response json NOT NULL,
    score double precision NOT NULL,
    correct boolean NOT NULL,
    unsure boolean NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.attempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.attempt_id_seq OWNED BY public.attempt.id;
CREATE TABLE public.brake (
    bot_id bigint NOT NULL,
    until timestamp with time zone NOT NULL
);
CREATE TABLE public.dead_update (
    id bigint NOT NULL,
    bot_id bigint NOT NULL,
    update_id bigint NOT NULL,
    telegram_id bigint,
    body text NOT NULL,
    error text NOT NULL,
    code text NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.dead_update_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dead_update_id_seq OWNED BY public.dead_update.id;
CREATE TABLE public.delivery (
    id bigint NOT NULL,
    kind text NOT NULL,
    learner_id bigint,
    chat_id bigint NOT NULL,
    announcement_id bigint,
    occasion text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    state text NOT NULL,
    doubtful boolean DEFAULT false NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    claimed_by text,
    message_id bigint,
    error text,
    finished_at timestamp with time zone
);
CREATE SEQUENCE public.delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.delivery_id_seq OWNED BY public.delivery.id;
CREATE TABLE public.dialogue (
    learner_id bigint NOT NULL,
    awaits text NOT NULL,
    announcement_id bigint,
    since timestamp with time zone NOT NULL
);
CREATE TABLE public.enrolment (
    id bigint NOT NULL,
    learner_id bigint NOT NULL,
    module_id text NOT NULL,
    version text NOT NULL,
    card_id text,
    state text NOT NULL,
    best_score double precision,
    started_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    completed_at timestamp with time zone
);
CREATE SEQUENCE public.enrolment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.enrolment_id_seq OWNED BY public.enrolment.id;
CREATE TABLE public.invitation (
    token_hash text NOT NULL,
    coordinator boolean DEFAULT false NOT NULL,
    module_id text,
    uses_left integer NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.learner (
    id bigint NOT NULL,
    telegram_id bigint NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    zone text NOT NULL,
    coordinator boolean DEFAULT false NOT NULL,
    reminder_minute integer,
    next_reminder_at timestamp with time zone,
    paused_from date,
    paused_until date,
    stopped boolean DEFAULT false NOT NULL,
    reachable boolean DEFAULT true NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    last_studied_on date
);
CREATE SEQUENCE public.learner_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.learner_id_seq OWNED BY public.learner.id;
CREATE TABLE public.lease (
    name text NOT NULL,
    holder text NOT NULL,
    until timestamp with time zone NOT NULL
);
CREATE TABLE public.prompt (
    id bigint NOT NULL,
    sitting_id bigint NOT NULL,
    learner_id bigint NOT NULL,
    module_id text NOT NULL,
    item_id text NOT NULL,
    place integer NOT NULL,
    snapshot json NOT NULL,
    ticked json DEFAULT '[]'::json NOT NULL,
    unsure boolean DEFAULT false NOT NULL
);
CREATE SEQUENCE public.prompt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.prompt_id_seq OWNED BY public.prompt.id;
CREATE TABLE public.replica (
    name text NOT NULL,
    seen_at timestamp with time zone NOT NULL
);
CREATE TABLE public.seen_update (
    bot_id bigint NOT NULL,
    update_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.sitting (
    id bigint NOT NULL,
    learner_id bigint NOT NULL,
    kind text NOT NULL,
    module_id text,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    score double precision,
    passed boolean,
    minutes integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE public.sitting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sitting_id_seq OWNED BY public.sitting.id;
CREATE TABLE public.study_day (
    learner_id bigint NOT NULL,
    day date NOT NULL
);
CREATE TABLE public.uploaded_file (
    bot_id bigint NOT NULL,
    version text NOT NULL,
    file_id text NOT NULL
);
ALTER TABLE ONLY public.announcement ALTER COLUMN id SET DEFAULT nextval('public.announcement_id_seq'::regclass);
ALTER TABLE ONLY public.attempt ALTER COLUMN id SET DEFAULT nextval('public.attempt_id_seq'::regclass);
ALTER TABLE ONLY public.dead_update ALTER COLUMN id SET DEFAULT nextval('public.dead_update_id_seq'::regclass);
ALTER TABLE ONLY public.delivery ALTER COLUMN id SET DEFAULT nextval('public.delivery_id_seq'::regclass);
ALTER TABLE ONLY public.enrolment ALTER COLUMN id SET DEFAULT nextval('public.enrolment_id_seq'::regclass);
ALTER TABLE ONLY public.learner ALTER COLUMN id SET DEFAULT nextval('public.learner_id_seq'::regclass);
ALTER TABLE ONLY public.prompt ALTER COLUMN id SET DEFAULT nextval('public.prompt_id_seq'::regclass);
ALTER TABLE ONLY public.sitting ALTER COLUMN id SET DEFAULT nextval('public.sitting_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.announcement VALUES (1, 5, 1001, 15, NULL, NULL, 'done', '2026-03-02 01:00:00+00', '2026-03-02 01:00:00+00', '2026-03-02 01:00:01.22+00', NULL, '<b>Selesai.</b>
Terkirim 5 · diblokir 0 · gagal 0 · belum pasti 0');
INSERT INTO public.attempt VALUES (1, 1, 1, 'kata-sandi', 'mendesak', '["b"]', 0, false, false, '2026-03-02 01:00:00+00');
INSERT INTO public.brake VALUES (10000000001, '2026-03-03 01:00:00.000001+00');
INSERT INTO public.dead_update VALUES (1, 10000000001, 10000000001, 10000000001, 'text 1 “''🙂
', 'text 1 “''🙂
', 'text 1 “''🙂
', '2026-03-03 01:00:00.000001+00');
INSERT INTO public.delivery VALUES (1, 'announcement', 1, 1002, 1, '1', '2026-03-02 01:00:00+00', NULL, 'sent', false, 1, NULL, 18, NULL, '2026-03-02 01:00:00+00');
INSERT INTO public.delivery VALUES (2, 'announcement', 2, 1004, 1, '1', '2026-03-02 01:00:00.514878+00', NULL, 'sent', false, 1, NULL, 19, NULL, '2026-03-02 01:00:00.52+00');
INSERT INTO public.delivery VALUES (3, 'announcement', 3, 1003, 1, '1', '2026-03-02 01:00:00.628305+00', NULL, 'sent', false, 1, NULL, 20, NULL, '2026-03-02 01:00:00.66+00');
INSERT INTO public.delivery VALUES (4, 'announcement', 4, 1005, 1, '1', '2026-03-02 01:00:00.765601+00', NULL, 'sent', false, 1, NULL, 21, NULL, '2026-03-02 01:00:00.8+00');
INSERT INTO public.delivery VALUES (5, 'announcement', 5, 1001, 1, '1', '2026-03-02 01:00:00.843464+00', NULL, 'sent', false, 1, NULL, 22, NULL, '2026-03-02 01:00:00.9+00');
INSERT INTO public.delivery VALUES (6, 'reminder', 1, 1002, NULL, '2026-03-03', '2026-03-03 01:30:00+00', '2026-03-03 07:30:00+00', 'sent', false, 1, NULL, 25, NULL, '2026-03-03 01:30:00.02+00');
INSERT INTO public.delivery VALUES (7, 'reminder', 2, 1004, NULL, '2026-03-03', '2026-03-03 01:30:00.061126+00', '2026-03-03 07:30:00+00', 'sent', false, 1, NULL, 26, NULL, '2026-03-03 01:30:00.1+00');
INSERT INTO public.delivery VALUES (8, 'reminder', 4, 1005, NULL, '2026-03-03', '2026-03-03 01:30:00.363062+00', '2026-03-03 07:30:00+00', 'sent', false, 1, NULL, 27, NULL, '2026-03-03 01:30:00.38+00');
INSERT INTO public.delivery VALUES (9, 'reminder', 5, 1001, NULL, '2026-03-03', '2026-03-03 01:30:00.947806+00', '2026-03-03 07:30:00+00', 'sent', false, 1, NULL, 28, NULL, '2026-03-03 01:30:01+00');
INSERT INTO public.dialogue VALUES (5, 'announcement', NULL, '2026-03-02 01:00:01.26+00');
INSERT INTO public.enrolment VALUES (1, 1, 'kata-sandi', 'eddd191a2b76d5f1', NULL, 'quiz', NULL, '2026-03-02 01:00:00+00', '2026-03-02 01:00:00+00', NULL);
INSERT INTO public.enrolment VALUES (2, 2, 'kata-sandi', 'eddd191a2b76d5f1', 'panjang', 'reading', NULL, '2026-03-02 01:00:00+00', '2026-03-02 01:00:00+00', NULL);
INSERT INTO public.invitation VALUES ('aa97975de90514dadbf4f18d037e7a98aa420fb816c2e741f257619178066416', false, 'kata-sandi', 5, '2027-03-02 01:00:00+00', '2026-03-02 01:00:00+00');
INSERT INTO public.learner VALUES (3, 1003, 'Yosef', 'id', 'Asia/Jakarta', false, 510, '2026-03-09 01:30:00+00', '2026-03-02', '2026-03-09', false, true, '2026-03-02 01:00:00+00', '2026-03-02 01:00:00+00', NULL);
INSERT INTO public.learner VALUES (1, 1002, 'Sari', 'id', 'Asia/Jakarta', false, 510, '2026-03-04 01:30:00+00', NULL, NULL, false, true, '2026-03-02 01:00:00+00', '2026-03-02 01:00:00+00', '2026-03-02');
INSERT INTO public.learner VALUES (2, 1004, 'Andi', 'id', 'Asia/Jakarta', false, 510, '2026-03-04 01:30:00+00', NULL, NULL, false, true, '2026-03-02 01:00:00+00', '2026-03-02 01:00:00+00', '2026-03-02');
INSERT INTO public.learner VALUES (4, 1005, 'Emma', 'en', 'Asia/Jakarta', false, 510, '2026-03-04 01:30:00+00', NULL, NULL, false, true, '2026-03-02 01:00:00+00', '2026-03-02 01:00:00+00', NULL);
INSERT INTO public.learner VALUES (5, 1001, 'Ratna', 'id', 'Asia/Jakarta', false, 510, '2026-03-04 01:30:00+00', NULL, NULL, false, true, '2026-03-02 01:00:00+00', '2026-03-02 01:00:00+00', NULL);
INSERT INTO public.lease VALUES ('poller', 'transcript', '2026-03-02 01:01:01.26+00');
INSERT INTO public.prompt VALUES (1, 1, 1, 'kata-sandi', 'mendesak', 1, '{"item":{"type":"single_choice","id":"mendesak","text":"Rekan meminta kata sandi Anda karena rapat mulai <b>5 menit</b> lagi. Apa yang Anda lakukan?","options":[{"text":"Memberikannya, lalu segera menggantinya","correct":false,"feedback":"Selama dipakai orang lain, tindakan tercatat atas nama Anda.","id":"a"},{"text":"Mengirimkannya lewat pesan pribadi","correct":false,"feedback":"Pesan dapat terbaca dan tersimpan.","id":"b"},{"text":"Menawarkan untuk berbagi layar","correct":true,"feedback":"Pekerjaan selesai dan kata sandi tetap rahasia.","id":"c"}],"explanation":"Kata sandi bersifat pribadi, juga saat mendesak.","card":"berbagi","sources":["pedoman"],"competency":null},"order":["a","b","c"],"version":"eddd191a2b76d5f1","module_title":"Kata sandi yang kuat","sources":["Pedoman Kata Sandi Rekaan, Bagian 2"]}', '[]', false);
INSERT INTO public.prompt VALUES (2, 1, 1, 'kata-sandi', 'tempat', 2, '{"item":{"type":"multiple_choice","id":"tempat","text":"Di mana kata sandi aman disimpan?","options":[{"text":"Pengelola kata sandi","correct":true,"feedback":"","id":"a"},{"text":"Ingatan","correct":true,"feedback":"","id":"b"},{"text":"Kertas di monitor","correct":false,"feedback":"Siapa pun yang lewat dapat membacanya.","id":"c"}],"explanation":"Simpan di tempat yang hanya Anda dapat membukanya.","card":"panjang","sources":[],"competency":null},"order":["a","b","c"],"version":"eddd191a2b76d5f1","module_title":"Kata sandi yang kuat","sources":[]}', '[]', false);
INSERT INTO public.prompt VALUES (3, 1, 1, 'kata-sandi', 'sama', 3, '{"item":{"type":"true_false","id":"sama","text":"Satu kata sandi boleh dipakai di semua akun bila cukup panjang.","answer":false,"explanation":"Kebocoran di satu tempat tidak boleh membuka tempat lain.","feedback":{"if_true":"Satu kebocoran lalu membuka semua akun.","if_false":"Betul, satu akun satu kata sandi."},"card":"satu-kunci","sources":[],"competency":null},"order":["true","false"],"version":"eddd191a2b76d5f1","module_title":"Kata sandi yang kuat","sources":[]}', '[]', false);
INSERT INTO public.prompt VALUES (4, 1, 1, 'kata-sandi', 'tanda', 4, '{"item":{"type":"multiple_choice","id":"tanda","text":"Kapan kata sandi harus diganti?","options":[{"text":"Segera sesudah diketahui orang lain, siapa pun orangnya","correct":true,"feedback":"","id":"a"},{"text":"Sesudah layanan mengumumkan kebocoran data","correct":true,"feedback":"","id":"b"},{"text":"Setiap Senin pagi sebelum apel dimulai","correct":false,"feedback":"Mengganti tanpa sebab membuat orang memilih kata sandi yang lemah.","id":"c"}],"explanation":"Ganti bila ada sebab, bukan karena tanggal.","card":"","sources":[],"competency":null},"order":["a","b","c"],"version":"eddd191a2b76d5f1","module_title":"Kata sandi yang kuat","sources":[]}', '[]', false);
INSERT INTO public.replica VALUES ('transcript', '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769056, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769057, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769058, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769059, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769060, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769061, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769062, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769063, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769064, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769065, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769066, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769067, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769068, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769069, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769070, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769071, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769072, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769073, '2026-03-02 01:00:00+00');
INSERT INTO public.seen_update VALUES (424242, 245769074, '2026-03-02 01:00:01.26+00');
INSERT INTO public.sitting VALUES (1, 1, 'quiz', 'kata-sandi', '2026-03-02 01:00:00+00', NULL, NULL, NULL, 0);
INSERT INTO public.study_day VALUES (1, '2026-03-02');
INSERT INTO public.study_day VALUES (2, '2026-03-02');
INSERT INTO public.uploaded_file VALUES (424242, '6a9366698975a04e', 'PHqg54TGFYjgpoOIkyb2sIjJUH90Gm5LTKwOnz_l3zsmDaP5oO');
SELECT pg_catalog.setval('public.announcement_id_seq', 1, true);
SELECT pg_catalog.setval('public.attempt_id_seq', 1, true);
SELECT pg_catalog.setval('public.dead_update_id_seq', 1, false);
SELECT pg_catalog.setval('public.delivery_id_seq', 9, true);
SELECT pg_catalog.setval('public.enrolment_id_seq', 2, true);
SELECT pg_catalog.setval('public.learner_id_seq', 5, true);
SELECT pg_catalog.setval('public.prompt_id_seq', 4, true);
SELECT pg_catalog.setval('public.sitting_id_seq', 1, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.announcement
    ADD CONSTRAINT pk_announcement PRIMARY KEY (id);
ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT pk_attempt PRIMARY KEY (id);
ALTER TABLE ONLY public.brake
    ADD CONSTRAINT pk_brake PRIMARY KEY (bot_id);
ALTER TABLE ONLY public.dead_update
    ADD CONSTRAINT pk_dead_update PRIMARY KEY (id);
ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT pk_delivery PRIMARY KEY (id);
ALTER TABLE ONLY public.dialogue
    ADD CONSTRAINT pk_dialogue PRIMARY KEY (learner_id);
ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT pk_enrolment PRIMARY KEY (id);
ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT pk_invitation PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.learner
    ADD CONSTRAINT pk_learner PRIMARY KEY (id);
ALTER TABLE ONLY public.lease
    ADD CONSTRAINT pk_lease PRIMARY KEY (name);
ALTER TABLE ONLY public.prompt
    ADD CONSTRAINT pk_prompt PRIMARY KEY (id);
ALTER TABLE ONLY public.replica
    ADD CONSTRAINT pk_replica PRIMARY KEY (name);
ALTER TABLE ONLY public.seen_update
    ADD CONSTRAINT pk_seen_update PRIMARY KEY (bot_id, update_id);
ALTER TABLE ONLY public.sitting
    ADD CONSTRAINT pk_sitting PRIMARY KEY (id);
ALTER TABLE ONLY public.study_day
    ADD CONSTRAINT pk_study_day PRIMARY KEY (learner_id, day);
ALTER TABLE ONLY public.uploaded_file
    ADD CONSTRAINT pk_uploaded_file PRIMARY KEY (bot_id, version);
ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT uq_attempt_prompt_id UNIQUE (prompt_id);
ALTER TABLE ONLY public.dead_update
    ADD CONSTRAINT uq_dead_update_bot_id_update_id UNIQUE (bot_id, update_id);
ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT uq_delivery_learner_id_kind_occasion UNIQUE (learner_id, kind, occasion);
ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT uq_enrolment_learner_id_module_id UNIQUE (learner_id, module_id);
ALTER TABLE ONLY public.learner
    ADD CONSTRAINT uq_learner_telegram_id UNIQUE (telegram_id);
ALTER TABLE ONLY public.prompt
    ADD CONSTRAINT uq_prompt_sitting_id_place UNIQUE (sitting_id, place);
CREATE INDEX ix_announcement_state_due_at ON public.announcement USING btree (state, due_at);
CREATE INDEX ix_attempt_learner_id_at ON public.attempt USING btree (learner_id, at);
CREATE INDEX ix_dead_update_telegram_id ON public.dead_update USING btree (telegram_id);
CREATE INDEX ix_delivery_announcement_id_state ON public.delivery USING btree (announcement_id, state);
CREATE INDEX ix_delivery_claimed ON public.delivery USING btree (claimed_by) WHERE (state = 'claimed'::text);
CREATE INDEX ix_delivery_due ON public.delivery USING btree (due_at, id) WHERE (state = 'due'::text);
CREATE INDEX ix_enrolment_module_id_state ON public.enrolment USING btree (module_id, state);
CREATE INDEX ix_learner_next_reminder_at ON public.learner USING btree (next_reminder_at) WHERE (next_reminder_at IS NOT NULL);
CREATE INDEX ix_prompt_learner_id ON public.prompt USING btree (learner_id);
CREATE INDEX ix_seen_update_at ON public.seen_update USING btree (at);
CREATE INDEX ix_sitting_learner_id_finished_at ON public.sitting USING btree (learner_id, finished_at);
ALTER TABLE ONLY public.announcement
    ADD CONSTRAINT fk_announcement_author_id FOREIGN KEY (author_id) REFERENCES public.learner(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT fk_attempt_learner_id FOREIGN KEY (learner_id) REFERENCES public.learner(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT fk_attempt_prompt_id FOREIGN KEY (prompt_id) REFERENCES public.prompt(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT fk_delivery_announcement_id FOREIGN KEY (announcement_id) REFERENCES public.announcement(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT fk_delivery_learner_id FOREIGN KEY (learner_id) REFERENCES public.learner(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.dialogue
    ADD CONSTRAINT fk_dialogue_announcement_id FOREIGN KEY (announcement_id) REFERENCES public.announcement(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.dialogue
    ADD CONSTRAINT fk_dialogue_learner_id FOREIGN KEY (learner_id) REFERENCES public.learner(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT fk_enrolment_learner_id FOREIGN KEY (learner_id) REFERENCES public.learner(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.prompt
    ADD CONSTRAINT fk_prompt_learner_id FOREIGN KEY (learner_id) REFERENCES public.learner(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.prompt
    ADD CONSTRAINT fk_prompt_sitting_id FOREIGN KEY (sitting_id) REFERENCES public.sitting(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sitting
    ADD CONSTRAINT fk_sitting_learner_id FOREIGN KEY (learner_id) REFERENCES public.learner(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.study_day
    ADD CONSTRAINT fk_study_day_learner_id FOREIGN KEY (learner_id) REFERENCES public.learner(id) ON DELETE CASCADE;
