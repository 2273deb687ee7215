-- For SQLite and PostgreSQL, as V1.

-- Each time that a person is asked for consent to a purpose, with what became of it.
create table confirmation_request (
    id                ${identity},
    connection        varchar(64)  not null,
    purpose           varchar(128) not null,
    statement_version varchar(64)  not null,
    person_id         bigint       not null,
    address           varchar(320) not null,    -- as the CRM has it; personal data
    via               varchar(8)   not null,    -- mail, zoho
    state             varchar(16)  not null,    -- requested, sending, sent, bounced, given, refused, expired, withdrawn
    ended_because     varchar(32),              -- why it expired, when not by its time: replaced, left, suppressed and the like
    ground            varchar(300) not null,
    list_id           bigint       not null,    -- the purpose's list
    asking_list_id    bigint,                   -- the list through which Campaigns asks; null by mail
    sync              varchar(170) not null,
    module            varchar(128) not null,
    record_id         varchar(40)  not null,
    run_id            varchar(40)  not null,    -- the run that asked
    content           varchar(100000) not null, -- what Campaigns gets after a confirmation; personal data
    fingerprint       varchar(64)  not null,
    requested_at      ${instant}   not null,
    due_at            ${instant},               -- when the next mail is due; null for none
    attempts          int          not null default 0,
    claimed_at        ${instant},               -- when the first mail was claimed; it has perhaps been sent since then
    sent_at           ${instant},
    reminded          boolean      not null default false,
    expires_at        ${instant},               -- when its state ends by itself; null when it does not
    answered_at       ${instant},
    valid_to          date                      -- the last day of a consent that was given; null when it has none
);
create index confirmation_request_person on confirmation_request (person_id, connection, purpose);
create index confirmation_request_record on confirmation_request (record_id, sync);
create index confirmation_request_due on confirmation_request (due_at, id) where due_at is not null;
create index confirmation_request_expires on confirmation_request (expires_at, id) where expires_at is not null;
create index confirmation_request_asking on confirmation_request (asking_list_id, person_id) where asking_list_id is not null;

-- Mails that were sent, or perhaps were; of the link in each only the hash of its token is known.
create table confirmation_mail (
    id         ${identity},
    request_id bigint       not null,
    token_hash varchar(64)  not null unique,
    kept_at    ${instant}   not null,
    message_id varchar(1000),
    mail_hash  varchar(64),
    sent_at    ${instant}
);
create index confirmation_mail_request on confirmation_mail (request_id);
create index confirmation_mail_message on confirmation_mail (message_id);

-- How many mails were claimed when, for the pace that all nodes keep together.
create table confirmation_pace (
    id         ${identity},
    claimed_at ${instant} not null,
    mails      int        not null
);

-- Its one row is locked by the node that claims mails.
create table confirmation_turn (
    id int primary key
);
insert into confirmation_turn (id) values (1);

-- Trials of asking by mail, with an address of the operator's. They are no requests and count nowhere.
create table confirmation_trial (
    id                ${identity},
    purpose           varchar(128) not null,
    statement_version varchar(64)  not null,
    token_hash        varchar(64)  not null unique,
    sent_at           ${instant}   not null,
    agreed            boolean,                  -- null while it is not answered
    answered_at       ${instant}
);
create index confirmation_trial_purpose on confirmation_trial (purpose, sent_at);

-- The privacy notices of purposes as they were fetched, for consent records.
create table purpose_notice (
    id         ${identity},
    purpose    varchar(128)  not null,
    url        varchar(2000) not null,
    hash       varchar(64)   not null,
    bytes      bigint        not null,
    fetched_at ${instant}    not null
);
create index purpose_notice_purpose on purpose_notice (purpose, fetched_at);
