BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
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
INSERT INTO "audit_log" VALUES(1,1796108649441,'1a2306afe19af97f21817f7','signIn.succeeded','1a2306afe19af97f21817f7','127.0.0.1','{"sessionId":"1a2306b03e1f27662e86710","way":"password","newPlace":false}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(2,1796108649494,'1a2306afe19af97f21817f7','user.added','1a2306b04164eb51144d376','127.0.0.1','{"userName":"alice","role":"user"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(3,1796108649545,'1a2306afe19af97f21817f7','user.added','1a2306b0449ac1cedcd6559','127.0.0.1','{"userName":"bob","role":"user"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(4,1796108649601,'1a2306afe19af97f21817f7','user.added','1a2306b048131038e45d7f9','127.0.0.1','{"userName":"carol","role":"user"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(5,1796108649654,'1a2306afe19af97f21817f7','user.added','1a2306b04b6d6f4443d923f','127.0.0.1','{"userName":"dave","role":"user"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(6,1796108649740,'1a2306b04164eb51144d376','signIn.succeeded','1a2306b04164eb51144d376','127.0.0.1','{"sessionId":"1a2306b050c78bf896be799","way":"password","newPlace":false}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(7,1796108649805,'1a2306b0449ac1cedcd6559','signIn.succeeded','1a2306b0449ac1cedcd6559','127.0.0.1','{"sessionId":"1a2306b054d9b63f04e3405","way":"password","newPlace":false}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(8,1796108649860,'1a2306b048131038e45d7f9','signIn.succeeded','1a2306b048131038e45d7f9','127.0.0.1','{"sessionId":"1a2306b05844937c58931c8","way":"password","newPlace":false}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(9,1796108650686,'1a2306afe19af97f21817f7','role.changed','1a2306b048131038e45d7f9','127.0.0.1','{"role":"admin"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(10,1796108650699,'1a2306afe19af97f21817f7','user.deactivated','1a2306b04b6d6f4443d923f','127.0.0.1','{}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(11,1796108650752,'1a2306afe19af97f21817f7','settings.updated',NULL,'127.0.0.1','{"name":"The old house"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(12,1796108650799,'1a2306b04164eb51144d376','bot.added','1a2306b092f08e67dd671f7','127.0.0.1','{"userName":"robin"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(13,1796108650799,'1a2306b04164eb51144d376','token.created','1a2306b092f08e67dd671f7','127.0.0.1','{"tokenId":"1a2306b092fa45c73d1a72f","name":"First token"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(14,1796108650817,'1a2306b04164eb51144d376','token.created','1a2306b04164eb51144d376','127.0.0.1','{"tokenId":"1a2306b09418ec20c6f295d","name":"laptop"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(15,1796108650826,'1a2306afe19af97f21817f7','token.created','system','127.0.0.1','{"tokenId":"1a2306b094a779f7ad63d24","name":"backup"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(16,1796108650884,'1a2306afe19af97f21817f7','webhook.created','1a2306afe02a85526717a89','127.0.0.1','{"webhookId":"1a2306b098331cb0704e396","name":"builds"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(17,1796108650936,'1a2306afe19af97f21817f7','link.created',NULL,'127.0.0.1','{"linkId":"1a2306b09b85e0be4506180","days":30,"uses":5}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(18,1796108650943,'1a2306afe19af97f21817f7','user.invited','1a2306b09bf40eb9334d629','127.0.0.1','{"email":"erin@example.com","role":"user"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(19,1796108650997,'1a2306afe19af97f21817f7','export.made',NULL,'127.0.0.1','{"what":"users","format":"csv"}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(20,1796108651089,'1a2306b048131038e45d7f9','user.passwordChanged','1a2306b048131038e45d7f9','127.0.0.1','{}','python-httpx/0.28.1');
INSERT INTO "audit_log" VALUES(21,1796108651182,'1a2306b0449ac1cedcd6559','totp.enabled','1a2306b0449ac1cedcd6559','127.0.0.1','{}','python-httpx/0.28.1');
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
INSERT INTO "channels" VALUES('1a2306afe02a85526717a89','public','general','general','',NULL,1796108647938,NULL,1,NULL,7,1796108650455);
INSERT INTO "channels" VALUES('1a2306b05dab00bcea2374f','private','secret','secret','ours','1a2306b04164eb51144d376',1796108649947,NULL,0,NULL,2,1796108650511);
INSERT INTO "channels" VALUES('1a2306b061741b45f475272','public','Gärten','gärten','','1a2306b0449ac1cedcd6559',1796108650007,NULL,0,NULL,0,1796108650007);
INSERT INTO "channels" VALUES('1a2306b067b4f897ce41de2','dm',NULL,NULL,'','1a2306b04164eb51144d376',1796108650107,NULL,0,'1a2306b04164eb51144d376 1a2306b0449ac1cedcd6559',1,1796108650566);
CREATE TABLE control_log (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at BIGINT NOT NULL, 
	node VARCHAR(64) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	body TEXT NOT NULL
);
INSERT INTO "control_log" VALUES(1,1796108647938,'2a968a04f48d','channel','{"type":"channel.created","channel":{"id":"1a2306afe02a85526717a89","name":"general","topic":"","kind":"public","createdBy":null,"createdAt":1796108647938,"archivedAt":null,"seq":0,"memberCount":0,"userIds":[],"joined":null,"unread":null,"mentions":null,"lastReadId":null},"members":null}');
INSERT INTO "control_log" VALUES(2,1796108647961,'2a968a04f48d','user','{"userId":"1a2306afe19af97f21817f7","type":"user.created","user":{"id":"1a2306afe19af97f21817f7","userName":"admin","displayName":"admin","email":"admin@example.com","role":"admin","isAdmin":true,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108647961,"lastLoginAt":null,"emailVerified":true,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(3,1796108649441,'2a968a04f48d','session.started','{"session":{"id":"1a2306b03e1f27662e86710","userId":"1a2306afe19af97f21817f7","createdAt":1796108649441,"lastActiveAt":1796108649441,"expiresAt":1796713449441,"ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","current":false,"sockets":0,"newPlace":false},"userId":"1a2306afe19af97f21817f7","sessionId":"1a2306b03e1f27662e86710"}');
INSERT INTO "control_log" VALUES(4,1796108649441,'2a968a04f48d','audited','{"entry":{"id":1,"at":1796108649441,"actorId":"1a2306afe19af97f21817f7","action":"signIn.succeeded","targetId":"1a2306afe19af97f21817f7","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"sessionId":"1a2306b03e1f27662e86710","way":"password","newPlace":false}}}');
INSERT INTO "control_log" VALUES(5,1796108649441,'2a968a04f48d','user','{"userId":"1a2306afe19af97f21817f7","type":"user.updated","user":{"id":"1a2306afe19af97f21817f7","userName":"admin","displayName":"admin","email":"admin@example.com","role":"admin","isAdmin":true,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108647961,"lastLoginAt":1796108649441,"emailVerified":true,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(6,1796108649494,'2a968a04f48d','user','{"userId":"1a2306b04164eb51144d376","type":"user.created","user":{"id":"1a2306b04164eb51144d376","userName":"alice","displayName":"Alice","email":"alice@example.com","role":"user","isAdmin":false,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108649494,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(7,1796108649494,'2a968a04f48d','audited','{"entry":{"id":2,"at":1796108649494,"actorId":"1a2306afe19af97f21817f7","action":"user.added","targetId":"1a2306b04164eb51144d376","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"userName":"alice","role":"user"}}}');
INSERT INTO "control_log" VALUES(8,1796108649545,'2a968a04f48d','user','{"userId":"1a2306b0449ac1cedcd6559","type":"user.created","user":{"id":"1a2306b0449ac1cedcd6559","userName":"bob","displayName":"Bob","email":"bob@example.com","role":"user","isAdmin":false,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108649545,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(9,1796108649545,'2a968a04f48d','audited','{"entry":{"id":3,"at":1796108649545,"actorId":"1a2306afe19af97f21817f7","action":"user.added","targetId":"1a2306b0449ac1cedcd6559","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"userName":"bob","role":"user"}}}');
INSERT INTO "control_log" VALUES(10,1796108649601,'2a968a04f48d','user','{"userId":"1a2306b048131038e45d7f9","type":"user.created","user":{"id":"1a2306b048131038e45d7f9","userName":"carol","displayName":"Carol","email":"carol@example.com","role":"user","isAdmin":false,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108649601,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(11,1796108649601,'2a968a04f48d','audited','{"entry":{"id":4,"at":1796108649601,"actorId":"1a2306afe19af97f21817f7","action":"user.added","targetId":"1a2306b048131038e45d7f9","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"userName":"carol","role":"user"}}}');
INSERT INTO "control_log" VALUES(12,1796108649654,'2a968a04f48d','user','{"userId":"1a2306b04b6d6f4443d923f","type":"user.created","user":{"id":"1a2306b04b6d6f4443d923f","userName":"dave","displayName":"Dave","email":"dave@example.com","role":"user","isAdmin":false,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108649654,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(13,1796108649654,'2a968a04f48d','audited','{"entry":{"id":5,"at":1796108649654,"actorId":"1a2306afe19af97f21817f7","action":"user.added","targetId":"1a2306b04b6d6f4443d923f","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"userName":"dave","role":"user"}}}');
INSERT INTO "control_log" VALUES(14,1796108649740,'2a968a04f48d','session.started','{"session":{"id":"1a2306b050c78bf896be799","userId":"1a2306b04164eb51144d376","createdAt":1796108649740,"lastActiveAt":1796108649740,"expiresAt":1798700649740,"ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","current":false,"sockets":0,"newPlace":false},"userId":"1a2306b04164eb51144d376","sessionId":"1a2306b050c78bf896be799"}');
INSERT INTO "control_log" VALUES(15,1796108649740,'2a968a04f48d','audited','{"entry":{"id":6,"at":1796108649740,"actorId":"1a2306b04164eb51144d376","action":"signIn.succeeded","targetId":"1a2306b04164eb51144d376","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"sessionId":"1a2306b050c78bf896be799","way":"password","newPlace":false}}}');
INSERT INTO "control_log" VALUES(16,1796108649740,'2a968a04f48d','user','{"userId":"1a2306b04164eb51144d376","type":"user.updated","user":{"id":"1a2306b04164eb51144d376","userName":"alice","displayName":"Alice","email":"alice@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108649494,"lastLoginAt":1796108649740,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(17,1796108649805,'2a968a04f48d','session.started','{"session":{"id":"1a2306b054d9b63f04e3405","userId":"1a2306b0449ac1cedcd6559","createdAt":1796108649805,"lastActiveAt":1796108649805,"expiresAt":1796713449805,"ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","current":false,"sockets":0,"newPlace":false},"userId":"1a2306b0449ac1cedcd6559","sessionId":"1a2306b054d9b63f04e3405"}');
INSERT INTO "control_log" VALUES(18,1796108649805,'2a968a04f48d','audited','{"entry":{"id":7,"at":1796108649805,"actorId":"1a2306b0449ac1cedcd6559","action":"signIn.succeeded","targetId":"1a2306b0449ac1cedcd6559","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"sessionId":"1a2306b054d9b63f04e3405","way":"password","newPlace":false}}}');
INSERT INTO "control_log" VALUES(19,1796108649805,'2a968a04f48d','user','{"userId":"1a2306b0449ac1cedcd6559","type":"user.updated","user":{"id":"1a2306b0449ac1cedcd6559","userName":"bob","displayName":"Bob","email":"bob@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108649545,"lastLoginAt":1796108649805,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(20,1796108649860,'2a968a04f48d','session.started','{"session":{"id":"1a2306b05844937c58931c8","userId":"1a2306b048131038e45d7f9","createdAt":1796108649860,"lastActiveAt":1796108649860,"expiresAt":1796713449860,"ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","current":false,"sockets":0,"newPlace":false},"userId":"1a2306b048131038e45d7f9","sessionId":"1a2306b05844937c58931c8"}');
INSERT INTO "control_log" VALUES(21,1796108649860,'2a968a04f48d','audited','{"entry":{"id":8,"at":1796108649860,"actorId":"1a2306b048131038e45d7f9","action":"signIn.succeeded","targetId":"1a2306b048131038e45d7f9","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"sessionId":"1a2306b05844937c58931c8","way":"password","newPlace":false}}}');
INSERT INTO "control_log" VALUES(22,1796108649860,'2a968a04f48d','user','{"userId":"1a2306b048131038e45d7f9","type":"user.updated","user":{"id":"1a2306b048131038e45d7f9","userName":"carol","displayName":"Carol","email":"carol@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108649601,"lastLoginAt":1796108649860,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(23,1796108649947,'2a968a04f48d','channel','{"type":"channel.created","channel":{"id":"1a2306b05dab00bcea2374f","name":"secret","topic":"ours","kind":"private","createdBy":"1a2306b04164eb51144d376","createdAt":1796108649947,"archivedAt":null,"seq":0,"memberCount":2,"userIds":[],"joined":null,"unread":null,"mentions":null,"lastReadId":null},"members":["1a2306b04164eb51144d376","1a2306b0449ac1cedcd6559"]}');
INSERT INTO "control_log" VALUES(24,1796108650007,'2a968a04f48d','channel','{"type":"channel.created","channel":{"id":"1a2306b061741b45f475272","name":"Gärten","topic":"","kind":"public","createdBy":"1a2306b0449ac1cedcd6559","createdAt":1796108650007,"archivedAt":null,"seq":0,"memberCount":5,"userIds":[],"joined":null,"unread":null,"mentions":null,"lastReadId":null},"members":null}');
INSERT INTO "control_log" VALUES(25,1796108650099,'2a968a04f48d','member','{"userId":"1a2306b048131038e45d7f9","channel":{"id":"1a2306b061741b45f475272","name":"Gärten","topic":"","kind":"public","createdBy":"1a2306b0449ac1cedcd6559","createdAt":1796108650007,"archivedAt":null,"seq":0,"memberCount":4,"userIds":[],"joined":null,"unread":null,"mentions":null,"lastReadId":null},"state":"left","joined":false}');
INSERT INTO "control_log" VALUES(26,1796108650107,'2a968a04f48d','channel','{"type":"channel.created","channel":{"id":"1a2306b067b4f897ce41de2","name":null,"topic":"","kind":"dm","createdBy":"1a2306b04164eb51144d376","createdAt":1796108650107,"archivedAt":null,"seq":0,"memberCount":2,"userIds":["1a2306b04164eb51144d376","1a2306b0449ac1cedcd6559"],"joined":null,"unread":null,"mentions":null,"lastReadId":null},"members":["1a2306b04164eb51144d376","1a2306b0449ac1cedcd6559"]}');
INSERT INTO "control_log" VALUES(27,1796108650632,'2a968a04f48d','user','{"userId":"1a2306b04164eb51144d376","type":"user.updated","user":{"id":"1a2306b04164eb51144d376","userName":"alice","displayName":"Alice Ärmel","email":"alice@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":"here","bio":"Likes tea","nickname":"Straße","timezone":"Europe/Berlin","createdAt":1796108649494,"lastLoginAt":1796108649740,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(28,1796108650686,'2a968a04f48d','user','{"userId":"1a2306b048131038e45d7f9","type":"user.updated","user":{"id":"1a2306b048131038e45d7f9","userName":"carol","displayName":"Carol","email":"carol@example.com","role":"admin","isAdmin":true,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108649601,"lastLoginAt":1796108649860,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(29,1796108650686,'2a968a04f48d','audited','{"entry":{"id":9,"at":1796108650686,"actorId":"1a2306afe19af97f21817f7","action":"role.changed","targetId":"1a2306b048131038e45d7f9","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"role":"admin"}}}');
INSERT INTO "control_log" VALUES(30,1796108650699,'2a968a04f48d','audited','{"entry":{"id":10,"at":1796108650699,"actorId":"1a2306afe19af97f21817f7","action":"user.deactivated","targetId":"1a2306b04b6d6f4443d923f","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{}}}');
INSERT INTO "control_log" VALUES(31,1796108650699,'2a968a04f48d','user','{"userId":"1a2306b04b6d6f4443d923f","type":"user.updated","user":{"id":"1a2306b04b6d6f4443d923f","userName":"dave","displayName":"Dave","email":"dave@example.com","role":"user","isAdmin":false,"status":"deactivated","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108649654,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(32,1796108650752,'2a968a04f48d','settings','{"settings":{"name":"The old house","totpRequired":"none","requireVerifiedEmail":false}}');
INSERT INTO "control_log" VALUES(33,1796108650752,'2a968a04f48d','audited','{"entry":{"id":11,"at":1796108650752,"actorId":"1a2306afe19af97f21817f7","action":"settings.updated","targetId":null,"ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"name":"The old house"}}}');
INSERT INTO "control_log" VALUES(34,1796108650799,'2a968a04f48d','user','{"userId":"1a2306b092f08e67dd671f7","type":"user.created","user":{"id":"1a2306b092f08e67dd671f7","userName":"robin","displayName":"Robin","email":null,"role":"bot","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108650799,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":"1a2306b04164eb51144d376","sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(35,1796108650799,'2a968a04f48d','audited','{"entry":{"id":12,"at":1796108650799,"actorId":"1a2306b04164eb51144d376","action":"bot.added","targetId":"1a2306b092f08e67dd671f7","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"userName":"robin"}}}');
INSERT INTO "control_log" VALUES(36,1796108650799,'2a968a04f48d','audited','{"entry":{"id":13,"at":1796108650799,"actorId":"1a2306b04164eb51144d376","action":"token.created","targetId":"1a2306b092f08e67dd671f7","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"tokenId":"1a2306b092fa45c73d1a72f","name":"First token"}}}');
INSERT INTO "control_log" VALUES(37,1796108650799,'2a968a04f48d','user.held','{"userId":"1a2306b092f08e67dd671f7","user":{"id":"1a2306b092f08e67dd671f7","userName":"robin","displayName":"Robin","email":null,"role":"bot","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108650799,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":"1a2306b04164eb51144d376","sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":1}}}');
INSERT INTO "control_log" VALUES(38,1796108650799,'2a968a04f48d','user.held','{"userId":"1a2306b04164eb51144d376","user":{"id":"1a2306b04164eb51144d376","userName":"alice","displayName":"Alice Ärmel","email":"alice@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":"here","bio":"Likes tea","nickname":"Straße","timezone":"Europe/Berlin","createdAt":1796108649494,"lastLoginAt":1796108649740,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":1,"tokens":0}}}');
INSERT INTO "control_log" VALUES(39,1796108650817,'2a968a04f48d','audited','{"entry":{"id":14,"at":1796108650817,"actorId":"1a2306b04164eb51144d376","action":"token.created","targetId":"1a2306b04164eb51144d376","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"tokenId":"1a2306b09418ec20c6f295d","name":"laptop"}}}');
INSERT INTO "control_log" VALUES(40,1796108650817,'2a968a04f48d','user.held','{"userId":"1a2306b04164eb51144d376","user":{"id":"1a2306b04164eb51144d376","userName":"alice","displayName":"Alice Ärmel","email":"alice@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":"here","bio":"Likes tea","nickname":"Straße","timezone":"Europe/Berlin","createdAt":1796108649494,"lastLoginAt":1796108649740,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":1,"tokens":1}}}');
INSERT INTO "control_log" VALUES(41,1796108650826,'2a968a04f48d','user','{"userId":"system","type":"user.created","user":{"id":"system","userName":"system","displayName":"System","email":null,"role":"admin","isAdmin":true,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108650826,"lastLoginAt":1796108650826,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(42,1796108650826,'2a968a04f48d','audited','{"entry":{"id":15,"at":1796108650826,"actorId":"1a2306afe19af97f21817f7","action":"token.created","targetId":"system","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"tokenId":"1a2306b094a779f7ad63d24","name":"backup"}}}');
INSERT INTO "control_log" VALUES(43,1796108650826,'2a968a04f48d','user.held','{"userId":"system","user":{"id":"system","userName":"system","displayName":"System","email":null,"role":"admin","isAdmin":true,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108650826,"lastLoginAt":1796108650826,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":1}}}');
INSERT INTO "control_log" VALUES(44,1796108650884,'2a968a04f48d','user','{"userId":"1a2306b0984a781b6779ec4","type":"user.created","user":{"id":"1a2306b0984a781b6779ec4","userName":"builds","displayName":"builds","email":null,"role":"bot","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108650884,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(45,1796108650884,'2a968a04f48d','audited','{"entry":{"id":16,"at":1796108650884,"actorId":"1a2306afe19af97f21817f7","action":"webhook.created","targetId":"1a2306afe02a85526717a89","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"webhookId":"1a2306b098331cb0704e396","name":"builds"}}}');
INSERT INTO "control_log" VALUES(46,1796108650936,'2a968a04f48d','audited','{"entry":{"id":17,"at":1796108650936,"actorId":"1a2306afe19af97f21817f7","action":"link.created","targetId":null,"ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"linkId":"1a2306b09b85e0be4506180","days":30,"uses":5}}}');
INSERT INTO "control_log" VALUES(47,1796108650943,'2a968a04f48d','user','{"userId":"1a2306b09bf40eb9334d629","type":"user.created","user":{"id":"1a2306b09bf40eb9334d629","userName":"erin","displayName":"erin","email":"erin@example.com","role":"user","isAdmin":false,"status":"pending","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108650943,"lastLoginAt":null,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":0,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(48,1796108650943,'2a968a04f48d','audited','{"entry":{"id":18,"at":1796108650943,"actorId":"1a2306afe19af97f21817f7","action":"user.invited","targetId":"1a2306b09bf40eb9334d629","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"email":"erin@example.com","role":"user"}}}');
INSERT INTO "control_log" VALUES(49,1796108650997,'2a968a04f48d','audited','{"entry":{"id":19,"at":1796108650997,"actorId":"1a2306afe19af97f21817f7","action":"export.made","targetId":null,"ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{"what":"users","format":"csv"}}}');
INSERT INTO "control_log" VALUES(50,1796108651089,'2a968a04f48d','audited','{"entry":{"id":20,"at":1796108651089,"actorId":"1a2306b048131038e45d7f9","action":"user.passwordChanged","targetId":"1a2306b048131038e45d7f9","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{}}}');
INSERT INTO "control_log" VALUES(51,1796108651149,'2a968a04f48d','user','{"userId":"1a2306b04164eb51144d376","type":"user.updated","user":{"id":"1a2306b04164eb51144d376","userName":"alice","displayName":"Alice Ärmel","email":"alice@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":"/pictures/205b4fd871536dd1d3b34315012eb50d","statusMessage":"here","bio":"Likes tea","nickname":"Straße","timezone":"Europe/Berlin","createdAt":1796108649494,"lastLoginAt":1796108649740,"emailVerified":false,"totpEnabled":false,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":1,"tokens":1}}}');
INSERT INTO "control_log" VALUES(52,1796108651182,'2a968a04f48d','user','{"userId":"1a2306b0449ac1cedcd6559","type":"user.updated","user":{"id":"1a2306b0449ac1cedcd6559","userName":"bob","displayName":"Bob","email":"bob@example.com","role":"user","isAdmin":false,"status":"active","avatarUrl":null,"statusMessage":null,"bio":null,"nickname":null,"timezone":null,"createdAt":1796108649545,"lastLoginAt":1796108649805,"emailVerified":false,"totpEnabled":true,"extension":null,"ownerId":null,"sessionLimit":null,"counts":{"sessions":1,"bots":0,"tokens":0}}}');
INSERT INTO "control_log" VALUES(53,1796108651182,'2a968a04f48d','audited','{"entry":{"id":21,"at":1796108651182,"actorId":"1a2306b0449ac1cedcd6559","action":"totp.enabled","targetId":"1a2306b0449ac1cedcd6559","ip":"127.0.0.1","userAgent":"python-httpx/0.28.1","detail":{}}}');
CREATE TABLE exports (
	token_hash VARCHAR(64) NOT NULL, 
	user_id VARCHAR(64) NOT NULL, 
	session_id VARCHAR(64) NOT NULL, 
	wanted TEXT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	CONSTRAINT pk_exports PRIMARY KEY (token_hash)
);
INSERT INTO "exports" VALUES('12d441a8d0db31ece4c85c5468b1f3a4990a30551952223081763587c880f825','1a2306afe19af97f21817f7','1a2306b03e1f27662e86710','{"what":"users","format":"csv","tab":"all"}',1796108950997);
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
INSERT INTO "figures" VALUES('hour',1796108400000,6,0,4,0,0,34,10.8,101.0);
INSERT INTO "figures" VALUES('day',1796083200000,6,4,4,0,0,34,10.8,101.0);
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
INSERT INTO "links" VALUES('1a2306b09b85e0be4506180','e4f0a56f50582abb52cc5737724e8c4b9dc738f1c31fc0bd4fc468fad9eae56e','join',NULL,NULL,'1a2306afe19af97f21817f7',1796108650936,1798700650936,5,0);
INSERT INTO "links" VALUES('1a2306b09bfe5a5b92ef731','15e127f7a5119423cd763d04917b9af730deb66f11ccb8c02f8eedc22314468c','password','1a2306b09bf40eb9334d629','erin@example.com','1a2306afe19af97f21817f7',1796108650943,1798700650943,1,0);
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

http://127.0.0.1:3000/#/password/zElHrTNMlOjWLtPaDu65-bINrE4S5PllRUmlKiSNpeE

If you did not expect this, do nothing.
',1796108650943,1796108650943,0);
CREATE TABLE memberships (
	channel_id VARCHAR(64) NOT NULL, 
	user_id VARCHAR(64) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	since BIGINT NOT NULL, 
	CONSTRAINT pk_memberships PRIMARY KEY (channel_id, user_id), 
	CONSTRAINT fk_memberships_channel_id FOREIGN KEY(channel_id) REFERENCES channels (id) ON DELETE CASCADE, 
	CONSTRAINT fk_memberships_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "memberships" VALUES('1a2306b05dab00bcea2374f','1a2306b04164eb51144d376','member',1796108649947);
INSERT INTO "memberships" VALUES('1a2306b05dab00bcea2374f','1a2306b0449ac1cedcd6559','member',1796108649947);
INSERT INTO "memberships" VALUES('1a2306b061741b45f475272','1a2306b048131038e45d7f9','left',1796108650099);
INSERT INTO "memberships" VALUES('1a2306b067b4f897ce41de2','1a2306b04164eb51144d376','member',1796108650107);
INSERT INTO "memberships" VALUES('1a2306b067b4f897ce41de2','1a2306b0449ac1cedcd6559','member',1796108650107);
CREATE TABLE mentions (
	message_id VARCHAR(64) NOT NULL, 
	target VARCHAR(64) NOT NULL, 
	channel_id VARCHAR(64) NOT NULL, 
	seq BIGINT NOT NULL, 
	author_id VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_mentions PRIMARY KEY (message_id, target), 
	CONSTRAINT fk_mentions_message_id FOREIGN KEY(message_id) REFERENCES messages (id) ON DELETE CASCADE
);
INSERT INTO "mentions" VALUES('1a2306b06bf217d084c1033','1a2306b0449ac1cedcd6559','1a2306afe02a85526717a89',1,'1a2306b04164eb51144d376');
INSERT INTO "mentions" VALUES('1a2306b06bf217d084c1033','@channel','1a2306afe02a85526717a89',1,'1a2306b04164eb51144d376');
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
INSERT INTO "messages" VALUES('1a2306b06bf217d084c1033','1a2306afe02a85526717a89',1,5,'1a2306b04164eb51144d376','Good morning @bob, @channel 👋',1796108650175,NULL,NULL,NULL,1,1796108650265,'["1a2306b0449ac1cedcd6559"]',NULL,'["1a2306b0449ac1cedcd6559","@channel"]',NULL,'c-1','74fc702d879f293677ce9cb04798468466d8fa733146558cd53143ab791679cf');
INSERT INTO "messages" VALUES('1a2306b06f7d63988d65e8f','1a2306afe02a85526717a89',2,2,'1a2306b0449ac1cedcd6559','and to you',1796108650265,NULL,NULL,'1a2306b06bf217d084c1033',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "messages" VALUES('1a2306b073d3d85c8c08dd5','1a2306afe02a85526717a89',3,3,'1a2306b0449ac1cedcd6559','quoting',1796108650301,NULL,NULL,NULL,0,NULL,NULL,'1a2306b06bf217d084c1033',NULL,NULL,NULL,NULL);
INSERT INTO "messages" VALUES('1a2306b07a3d72ede1ee73d','1a2306afe02a85526717a89',6,7,'1a2306b048131038e45d7f9','',1796108650403,NULL,1796108650455,NULL,0,NULL,NULL,NULL,'[]',NULL,NULL,NULL);
INSERT INTO "messages" VALUES('1a2306b080beeb7f28c53ee','1a2306b05dab00bcea2374f',1,2,'1a2306b04164eb51144d376','between the two of us',1796108650507,1796108650511,NULL,NULL,0,NULL,NULL,NULL,'[]',NULL,NULL,NULL);
INSERT INTO "messages" VALUES('1a2306b0846faa975a3d0b2','1a2306b067b4f897ce41de2',1,1,'1a2306b04164eb51144d376','a direct line',1796108650566,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE password_history (
	id INTEGER NOT NULL, 
	user_id VARCHAR(64) NOT NULL, 
	password_hash TEXT NOT NULL, 
	replaced_at BIGINT NOT NULL, 
	CONSTRAINT pk_password_history PRIMARY KEY (id), 
	CONSTRAINT fk_password_history_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "password_history" VALUES(1,'1a2306b048131038e45d7f9','$2b$04$evX0oUopGGv5.IziiQ3ZeOJRWWKeE7Vm2pd4dDE3LdCuYoIQZS5oy',1796108651089);
CREATE TABLE people_here (
	day BIGINT NOT NULL, 
	user_id VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_people_here PRIMARY KEY (day, user_id)
);
INSERT INTO "people_here" VALUES(1796083200000,'1a2306afe19af97f21817f7');
INSERT INTO "people_here" VALUES(1796083200000,'1a2306b04164eb51144d376');
INSERT INTO "people_here" VALUES(1796083200000,'1a2306b0449ac1cedcd6559');
INSERT INTO "people_here" VALUES(1796083200000,'1a2306b048131038e45d7f9');
CREATE TABLE pictures (
	user_id VARCHAR(64) NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	content BLOB NOT NULL, 
	created_at BIGINT NOT NULL, 
	CONSTRAINT pk_pictures PRIMARY KEY (user_id), 
	CONSTRAINT fk_pictures_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT uq_pictures_id UNIQUE (id)
);
INSERT INTO "pictures" VALUES('1a2306b04164eb51144d376','205b4fd871536dd1d3b34315012eb50d',X'52494646C00000005745425056503820B40000003011009D012A000100013E5128924723A2A1A1202800700A09696EE176B11EDC00001696C9C87BED9390F7DB2721EFB64E43DF6C9C87BED9390F7DB2721EFB64E43DF6C9C87BED9390F7DB2721EFB64E43DF6C9C87BED9390F7DB2721EFB64E43DF6C9C87BED9390F7DB2721EFB64E43DF6C9C87BED9390F7DB2721EFB64E43DF6C9C87BED9390F7DB2721EFB64E43DF6AC000FEFF6A96FFFD44441492C3FFFFAF47FF9E8FFF3D1FE70000000000000000000000',1796108651149);
CREATE TABLE reactions (
	message_id VARCHAR(64) NOT NULL, 
	reaction TEXT NOT NULL, 
	user_id VARCHAR(64) NOT NULL, 
	created_at BIGINT NOT NULL, 
	CONSTRAINT pk_reactions PRIMARY KEY (message_id, reaction, user_id), 
	CONSTRAINT fk_reactions_message_id FOREIGN KEY(message_id) REFERENCES messages (id) ON DELETE CASCADE, 
	CONSTRAINT fk_reactions_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "reactions" VALUES('1a2306b06bf217d084c1033','👍','1a2306b0449ac1cedcd6559',1796108650347);
INSERT INTO "reactions" VALUES('1a2306b06bf217d084c1033','👍','1a2306b048131038e45d7f9',1796108650395);
CREATE TABLE read_markers (
	user_id VARCHAR(64) NOT NULL, 
	channel_id VARCHAR(64) NOT NULL, 
	message_id VARCHAR(64) NOT NULL, 
	seq BIGINT NOT NULL, 
	CONSTRAINT pk_read_markers PRIMARY KEY (user_id, channel_id), 
	CONSTRAINT fk_read_markers_channel_id FOREIGN KEY(channel_id) REFERENCES channels (id) ON DELETE CASCADE, 
	CONSTRAINT fk_read_markers_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "read_markers" VALUES('1a2306b0449ac1cedcd6559','1a2306b05dab00bcea2374f','1a2306b080beeb7f28c53ee',1);
CREATE TABLE recovery_codes (
	user_id VARCHAR(64) NOT NULL, 
	code_hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_recovery_codes PRIMARY KEY (user_id, code_hash), 
	CONSTRAINT fk_recovery_codes_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "recovery_codes" VALUES('1a2306b0449ac1cedcd6559','3dfc0bebbb849a900e703bc0875d4efc337bc3880f20fe468d2aedbc23b37d10');
INSERT INTO "recovery_codes" VALUES('1a2306b0449ac1cedcd6559','36d8e648bde2e20d427c412abc1ab1463e17f9c5c4bcdd307d699849621b22b3');
INSERT INTO "recovery_codes" VALUES('1a2306b0449ac1cedcd6559','3faf627d2e680dd10e1ce9bb4cab170d4b07c70d186f31cb5d20ec14843f8f8b');
INSERT INTO "recovery_codes" VALUES('1a2306b0449ac1cedcd6559','85241b18745201fe23977ba914c09719e0b05eb3762af8839a860edd9857c1a8');
INSERT INTO "recovery_codes" VALUES('1a2306b0449ac1cedcd6559','43b3382b05e36573bb58a91e985432700a5a4abc5cffa3e94485b262c5194b0d');
INSERT INTO "recovery_codes" VALUES('1a2306b0449ac1cedcd6559','7e3f21e76dc0bef8ac56713467768be7a31accfa063c8a9c4e9bbd5139fbe1b4');
INSERT INTO "recovery_codes" VALUES('1a2306b0449ac1cedcd6559','fadccfb3b731137952cc324b65825c78423d6ac87adfaf4ff70d930ab111f903');
INSERT INTO "recovery_codes" VALUES('1a2306b0449ac1cedcd6559','67f80677a8832eae8aa0cbc64ea36dc3cd273a720a7dde20d15ef43a5cbbd85e');
INSERT INTO "recovery_codes" VALUES('1a2306b0449ac1cedcd6559','8f780ce923d9fa11f824781d7dbcd9702d9a231f0b3b91510d612480df8ae03b');
INSERT INTO "recovery_codes" VALUES('1a2306b0449ac1cedcd6559','3485068f6b523a2b00fad41786a93d8cd40fcc2d76712c65de3a089186f4e0cd');
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
	CONSTRAINT pk_sessions PRIMARY KEY (id), 
	CONSTRAINT fk_sessions_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT uq_sessions_token_hash UNIQUE (token_hash)
);
INSERT INTO "sessions" VALUES('1a2306b03e1f27662e86710','1a2306afe19af97f21817f7','a470320bc32e33e67f274a5f30c2e577cc63d980a28036dc922a1190e2d87fd7',1,1796108649441,1796108649441,1796713449441,0,'127.0.0.1','python-httpx/0.28.1',0,NULL,NULL,'sign_in',NULL,NULL,0);
INSERT INTO "sessions" VALUES('1a2306b050c78bf896be799','1a2306b04164eb51144d376','046f8f47c17998ea8291da744042915d26744e1f32ffdaaaddb6a683d103dd08',1,1796108649740,1796108649740,1798700649740,1,'127.0.0.1','python-httpx/0.28.1',0,NULL,NULL,'sign_in',NULL,NULL,0);
INSERT INTO "sessions" VALUES('1a2306b054d9b63f04e3405','1a2306b0449ac1cedcd6559','f8564d394d4f2633b4f519ec433fc48f3f7663ec1dc0aad8adebf60f4aeff566',1,1796108649805,1796108649805,1796713449805,0,'127.0.0.1','python-httpx/0.28.1',0,NULL,NULL,'sign_in',NULL,NULL,0);
INSERT INTO "sessions" VALUES('1a2306b05844937c58931c8','1a2306b048131038e45d7f9','bbb6c4bfdc57cc6620237eaf80da7f4ec07a88f549c37761a67ab8f1bd9dc94e',1,1796108649860,1796108649860,1796713449860,0,'127.0.0.1','python-httpx/0.28.1',0,NULL,NULL,'sign_in',NULL,NULL,0);
INSERT INTO "sessions" VALUES('1a2306b092fa45c73d1a72f','1a2306b092f08e67dd671f7','30750b88067a2de4c3356a584d465f177e9ac6f5ea9875c69dc48bf2b0b908ce',0,1796108650799,1796108650799,253402300799000,0,'127.0.0.1','',0,NULL,NULL,'token','First token','1a2306b04164eb51144d376',0);
INSERT INTO "sessions" VALUES('1a2306b09418ec20c6f295d','1a2306b04164eb51144d376','1c0e7b4d5f59fbdef898cc6591b239c99dc5b44b0c277b70e8a9ee4ae353317c',0,1796108650817,1796108650817,253402300799000,0,'127.0.0.1','',0,NULL,NULL,'token','laptop','1a2306b04164eb51144d376',0);
INSERT INTO "sessions" VALUES('1a2306b094a779f7ad63d24','system','0a2d48010b504220850e9f9ac8e2bf43c56a279cdd1cebb004ee33702e3a6050',0,1796108650826,1796108650826,253402300799000,0,'127.0.0.1','',0,NULL,NULL,'token','backup','1a2306afe19af97f21817f7',0);
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
INSERT INTO "totp_secrets" VALUES('1a2306b0449ac1cedcd6559','N5OELVCOPN46A4KB5WVJD5OXMLBMX4EH',59870288);
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
	CONSTRAINT pk_users PRIMARY KEY (id), 
	CONSTRAINT uq_users_user_name_key UNIQUE (user_name_key), 
	CONSTRAINT uq_users_email_key UNIQUE (email_key)
);
INSERT INTO "users" VALUES('1a2306afe19af97f21817f7','admin','admin','admin','admin@example.com','admin@example.com','admin','$2b$04$wxhQ2dGpMWCcwxwncmuZJOhjBtGw/tMqUELVwQP4NFfaKpGbBYB5K',0,'configured',0,1796108647961,1796108649441,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,'admin',NULL,NULL,NULL);
INSERT INTO "users" VALUES('1a2306b04164eb51144d376','alice','alice','Alice Ärmel','alice@example.com','alice@example.com','user','$2b$04$OBBsxnBVK0IOYPWxd/p30e7V94KN1xzCp/5wU9L.HRBMXY2ZxjYZi',0,'chosen',0,1796108649494,1796108649740,NULL,NULL,'/pictures/205b4fd871536dd1d3b34315012eb50d','here','Likes tea','Straße','Europe/Berlin',NULL,0,NULL,'alice ärmel','strasse',NULL,NULL);
INSERT INTO "users" VALUES('1a2306b0449ac1cedcd6559','bob','bob','Bob','bob@example.com','bob@example.com','user','$2b$04$zX.sywnY9uAD2ap6EQYULOB.lQJQn4/9or90WzXyjsfz4XVGmIEPa',0,'chosen',0,1796108649545,1796108649805,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'bob',NULL,1796108651182,NULL);
INSERT INTO "users" VALUES('1a2306b048131038e45d7f9','carol','carol','Carol','carol@example.com','carol@example.com','admin','$2b$04$Oz46m5CVTnlkEnMjMkg7lObeM/htoGT15cW8dRUTouAXDXSZ67.PO',1,'chosen',0,1796108649601,1796108649860,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'carol',NULL,NULL,NULL);
INSERT INTO "users" VALUES('1a2306b04b6d6f4443d923f','dave','dave','Dave','dave@example.com','dave@example.com','user','$2b$04$0rY5nTpK4smL8XgdU0wLKeVy.XGQWHd2i1Xop7wwlmQMSKhUPRScO',0,'chosen',0,1796108649654,NULL,1796108650699,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'dave',NULL,NULL,NULL);
INSERT INTO "users" VALUES('1a2306b092f08e67dd671f7','robin','robin','Robin',NULL,NULL,'bot',NULL,0,NULL,0,1796108650799,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'robin',NULL,NULL,'1a2306b04164eb51144d376');
INSERT INTO "users" VALUES('system','system','system','System',NULL,NULL,'admin',NULL,0,NULL,0,1796108650826,1796108650826,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'system',NULL,NULL,NULL);
INSERT INTO "users" VALUES('1a2306b0984a781b6779ec4','builds','builds','builds',NULL,NULL,'bot',NULL,0,NULL,0,1796108650884,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'builds',NULL,NULL,NULL);
INSERT INTO "users" VALUES('1a2306b09bf40eb9334d629','erin','erin','erin','erin@example.com','erin@example.com','user',NULL,0,NULL,0,1796108650943,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'erin',NULL,NULL,NULL);
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
INSERT INTO "webhooks" VALUES('1a2306b098331cb0704e396','builds','1a2306afe02a85526717a89','1a2306b0984a781b6779ec4','ed134801cb0e8d6f027db5e18319273046d439d42a6b2cfe2250ed54428e7b4a','1a2306afe19af97f21817f7',1796108650884,NULL,0,NULL);
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
CREATE INDEX ix_sessions_expiry ON sessions (expires_at);
CREATE INDEX ix_sessions_user ON sessions (user_id, created_at, id);
CREATE INDEX ix_users_created ON users (created_at, id);
CREATE INDEX ix_users_owner ON users (owner_id) WHERE owner_id IS NOT NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('control_log',53);
COMMIT;
