-- For SQLite and PostgreSQL, as V1.

-- Lists that nobody is subscribed to while a campaign is in review (B133). Removals from them go on.
create table list_lock (
    list_id  bigint       not null,
    campaign varchar(128) not null,  -- a list may be locked for several campaigns
    since    ${instant}   not null,
    primary key (list_id, campaign)
);
create index list_lock_campaign on list_lock (campaign);

-- The list of the purpose, for a campaign's own list: what somebody refuses on one of them counts on all of them (B134).
alter table mailing_list add column refusals_with bigint;
