-- For SQLite and PostgreSQL. The placeholders stand for types that differ (io.consentbridge.store.Engine): a time is an instant,
-- an identity the number of a row, which is never given twice.

-- Everybody ever met, numbered in that order, so that what other tables keep about people of one page lies side by side.
create table person (
    id      ${numbered},
    address varchar(320) not null unique  -- in the one form that tells people apart; personal data
);

-- Under which rules the addresses of people were stored (AddressForm); 0 where nobody was.
create table person_form (
    version int not null
);
insert into person_form (version) values (0);

-- Every run ever begun. Rows about records name their run by its number, which stays when the run is deleted.
create table run_number (
    id     ${identity},
    run_id varchar(40) not null unique
);

-- What the processes of an installation share of a connection.
create table connection_state (
    connection      varchar(64) primary key,
    credential_hash varchar(64),  -- of the credential under which its syncs were last switched on
    -- While Zoho is out of reach nothing is claimed before this instant.
    backoff_until     ${instant},
    backoff_because   varchar(1000),
    backoffs_in_a_row int not null default 0
);

-- Who refreshes a token holds its row; it is a table of its own so that nothing else waits for that.
create table access_token (
    connection      varchar(64) primary key,
    credential_hash varchar(64),
    token           varchar(8192),  -- encrypted under a key of the client secret (TokenSeal)
    expires         ${instant}
);

-- What Zoho says that a credential may do.
create table granted_scope (
    connection      varchar(64) primary key,
    credential_hash varchar(64)   not null,
    scope           varchar(4000) not null
);

-- Calls made, in slots of a twelfth of each window.
create table quota_use (
    connection     varchar(64)  not null,
    method         varchar(64)  not null,
    window_seconds int          not null,
    slot           bigint       not null,
    used           int          not null,
    primary key (connection, method, window_seconds, slot)
);

-- A lock that Zoho imposed, honoured to its end. A process that reserves calls holds the row, locked or not.
create table quota_lock (
    connection   varchar(64) not null,
    method       varchar(64) not null,
    locked_until ${instant},
    because      varchar(1000),
    primary key (connection, method)
);

create table mailing_list (
    id               ${identity},
    connection       varchar(64)  not null,
    name             varchar(700) not null,
    list_key         varchar(200),              -- null until Campaigns has the list
    create_as        varchar(8),                -- private or public: create it when it is missing; null: do not
    form             varchar(8),                -- private or public, as the purpose says; null until a run was bound to it
    members_read_at  ${instant},  -- the last full reading of active members
    refusals_read_at ${instant},  -- the last full reading of those who left
    compared_at      ${instant},  -- the reading of active members that was compared with known refusals between runs
    active_count     bigint,
    unsub_count      bigint,
    bounce_count     bigint,
    spam_count       bigint,                    -- at the last whole reading; nobody can be asked who complained
    foreign_count    bigint,                    -- active people whom we did not subscribe, by the last whole reading
    missing_count    bigint,                    -- people of ours whom it did not bring, without a reason
    missing_since    ${instant},  -- the first whole reading that another has to confirm
    has_lost         boolean not null default false,  -- whether somebody may have to be delivered again
    waits_until      ${instant},  -- a call that prepares deliveries to it is locked until then
    -- While a list is held nobody is subscribed to it before held_until, and then one person alone.
    held_until       ${instant},
    held_for         varchar(16),               -- identity, confirmation, replies
    held_because     varchar(1000),
    holds_in_a_row   int not null default 0,
    unique (connection, name)
);

-- What is known of a person on a list. A fingerprint is there once we delivered.
create table list_member (
    list_id      bigint       not null,
    person_id    bigint       not null,
    active       boolean      not null,
    unsure       boolean      not null default false,  -- perhaps on the list: a subscription was sent of which nobody heard, or asked_at
    asked_at     ${instant},  -- Campaigns sent a confirmation then; null once the person is listed as active
    fingerprint  varchar(64),
    content      varchar(100000),           -- what Campaigns holds by our deliveries, since it cannot be asked for that
    counted_run  bigint,                    -- the run that last subscribed the person, in run_number
    counted_as   varchar(16),               -- as what it counted the person when it first did: new, readded, duplicate
    delivered_at ${instant},
    seen_at      ${instant},  -- when Campaigns last listed the person as active
    taken_off    boolean      not null default false,  -- we took the person off, and not because they refused
    taken_off_by      varchar(170),         -- the sync that did
    taken_off_because varchar(16),          -- deleted, moved, unmatched and the like
    taken_off_sure    boolean not null default false,  -- just before it had been read that they had not left by themselves
    returned_at       ${instant},  -- we put the person back whom we had taken off, and they were not listed since
    subscribed_at ${instant}, -- when we last subscribed the person, or perhaps did; null: not ours
    left_at      ${instant},  -- when we last took the person off, for whatever reason
    missing_at   ${instant},  -- a whole reading did not bring the person; another has to confirm it
    lost         boolean      not null default false,  -- ours, and gone without a reason: to be delivered again
    doubtful     boolean      not null default false,  -- missing since a reading that found other complaints: never lost
    primary key (list_id, person_id)
);
create index list_member_returned on list_member (list_id) where returned_at is not null;

-- The spellings of their address under which Campaigns lists people of whom one is not the one form that tells people apart; then
-- all of them, that form included.
create table listed_as (
    list_id   bigint        not null,
    person_id bigint        not null,
    spelling  varchar(1000) not null,  -- personal data
    active    boolean       not null,
    seen_at   ${instant},  -- when Campaigns last listed it as active
    gone_at   ${instant},  -- when Campaigns last listed it as gone
    left_at   ${instant},  -- when we last took it off
    primary key (person_id, list_id, spelling)
);
create index listed_as_list on listed_as (list_id);

-- Who must not be mailed, and who says so. list_id 0 means every list of the connection.
create table suppression (
    connection varchar(64)  not null,
    person_id  bigint       not null,
    list_id    bigint       not null,
    origin     varchar(200) not null,  -- campaigns, reply, or the CRM record: crm:Leads:4150868000002175
    reason     varchar(32)  not null,
    since      ${instant} not null,
    seen_at    ${instant},  -- when a reading last listed the person as gone
    said_by    ${instant},  -- the modification of the CRM record by which it says so
    primary key (person_id, connection, list_id, origin)
);
create index suppression_origin on suppression (connection, origin);

-- Addresses that Campaigns does not take, such as one of a group: not asked about again for a while, and no refusal.
create table refused_address (
    person_id  bigint       not null,
    connection varchar(64)  not null,
    reason     varchar(32)  not null,
    code       varchar(64)  not null,
    since      ${instant} not null,
    primary key (person_id, connection)
);

-- Which addresses the person of a record had before, or has besides: what those refuse holds for this one.
create table former_address (
    person_id  bigint       not null,
    connection varchar(64)  not null,
    former_id  bigint       not null,
    sync       varchar(170) not null,  -- empty for an address that the record has besides
    record_id  varchar(40)  not null,
    besides    boolean      not null default false,  -- the record has it besides
    primary key (person_id, connection, former_id, sync, record_id)
);
create index former_address_record on former_address (record_id, sync);
create index former_address_former on former_address (former_id, connection);

-- Who is withheld because a record names a word for the lawful basis that nobody knows; it may be a refusal.
create table unknown_word (
    connection varchar(64)  not null,
    person_id  bigint       not null,
    origin     varchar(200) not null,  -- the CRM record, as in suppression
    said_by    ${instant} not null,  -- the modification of the record by which it says so
    primary key (person_id, connection, origin)
);
create index unknown_word_origin on unknown_word (connection, origin);

create table sync_cursor (
    sync          varchar(170) primary key,
    modified_at   ${instant},
    record_id     varchar(40),
    deleted_since ${instant},
    full_scan_at  ${instant}, -- when the last reading of everything began that came to its end
    selection     varchar(64), -- stands for which records are selected; when it is another one, everything is read again
    full_scan_run varchar(40), -- there during a full scan, after which records without its mark have left: the run that began it
    consent_terms varchar(64), -- stands for what purpose and sync say of consent; when it is another one, everybody is decided anew
    decide_anew   boolean      not null default false  -- whether that is under way
);

-- Up to where a sync has read what can bring records into its selection without their own change.
create table selection_cursor (
    sync        varchar(170) not null,
    reading     varchar(16)  not null,  -- related, deals, view
    since       ${instant},  -- changes after this instant are read; null to read everything
    next_since  ${instant},  -- set while a reading is under way: the instant after which the next one reads
    modified_at ${instant},
    record_id   varchar(40),
    primary key (sync, reading)
);

-- Up to where the refusals of a module were swept for a sync, or between runs for a connection.
create table sweep_cursor (
    sync          varchar(170) not null,
    module        varchar(128) not null,
    since         ${instant},  -- when the last whole sweep began, by Zoho's clock
    everything    boolean not null default true,  -- all refusals are read, not only what changed
    next_since    ${instant},  -- while a sweep is under way: when it began
    modified_at   ${instant},
    record_id     varchar(40),
    primary key (sync, module)
);

-- Which process reads for a connection between runs, so that each thing is read by one at a time.
create table sweep_lease (
    name        varchar(100) primary key,
    node        varchar(200) not null,
    lease_until ${instant} not null
);

-- What is known of the refusals in the CRM of a connection.
create table refusal_state (
    connection        varchar(64) primary key,
    modules_listed_at ${instant},  -- when the list of modules was read last
    privacy           boolean,                   -- whether the organisation's privacy settings are on; null when nobody could say
    swept_at          ${instant}   -- when the last sweep that read all refusals to their end began; null after some could not be read
);

-- The modules of a connection that may hold people, and by which fields people refuse mail there.
create table people_module (
    connection varchar(64)  not null,
    module     varchar(128) not null,
    custom     boolean      not null default false,  -- made by the organisation itself
    seen_fields varchar(4000) not null default '',     -- the address and the fields of refusals that it ever had, with blanks between
    fields     varchar(4000) not null default '',     -- those that it had when it was looked at last, and its other fields of addresses
    unusual_fields varchar(4000) not null default '',     -- those of refusals that are of an unusual kind, as FIELD:KIND
    looked_at  ${instant},
    primary key (connection, module)
);

-- Which mapped fields have reached everybody whom a sync read.
create table mapped_field (
    sync   varchar(170) not null,
    target varchar(300) not null,  -- the Campaigns field, or updateEmptyValues
    source varchar(300) not null,  -- the CRM field that fills it
    state  varchar(8)   not null,  -- reached; first: with the first reading, under way; full: with a full run under way
    primary key (sync, target)
);

-- An order given by command, or a place among the active; it holds until the file's own state changes.
create table sync_state (
    sync       varchar(170) primary key,
    active     boolean not null,
    file_state boolean not null,
    since      ${instant} not null,
    because    varchar(1000),
    surplus    boolean not null default false  -- kept off because as many were active as may be; looked at anew with the files
);

-- The views or campaigns of which a sync makes a list each, as its last order that could ask for them found them. Cursors,
-- records and runs of each stand under the name sync/part_id.
create table sync_part (
    sync       varchar(128) not null,
    part_id    varchar(40)  not null,  -- of the view or campaign in the CRM
    kind       varchar(16)  not null,  -- view, campaign
    module     varchar(128) not null,
    label      varchar(300) not null,  -- its name when it was met first, after which its list is named
    position   int          not null,  -- in the order of the CRM
    gone_since ${instant},
    primary key (sync, part_id)
);

-- Which person each record of a sync stood for when it was last read.
create table source_record (
    sync        varchar(170) not null,
    record_id   varchar(40)  not null,
    person_id   bigint,
    modified_at ${instant} not null,
    settled     boolean      not null,  -- whether that second was over when the record was read
    decision    varchar(32)  not null,
    evidence    varchar(4000),
    says        varchar(16),            -- what the record says of consent; null where that was not read
    mark        bigint,                 -- the run that last read the record, or that began the full scan; in run_number
    primary key (sync, record_id)
);
create index source_record_person on source_record (person_id, sync);

-- Since when, or as of when, the consent allows no mail by which a sync delivered a record. It ends without a change of the record,
-- and somebody who is still on the list leaves it then.
create table consent_end (
    sync      varchar(170) not null,
    record_id varchar(40)  not null,
    ends_on   date         not null,  -- the first day without consent
    primary key (sync, record_id)
);
create index consent_end_day on consent_end (sync, ends_on, record_id);

-- Records that changed in the CRM since a sync last met them. Those that its readings then do not bring have left its selection.
create table changed_record (
    sync      varchar(170) not null,
    record_id varchar(40)  not null,
    primary key (sync, record_id)
);

-- Records that stand for their person because a newer one is gone: they are read again for what they say.
create table remaining_record (
    sync      varchar(170) not null,
    record_id varchar(40)  not null,
    primary key (sync, record_id)
);

create table run (
    id             varchar(40)  primary key,
    sync           varchar(170) not null,
    connection     varchar(64)  not null,
    cause          varchar(16)  not null,  -- schedule, command
    full_read      boolean      not null,
    full_scan      boolean      not null default false,  -- read in full because a scan was due; counts for no limit on full runs
    due_at         ${instant} not null,
    state          varchar(16)  not null,  -- reading, delivering, braked, completed, failed, refused, deferred
    node           varchar(200),
    lease_until    ${instant},
    started_at     ${instant} not null,
    read_at        ${instant},
    finished_at    ${instant},
    message        varchar(2000),
    brake          varchar(2000),          -- what the brake on mass removals says; there while it holds the run
    out_of_reach   boolean not null default false,  -- failed because Zoho or the database could not be reached
    total          bigint not null default 0,
    calls_accounts bigint not null default 0,
    calls_crm      bigint not null default 0,
    calls_campaigns bigint not null default 0,
    list           varchar(700),           -- to which it was bound, by its name then
    list_active    bigint,                 -- people on its list, by Campaigns' count
    list_foreign   bigint,                 -- those of them whom we did not subscribe
    list_missing   bigint,                 -- people of ours who were not there without a reason
    list_refusing  bigint not null default 0,  -- people whom it asked to leave for a refusal that none of its records says
    ends_as        varchar(16)  not null default 'completed',  -- deferred or refused: a limit let only its leavers through
    plan           varchar(40),            -- the plan that it carries out; the word record when it is noted down as one
    due_again      ${instant},                   -- of the deferred run of a sync that is still to follow
    parent_run     varchar(40),            -- the run of the whole sync of which this one carries out a part
    unique (sync, due_at)
);
create index run_parent on run (parent_run);
-- Few runs are open; of one sync the newest in a state is wanted.
create index run_state on run (state, sync, started_at, id);
create index run_sync on run (sync, started_at, id);
create index run_recent on run (started_at, id);
create index run_plan on run (plan) where plan is not null;

-- People whom the deliveries of a run took off a list, a row for each batch: the run's own row is locked while a page is kept.
create table run_left (
    run_id varchar(40) not null,
    people bigint      not null
);
create index run_left_run on run_left (run_id);
create index run_started on run (connection, started_at);
create index run_due_again on run (sync, due_again) where due_again is not null;

-- What a saved preview says that a run does; the run that carries it out stops where it would do something else.
create table plan (
    id        varchar(40)  primary key,
    sync      varchar(128) not null,
    full_read boolean      not null,
    made_at   ${instant} not null
);

create table plan_line (
    plan        varchar(40) not null,  -- or the id of a run that is noted down
    record_id   varchar(40) not null,
    decision    varchar(32) not null,
    action      varchar(16),
    fingerprint varchar(64),
    reason      varchar(32),
    primary key (plan, record_id)
);

-- What many outcomes have in common, each once: nothing here is personal data, and nothing is deleted.
create table outcome_kind (
    id           ${identity},
    fingerprint  varchar(64)  not null unique,  -- of the columns that follow
    decision     varchar(32)  not null,
    outcome      varchar(16)  not null,  -- the words of io.consentbridge.sync.Outcome
    reason       varchar(32),            -- of an ignored one
    updated      boolean      not null,
    why          varchar(500) not null   -- the reason in words, without what only one record has; empty text for none
);

-- What became of each record in a run.
create table outcome (
    id        ${numbered},
    run       bigint       not null,  -- in run_number
    record_id varchar(40)  not null,
    person_id bigint,
    kind      bigint       not null,  -- in outcome_kind
    detail    varchar(500),           -- the reason, where it says more than that of the kind
    failure   varchar(500),           -- of a dead-lettered one: the cause; the reason of the decision stays
    address   varchar(320),           -- as the CRM has it, where it stands for nobody; personal data
    fingerprint varchar(64),          -- of the delivery that the record asked for
    unknown_word varchar(100),        -- for the lawful basis, that the record names and nobody knows; perhaps personal data
    unique (run, record_id)
);

-- How many outcomes a run has of each kind: its counters, which cost the same however many records it has. A transaction that
-- changes outcomes appends what it adds and takes away, and the sums count. When the run ends they become one row of each kind.
create table outcome_count (
    id      ${numbered},
    run     bigint not null,  -- in run_number
    kind    bigint not null,  -- in outcome_kind
    unknown_word varchar(100),
    records bigint not null   -- below zero for what is no longer of the kind
);
create index outcome_count_run on outcome_count (run, id);

-- The outbox: at most one delivery waits or flies per person and list.
create table delivery (
    id            ${numbered},
    list_id       bigint       not null,
    person_id     bigint       not null,
    connection    varchar(64)  not null,
    action        varchar(16)  not null,
    priority      int          not null,  -- 0 people who leave, 1 new people, 2 updates
    content       varchar(100000) not null,
    fingerprint   varchar(64)  not null,
    run_id        varchar(40)  not null,
    record_id     varchar(40)  not null,
    outcome_id    bigint,                 -- the record's outcome in the run; null when the run does not count the record
    on_success    varchar(16)  not null,  -- what that becomes once delivered
    on_success_reason varchar(32),
    on_success_updated boolean    not null,
    version       int          not null default 1,
    rounds        int          not null default 0,
    history       varchar(8000),
    due_at        ${instant} not null,
    claimed_by    varchar(200),
    claimed_until ${instant},
    claimed_version int,                    -- the version that flies, when a newer one has come in behind it
    dead_letter   bigint,
    held_for      varchar(170),           -- the sync whose reading must end first; due_at lies beyond all time then
    held_because  varchar(16),            -- deleted, moved, unmatched, consent-lost; stays once it is let go
    put_back      boolean not null default false,  -- of somebody whom we had taken off the list ourselves
    unique (person_id, list_id)
);
create index delivery_due on delivery (connection, action, priority, due_at, id, list_id);
create index delivery_run on delivery (run_id);
create index delivery_put_back on delivery (list_id) where put_back;

create table dead_letter (
    id          ${identity},
    list_id     bigint       not null,
    person_id   bigint       not null,
    connection  varchar(64)  not null,
    sync        varchar(170) not null,
    action      varchar(16)  not null,
    priority    int          not null,
    content     varchar(100000) not null,
    fingerprint varchar(64)  not null,
    run_id      varchar(40)  not null,
    record_id   varchar(40)  not null,
    outcome_id  bigint,
    on_success  varchar(16)  not null,
    on_success_reason varchar(32),
    on_success_updated boolean    not null,
    code        varchar(64),
    cause       varchar(2000) not null,
    history     varchar(8000),
    parked_at   ${instant} not null,
    replayed    int          not null default 0,
    replaying   boolean      not null default false,
    put_back    boolean      not null default false,  -- as in delivery
    unique (person_id, list_id)
);
create index dead_letter_record on dead_letter (sync, record_id);
create index dead_letter_count on dead_letter (connection, replaying);

-- What is decided for many people alike, each once: nothing here is personal data, and nothing is deleted.
create table ledger_decision (
    id                ${identity},
    fingerprint       varchar(64)  not null unique,  -- of the columns that follow
    connection        varchar(64)  not null,
    purpose           varchar(128) not null,
    statement_version varchar(64)  not null,
    sync              varchar(170) not null,
    decision          varchar(32)  not null,
    why               varchar(500) not null
);

-- Append-only: what was decided about a person for a purpose, on what evidence. A row is written when it changed.
create table consent_ledger (
    id          ${numbered},
    person_id   bigint      not null,
    decision    bigint      not null,  -- in ledger_decision
    record_id   varchar(40) not null,
    run         bigint      not null,  -- in run_number
    evidence    varchar(4000),
    recorded_at ${instant}  not null
);
create index consent_ledger_person on consent_ledger (person_id);
