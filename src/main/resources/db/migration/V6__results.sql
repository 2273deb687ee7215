-- For SQLite and PostgreSQL; the placeholders stand for types that differ (io.consentbridge.store.Engine).

-- Campaigns at Zoho that may have mailed somebody, and when each is looked at next.
create table watched_campaign (
    id            ${identity},
    connection    varchar(64)  not null,
    campaign_key  varchar(200) not null,
    parent_key    varchar(200),              -- of a part of another campaign: a variant of a test, a message of an autoresponder
    name          varchar(500) not null,
    kind          varchar(64)  not null,     -- Zoho's word
    subject       varchar(500) not null,
    sender        varchar(320) not null,     -- the address that the mail is from
    status        varchar(32)  not null,     -- the words of io.consentbridge.campaigns.CampaignStatus
    sent_at       ${instant},                -- null: Zoho does not say
    made_at       ${instant},                -- when it was made at Zoho; null: Zoho does not say
    first_seen_at ${instant}   not null,
    listed        boolean      not null,     -- whether Zoho ever listed it; otherwise it was named
    gone_at       ${instant},                -- when Zoho did not list it any more
    looked_at     ${instant},                -- when its report was last read
    due_at        ${instant},                -- when it is looked at next; null: not again
    parts_read    boolean      not null default false,  -- whether the variants of a test are known
    unique (connection, campaign_key)
);

-- When the campaigns of a connection were listed.
create table campaign_listing (
    connection varchar(64) primary key,
    listed_at  ${instant} not null,
    whole_at   ${instant}                    -- when they were last listed to the end
);

-- What the reports say, and at which number the people were read.
create table campaign_count (
    campaign_id bigint      not null,
    figure      varchar(32) not null,        -- the words of io.consentbridge.reaction.Figure
    counted     bigint,                      -- the last number that a report gave; null: it never gave one
    counted_at  ${instant},
    read_count  bigint,                      -- the number at which the people were last read to the end; null: never, or it was not told
    read_people bigint,                      -- how many were listed then
    read_phase  int,                         -- the phase of the looking in which that was
    read_at     ${instant},
    primary key (campaign_id, figure)
);

-- What recipients did, each once.
create table campaign_reaction (
    id          bigint      primary key,     -- grows in the order in which readers can see the rows
    campaign_id bigint      not null,
    reaction    varchar(16) not null,        -- the words of io.consentbridge.results.ReactionWords
    person_id   bigint      not null,
    seen_at     ${instant}  not null,        -- when it was first read
    mailed_at   ${instant},                  -- when the mail was sent to the person, by Zoho; null: Zoho does not say
    happened_at ${instant},                  -- Zoho's time, mostly to the minute; null: Zoho does not say
    times       varchar(400),                -- of clicks: Zoho's times in seconds, the earliest and the latest, blank between
    unique (person_id, campaign_id, reaction)
);
create index campaign_reaction_list on campaign_reaction (campaign_id, reaction, id);

-- The last number of a reaction. A writer takes its numbers here first, so that readers see reactions in their order.
create table reaction_number (
    one    int    primary key,
    number bigint not null
);
