INSERT INTO campaign (id, name) VALUES (1, 'Ventas'), (2, 'Soporte');
INSERT INTO team (id, campaign_id, name) VALUES (1, 1, 'Norte'), (2, 1, 'Sur'), (3, 2, 'Mesa de ayuda');
INSERT INTO app_user (id, email, name, role, password_hash, availability, active) VALUES
    (1, 'super@example.test', 'Sara Super', 'super_admin', '', 'online', 1),
    (2, 'admin1@example.test', 'Aldo Uno', 'admin', '', 'online', 1),
    (3, 'admin2@example.test', 'Alma Dos', 'admin', '', 'online', 1),
    (4, 'ana@example.test', 'Ana', 'agent', '', 'online', 1),
    (5, 'beto@example.test', 'Beto', 'agent', '', 'online', 1),
    (6, 'carla@example.test', 'Carla', 'agent', '', 'online', 1),
    (7, 'dora@example.test', 'Dora', 'agent', '', 'online', 1),
    (8, 'gone@example.test', 'Gone', 'agent', '', 'offline', 0);
INSERT INTO user_campaign (user_id, campaign_id) VALUES (2, 1), (3, 2);
INSERT INTO user_team (user_id, team_id) VALUES (4, 1), (5, 1), (8, 1), (6, 2), (7, 3);
INSERT INTO line (id, campaign_id, channel, name, team_id, user_id, bot, secret) VALUES
    (1, 1, 'whatsapp', 'Ventas', 1, NULL, 0, 'secret of line 1'),
    (2, 1, 'instagram', '@tienda', 2, NULL, 0, 'secret of line 2'),
    (3, 2, 'email', 'Ayuda', 3, NULL, 0, 'secret of line 3'),
    (4, 1, 'webchat', 'Web', 1, NULL, 1, 'secret of line 4');
INSERT INTO tag (id, name, color) VALUES (1, 'VIP', 'purple'), (2, 'Factura', 'yellow'), (3, 'Promo', 'pink');
INSERT INTO category (id, name, parent_id) VALUES
    (1, 'Venta', NULL), (2, 'Reclamo', NULL), (3, 'Ganada', 1), (4, 'Perdida', 1), (5, 'Entrega', 2);
