package io.consentbridge.decision;

import io.consentbridge.campaigns.CampaignsFields;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.mapping.Mapped;
import io.consentbridge.mapping.UnusableField;
import io.consentbridge.run.RunFault;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;

/**
 * Holds the Campaigns fields of a record between its decision and its delivery: the sync's mapping fills them, the steps of
 * {@code direct:transform-fields} change them, and the result is sent to Campaigns. Bound as {@code contactFields}.
 */
public final class ContactFields {

    /** The variable that holds the fields: a Map of Campaigns field to value. */
    public static final String VARIABLE = "fields";

    /** The exchange property that holds the {@link CrmRecord}. */
    public static final String RECORD = "record";

    /** The exchange property that holds the decision's word. */
    public static final String DECISION = "decision";

    private final CampaignsFields campaigns;

    /** @param campaigns gives the fields that Campaigns has */
    public ContactFields(CampaignsFields campaigns) {
        this.campaigns = campaigns;
    }

    /** Fills the fields that the sync's mapping names from the record, into the variable {@value #VARIABLE}. */
    public void map(@Body Decided decided, Exchange exchange) {
        CrmRecord record = decided.candidate().record();
        exchange.setProperty(RECORD, record);
        exchange.setProperty(DECISION, decided.word());
        exchange.setVariable(
                VARIABLE, new Fields(decided.candidate().page().mapper().map(record.values())));
    }

    /**
     * The fields with that field set to that value, which may be null to erase what Campaigns has; for steps of an
     * integrator.
     */
    public Map<String, Object> set(@Body Map<String, Object> fields, String name, Object value) {
        Map<String, Object> changed = new Fields(fields);
        changed.put(name, value);
        return changed;
    }

    /** The fields without that field, so that Campaigns keeps its value; for steps of an integrator. */
    public Map<String, Object> remove(@Body Map<String, Object> fields, String name) {
        Map<String, Object> changed = new Fields(fields);
        changed.remove(name);
        return changed;
    }

    /**
     * The fields of the record that are sent to Campaigns.
     *
     * @param fields the result of the transformation
     * @throws RunFault when that is no Map of fields that Campaigns accepts
     */
    Mapped contact(Decided decided, Object fields) {
        if (!(fields instanceof Map<?, ?> map)) {
            throw fault(
                    decided,
                    "yields "
                            + (fields == null
                                    ? "nothing"
                                    : "a " + fields.getClass().getSimpleName())
                            + " instead of a Map of Campaigns fields");
        }
        OpenPage page = decided.candidate().page();
        try {
            return sent(page, page.mapper().contact(map));
        } catch (UnusableField unusable) {
            throw fault(decided, "yields a Map that cannot be sent: " + unusable.getMessage());
        }
    }

    // The mapped fields were checked when the run began; Campaigns is asked only when a step adds a field.
    private Mapped sent(OpenPage page, Mapped contact) {
        Set<String> added = new LinkedHashSet<>(contact.contactInfo().keySet());
        added.removeAll(page.mapper().targets());
        if (added.isEmpty()) {
            return contact;
        }
        Set<String> existing =
                campaigns.names(page.run().connection(), page.run().id());
        added.removeAll(existing);
        return contact.without(added, existing);
    }

    private static RunFault fault(Decided decided, String what) {
        return new RunFault(decided.candidate().record() + ": the route transform-fields " + what
                + ". Correct its steps; the next run reads the page again");
    }

    /** Fields whose text, as a log may show it, contains no value. */
    private static final class Fields extends LinkedHashMap<String, Object> {

        private static final long serialVersionUID = 1;

        private Fields(Map<String, ?> fields) {
            super(fields);
        }

        @Override
        public String toString() {
            return keySet().toString();
        }
    }
}
