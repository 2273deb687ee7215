-- Whether a run failed because Zoho or the database could not be reached, so that trying again later may help.
alter table run add column out_of_reach boolean not null default false;
