package io.consentbridge.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How SQLite carries out a statement.
 *
 * @param sql in SQLite's words
 * @param steps in the order in which SQLite says them
 * @param refusal what SQLite says of a text that is no statement; otherwise null
 */
record StatementPlan(String sql, List<Step> steps, String refusal) {

    /**
     * Tables that grow with people, records and days, each with the columns of which one value stands for few of its rows.
     */
    static final Map<String, Set<String>> LARGE = large(
            "person: rowid address",
            "list_member: person_id",
            "listed_as: person_id",
            "suppression: person_id",
            "refused_address: person_id",
            "former_address: person_id former_id record_id",
            "unknown_word: person_id",
            "source_record: record_id person_id",
            "consent_end: record_id",
            "changed_record: record_id",
            "remaining_record: record_id",
            "run: id due_at parent_run plan",
            "run_left: run_id",
            "run_number: rowid run_id",
            "plan_line: record_id",
            "outcome: rowid record_id",
            "outcome_count: rowid run",
            "delivery: rowid person_id outcome_id",
            "dead_letter: rowid person_id record_id",
            "consent_ledger: rowid person_id",
            "ledger_event: rowid person_id",
            "ledger_subject: rowid person_id",
            "ledger_entry: rowid subject",
            "ledger_tile: number",
            "ledger_checkpoint: size",
            "confirmation_request: rowid person_id record_id",
            "confirmation_mail: rowid request_id token_hash message_id",
            "record_update: rowid record_id person_id",
            "erased_subject: subject",
            "campaign_reaction: id person_id",
            "workflow_start: rowid person_id");

    /** Indexes of few rows. */
    private static final Set<String> FEW = Set.of(
            "run_due_again",
            "list_member_returned",
            "delivery_put_back",
            "confirmation_request_due",
            "confirmation_request_asking",
            "confirmation_request_expires",
            "record_update_pending",
            "record_update_dead",
            "workflow_start_pending",
            "workflow_start_dead");

    /** A table, and the name that the statement gives to it. */
    private static final Pattern NAMED =
            Pattern.compile("\\b(?:from|join|update|into)\\s+(\\w+)(?:\\s+as)?(?:\\s+(?!(?:"
                    + "where|set|on|order|group|join|left|cross|limit|union|select|values|indexed|having)\\b)(\\w+))?");

    /** What a statement puts together itself. */
    private static final Pattern OWN = Pattern.compile("(?:\\) (?:as )?|\\bwith (?:recursive )?)(\\w+)");

    private static final Pattern READING = Pattern.compile("(?:SCAN|SEARCH) (?!CONSTANT)(\\w+)(?:.*?\\((.*)\\))?.*");
    private static final Pattern KEY = Pattern.compile("sqlite_autoindex_(\\w+)_\\d");
    private static final Pattern CONDITION = Pattern.compile("(\\w+\\)?)([=<>])[?(]");

    /** A line of a plan, and the number of that above it. */
    record Step(int parent, String line) {

        /** Whether all rows are read before the first one is there; a sort by the last columns alone needs a few at a time. */
        boolean sortsAll() {
            return line.matches("USE TEMP B-TREE FOR (ORDER|GROUP) BY");
        }
    }

    /** Asks SQLite, without values for the parameters, about a statement in the words of the product. */
    static StatementPlan of(Database database, String text) {
        String sql = SqliteStatements.translate(text).strip();
        // Where the tables were changed: to explain is not to read, so another connection would not notice a new index.
        return database.transaction(handle -> {
            try (Statement statement = handle.getConnection().createStatement();
                    ResultSet rows = statement.executeQuery("explain query plan " + sql)) {
                List<Step> steps = new ArrayList<>();
                while (rows.next()) {
                    steps.add(new Step(rows.getInt("parent"), rows.getString("detail")));
                }
                return new StatementPlan(sql, steps, null);
            } catch (SQLException e) {
                return new StatementPlan(sql, List.of(), e.getMessage());
            }
        });
    }

    /** The statement, and under it the lines of its plan. */
    String shown() {
        return sql + "\n" + steps.stream().map(step -> "    " + step.line()).collect(Collectors.joining("\n"));
    }

    /** The lines of the plan that read much. */
    List<String> bad() {
        Map<String, String> tables = tables();
        boolean pages = sql.contains("limit ") && steps.stream().noneMatch(Step::sortsAll);
        Set<Integer> begun = new HashSet<>();
        List<String> bad = new ArrayList<>();
        for (Step step : steps) {
            Matcher reading = READING.matcher(step.line());
            if (!reading.matches()) {
                continue;
            }
            boolean first = !begun.contains(step.parent());
            // The values of a parameter are few, and one loop for all of them stands around the others.
            if (step.line().contains("json_each")) {
                if (!first) {
                    bad.add(step.line());
                }
                continue;
            }
            begun.add(step.parent());
            Matcher key = KEY.matcher(step.line());
            if (FEW.stream().anyMatch(step.line()::contains)) {
                continue;
            }
            String table = key.find() ? key.group(1) : tables.get(reading.group(1));
            // A name that is not understood is looked at by a person.
            if (step.line().contains("AUTOMATIC")
                    || table == null
                    || reads(table, Objects.requireNonNullElse(reading.group(2), ""), first && pages)) {
                bad.add(step.line());
            }
        }
        return bad;
    }

    /** The tables by the names that the statement gives to them; what it puts together itself stands for itself. */
    private Map<String, String> tables() {
        Map<String, String> tables = new HashMap<>();
        Matcher named = NAMED.matcher(sql);
        while (named.find()) {
            tables.put(named.group(1), named.group(1));
            tables.put(Objects.requireNonNullElse(named.group(2), named.group(1)), named.group(1));
        }
        Matcher own = OWN.matcher(sql);
        while (own.find()) {
            tables.putIfAbsent(own.group(1), own.group(1));
        }
        return tables;
    }

    /** Whether that reads much of the table. A page by its key may begin anywhere. */
    private static boolean reads(String table, String conditions, boolean pages) {
        Set<String> narrow = LARGE.get(table);
        if (narrow == null) {
            return false;
        }
        Matcher condition = CONDITION.matcher(conditions);
        while (condition.find()) {
            if (condition.group(2).equals("=") ? narrow.contains(condition.group(1)) : pages) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Set<String>> large(String... tables) {
        Map<String, Set<String>> result = new HashMap<>();
        for (String table : tables) {
            String[] parts = table.split(": ");
            result.put(parts[0], Set.of(parts[1].split(" ")));
        }
        return result;
    }
}
