-- What a later version may add; for tests of upgrades.
create table later (
    id bigint primary key
);
