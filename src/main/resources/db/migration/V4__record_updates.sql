-- For SQLite and PostgreSQL; the placeholders stand for types that differ (io.consentbridge.store.Engine).

-- The outbox towards the CRM: one row for each record that was ever to be updated, whose newest update is pending, done, gone,
-- superseded or dead-lettered. A later update merges into one that is not over, unless it is about another person.
create table record_update (
    id            ${numbered},
    connection    varchar(64)  not null,
    module        varchar(128) not null,
    record_id     varchar(40)  not null,
    person_id     bigint,                    -- the record must carry their address when it is written; null: about the record and no person
    state         varchar(16)  not null,  -- the words of io.consentbridge.writeback.UpdateState
    fields        varchar(100000) not null,  -- JSON: what is written, by the CRM's field; personal data
    because       varchar(500) not null,     -- why, without personal data
    version       int          not null default 1,
    rounds        int          not null default 0,  -- failures of its own, one after another
    alone         boolean      not null default false,  -- claimed by itself, because a call with others was refused as a whole
    due_at        ${instant},                -- null: at once
    claimed_by    varchar(200),
    claimed_until ${instant},
    claimed_version int,                     -- the version that flies, when a newer one has come in behind it
    code          varchar(64),               -- of the last failure
    cause         varchar(2000),             -- the last failure, without personal data
    note          varchar(500),              -- what was written differently, such as a text that was cut
    settled_at    ${instant},                -- when it was done, gone, superseded or dead-lettered
    replayed      int          not null default 0,
    unique (record_id, module, connection)
);
-- Few updates are pending or dead-lettered.
create index record_update_pending on record_update (connection, module, id) where state = 'pending';
create index record_update_dead on record_update (id) where state = 'dead-lettered';
create index record_update_person on record_update (person_id) where person_id is not null;

-- People who confirmed, and who are handed over to a workflow of Campaigns once they are on the list.
create table workflow_start (
    id            ${numbered},
    connection    varchar(64)  not null,
    workflow      varchar(200) not null,  -- its key
    trigger_key   varchar(200) not null,
    list_id       bigint       not null,
    person_id     bigint       not null,
    purpose       varchar(128) not null,
    state         varchar(16)  not null,  -- the words of io.consentbridge.writeback.UpdateState; gone: the person refused since
    version       int          not null default 1,  -- grows when the person confirms anew, also while a call is under way
    rounds        int          not null default 0,  -- failures of its own, one after another
    alone         boolean      not null default false,  -- handed over by itself, because a call with others was refused as a whole
    due_at        ${instant},                -- null: at once
    claimed_by    varchar(200),
    claimed_until ${instant},
    code          varchar(64),
    cause         varchar(2000),             -- the last failure, without personal data
    settled_at    ${instant},
    replayed      int          not null default 0,
    unique (person_id, connection, workflow, trigger_key)
);
create index workflow_start_pending on workflow_start (connection, id) where state = 'pending';
create index workflow_start_dead on workflow_start (id) where state = 'dead-lettered';
