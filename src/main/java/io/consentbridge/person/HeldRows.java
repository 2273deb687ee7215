package io.consentbridge.person;

import io.consentbridge.store.Columns;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Everything that tables hold about a person, row by row. */
final class HeldRows {

    private static final Map<String, String> STATEMENTS = new LinkedHashMap<>();

    /** Columns that say nothing about a person, or would open what is sealed. */
    private static final Set<String> LEFT_OUT = Set.of("wrapped_key", "token_hash", "claimed_by");

    static {
        STATEMENTS.put("person", "select p.id, p.address from person p where p.id = :person");
        STATEMENTS.put("source_record", "select s.* from source_record s where s.person_id = :person");
        STATEMENTS.put("consent_end", """
                select e.* from source_record s join consent_end e on e.sync = s.sync and e.record_id = s.record_id
                where s.person_id = :person
                """);
        STATEMENTS.put("changed_record", """
                select c.* from source_record s join changed_record c on c.sync = s.sync and c.record_id = s.record_id
                where s.person_id = :person
                """);
        STATEMENTS.put("remaining_record", """
                select r.* from source_record s join remaining_record r on r.sync = s.sync and r.record_id = s.record_id
                where s.person_id = :person
                """);
        STATEMENTS.put("plan_line", """
                select distinct l.* from source_record s join plan_line l on l.record_id = s.record_id and l.plan in (
                    select id from plan union select id from run where plan is not null)
                where s.person_id = :person
                """);
        STATEMENTS.put("suppression", """
                select s.*, l.name as list from suppression s left join mailing_list l on l.id = s.list_id
                where s.person_id = :person
                """);
        STATEMENTS.put("unknown_word", "select u.* from unknown_word u where u.person_id = :person");
        STATEMENTS.put("refused_address", "select r.* from refused_address r where r.person_id = :person");
        STATEMENTS.put("former_address", """
                select f.*, former.address as former, later.address as later from former_address f
                join person former on former.id = f.former_id join person later on later.id = f.person_id
                where f.person_id = :person or f.former_id = :person
                """);
        STATEMENTS.put("list_member", """
                select /* joined as written */ m.*, l.connection, l.name as list from mailing_list l
                join list_member m on m.list_id = l.id and m.person_id = :person
                """);
        STATEMENTS.put("listed_as", "select a.* from listed_as a where a.person_id = :person");
        STATEMENTS.put("delivery", """
                select d.*, l.name as list from delivery d join mailing_list l on l.id = d.list_id
                where d.person_id = :person
                """);
        STATEMENTS.put("dead_letter", """
                select d.*, l.name as list from dead_letter d join mailing_list l on l.id = d.list_id
                where d.person_id = :person
                """);
        STATEMENTS.put("outcome", """
                select o.*, n.run_id, k.decision, k.outcome as became, k.reason, k.why from outcome o
                join run_number n on n.id = o.run join outcome_kind k on k.id = o.kind
                where o.person_id = :person
                """);
        STATEMENTS.put("consent_ledger", """
                select c.*, d.purpose, d.decision as decided, d.why from consent_ledger c
                join ledger_decision d on d.id = c.decision where c.person_id = :person
                """);
        STATEMENTS.put("ledger_event", "select e.* from ledger_event e where e.person_id = :person");
        STATEMENTS.put("ledger_subject", "select s.* from ledger_subject s where s.person_id = :person");
        STATEMENTS.put("confirmation_request", "select r.* from confirmation_request r where r.person_id = :person");
        STATEMENTS.put("confirmation_mail", """
                select m.* from confirmation_request r join confirmation_mail m on m.request_id = r.id
                where r.person_id = :person
                """);
        STATEMENTS.put("record_update", """
                select u.* from source_record s join record_update u on u.record_id = s.record_id
                where s.person_id = :person and u.person_id is null
                union select u.* from record_update u where u.person_id = :person
                """);
        STATEMENTS.put("workflow_start", "select w.* from workflow_start w where w.person_id = :person");
        STATEMENTS.put("campaign_reaction", """
                select r.*, c.connection, c.name as campaign from campaign_reaction r
                join watched_campaign c on c.id = r.campaign_id where r.person_id = :person
                """);
        STATEMENTS.put("erasure", "select e.* from erasure e where e.person_id = :person");
    }

    private HeldRows() {}

    /** The tables that are read. */
    static Set<String> tables() {
        return STATEMENTS.keySet();
    }

    /** The rows about a person, by table; tables without any are absent. */
    static Map<String, List<Map<String, Object>>> of(Handle handle, long person) {
        Map<String, List<Map<String, Object>>> held = new LinkedHashMap<>();
        STATEMENTS.forEach((table, statement) -> {
            List<Map<String, Object>> rows = handle.createQuery(statement)
                    .bind("person", person)
                    .map((row, context) -> row(row))
                    .list();
            if (!rows.isEmpty()) {
                held.put(table, new ArrayList<>(rows));
            }
        });
        return held;
    }

    private static Map<String, Object> row(ResultSet row) throws SQLException {
        Map<String, Object> values = new LinkedHashMap<>();
        ResultSetMetaData shape = row.getMetaData();
        for (int i = 1; i <= shape.getColumnCount(); i++) {
            String name = shape.getColumnLabel(i).toLowerCase(Locale.ROOT);
            if (!LEFT_OUT.contains(name)) {
                values.put(name, value(row, i, name));
            }
        }
        return values;
    }

    private static Object value(ResultSet row, int column, String name) throws SQLException {
        Object value = row.getObject(column);
        if (value == null) {
            return null;
        }
        if (name.endsWith("_at") || name.equals("since") || name.equals("claimed_until") || name.equals("said_by")) {
            return Columns.optionalInstant(row, name).map(Object::toString).orElse(null);
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value instanceof Number || value instanceof Boolean || value instanceof String
                ? value
                : value.toString();
    }
}
