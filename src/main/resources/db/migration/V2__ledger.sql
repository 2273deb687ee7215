-- The ledger (docs/ledger.md). Rows of consent_ledger and ledger_decision are read until they are imported.

-- What many events have in common, each once: nothing here is personal data, and nothing is deleted. The first columns are part of
-- the leaf; the last three are words for people.
create table ledger_kind (
    id                ${identity},
    fingerprint       varchar(64)   not null unique,  -- of the columns that follow
    event             varchar(16)   not null,         -- the words of io.consentbridge.ledger.EventKind
    connection        varchar(64)   not null,
    purpose           varchar(128)  not null,
    statement_version varchar(64)   not null,
    table_version     varchar(64)   not null,         -- of the consent table
    rule              varchar(64)   not null,         -- a row of it
    source            varchar(16)   not null,         -- crm, campaigns, page, mail, operator, product
    inputs            varchar(2000) not null,         -- of the decision, as JSON with sorted keys
    sync              varchar(170)  not null,
    decision          varchar(32)   not null,
    why               varchar(500)  not null
);

-- Events that have no sequence number yet. A row is written in the transaction that makes the event true, and sequencing moves it.
create table ledger_event (
    id          ${identity},           -- in the order of appending, also by several connections: entries are numbered in it
    kind        bigint      not null,  -- in ledger_kind
    person_id   bigint,                -- null for an event of no person
    subject     bigint,                -- in ledger_subject; there once the person is erased
    record_id   varchar(40),
    run         bigint,                -- in run_number
    happened_at ${instant}  not null,
    evidence    varchar(20000)         -- JSON; personal data
);
create index ledger_event_person on ledger_event (person_id);

-- Under which keys events about a person are sealed.
create table ledger_subject (
    id          ${numbered},
    person_id   bigint,                -- null once the person is erased
    subject     ${bytes}    not null,  -- HMAC of the address under the key
    wrapped_key ${bytes},              -- under the master key; null once it is destroyed
    master      bigint                 -- the number of that master key
);
create index ledger_subject_person on ledger_subject (person_id);

-- Events with their sequence numbers, which begin with 0 and have no gaps.
create table ledger_entry (
    id            ${identity},           -- the sequence number
    kind          bigint      not null,  -- in ledger_kind
    subject       bigint,                -- in ledger_subject; null for an event of no person
    record_id     varchar(40),           -- null once the person is erased
    run           bigint,                -- in run_number
    happened_at   ${instant}  not null,
    evidence_hash ${bytes},              -- null if there is none, or the key was destroyed before
    sealed        ${bytes}               -- the evidence under the person's key; null if there is none besides record and run
);
create index ledger_entry_subject on ledger_entry (subject);

-- The master keys under which keys are wrapped: one, and two while keys are wrapped anew. The keys themselves are outside.
create table ledger_master (
    id          bigint primary key,    -- counts the keys
    check_value ${bytes}   not null,   -- a keyed hash by which the key is recognised
    since       ${instant} not null
);

-- Keys of the installation, wrapped: signing, suppression.
create table ledger_secret (
    name        varchar(32) primary key,
    wrapped_key ${bytes}    not null,
    master      bigint      not null
);

-- The Merkle log, one row; size is the number of entries.
create table ledger_log (
    id          bigint primary key,
    origin      varchar(100) not null,  -- the name of the log in checkpoints
    verifier    varchar(200) not null,  -- its public key
    started_at  ${instant}   not null,  -- nothing before is protected
    size        bigint       not null default 0,
    node        varchar(200),           -- who sequences
    lease_until ${instant},
    alarm       varchar(1000),          -- what does not fit, until an operator acknowledges it
    alarm_at    ${instant},
    acknowledged varchar(1000),         -- what did not fit when an operator last did
    acknowledged_at ${instant},         -- checkpoints of before are not compared with later ones
    checkpoint_seal ${bytes}            -- a keyed hash of how many checkpoints there are and of the newest one
);

-- The hashes of the log, as c2sp.org/tlog-tiles cuts them.
create table ledger_tile (
    level  int      not null,
    number bigint   not null,
    hashes ${bytes} not null,
    primary key (level, number)
);

-- Signed checkpoints. Of old ones the daily job keeps one a day.
create table ledger_checkpoint (
    size    bigint        primary key,
    note    varchar(2000) not null,
    made_at ${instant}    not null,
    kept    boolean       not null default false  -- for good: the newest one when an operator acknowledged an alarm
);

-- Up to which checkpoint each target outside has them.
create table ledger_target (
    target   varchar(16) primary key,  -- file, webhook, mail
    size     bigint      not null,
    taken_at ${instant},
    failure  varchar(500),             -- why the next one could not be handed over; null if it could
    retry_at ${instant}
);
