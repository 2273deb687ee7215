-- For SQLite and PostgreSQL, as V1.

-- Whether the connection is switched off as a whole: deactivated or disabled; null while it is in use.
alter table connection_state add column switched_off varchar(16);
alter table connection_state add column switched_off_at ${instant};
