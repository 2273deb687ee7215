package io.consentbridge.sandbox.crm.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Records whose changes are refused with a code, as locks, rules and privacy settings of an organisation do it. */
public final class WriteRefusals {

    private record Rule(String code, String field, long left) {}

    /**
     * A refused change.
     *
     * @param code Zoho's code, such as {@code RECORD_LOCKED}
     * @param field the field that is named with it; null for none
     */
    public record Refused(String code, String field) {}

    private final Map<Long, Rule> rules = new ConcurrentHashMap<>();

    /** @param times how many changes are refused; 0 or less for all */
    public void refuse(long id, String code, String field, long times) {
        rules.put(id, new Rule(code, field, times <= 0 ? Long.MAX_VALUE : times));
    }

    /** Ends every refusal. */
    public void clear() {
        rules.clear();
    }

    /** Returns how a change of the record is refused now, and uses up one time; empty when it is not. */
    public Optional<Refused> take(long id) {
        Rule rule = rules.get(id);
        if (rule == null) {
            return Optional.empty();
        }
        rules.computeIfPresent(
                id, (same, now) -> now.left() <= 1 ? null : new Rule(now.code(), now.field(), now.left() - 1));
        return Optional.of(new Refused(rule.code(), rule.field()));
    }
}
