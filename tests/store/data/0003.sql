BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE "audit_log" (
	id INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	actor_id VARCHAR(64), 
	action VARCHAR(64) NOT NULL, 
	target_id VARCHAR(64), 
	ip TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	user_agent TEXT DEFAULT ('') NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "audit_log" VALUES(1,1796126203027,'1a23176db040ccf5488cffe','signIn.succeeded','1a23176db040ccf5488cffe','127.0.0.1','{"sessionId":"1a23176dc9339114011625f","way":"password","newPlace":false}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(2,1796126203072,'1a23176db040ccf5488cffe','user.added','1a23176dcc0a19e994d47bf','127.0.0.1','{"userName":"alice","role":"user"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(3,1796126203133,'1a23176db040ccf5488cffe','user.added','1a23176dcfdd51c02086a8d','127.0.0.1','{"userName":"bob","role":"user"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(4,1796126203196,'1a23176db040ccf5488cffe','user.added','1a23176dd3cb32f342acb6a','127.0.0.1','{"userName":"carol","role":"user"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(5,1796126203264,'1a23176db040ccf5488cffe','user.added','1a23176dd80d2c2c2d7dadd','127.0.0.1','{"userName":"dave","role":"user"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(6,1796126203322,'1a23176dcc0a19e994d47bf','signIn.succeeded','1a23176dcc0a19e994d47bf','127.0.0.1','{"sessionId":"1a23176ddba746ee9ecbe9f","way":"password","newPlace":false}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(7,1796126203343,'1a23176dcfdd51c02086a8d','signIn.succeeded','1a23176dcfdd51c02086a8d','127.0.0.1','{"sessionId":"1a23176ddcff12c76ca3475","way":"password","newPlace":false}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(8,1796126203406,'1a23176dd3cb32f342acb6a','signIn.succeeded','1a23176dd3cb32f342acb6a','127.0.0.1','{"sessionId":"1a23176de0e6b168d55111a","way":"password","newPlace":false}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(9,1796126204270,'1a23176db040ccf5488cffe','role.changed','1a23176dd3cb32f342acb6a','127.0.0.1','{"role":"admin"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(10,1796126204288,'1a23176db040ccf5488cffe','user.deactivated','1a23176dd80d2c2c2d7dadd','127.0.0.1','{}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(11,1796126204370,'1a23176db040ccf5488cffe','settings.updated',NULL,'127.0.0.1','{"name":"The old house"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(12,1796126204443,'1a23176dcc0a19e994d47bf','bot.added','1a23176e21b3347c77b5bec','127.0.0.1','{"userName":"robin"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(13,1796126204443,'1a23176dcc0a19e994d47bf','token.created','1a23176e21b3347c77b5bec','127.0.0.1','{"tokenId":"1a23176e21aec6bfc8fc9f3","name":"First token"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(14,1796126204519,'1a23176dcc0a19e994d47bf','token.created','1a23176dcc0a19e994d47bf','127.0.0.1','{"tokenId":"1a23176e2662531ef0eebbe","name":"laptop"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(15,1796126204534,'1a23176db040ccf5488cffe','token.created','system','127.0.0.1','{"tokenId":"1a23176e276349152ede345","name":"backup"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(16,1796126204554,'1a23176db040ccf5488cffe','webhook.created','1a23176daf0a648947fd71e','127.0.0.1','{"webhookId":"1a23176e28a1f02e47aa5a4","name":"builds"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(17,1796126204617,'1a23176db040ccf5488cffe','link.created',NULL,'127.0.0.1','{"linkId":"1a23176e2c9e578df6f6ac3","days":30,"uses":5}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(18,1796126204629,'1a23176db040ccf5488cffe','user.invited','1a23176e2d5a4a4324976cf','127.0.0.1','{"email":"erin@example.com","role":"user"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(19,1796126204695,'1a23176db040ccf5488cffe','export.made',NULL,'127.0.0.1','{"what":"users","format":"csv"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(20,1796126204716,'1a23176dd3cb32f342acb6a','user.passwordChanged','1a23176dd3cb32f342acb6a','127.0.0.1','{}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(21,1796126205007,'1a23176dcfdd51c02086a8d','totp.enabled','1a23176dcfdd51c02086a8d','127.0.0.1','{}','python-httpx/0.28.1');
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
INSERT INTO "channels" VALUES('1a23176daf0a648947fd71e','public','general','general','',NULL,1796126202608,NULL,1,NULL,7,1796126204016);
INSERT INTO "channels" VALUES('1a23176de71ff38adb84482','private','secret','secret','ours','1a23176dcc0a19e994d47bf',1796126203505,NULL,0,NULL,2,1796126204078);
INSERT INTO "channels" VALUES('1a23176deb36c72b28e6e10','public','Gärten','gärten','','1a23176dcfdd51c02086a8d',1796126203573,NULL,0,NULL,0,1796126203573);
INSERT INTO "channels" VALUES('1a23176def9f05c614b253a','dm',NULL,NULL,'','1a23176dcc0a19e994d47bf',1796126203641,NULL,0,'1a23176dcc0a19e994d47bf 1a23176dcfdd51c02086a8d',1,1796126204145);
CREATE TABLE control_log (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at BIGINT NOT NULL, 
	node VARCHAR(64) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	body TEXT NOT NULL
);
INSERT INTO "control_log" VALUES(1,1796126202608,'a83df5409af6','channel','{"type":"channel.created","channel":{"id":"1a23176daf0a648947fd71e","name":"general","topic":"","kind":"public","createdBy":null,"createdAt":1796126202608,"archivedAt":null,"seq":0,"memberCount":0,"userIds":[],"joined":null,"unread":null,"mentions":null,"lastReadId":null},"members":null,"before":null}');
INSERT INTO "control_log" VALUES(2,1796126202628,'a83df5409af6','user','{"userId":"1a23176db040ccf5488cffe","type":"user.created","user":{"id":"1a23176db040ccf5488cffe","userName":"admin","displayName":"admin","email":"admin@example.com","role":"admin","isAdmin":true,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126202628,"lastLoginAt":null,"emailVerified":true,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(3,1796126203027,'a83df5409af6','session.started','{"session":{"id":"1a23176dc9339114011625f","userId":"1a23176db040ccf5488cffe","createdAt":1796126203027,"lastActiveAt":1796126203027,"expiresAt":1796731003027,"ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","current":false,"sockets":0,"newPlace":false},"userId":"1a23176db040ccf5488cffe","sessionId":"1a23176dc9339114011625f"}');
INSERT INTO "control_log" VALUES(4,1796126203027,'a83df5409af6','audited','{"entry":{"id":1,"at":1796126203027,"actorId":"1a23176db040ccf5488cffe","action":"signIn.succeeded","targetId":"1a23176db040ccf5488cffe","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"sessionId":"1a23176dc9339114011625f","way":"password","newPlace":false}}}');
INSERT INTO "control_log" VALUES(5,1796126203027,'a83df5409af6','user','{"userId":"1a23176db040ccf5488cffe","type":"user.updated","user":{"id":"1a23176db040ccf5488cffe","userName":"admin","displayName":"admin","email":"admin@example.com","role":"admin","isAdmin":true,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126202628,"lastLoginAt":1796126203027,"emailVerified":true,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(6,1796126203072,'a83df5409af6','user','{"userId":"1a23176dcc0a19e994d47bf","type":"user.created","user":{"id":"1a23176dcc0a19e994d47bf","userName":"alice","displayName":"Alice","email":"alice@example.com","role":"user","isAdmin":false,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126203072,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(7,1796126203072,'a83df5409af6','audited','{"entry":{"id":2,"at":1796126203072,"actorId":"1a23176db040ccf5488cffe","action":"user.added","targetId":"1a23176dcc0a19e994d47bf","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"userName":"alice","role":"user"}}}');
INSERT INTO "control_log" VALUES(8,1796126203133,'a83df5409af6','user','{"userId":"1a23176dcfdd51c02086a8d","type":"user.created","user":{"id":"1a23176dcfdd51c02086a8d","userName":"bob","displayName":"Bob","email":"bob@example.com","role":"user","isAdmin":false,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126203133,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(9,1796126203133,'a83df5409af6','audited','{"entry":{"id":3,"at":1796126203133,"actorId":"1a23176db040ccf5488cffe","action":"user.added","targetId":"1a23176dcfdd51c02086a8d","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"userName":"bob","role":"user"}}}');
INSERT INTO "control_log" VALUES(10,1796126203196,'a83df5409af6','user','{"userId":"1a23176dd3cb32f342acb6a","type":"user.created","user":{"id":"1a23176dd3cb32f342acb6a","userName":"carol","displayName":"Carol","email":"carol@example.com","role":"user","isAdmin":false,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126203196,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(11,1796126203196,'a83df5409af6','audited','{"entry":{"id":4,"at":1796126203196,"actorId":"1a23176db040ccf5488cffe","action":"user.added","targetId":"1a23176dd3cb32f342acb6a","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"userName":"carol","role":"user"}}}');
INSERT INTO "control_log" VALUES(12,1796126203264,'a83df5409af6','user','{"userId":"1a23176dd80d2c2c2d7dadd","type":"user.created","user":{"id":"1a23176dd80d2c2c2d7dadd","userName":"dave","displayName":"Dave","email":"dave@example.com","role":"user","isAdmin":false,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126203264,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(13,1796126203264,'a83df5409af6','audited','{"entry":{"id":5,"at":1796126203264,"actorId":"1a23176db040ccf5488cffe","action":"user.added","targetId":"1a23176dd80d2c2c2d7dadd","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"userName":"dave","role":"user"}}}');
INSERT INTO "control_log" VALUES(14,1796126203322,'a83df5409af6','session.started','{"session":{"id":"1a23176ddba746ee9ecbe9f","userId":"1a23176dcc0a19e994d47bf","createdAt":1796126203322,"lastActiveAt":1796126203322,"expiresAt":1798718203322,"ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","current":false,"sockets":0,"newPlace":false},"userId":"1a23176dcc0a19e994d47bf","sessionId":"1a23176ddba746ee9ecbe9f"}');
INSERT INTO "control_log" VALUES(15,1796126203322,'a83df5409af6','audited','{"entry":{"id":6,"at":1796126203322,"actorId":"1a23176dcc0a19e994d47bf","action":"signIn.succeeded","targetId":"1a23176dcc0a19e994d47bf","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"sessionId":"1a23176ddba746ee9ecbe9f","way":"password","newPlace":false}}}');
INSERT INTO "control_log" VALUES(16,1796126203322,'a83df5409af6','user','{"userId":"1a23176dcc0a19e994d47bf","type":"user.updated","user":{"id":"1a23176dcc0a19e994d47bf","userName":"alice","displayName":"Alice","email":"alice@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126203072,"lastLoginAt":1796126203322,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(17,1796126203343,'a83df5409af6','session.started','{"session":{"id":"1a23176ddcff12c76ca3475","userId":"1a23176dcfdd51c02086a8d","createdAt":1796126203343,"lastActiveAt":1796126203343,"expiresAt":1796731003343,"ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","current":false,"sockets":0,"newPlace":false},"userId":"1a23176dcfdd51c02086a8d","sessionId":"1a23176ddcff12c76ca3475"}');
INSERT INTO "control_log" VALUES(18,1796126203343,'a83df5409af6','audited','{"entry":{"id":7,"at":1796126203343,"actorId":"1a23176dcfdd51c02086a8d","action":"signIn.succeeded","targetId":"1a23176dcfdd51c02086a8d","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"sessionId":"1a23176ddcff12c76ca3475","way":"password","newPlace":false}}}');
INSERT INTO "control_log" VALUES(19,1796126203343,'a83df5409af6','user','{"userId":"1a23176dcfdd51c02086a8d","type":"user.updated","user":{"id":"1a23176dcfdd51c02086a8d","userName":"bob","displayName":"Bob","email":"bob@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126203133,"lastLoginAt":1796126203343,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(20,1796126203406,'a83df5409af6','session.started','{"session":{"id":"1a23176de0e6b168d55111a","userId":"1a23176dd3cb32f342acb6a","createdAt":1796126203406,"lastActiveAt":1796126203406,"expiresAt":1796731003406,"ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","current":false,"sockets":0,"newPlace":false},"userId":"1a23176dd3cb32f342acb6a","sessionId":"1a23176de0e6b168d55111a"}');
INSERT INTO "control_log" VALUES(21,1796126203406,'a83df5409af6','audited','{"entry":{"id":8,"at":1796126203406,"actorId":"1a23176dd3cb32f342acb6a","action":"signIn.succeeded","targetId":"1a23176dd3cb32f342acb6a","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"sessionId":"1a23176de0e6b168d55111a","way":"password","newPlace":false}}}');
INSERT INTO "control_log" VALUES(22,1796126203406,'a83df5409af6','user','{"userId":"1a23176dd3cb32f342acb6a","type":"user.updated","user":{"id":"1a23176dd3cb32f342acb6a","userName":"carol","displayName":"Carol","email":"carol@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126203196,"lastLoginAt":1796126203406,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(23,1796126203505,'a83df5409af6','channel','{"type":"channel.created","channel":{"id":"1a23176de71ff38adb84482","name":"secret","topic":"ours","kind":"private","createdBy":"1a23176dcc0a19e994d47bf","createdAt":1796126203505,"archivedAt":null,"seq":0,"memberCount":2,"userIds":[],"joined":null,"unread":null,"mentions":null,"lastReadId":null},"members":["1a23176dcc0a19e994d47bf","1a23176dcfdd51c02086a8d"],"before":null}');
INSERT INTO "control_log" VALUES(24,1796126203573,'a83df5409af6','channel','{"type":"channel.created","channel":{"id":"1a23176deb36c72b28e6e10","name":"Gärten","topic":"","kind":"public","createdBy":"1a23176dcfdd51c02086a8d","createdAt":1796126203573,"archivedAt":null,"seq":0,"memberCount":5,"userIds":[],"joined":null,"unread":null,"mentions":null,"lastReadId":null},"members":null,"before":null}');
INSERT INTO "control_log" VALUES(25,1796126203632,'a83df5409af6','member','{"userId":"1a23176dd3cb32f342acb6a","channel":{"id":"1a23176deb36c72b28e6e10","name":"Gärten","topic":"","kind":"public","createdBy":"1a23176dcfdd51c02086a8d","createdAt":1796126203573,"archivedAt":null,"seq":0,"memberCount":4,"userIds":[],"joined":null,"unread":null,"mentions":null,"lastReadId":null},"state":"left","joined":false}');
INSERT INTO "control_log" VALUES(26,1796126203641,'a83df5409af6','channel','{"type":"channel.created","channel":{"id":"1a23176def9f05c614b253a","name":null,"topic":"","kind":"dm","createdBy":"1a23176dcc0a19e994d47bf","createdAt":1796126203641,"archivedAt":null,"seq":0,"memberCount":2,"userIds":["1a23176dcc0a19e994d47bf","1a23176dcfdd51c02086a8d"],"joined":null,"unread":null,"mentions":null,"lastReadId":null},"members":["1a23176dcc0a19e994d47bf","1a23176dcfdd51c02086a8d"],"before":null}');
INSERT INTO "control_log" VALUES(27,1796126204209,'a83df5409af6','user','{"userId":"1a23176dcc0a19e994d47bf","type":"user.updated","user":{"id":"1a23176dcc0a19e994d47bf","userName":"alice","displayName":"Alice Ärmel","email":"alice@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":"here","bio":"Likes tea","nickname":"Straße","timezone":"Europe/Berlin","createdAt":1796126203072,"lastLoginAt":1796126203322,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(28,1796126204270,'a83df5409af6','user','{"userId":"1a23176dd3cb32f342acb6a","type":"user.updated","user":{"id":"1a23176dd3cb32f342acb6a","userName":"carol","displayName":"Carol","email":"carol@example.com","role":"admin","isAdmin":true,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126203196,"lastLoginAt":1796126203406,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(29,1796126204270,'a83df5409af6','audited','{"entry":{"id":9,"at":1796126204270,"actorId":"1a23176db040ccf5488cffe","action":"role.changed","targetId":"1a23176dd3cb32f342acb6a","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"role":"admin"}}}');
INSERT INTO "control_log" VALUES(30,1796126204288,'a83df5409af6','audited','{"entry":{"id":10,"at":1796126204288,"actorId":"1a23176db040ccf5488cffe","action":"user.deactivated","targetId":"1a23176dd80d2c2c2d7dadd","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{}}}');
INSERT INTO "control_log" VALUES(31,1796126204288,'a83df5409af6','user','{"userId":"1a23176dd80d2c2c2d7dadd","type":"user.updated","user":{"id":"1a23176dd80d2c2c2d7dadd","userName":"dave","displayName":"Dave","email":"dave@example.com","role":"user","isAdmin":false,"status":"deactivated","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126203264,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(32,1796126204370,'a83df5409af6','settings','{"settings":{"name":"The old house","totpRequired":"none","requireVerifiedEmail":false}}');
INSERT INTO "control_log" VALUES(33,1796126204370,'a83df5409af6','audited','{"entry":{"id":11,"at":1796126204370,"actorId":"1a23176db040ccf5488cffe","action":"settings.updated","targetId":null,"ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"name":"The old house"}}}');
INSERT INTO "control_log" VALUES(34,1796126204443,'a83df5409af6','user','{"userId":"1a23176e21b3347c77b5bec","type":"user.created","user":{"id":"1a23176e21b3347c77b5bec","userName":"robin","displayName":"Robin","email":null,"role":"bot","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126204443,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":"1a23176dcc0a19e994d47bf","sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(35,1796126204443,'a83df5409af6','audited','{"entry":{"id":12,"at":1796126204443,"actorId":"1a23176dcc0a19e994d47bf","action":"bot.added","targetId":"1a23176e21b3347c77b5bec","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"userName":"robin"}}}');
INSERT INTO "control_log" VALUES(36,1796126204443,'a83df5409af6','audited','{"entry":{"id":13,"at":1796126204443,"actorId":"1a23176dcc0a19e994d47bf","action":"token.created","targetId":"1a23176e21b3347c77b5bec","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"tokenId":"1a23176e21aec6bfc8fc9f3","name":"First token"}}}');
INSERT INTO "control_log" VALUES(37,1796126204443,'a83df5409af6','user.held','{"userId":"1a23176e21b3347c77b5bec","user":{"id":"1a23176e21b3347c77b5bec","userName":"robin","displayName":"Robin","email":null,"role":"bot","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126204443,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":"1a23176dcc0a19e994d47bf","sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":1}}}');
INSERT INTO "control_log" VALUES(38,1796126204443,'a83df5409af6','user.held','{"userId":"1a23176dcc0a19e994d47bf","user":{"id":"1a23176dcc0a19e994d47bf","userName":"alice","displayName":"Alice Ärmel","email":"alice@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":"here","bio":"Likes tea","nickname":"Straße","timezone":"Europe/Berlin","createdAt":1796126203072,"lastLoginAt":1796126203322,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":1,"tokens":0}}}');
INSERT INTO "control_log" VALUES(39,1796126204519,'a83df5409af6','audited','{"entry":{"id":14,"at":1796126204519,"actorId":"1a23176dcc0a19e994d47bf","action":"token.created","targetId":"1a23176dcc0a19e994d47bf","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"tokenId":"1a23176e2662531ef0eebbe","name":"laptop"}}}');
INSERT INTO "control_log" VALUES(40,1796126204519,'a83df5409af6','user.held','{"userId":"1a23176dcc0a19e994d47bf","user":{"id":"1a23176dcc0a19e994d47bf","userName":"alice","displayName":"Alice Ärmel","email":"alice@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":"here","bio":"Likes tea","nickname":"Straße","timezone":"Europe/Berlin","createdAt":1796126203072,"lastLoginAt":1796126203322,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":1,"tokens":1}}}');
INSERT INTO "control_log" VALUES(41,1796126204534,'a83df5409af6','user','{"userId":"system","type":"user.created","user":{"id":"system","userName":"system","displayName":"System","email":null,"role":"admin","isAdmin":true,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126204534,"lastLoginAt":1796126204534,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(42,1796126204534,'a83df5409af6','audited','{"entry":{"id":15,"at":1796126204534,"actorId":"1a23176db040ccf5488cffe","action":"token.created","targetId":"system","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"tokenId":"1a23176e276349152ede345","name":"backup"}}}');
INSERT INTO "control_log" VALUES(43,1796126204534,'a83df5409af6','user.held','{"userId":"system","user":{"id":"system","userName":"system","displayName":"System","email":null,"role":"admin","isAdmin":true,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126204534,"lastLoginAt":1796126204534,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":1}}}');
INSERT INTO "control_log" VALUES(44,1796126204554,'a83df5409af6','user','{"userId":"1a23176e28a5e5e212e2fb8","type":"user.created","user":{"id":"1a23176e28a5e5e212e2fb8","userName":"builds","displayName":"builds","email":null,"role":"bot","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126204554,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(45,1796126204554,'a83df5409af6','audited','{"entry":{"id":16,"at":1796126204554,"actorId":"1a23176db040ccf5488cffe","action":"webhook.created","targetId":"1a23176daf0a648947fd71e","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"webhookId":"1a23176e28a1f02e47aa5a4","name":"builds"}}}');
INSERT INTO "control_log" VALUES(46,1796126204617,'a83df5409af6','audited','{"entry":{"id":17,"at":1796126204617,"actorId":"1a23176db040ccf5488cffe","action":"link.created","targetId":null,"ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"linkId":"1a23176e2c9e578df6f6ac3","days":30,"uses":5}}}');
INSERT INTO "control_log" VALUES(47,1796126204629,'a83df5409af6','user','{"userId":"1a23176e2d5a4a4324976cf","type":"user.created","user":{"id":"1a23176e2d5a4a4324976cf","userName":"erin","displayName":"erin","email":"erin@example.com","role":"user","isAdmin":false,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126204629,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(48,1796126204629,'a83df5409af6','audited','{"entry":{"id":18,"at":1796126204629,"actorId":"1a23176db040ccf5488cffe","action":"user.invited","targetId":"1a23176e2d5a4a4324976cf","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"email":"erin@example.com","role":"user"}}}');
INSERT INTO "control_log" VALUES(49,1796126204695,'a83df5409af6','audited','{"entry":{"id":19,"at":1796126204695,"actorId":"1a23176db040ccf5488cffe","action":"export.made","targetId":null,"ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"what":"users","format":"csv"}}}');
INSERT INTO "control_log" VALUES(50,1796126204716,'a83df5409af6','audited','{"entry":{"id":20,"at":1796126204716,"actorId":"1a23176dd3cb32f342acb6a","action":"user.passwordChanged","targetId":"1a23176dd3cb32f342acb6a","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{}}}');
INSERT INTO "control_log" VALUES(51,1796126204953,'a83df5409af6','user','{"userId":"1a23176dcc0a19e994d47bf","type":"user.updated","user":{"id":"1a23176dcc0a19e994d47bf","userName":"alice","displayName":"Alice Ärmel","email":"alice@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":"/pictures/a9c93ec26054e50bfa86538a71d2e4b2","statusMessage":"here","bio":"Likes tea","nickname":"Straße","timezone":"Europe/Berlin","createdAt":1796126203072,"lastLoginAt":1796126203322,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":1,"tokens":1}}}');
INSERT INTO "control_log" VALUES(52,1796126205007,'a83df5409af6','user','{"userId":"1a23176dcfdd51c02086a8d","type":"user.updated","user":{"id":"1a23176dcfdd51c02086a8d","userName":"bob","displayName":"Bob","email":"bob@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796126203133,"lastLoginAt":1796126203343,"emailVerified":false,"totpEnabled":true,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(53,1796126205007,'a83df5409af6','audited','{"entry":{"id":21,"at":1796126205007,"actorId":"1a23176dcfdd51c02086a8d","action":"totp.enabled","targetId":"1a23176dcfdd51c02086a8d","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{}}}');
CREATE TABLE exports (
	token_hash VARCHAR(64) NOT NULL, 
	user_id VARCHAR(64) NOT NULL, 
	session_id VARCHAR(64) NOT NULL, 
	wanted TEXT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	CONSTRAINT pk_exports PRIMARY KEY (token_hash)
);
INSERT INTO "exports" VALUES('7bbab0c4e20faf66243cf71da1c577c7e8103cbd672c9bd038c6978cad30a867','1a23176db040ccf5488cffe','1a23176dc9339114011625f','{"what":"users","format":"csv","tab":"all"}',1796126504695);
CREATE TABLE figures (
	unit VARCHAR(8) NOT NULL, 
	at BIGINT NOT NULL, 
	messages INTEGER NOT NULL, 
	people INTEGER NOT NULL, 
	sessions INTEGER NOT NULL, 
	sockets INTEGER NOT NULL, 
	queue_bytes BIGINT NOT NULL, 
	answers INTEGER NOT NULL, 
	half_ms FLOAT NOT NULL, 
	most_ms FLOAT NOT NULL, 
	CONSTRAINT pk_figures PRIMARY KEY (unit, at)
);
INSERT INTO "figures" VALUES('hour',1796122800000,6,0,4,0,0,36,21.2,51.7);
INSERT INTO "figures" VALUES('day',1796083200000,6,4,4,0,0,36,21.2,51.7);
CREATE TABLE links (
	id VARCHAR(64) NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	user_id VARCHAR(64), 
	email TEXT, 
	created_by VARCHAR(64), 
	created_at BIGINT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	uses_left INTEGER, 
	used INTEGER NOT NULL, 
	CONSTRAINT pk_links PRIMARY KEY (id), 
	CONSTRAINT fk_links_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT uq_links_token_hash UNIQUE (token_hash)
);
INSERT INTO "links" VALUES('1a23176e2c9e578df6f6ac3','e01bb598e53d183e5507ddd710a98b0fe3c2db62ea7d3c3787e03708f688ac36','join',NULL,NULL,'1a23176db040ccf5488cffe',1796126204617,1798718204617,5,0);
INSERT INTO "links" VALUES('1a23176e2d56872378fe451','c9560c3d8fe237e94ce52a59241f60e156a951c7295cd0f0f638aeb6d69ff086','password','1a23176e2d5a4a4324976cf','erin@example.com','1a23176db040ccf5488cffe',1796126204629,1798718204629,1,0);
CREATE TABLE mails (
	id INTEGER NOT NULL, 
	to_address TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	body TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	next_try_at BIGINT NOT NULL, 
	tries INTEGER NOT NULL, 
	CONSTRAINT pk_mails PRIMARY KEY (id)
);
INSERT INTO "mails" VALUES(1,'erin@example.com','You are invited to The old house','Hello,

you are invited to The old house. Choose your password here; the link works once, for 30 days:

http://127.0.0.1:3000/#/password/r7ETo3xRkxBb_jdBbps0TzrEvSm2OGYNonneUjJozi0

If you did not expect this, do nothing.
',1796126204629,1796126235047,1);
CREATE TABLE memberships (
	channel_id VARCHAR(64) NOT NULL, 
	user_id VARCHAR(64) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	since BIGINT NOT NULL, 
	CONSTRAINT pk_memberships PRIMARY KEY (channel_id, user_id), 
	CONSTRAINT fk_memberships_channel_id FOREIGN KEY(channel_id) REFERENCES channels (id) ON DELETE CASCADE, 
	CONSTRAINT fk_memberships_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "memberships" VALUES('1a23176de71ff38adb84482','1a23176dcc0a19e994d47bf','member',1796126203505);
INSERT INTO "memberships" VALUES('1a23176de71ff38adb84482','1a23176dcfdd51c02086a8d','member',1796126203505);
INSERT INTO "memberships" VALUES('1a23176deb36c72b28e6e10','1a23176dd3cb32f342acb6a','left',1796126203632);
INSERT INTO "memberships" VALUES('1a23176def9f05c614b253a','1a23176dcc0a19e994d47bf','member',1796126203641);
INSERT INTO "memberships" VALUES('1a23176def9f05c614b253a','1a23176dcfdd51c02086a8d','member',1796126203641);
CREATE TABLE mentions (
	message_id VARCHAR(64) NOT NULL, 
	target VARCHAR(64) NOT NULL, 
	channel_id VARCHAR(64) NOT NULL, 
	seq BIGINT NOT NULL, 
	author_id VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_mentions PRIMARY KEY (message_id, target), 
	CONSTRAINT fk_mentions_message_id FOREIGN KEY(message_id) REFERENCES messages (id) ON DELETE CASCADE
);
INSERT INTO "mentions" VALUES('1a23176df3fd852e325dc2f','1a23176dcfdd51c02086a8d','1a23176daf0a648947fd71e',1,'1a23176dcc0a19e994d47bf');
INSERT INTO "mentions" VALUES('1a23176df3fd852e325dc2f','@channel','1a23176daf0a648947fd71e',1,'1a23176dcc0a19e994d47bf');
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
INSERT INTO "messages" VALUES('1a23176df3fd852e325dc2f','1a23176daf0a648947fd71e',1,5,'1a23176dcc0a19e994d47bf','Good morning @bob, @channel 👋',1796126203712,NULL,NULL,NULL,1,1796126203776,'["1a23176dcfdd51c02086a8d"]',NULL,'["1a23176dcfdd51c02086a8d","@channel"]',NULL,'c-1','74fc702d879f293677ce9cb04798468466d8fa733146558cd53143ab791679cf');
INSERT INTO "messages" VALUES('1a23176df7fa54cb6ae36e1','1a23176daf0a648947fd71e',2,2,'1a23176dcfdd51c02086a8d','and to you',1796126203776,NULL,NULL,'1a23176df3fd852e325dc2f',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "messages" VALUES('1a23176dfb39b98db0c3a4d','1a23176daf0a648947fd71e',3,3,'1a23176dcfdd51c02086a8d','quoting',1796126203828,NULL,NULL,NULL,0,NULL,NULL,'1a23176df3fd852e325dc2f',NULL,NULL,NULL,NULL);
INSERT INTO "messages" VALUES('1a23176e03b7bd4d02268ee','1a23176daf0a648947fd71e',6,7,'1a23176dd3cb32f342acb6a','',1796126203965,NULL,1796126204016,NULL,0,NULL,NULL,NULL,'[]',NULL,NULL,NULL);
INSERT INTO "messages" VALUES('1a23176e0a7aca928ee7788','1a23176de71ff38adb84482',1,2,'1a23176dcc0a19e994d47bf','between the two of us',1796126204072,1796126204078,NULL,NULL,0,NULL,NULL,NULL,'[]',NULL,NULL,NULL);
INSERT INTO "messages" VALUES('1a23176e0f1cbe4658610e0','1a23176def9f05c614b253a',1,1,'1a23176dcc0a19e994d47bf','a direct line',1796126204145,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE password_history (
	id INTEGER NOT NULL, 
	user_id VARCHAR(64) NOT NULL, 
	password_hash TEXT NOT NULL, 
	replaced_at BIGINT NOT NULL, 
	CONSTRAINT pk_password_history PRIMARY KEY (id), 
	CONSTRAINT fk_password_history_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "password_history" VALUES(1,'1a23176dd3cb32f342acb6a','$2b$04$v4jCkK8Q0C8TcifF7ahY5.8Y/dNzYuQs/FwBZ2VEZ4.n1o5CziZ8O',1796126204716);
CREATE TABLE people_here (
	day BIGINT NOT NULL, 
	user_id VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_people_here PRIMARY KEY (day, user_id)
);
INSERT INTO "people_here" VALUES(1796083200000,'1a23176db040ccf5488cffe');
INSERT INTO "people_here" VALUES(1796083200000,'1a23176dcc0a19e994d47bf');
INSERT INTO "people_here" VALUES(1796083200000,'1a23176dcfdd51c02086a8d');
INSERT INTO "people_here" VALUES(1796083200000,'1a23176dd3cb32f342acb6a');
CREATE TABLE pictures (
	user_id VARCHAR(64) NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	content BLOB NOT NULL, 
	created_at BIGINT NOT NULL, 
	CONSTRAINT pk_pictures PRIMARY KEY (user_id), 
	CONSTRAINT fk_pictures_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT uq_pictures_id UNIQUE (id)
);
INSERT INTO "pictures" VALUES('1a23176dcc0a19e994d47bf','a9c93ec26054e50bfa86538a71d2e4b2',X'52494646C00000005745425056503820B40000003011009D012A000100013E5128924723A2A1A1202800700A09696EE176B11EDC00001696C9C87BED9390F7DB2721EFB64E43DF6C9C87BED9390F7DB2721EFB64E43DF6C9C87BED9390F7DB2721EFB64E43DF6C9C87BED9390F7DB2721EFB64E43DF6C9C87BED9390F7DB2721EFB64E43DF6C9C87BED9390F7DB2721EFB64E43DF6C9C87BED9390F7DB2721EFB64E43DF6AC000FEFF6A96FFFD44441492C3FFFFAF47FF9E8FFF3D1FE70000000000000000000000',1796126204953);
CREATE TABLE reactions (
	message_id VARCHAR(64) NOT NULL, 
	reaction TEXT NOT NULL, 
	user_id VARCHAR(64) NOT NULL, 
	created_at BIGINT NOT NULL, 
	CONSTRAINT pk_reactions PRIMARY KEY (message_id, reaction, user_id), 
	CONSTRAINT fk_reactions_message_id FOREIGN KEY(message_id) REFERENCES messages (id) ON DELETE CASCADE, 
	CONSTRAINT fk_reactions_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "reactions" VALUES('1a23176df3fd852e325dc2f','👍','1a23176dcfdd51c02086a8d',1796126203883);
INSERT INTO "reactions" VALUES('1a23176df3fd852e325dc2f','👍','1a23176dd3cb32f342acb6a',1796126203952);
CREATE TABLE read_markers (
	user_id VARCHAR(64) NOT NULL, 
	channel_id VARCHAR(64) NOT NULL, 
	message_id VARCHAR(64) NOT NULL, 
	seq BIGINT NOT NULL, 
	CONSTRAINT pk_read_markers PRIMARY KEY (user_id, channel_id), 
	CONSTRAINT fk_read_markers_channel_id FOREIGN KEY(channel_id) REFERENCES channels (id) ON DELETE CASCADE, 
	CONSTRAINT fk_read_markers_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "read_markers" VALUES('1a23176dcfdd51c02086a8d','1a23176de71ff38adb84482','1a23176e0a7aca928ee7788',1);
CREATE TABLE recovery_codes (
	user_id VARCHAR(64) NOT NULL, 
	code_hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_recovery_codes PRIMARY KEY (user_id, code_hash), 
	CONSTRAINT fk_recovery_codes_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "recovery_codes" VALUES('1a23176dcfdd51c02086a8d','102c77df430c14b534590346966309f776e3b0823f95e1f8361f107cb8fde5a5');
INSERT INTO "recovery_codes" VALUES('1a23176dcfdd51c02086a8d','907a0c794925c68e6470720f43a67644ae1d349e64b001a34e9581ad424125f7');
INSERT INTO "recovery_codes" VALUES('1a23176dcfdd51c02086a8d','9b887e8a83d8a5fba8b422bf31363d21dc64b9b91f2b65fd729ba83bae5bdf04');
INSERT INTO "recovery_codes" VALUES('1a23176dcfdd51c02086a8d','dad5553b952fbbe99622a3b6f7be3ae6e247b30e6870ffabcb37aa481da46cf8');
INSERT INTO "recovery_codes" VALUES('1a23176dcfdd51c02086a8d','3eec5cedd622aeb18c9f754a7bed5015efc28e9f63d60ae7a19f1bed52d48c5e');
INSERT INTO "recovery_codes" VALUES('1a23176dcfdd51c02086a8d','4d59aa8fe3c44e6859f6a974ecd70e9bdcf349c530b15e0696b9116501731c7e');
INSERT INTO "recovery_codes" VALUES('1a23176dcfdd51c02086a8d','0b213565b913d9a238038d93d78a08b5e2a9f51c30f83f0d21720d451b33a2e7');
INSERT INTO "recovery_codes" VALUES('1a23176dcfdd51c02086a8d','7d6d258fe077312f00c98e12fa7cd10d85c92ebb869f61b1ce02cb5cf7b524a6');
INSERT INTO "recovery_codes" VALUES('1a23176dcfdd51c02086a8d','b8980821bfae1275a7115f623d3945656ee4255de8a483ca7357d84dd8cdc0b6');
INSERT INTO "recovery_codes" VALUES('1a23176dcfdd51c02086a8d','213b44a9d588fff55126de6a047bf4fe094ff3b54360e8f614704d82bd2db4d5');
CREATE TABLE "sessions" (
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
	proved_at BIGINT, 
	kind VARCHAR(8) DEFAULT 'sign_in' NOT NULL, 
	name TEXT, 
	created_by VARCHAR(64), 
	uses INTEGER DEFAULT 0 NOT NULL, 
	wrong_proofs INTEGER DEFAULT 0 NOT NULL, 
	proofs_locked_until BIGINT, 
	scopes TEXT, 
	CONSTRAINT pk_sessions PRIMARY KEY (id), 
	CONSTRAINT fk_sessions_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT uq_sessions_token_hash UNIQUE (token_hash)
);
INSERT INTO "sessions" VALUES('1a23176dc9339114011625f','1a23176db040ccf5488cffe','0e183c9ac765a221da89c930215d6842663f9f7b97bc4890a2880072ddb95e23',1,1796126203027,1796126203027,1796731003027,0,'127.0.0.1','python-httpx/0.28.1',0,NULL,NULL,'sign_in',NULL,NULL,0,0,NULL,NULL);
INSERT INTO "sessions" VALUES('1a23176ddba746ee9ecbe9f','1a23176dcc0a19e994d47bf','b51a331263f81ac60c2df4d5ea9d105286efd20d7a6e2a7fa7e0dbadb20fbaf1',1,1796126203322,1796126203322,1798718203322,1,'127.0.0.1','python-httpx/0.28.1',0,NULL,1796126204437,'sign_in',NULL,NULL,0,0,NULL,NULL);
INSERT INTO "sessions" VALUES('1a23176ddcff12c76ca3475','1a23176dcfdd51c02086a8d','817ea7bf38822a90ff5f121a0eb888d15144add10e02c374dd26aa7fcb3624b7',1,1796126203343,1796126203343,1796731003343,0,'127.0.0.1','python-httpx/0.28.1',0,NULL,NULL,'sign_in',NULL,NULL,0,0,NULL,NULL);
INSERT INTO "sessions" VALUES('1a23176de0e6b168d55111a','1a23176dd3cb32f342acb6a','8c58db860147f3e6c6b8ed6828b55c540ce0d44844edfa164e4da634de5d56f9',1,1796126203406,1796126203406,1796731003406,0,'127.0.0.1','python-httpx/0.28.1',0,NULL,NULL,'sign_in',NULL,NULL,0,0,NULL,NULL);
INSERT INTO "sessions" VALUES('1a23176e21aec6bfc8fc9f3','1a23176e21b3347c77b5bec','b56e04a207273760ade29b80b629cb3f88361060cf1711ea331edb24cdcd3171',0,1796126204443,1796126204443,253402300799000,0,'127.0.0.1','',0,NULL,NULL,'token','First token','1a23176dcc0a19e994d47bf',0,0,NULL,'read write');
INSERT INTO "sessions" VALUES('1a23176e2662531ef0eebbe','1a23176dcc0a19e994d47bf','d1c0f4d95565988052e6292e06fcde37131ca08f485395759c76c67302391d04',0,1796126204519,1796126204519,253402300799000,0,'127.0.0.1','',0,NULL,NULL,'token','laptop','1a23176dcc0a19e994d47bf',0,0,NULL,'read write');
INSERT INTO "sessions" VALUES('1a23176e276349152ede345','system','385ff4125fb22a8e3935373c8d7b5ab9e19d3dea41dacc26b27902c045ba448c',0,1796126204534,1796126204534,253402300799000,0,'127.0.0.1','',0,NULL,NULL,'token','backup','1a23176db040ccf5488cffe',0,0,NULL,'read write admin:read admin:write');
CREATE TABLE settings (
	"key" VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_settings PRIMARY KEY ("key")
);
INSERT INTO "settings" VALUES('name','"The old house"');
CREATE TABLE totp_secrets (
	user_id VARCHAR(64) NOT NULL, 
	secret TEXT NOT NULL, 
	used_step BIGINT NOT NULL, 
	CONSTRAINT pk_totp_secrets PRIMARY KEY (user_id), 
	CONSTRAINT fk_totp_secrets_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "totp_secrets" VALUES('1a23176dcfdd51c02086a8d','N4DVEQ6CI7WLBWSNE5ROAEQIANVYRROB',59870873);
CREATE TABLE "users" (
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
	display_name_key TEXT DEFAULT ('') NOT NULL, 
	nickname_key TEXT, 
	totp_enabled_at BIGINT, 
	owner_id VARCHAR(64), 
	wrong_codes INTEGER DEFAULT 0 NOT NULL, 
	codes_locked_until BIGINT, 
	CONSTRAINT pk_users PRIMARY KEY (id), 
	CONSTRAINT uq_users_user_name_key UNIQUE (user_name_key), 
	CONSTRAINT uq_users_email_key UNIQUE (email_key)
);
INSERT INTO "users" VALUES('1a23176db040ccf5488cffe','admin','admin','admin','admin@example.com','admin@example.com','admin','$2b$04$5ytDqkem8To3MAns2znJt.dEMFYsR5nLAQ.5ItUTSd2iJCW4DOlC2',0,'configured',0,1796126202628,1796126203027,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,'admin',NULL,NULL,NULL,0,NULL);
INSERT INTO "users" VALUES('1a23176dcc0a19e994d47bf','alice','alice','Alice Ärmel','alice@example.com','alice@example.com','user','$2b$04$EPPFP1E5XEIG8Uc0BNF3peh1Iw3XaPReRTrCP2/3nRWv2Q0HrG5vi',0,'chosen',0,1796126203072,1796126203322,NULL,NULL,'/pictures/a9c93ec26054e50bfa86538a71d2e4b2','here','Likes tea','Straße','Europe/Berlin',NULL,0,NULL,'alice ärmel','strasse',NULL,NULL,0,NULL);
INSERT INTO "users" VALUES('1a23176dcfdd51c02086a8d','bob','bob','Bob','bob@example.com','bob@example.com','user','$2b$04$fdYn6fKHPiymad9pLDOA3unqB7nyYGHfU9YBtyQ0EhgrbK3lkCESK',0,'chosen',0,1796126203133,1796126203343,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'bob',NULL,1796126205007,NULL,0,NULL);
INSERT INTO "users" VALUES('1a23176dd3cb32f342acb6a','carol','carol','Carol','carol@example.com','carol@example.com','admin','$2b$04$JhAPhTxUl6acBOlojxN5uuSmqRLx9HFuE.pUmnH3Yqb8W8e.CvTcG',1,'chosen',0,1796126203196,1796126203406,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'carol',NULL,NULL,NULL,0,NULL);
INSERT INTO "users" VALUES('1a23176dd80d2c2c2d7dadd','dave','dave','Dave','dave@example.com','dave@example.com','user','$2b$04$xUN01RtuYNtVLgRKBW8U2.5dtHcQp/ire4FuxJkKiEVWqWrZmur3y',0,'chosen',0,1796126203264,NULL,1796126204288,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'dave',NULL,NULL,NULL,0,NULL);
INSERT INTO "users" VALUES('1a23176e21b3347c77b5bec','robin','robin','Robin',NULL,NULL,'bot',NULL,0,NULL,0,1796126204443,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'robin',NULL,NULL,'1a23176dcc0a19e994d47bf',0,NULL);
INSERT INTO "users" VALUES('system','system','system','System',NULL,NULL,'admin',NULL,0,NULL,0,1796126204534,1796126204534,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'system',NULL,NULL,NULL,0,NULL);
INSERT INTO "users" VALUES('1a23176e28a5e5e212e2fb8','builds','builds','builds',NULL,NULL,'bot',NULL,0,NULL,0,1796126204554,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'builds',NULL,NULL,NULL,0,NULL);
INSERT INTO "users" VALUES('1a23176e2d5a4a4324976cf','erin','erin','erin','erin@example.com','erin@example.com','user',NULL,0,NULL,0,1796126204629,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'erin',NULL,NULL,NULL,0,NULL);
CREATE TABLE webhooks (
	id VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	channel_id VARCHAR(64) NOT NULL, 
	bot_id VARCHAR(64) NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	created_by VARCHAR(64), 
	created_at BIGINT NOT NULL, 
	deleted_at BIGINT, 
	uses INTEGER DEFAULT 0 NOT NULL, 
	last_used_at BIGINT, 
	CONSTRAINT pk_webhooks PRIMARY KEY (id), 
	CONSTRAINT fk_webhooks_bot_id FOREIGN KEY(bot_id) REFERENCES users (id), 
	CONSTRAINT uq_webhooks_bot_id UNIQUE (bot_id), 
	CONSTRAINT uq_webhooks_token_hash UNIQUE (token_hash)
);
INSERT INTO "webhooks" VALUES('1a23176e28a1f02e47aa5a4','builds','1a23176daf0a648947fd71e','1a23176e28a5e5e212e2fb8','c1859deb4249916c8a64ec9db60fffbf9cb303b677785ce49df1d1c723a9986d','1a23176db040ccf5488cffe',1796126204554,NULL,0,NULL);
CREATE INDEX ix_control_log_at ON control_log (at);
CREATE INDEX ix_channels_changed ON channels (changed_at);
CREATE UNIQUE INDEX uq_channels_public_name ON channels (name_key) WHERE kind = 'public';
CREATE INDEX ix_memberships_user ON memberships (user_id);
CREATE INDEX ix_messages_changed ON messages (channel_id, changed_seq);
CREATE INDEX ix_messages_thread ON messages (thread_id, seq);
CREATE INDEX ix_messages_unread ON messages (channel_id, seq, author_id) WHERE thread_id IS NULL AND deleted_at IS NULL;
CREATE UNIQUE INDEX uq_messages_client ON messages (author_id, channel_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX ix_mentions_unread ON mentions (channel_id, seq);
CREATE INDEX ix_reactions_user ON reactions (user_id);
CREATE INDEX ix_mails_due ON mails (next_try_at);
CREATE INDEX ix_links_user ON links (user_id, kind, created_at);
CREATE INDEX ix_password_history_user ON password_history (user_id, id);
CREATE INDEX ix_webhooks_channel ON webhooks (channel_id);
CREATE INDEX ix_audit_log_at ON audit_log (at);
CREATE INDEX ix_audit_log_actor_id ON audit_log (actor_id, id);
CREATE INDEX ix_audit_log_target_id ON audit_log (target_id, id);
CREATE INDEX ix_users_owner ON users (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX ix_users_created ON users (created_at, id);
CREATE INDEX ix_sessions_user ON sessions (user_id, created_at, id);
CREATE INDEX ix_sessions_expiry ON sessions (expires_at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('control_log',53);
COMMIT;
