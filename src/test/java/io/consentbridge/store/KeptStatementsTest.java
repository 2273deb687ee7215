package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prepared statements of SQLite, which are used again. */
class KeptStatementsTest {

    private static final String READ = "select name from thing where id = ?";

    @TempDir
    private Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.scratch(folder.resolve("kept.db"));
        database.change(handle -> handle.execute("create table thing (id bigint primary key, name varchar(20))"));
    }

    private void with(Use use) {
        database.change(handle -> {
            try {
                use.of(handle.getStatementBuilder(), handle.getConnection(), new Context(handle).context());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private interface Use {
        void of(StatementBuilder builder, Connection connection, StatementContext context) throws SQLException;
    }

    /** Jdbi makes the context of a statement. */
    private record Context(Handle handle) {
        StatementContext context() {
            return handle.createQuery("select 1").getContext();
        }
    }

    @Test
    @DisplayName("A statement that runs again is the one that was prepared before, without its parameters")
    void again() {
        database.change(handle -> handle.execute("insert into thing (id, name) values (1, 'one')"));
        List<PreparedStatement> seen = new ArrayList<>();
        for (int transaction = 0; transaction < 2; transaction++) {
            with((builder, connection, context) -> {
                PreparedStatement statement = builder.create(connection, READ, context);
                seen.add(statement);
                assertThat(name(statement)).isEmpty();
                statement.setLong(1, 1);
                assertThat(name(statement)).contains("one");
                builder.close(connection, READ, statement);
            });
        }

        assertThat(seen.get(1)).isSameAs(seen.get(0));
    }

    private static Optional<String> name(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    @Test
    @DisplayName("A statement that runs within a loop over its own rows is another one")
    void nested() {
        database.change(handle -> {
            handle.execute("insert into thing (id, name) values (1, 'one'), (2, 'two')");
            String all = "select id from thing order by id";
            List<Long> seen = new ArrayList<>();
            handle.createQuery(all).mapTo(Long.class).forEach(id -> {
                seen.add(id);
                handle.createQuery(all).mapTo(Long.class).forEach(seen::add);
            });
            assertThat(seen).containsExactly(1L, 1L, 2L, 2L, 1L, 2L);
        });
    }

    @Test
    @DisplayName("A statement that failed hinders neither its transaction nor the next one")
    void failed() {
        String insert = "insert into thing (id, name) values (:id, 'one')";
        for (int time = 0; time < 3; time++) {
            assertThatThrownBy(() -> database.change(handle -> {
                        handle.createUpdate(insert).bind("id", 7).execute();
                        handle.createUpdate(insert).bind("id", 7).execute();
                    }))
                    .isInstanceOf(DatabaseFault.class);
        }
        database.change(handle -> {
            handle.createUpdate(insert).bind("id", 7).execute();
            assertThatThrownBy(() -> handle.createUpdate(insert).bind("id", 7).execute())
                    .isNotNull();
            handle.createUpdate(insert).bind("id", 8).execute();
        });

        assertThat(count()).isEqualTo(2);
    }

    private long count() {
        return database.query(handle -> handle.createQuery("select count(*) from thing")
                .mapTo(Long.class)
                .one());
    }

    @Test
    @DisplayName("Of more statements than are kept, the one that was not used for the longest time is closed")
    void most() {
        List<PreparedStatement> seen = new ArrayList<>();
        with((builder, connection, context) -> {
            for (int number = 0; number < 300; number++) {
                String text = "select " + number;
                PreparedStatement statement = builder.create(connection, text, context);
                builder.close(connection, text, statement);
                seen.add(statement);
            }
        });

        with((builder, connection, context) -> {
            assertThat(builder.create(connection, "select 299", context)).isSameAs(seen.get(299));
            assertThat(builder.create(connection, "select 0", context)).isNotSameAs(seen.get(0));
        });
        assertThatThrownBy(() -> seen.get(0).executeQuery()).isInstanceOf(SQLException.class);
    }

    @Test
    @DisplayName("A statement that is kept sees a table that was changed meanwhile")
    void changed() {
        String text = "select * from thing";
        for (String column : List.of("first", "second")) {
            database.change(handle -> {
                handle.createQuery(text).mapToMap().list();
                handle.execute("alter table thing add column " + column + " varchar(10)");
            });
        }
        database.change(handle -> {
            handle.execute("insert into thing (id, second) values (1, 'x')");
            assertThat(handle.createQuery(text).mapToMap().one()).containsEntry("second", "x");
        });
    }

    @AfterEach
    void close() {
        database.close();
    }
}
