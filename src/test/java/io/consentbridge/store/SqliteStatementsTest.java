package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements for SQLite. */
class SqliteStatementsTest {

    @ParameterizedTest
    @DisplayName("Each phrase that SQLite lacks is translated, and the rest stays")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "from unnest(:people) as wanted (id) left join t on t.id = wanted.id|from (select value as id from json_each(:people)) as wanted left join t on t.id = wanted.id",
                "from unnest(:people) as wanted (id)|from (select value as id from json_each(:people)) as wanted",
                "from unnest(:people) as wanted (id) join t on t.id = wanted.id left join u on u.id = t.id|from (select value as id from json_each(:people)) as wanted cross join t on t.id = wanted.id left join u on u.id = t.id",
                "select /* joined as written */ 1 from a join b on b.id = a.id|select /* joined as written */ 1 from a cross join b on b.id = a.id",
                "from a join b on b.id = a.id|from a join b on b.id = a.id",
                "where id = any(:ids) order by id for update|where id in (select value from json_each(:ids)) order by id",
                "where id <> all(:ids)|where id not in (select value from json_each(:ids))",
                "order by id fetch first :max rows only for update skip locked|order by id limit :max",
                "order by id fetch first row only|order by id limit 1",
                "select cast(:now as timestamp with time zone), id|select :now, id",
                "min(greatest(due_at, other))|min(max(due_at, other))",
                "select a from updates for updated|select a from updates for updated",
            })
    void translated(String ours, String theirs) {
        assertThat(SqliteStatements.translate(ours)).isEqualTo(theirs);
    }
}
