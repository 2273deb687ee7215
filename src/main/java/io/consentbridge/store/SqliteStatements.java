package io.consentbridge.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Translates statements, which are written for PostgreSQL, for SQLite: arrays become {@code json_each}, and row locks
 * disappear because there is one writer. Safe for many threads.
 */
final class SqliteStatements implements SqlParser {

    private record Phrase(Pattern ours, String theirs) {
        Phrase(String ours, String theirs) {
            this(Pattern.compile(ours), theirs);
        }
    }

    private static final Phrase[] PHRASES = {
        new Phrase("unnest\\(:(\\w+)\\) as (\\w+) \\((\\w+)\\)", "(select value as $3 from json_each(:$1)) as $2"),
        new Phrase("= any\\(:(\\w+)\\)", "in (select value from json_each(:$1))"),
        new Phrase("<> all\\(:(\\w+)\\)", "not in (select value from json_each(:$1))"),
        new Phrase("\\s+for update( skip locked)?\\b", ""),
        new Phrase("fetch first row only", "limit 1"),
        new Phrase("fetch first (:\\w+) rows only", "limit $1"),
        new Phrase("cast\\((:\\w+) as timestamp with time zone\\)", "$1"),
        // Both take the latest; none of the values is null.
        new Phrase("\\bgreatest\\(", "max("),
    };

    /** In a statement whose joins need an order too: it reads a page by the key of its first table. */
    private static final String AS_WRITTEN = "/* joined as written */";

    /**
     * A lookup of many keys joins in the order in which it is written. Otherwise SQLite, which knows no sizes of tables, may
     * read all rows of a run or connection, and look for each of them among the keys.
     */
    private static final Pattern JOIN = Pattern.compile("(?<!left )(?<!cross )\\bjoin\\b");

    private final SqlParser parser;
    private final Map<String, String> translated = new ConcurrentHashMap<>();

    SqliteStatements(SqlParser parser) {
        this.parser = parser;
    }

    /** Whether the statements of that handle are for SQLite. */
    static boolean translates(Handle handle) {
        return handle.getConfig(SqlStatements.class).getSqlParser() instanceof SqliteStatements;
    }

    @Override
    public ParsedSql parse(String sql, StatementContext context) {
        return parser.parse(translated.computeIfAbsent(sql, SqliteStatements::translate), context);
    }

    @Override
    public String nameParameter(String rawName, StatementContext context) {
        return parser.nameParameter(rawName, context);
    }

    static String translate(String sql) {
        String result = sql.contains("unnest(") || sql.contains(AS_WRITTEN)
                ? JOIN.matcher(sql).replaceAll("cross join")
                : sql;
        for (Phrase phrase : PHRASES) {
            result = phrase.ours().matcher(result).replaceAll(phrase.theirs());
        }
        return result;
    }
}
