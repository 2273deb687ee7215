-- For SQLite and PostgreSQL, as V1.

-- Erasures of people, with what was removed. Nothing here is personal data once the person is removed.
create table erasure (
    id          ${identity},
    person_id   bigint,                -- null once they are removed, and for somebody of whom nothing was stored
    asked_at    ${instant} not null,
    removed_at  ${instant},            -- when everything that was stored here about the person was removed; null while it is pending
    cleaned_at  ${instant},            -- when the files of the database held nothing of it any more
    removed     varchar(4000)          -- JSON: how many rows of which table
);
create index erasure_person on erasure (person_id);
create index erasure_pending on erasure (id) where cleaned_at is null;

-- By what erased people are recognised when the CRM brings them again: their address, and the ids of their records.
create table erased_subject (
    subject varchar(64) primary key,   -- in hexadecimal digits; a keyed hash under the suppression key
    erasure bigint not null
);
create index erased_subject_erasure on erased_subject (erasure);
