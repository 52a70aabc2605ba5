BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE audit_log (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at BIGINT NOT NULL, 
	actor_id VARCHAR(64), 
	action VARCHAR(64) NOT NULL, 
	target_id VARCHAR(64), 
	ip TEXT NOT NULL, 
	detail TEXT NOT NULL
);
INSERT INTO "audit_log" VALUES(1,1796108606687,'1a2306a5c39a0ad527de121','user.added','1a2306a5cdf4bea91c5f1df','127.0.0.1','{"userName":"alice","role":"user"}');
INSERT INTO "audit_log" VALUES(2,1796108606750,'1a2306a5c39a0ad527de121','user.added','1a2306a5d1e38ec66fd1dea','127.0.0.1','{"userName":"bob","role":"user"}');
INSERT INTO "audit_log" VALUES(3,1796108606809,'1a2306a5c39a0ad527de121','user.added','1a2306a5d59b525ac2373dd','127.0.0.1','{"userName":"carol","role":"user"}');
INSERT INTO "audit_log" VALUES(4,1796108606865,'1a2306a5c39a0ad527de121','user.added','1a2306a5d91a18f237cd40e','127.0.0.1','{"userName":"dave","role":"user"}');
INSERT INTO "audit_log" VALUES(5,1796108607808,'1a2306a5c39a0ad527de121','role.changed','1a2306a5d59b525ac2373dd','127.0.0.1','{"role":"admin"}');
INSERT INTO "audit_log" VALUES(6,1796108607816,'1a2306a5c39a0ad527de121','user.deactivated','1a2306a5d91a18f237cd40e','127.0.0.1','{}');
INSERT INTO "audit_log" VALUES(7,1796108607865,'1a2306a5c39a0ad527de121','settings.updated',NULL,'127.0.0.1','{"name":"The old house"}');
CREATE TABLE channels (
	id VARCHAR(64) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	name TEXT, 
	name_key TEXT, 
	topic TEXT DEFAULT ('') NOT NULL, 
	created_by VARCHAR(64), 
	created_at BIGINT NOT NULL, 
	archived_at BIGINT, 
	is_default BOOLEAN DEFAULT 0 NOT NULL, 
	participants_key TEXT, 
	seq BIGINT DEFAULT 0 NOT NULL, 
	changed_at BIGINT NOT NULL, 
	CONSTRAINT pk_channels PRIMARY KEY (id), 
	CONSTRAINT fk_channels_created_by FOREIGN KEY(created_by) REFERENCES users (id), 
	CONSTRAINT uq_channels_participants_key UNIQUE (participants_key)
);
INSERT INTO "channels" VALUES('1a2306a5c26f0bb4b8864ee','public','general','general','',NULL,1796108606502,NULL,1,NULL,7,1796108607591);
INSERT INTO "channels" VALUES('1a2306a5e5f246360e76158','private','secret','secret','ours','1a2306a5cdf4bea91c5f1df',1796108607071,NULL,0,NULL,2,1796108607650);
INSERT INTO "channels" VALUES('1a2306a5e9bbe45038859a5','public','Gärten','gärten','','1a2306a5d1e38ec66fd1dea',1796108607131,NULL,0,NULL,0,1796108607131);
INSERT INTO "channels" VALUES('1a2306a5f0e848011dfc6a4','dm',NULL,NULL,'','1a2306a5cdf4bea91c5f1df',1796108607258,NULL,0,'1a2306a5cdf4bea91c5f1df 1a2306a5d1e38ec66fd1dea',1,1796108607702);
CREATE TABLE control_log (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at BIGINT NOT NULL, 
	node VARCHAR(64) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	body TEXT NOT NULL
);
INSERT INTO "control_log" VALUES(1,1796108606502,'ee48cb035f05','channel','{"type":"channel.created","channel":{"id":"1a2306a5c26f0bb4b8864ee","name":"general","topic":"","kind":"public","createdBy":null,"createdAt":1796108606502,"archivedAt":null,"seq":0,"memberCount":0,"userIds":[],"joined":null,"unread":null,"mentions":null,"lastReadId":null},"members":null}');
INSERT INTO "control_log" VALUES(2,1796108606521,'ee48cb035f05','user','{"userId":"1a2306a5c39a0ad527de121","type":"user.created","user":{"id":"1a2306a5c39a0ad527de121","userName":"admin","displayName":"admin","email":"admin@example.com","role":"admin","isAdmin":true,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108606521,"lastLoginAt":null,"emailVerified":true,"totpEnabled":false,"extension":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(3,1796108606665,'ee48cb035f05','user','{"userId":"1a2306a5c39a0ad527de121","type":"user.updated","user":{"id":"1a2306a5c39a0ad527de121","userName":"admin","displayName":"admin","email":"admin@example.com","role":"admin","isAdmin":true,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108606521,"lastLoginAt":1796108606665,"emailVerified":true,"totpEnabled":false,"extension":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(4,1796108606687,'ee48cb035f05','user','{"userId":"1a2306a5cdf4bea91c5f1df","type":"user.created","user":{"id":"1a2306a5cdf4bea91c5f1df","userName":"alice","displayName":"Alice","email":"alice@example.com","role":"user","isAdmin":false,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108606687,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(5,1796108606750,'ee48cb035f05','user','{"userId":"1a2306a5d1e38ec66fd1dea","type":"user.created","user":{"id":"1a2306a5d1e38ec66fd1dea","userName":"bob","displayName":"Bob","email":"bob@example.com","role":"user","isAdmin":false,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108606750,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(6,1796108606809,'ee48cb035f05','user','{"userId":"1a2306a5d59b525ac2373dd","type":"user.created","user":{"id":"1a2306a5d59b525ac2373dd","userName":"carol","displayName":"Carol","email":"carol@example.com","role":"user","isAdmin":false,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108606809,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(7,1796108606865,'ee48cb035f05','user','{"userId":"1a2306a5d91a18f237cd40e","type":"user.created","user":{"id":"1a2306a5d91a18f237cd40e","userName":"dave","displayName":"Dave","email":"dave@example.com","role":"user","isAdmin":false,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108606865,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(8,1796108606926,'ee48cb035f05','user','{"userId":"1a2306a5cdf4bea91c5f1df","type":"user.updated","user":{"id":"1a2306a5cdf4bea91c5f1df","userName":"alice","displayName":"Alice","email":"alice@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108606687,"lastLoginAt":1796108606926,"emailVerified":false,"totpEnabled":false,"extension":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(9,1796108606940,'ee48cb035f05','user','{"userId":"1a2306a5d1e38ec66fd1dea","type":"user.updated","user":{"id":"1a2306a5d1e38ec66fd1dea","userName":"bob","displayName":"Bob","email":"bob@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108606750,"lastLoginAt":1796108606940,"emailVerified":false,"totpEnabled":false,"extension":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(10,1796108606995,'ee48cb035f05','user','{"userId":"1a2306a5d59b525ac2373dd","type":"user.updated","user":{"id":"1a2306a5d59b525ac2373dd","userName":"carol","displayName":"Carol","email":"carol@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108606809,"lastLoginAt":1796108606995,"emailVerified":false,"totpEnabled":false,"extension":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(11,1796108607071,'ee48cb035f05','channel','{"type":"channel.created","channel":{"id":"1a2306a5e5f246360e76158","name":"secret","topic":"ours","kind":"private","createdBy":"1a2306a5cdf4bea91c5f1df","createdAt":1796108607071,"archivedAt":null,"seq":0,"memberCount":2,"userIds":[],"joined":null,"unread":null,"mentions":null,"lastReadId":null},"members":["1a2306a5cdf4bea91c5f1df","1a2306a5d1e38ec66fd1dea"]}');
INSERT INTO "control_log" VALUES(12,1796108607131,'ee48cb035f05','channel','{"type":"channel.created","channel":{"id":"1a2306a5e9bbe45038859a5","name":"Gärten","topic":"","kind":"public","createdBy":"1a2306a5d1e38ec66fd1dea","createdAt":1796108607131,"archivedAt":null,"seq":0,"memberCount":5,"userIds":[],"joined":null,"unread":null,"mentions":null,"lastReadId":null},"members":null}');
INSERT INTO "control_log" VALUES(13,1796108607199,'ee48cb035f05','member','{"userId":"1a2306a5d59b525ac2373dd","channel":{"id":"1a2306a5e9bbe45038859a5","name":"Gärten","topic":"","kind":"public","createdBy":"1a2306a5d1e38ec66fd1dea","createdAt":1796108607131,"archivedAt":null,"seq":0,"memberCount":4,"userIds":[],"joined":null,"unread":null,"mentions":null,"lastReadId":null},"state":"left","joined":false}');
INSERT INTO "control_log" VALUES(14,1796108607258,'ee48cb035f05','channel','{"type":"channel.created","channel":{"id":"1a2306a5f0e848011dfc6a4","name":null,"topic":"","kind":"dm","createdBy":"1a2306a5cdf4bea91c5f1df","createdAt":1796108607258,"archivedAt":null,"seq":0,"memberCount":2,"userIds":["1a2306a5cdf4bea91c5f1df","1a2306a5d1e38ec66fd1dea"],"joined":null,"unread":null,"mentions":null,"lastReadId":null},"members":["1a2306a5cdf4bea91c5f1df","1a2306a5d1e38ec66fd1dea"]}');
INSERT INTO "control_log" VALUES(15,1796108607758,'ee48cb035f05','user','{"userId":"1a2306a5cdf4bea91c5f1df","type":"user.updated","user":{"id":"1a2306a5cdf4bea91c5f1df","userName":"alice","displayName":"Alice Ärmel","email":"alice@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":"here","bio":"Likes tea","nickname":"Straße","timezone":"Europe/Berlin","createdAt":1796108606687,"lastLoginAt":1796108606926,"emailVerified":false,"totpEnabled":false,"extension":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(16,1796108607808,'ee48cb035f05','user','{"userId":"1a2306a5d59b525ac2373dd","type":"user.updated","user":{"id":"1a2306a5d59b525ac2373dd","userName":"carol","displayName":"Carol","email":"carol@example.com","role":"admin","isAdmin":true,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108606809,"lastLoginAt":1796108606995,"emailVerified":false,"totpEnabled":false,"extension":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(17,1796108607816,'ee48cb035f05','user','{"userId":"1a2306a5d91a18f237cd40e","type":"user.updated","user":{"id":"1a2306a5d91a18f237cd40e","userName":"dave","displayName":"Dave","email":"dave@example.com","role":"user","isAdmin":false,"status":"deactivated","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108606865,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(18,1796108607865,'ee48cb035f05','settings','{"settings":{"name":"The old house"}}');
CREATE TABLE memberships (
	channel_id VARCHAR(64) NOT NULL, 
	user_id VARCHAR(64) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	since BIGINT NOT NULL, 
	CONSTRAINT pk_memberships PRIMARY KEY (channel_id, user_id), 
	CONSTRAINT fk_memberships_channel_id FOREIGN KEY(channel_id) REFERENCES channels (id) ON DELETE CASCADE, 
	CONSTRAINT fk_memberships_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "memberships" VALUES('1a2306a5e5f246360e76158','1a2306a5cdf4bea91c5f1df','member',1796108607071);
INSERT INTO "memberships" VALUES('1a2306a5e5f246360e76158','1a2306a5d1e38ec66fd1dea','member',1796108607071);
INSERT INTO "memberships" VALUES('1a2306a5e9bbe45038859a5','1a2306a5d59b525ac2373dd','left',1796108607199);
INSERT INTO "memberships" VALUES('1a2306a5f0e848011dfc6a4','1a2306a5cdf4bea91c5f1df','member',1796108607258);
INSERT INTO "memberships" VALUES('1a2306a5f0e848011dfc6a4','1a2306a5d1e38ec66fd1dea','member',1796108607258);
CREATE TABLE mentions (
	message_id VARCHAR(64) NOT NULL, 
	target VARCHAR(64) NOT NULL, 
	channel_id VARCHAR(64) NOT NULL, 
	seq BIGINT NOT NULL, 
	author_id VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_mentions PRIMARY KEY (message_id, target), 
	CONSTRAINT fk_mentions_message_id FOREIGN KEY(message_id) REFERENCES messages (id) ON DELETE CASCADE
);
INSERT INTO "mentions" VALUES('1a2306a5f2a0ccdc4ecc124','1a2306a5d1e38ec66fd1dea','1a2306a5c26f0bb4b8864ee',1,'1a2306a5cdf4bea91c5f1df');
INSERT INTO "mentions" VALUES('1a2306a5f2a0ccdc4ecc124','@channel','1a2306a5c26f0bb4b8864ee',1,'1a2306a5cdf4bea91c5f1df');
CREATE TABLE messages (
	id VARCHAR(64) NOT NULL, 
	channel_id VARCHAR(64) NOT NULL, 
	seq BIGINT NOT NULL, 
	changed_seq BIGINT NOT NULL, 
	author_id VARCHAR(64) NOT NULL, 
	content TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	updated_at BIGINT, 
	deleted_at BIGINT, 
	thread_id VARCHAR(64), 
	reply_count INTEGER DEFAULT 0 NOT NULL, 
	last_reply_at BIGINT, 
	participants TEXT, 
	quoted_message_id VARCHAR(64), 
	mentions TEXT, 
	pinned_at BIGINT, 
	client_id VARCHAR(64), 
	client_digest VARCHAR(64), 
	CONSTRAINT pk_messages PRIMARY KEY (id), 
	CONSTRAINT fk_messages_author_id FOREIGN KEY(author_id) REFERENCES users (id), 
	CONSTRAINT fk_messages_channel_id FOREIGN KEY(channel_id) REFERENCES channels (id) ON DELETE CASCADE, 
	CONSTRAINT uq_messages_channel_id_seq UNIQUE (channel_id, seq)
);
INSERT INTO "messages" VALUES('1a2306a5f2a0ccdc4ecc124','1a2306a5c26f0bb4b8864ee',1,5,'1a2306a5cdf4bea91c5f1df','Good morning @bob, @channel 👋',1796108607274,NULL,NULL,NULL,1,1796108607391,'["1a2306a5d1e38ec66fd1dea"]',NULL,'["1a2306a5d1e38ec66fd1dea","@channel"]',NULL,'c-1','74fc702d879f293677ce9cb04798468466d8fa733146558cd53143ab791679cf');
INSERT INTO "messages" VALUES('1a2306a5f9ef6a8884e4a58','1a2306a5c26f0bb4b8864ee',2,2,'1a2306a5d1e38ec66fd1dea','and to you',1796108607391,NULL,NULL,'1a2306a5f2a0ccdc4ecc124',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "messages" VALUES('1a2306a5fd378657abf5a61','1a2306a5c26f0bb4b8864ee',3,3,'1a2306a5d1e38ec66fd1dea','quoting',1796108607443,NULL,NULL,NULL,0,NULL,NULL,'1a2306a5f2a0ccdc4ecc124',NULL,NULL,NULL,NULL);
INSERT INTO "messages" VALUES('1a2306a603865b30dce4a5b','1a2306a5c26f0bb4b8864ee',6,7,'1a2306a5d59b525ac2373dd','',1796108607546,NULL,1796108607591,NULL,0,NULL,NULL,NULL,'[]',NULL,NULL,NULL);
INSERT INTO "messages" VALUES('1a2306a609a142b3f0dd9ac','1a2306a5e5f246360e76158',1,2,'1a2306a5cdf4bea91c5f1df','between the two of us',1796108607646,1796108607650,NULL,NULL,0,NULL,NULL,NULL,'[]',NULL,NULL,NULL);
INSERT INTO "messages" VALUES('1a2306a60d650c60ee87e93','1a2306a5f0e848011dfc6a4',1,1,'1a2306a5cdf4bea91c5f1df','a direct line',1796108607702,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE reactions (
	message_id VARCHAR(64) NOT NULL, 
	reaction TEXT NOT NULL, 
	user_id VARCHAR(64) NOT NULL, 
	created_at BIGINT NOT NULL, 
	CONSTRAINT pk_reactions PRIMARY KEY (message_id, reaction, user_id), 
	CONSTRAINT fk_reactions_message_id FOREIGN KEY(message_id) REFERENCES messages (id) ON DELETE CASCADE, 
	CONSTRAINT fk_reactions_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "reactions" VALUES('1a2306a5f2a0ccdc4ecc124','👍','1a2306a5d1e38ec66fd1dea',1796108607491);
INSERT INTO "reactions" VALUES('1a2306a5f2a0ccdc4ecc124','👍','1a2306a5d59b525ac2373dd',1796108607539);
CREATE TABLE read_markers (
	user_id VARCHAR(64) NOT NULL, 
	channel_id VARCHAR(64) NOT NULL, 
	message_id VARCHAR(64) NOT NULL, 
	seq BIGINT NOT NULL, 
	CONSTRAINT pk_read_markers PRIMARY KEY (user_id, channel_id), 
	CONSTRAINT fk_read_markers_channel_id FOREIGN KEY(channel_id) REFERENCES channels (id) ON DELETE CASCADE, 
	CONSTRAINT fk_read_markers_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "read_markers" VALUES('1a2306a5d1e38ec66fd1dea','1a2306a5e5f246360e76158','1a2306a609a142b3f0dd9ac',1);
CREATE TABLE sessions (
	id VARCHAR(64) NOT NULL, 
	user_id VARCHAR(64) NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	refresh_number INTEGER NOT NULL, 
	created_at BIGINT NOT NULL, 
	last_active_at BIGINT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	remember BOOLEAN NOT NULL, 
	ip TEXT NOT NULL, 
	user_agent TEXT NOT NULL, 
	new_place BOOLEAN NOT NULL, 
	restricted VARCHAR(32), 
	CONSTRAINT pk_sessions PRIMARY KEY (id), 
	CONSTRAINT fk_sessions_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT uq_sessions_token_hash UNIQUE (token_hash)
);
INSERT INTO "sessions" VALUES('1a2306a5cc96e82336e3cbd','1a2306a5c39a0ad527de121','ff69f7159cddbab478cfa8caa6779b4a76fc99d2e63e7e36b2f2975214ae1041',1,1796108606665,1796108606665,1796713406665,0,'127.0.0.1','python-httpx/0.28.1',0,NULL);
INSERT INTO "sessions" VALUES('1a2306a5dce822b8b9b8734','1a2306a5cdf4bea91c5f1df','b80168053c0fe5b2e6ad4147a2b71850f8d4981b9d044e672df45b99951d46ab',1,1796108606926,1796108606926,1798700606926,1,'127.0.0.1','python-httpx/0.28.1',0,NULL);
INSERT INTO "sessions" VALUES('1a2306a5ddcb90714cf6645','1a2306a5d1e38ec66fd1dea','ca09a5d8e93a31a1c39e674491b39fc3aac2c47187b3820953c668752db50246',1,1796108606940,1796108606940,1796713406940,0,'127.0.0.1','python-httpx/0.28.1',0,NULL);
INSERT INTO "sessions" VALUES('1a2306a5e133ad3f4e62408','1a2306a5d59b525ac2373dd','ecdd12ab39689b16a622773be9440a93b299771567c1215f71c041c889273f47',1,1796108606995,1796108606995,1796713406995,0,'127.0.0.1','python-httpx/0.28.1',0,NULL);
CREATE TABLE settings (
	"key" VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_settings PRIMARY KEY ("key")
);
INSERT INTO "settings" VALUES('name','"The old house"');
CREATE TABLE users (
	id VARCHAR(64) NOT NULL, 
	user_name TEXT NOT NULL, 
	user_name_key TEXT, 
	display_name TEXT NOT NULL, 
	email TEXT, 
	email_key TEXT, 
	role VARCHAR(16) NOT NULL, 
	password_hash TEXT, 
	password_version INTEGER DEFAULT 0 NOT NULL, 
	password_origin VARCHAR(16), 
	require_password_change BOOLEAN DEFAULT 0 NOT NULL, 
	created_at BIGINT NOT NULL, 
	last_login_at BIGINT, 
	deactivated_at BIGINT, 
	removed_at BIGINT, 
	avatar_url TEXT, 
	status_message TEXT, 
	bio TEXT, 
	nickname TEXT, 
	timezone TEXT, 
	extension TEXT, 
	email_verified BOOLEAN DEFAULT 0 NOT NULL, 
	session_limit INTEGER, 
	CONSTRAINT pk_users PRIMARY KEY (id), 
	CONSTRAINT uq_users_email_key UNIQUE (email_key), 
	CONSTRAINT uq_users_user_name_key UNIQUE (user_name_key)
);
INSERT INTO "users" VALUES('1a2306a5c39a0ad527de121','admin','admin','admin','admin@example.com','admin@example.com','admin','$2b$04$hR0LMlucD7jZa.LOP8eAJO0oiveFCGXVuf9/BGNeoNLoGx.QwNj.6',0,'configured',0,1796108606521,1796108606665,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO "users" VALUES('1a2306a5cdf4bea91c5f1df','alice','alice','Alice Ärmel','alice@example.com','alice@example.com','user','$2b$04$C3pbHAeIHTlfcf.0msnz.OvMlu.VUG6s02/dNhDowZQgOdsYkix0S',0,'chosen',0,1796108606687,1796108606926,NULL,NULL,NULL,'here','Likes tea','Straße','Europe/Berlin',NULL,0,NULL);
INSERT INTO "users" VALUES('1a2306a5d1e38ec66fd1dea','bob','bob','Bob','bob@example.com','bob@example.com','user','$2b$04$FvGNL.yWrAUrkfi7g1Srr.7W1MdVJHH3BzVozA4VG6/IDOpmYAwBe',0,'chosen',0,1796108606750,1796108606940,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "users" VALUES('1a2306a5d59b525ac2373dd','carol','carol','Carol','carol@example.com','carol@example.com','admin','$2b$04$VF7jzTqeHJRbkmkRx08rBOX9j.rwrQMGHu88XL1ywSrC2pVAlosOi',0,'chosen',0,1796108606809,1796108606995,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "users" VALUES('1a2306a5d91a18f237cd40e','dave','dave','Dave','dave@example.com','dave@example.com','user','$2b$04$Ho/pAg1ZWW27FE2FxbYWm.U8Dug/GTe8gtlRfm3/csjY0oXVZnbju',0,'chosen',0,1796108606865,NULL,1796108607816,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL);
CREATE INDEX ix_audit_log_at ON audit_log (at);
CREATE INDEX ix_control_log_at ON control_log (at);
CREATE INDEX ix_users_created ON users (created_at, id);
CREATE INDEX ix_channels_changed ON channels (changed_at);
CREATE UNIQUE INDEX uq_channels_public_name ON channels (name_key) WHERE kind = 'public';
CREATE INDEX ix_sessions_expiry ON sessions (expires_at);
CREATE INDEX ix_sessions_user ON sessions (user_id, created_at, id);
CREATE INDEX ix_memberships_user ON memberships (user_id);
CREATE INDEX ix_messages_changed ON messages (channel_id, changed_seq);
CREATE INDEX ix_messages_thread ON messages (thread_id, seq);
CREATE INDEX ix_messages_unread ON messages (channel_id, seq, author_id) WHERE thread_id IS NULL AND deleted_at IS NULL;
CREATE UNIQUE INDEX uq_messages_client ON messages (author_id, channel_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX ix_mentions_unread ON mentions (channel_id, seq);
CREATE INDEX ix_reactions_user ON reactions (user_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('control_log',18);
INSERT INTO "sqlite_sequence" VALUES('audit_log',7);
COMMIT;
