package io.consentbridge.sandbox.crm.store;

import io.consentbridge.sandbox.crm.schema.Catalogue;
import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import io.consentbridge.sandbox.crm.schema.Ref;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** All modules of the CRM. */
public final class Crm {

    private final Map<String, ModuleStore> modules = new LinkedHashMap<>();
    private final Memberships memberships = new Memberships();
    private final OptOuts optOuts = new OptOuts();
    private volatile boolean privacySettings = true;
    private volatile String edition = "enterprise";
    private volatile boolean refusesUnknownFields;
    private volatile boolean refusesReadOnlyFields;
    private volatile int allRefused = 400;
    private volatile boolean modifiedRefusesCall;

    /** Opens the modules with the records that they have at the start. */
    public Crm(Function<ModuleSpec, RowSource> rows, Iterable<Tombstone> tombstones) {
        for (ModuleSpec spec : Catalogue.ALL) {
            ModuleStore store = new ModuleStore(spec, rows.apply(spec), optOuts);
            optOuts.learn(store);
            modules.put(spec.apiName(), store);
        }
        memberships.begin(modules.get("Campaigns"), modules.get("Leads"));
        tombstones.forEach(t -> modules.get(t.module()).tombstone(t.deletion()));
    }

    /** A deletion from before the sandbox started. */
    public record Tombstone(String module, Deletion deletion) {}

    public Optional<ModuleStore> module(String apiName) {
        return Optional.ofNullable(modules.get(apiName));
    }

    public Iterable<ModuleStore> modules() {
        return modules.values();
    }

    /** Makes changes visible that are due by that time, in seconds of the epoch. */
    public void becomeVisible(long now) {
        modules.values().forEach(store -> store.becomeVisible(now));
    }

    /** Returns whether a change that names a field which the module lacks is refused; otherwise the field is ignored. */
    public boolean refusesUnknownFields() {
        return refusesUnknownFields;
    }

    public void refusesUnknownFields(boolean refuses) {
        refusesUnknownFields = refuses;
    }

    /** Returns whether a change that names a read-only field is refused; otherwise the field is ignored. */
    public boolean refusesReadOnlyFields() {
        return refusesReadOnlyFields;
    }

    public void refusesReadOnlyFields(boolean refuses) {
        refusesReadOnlyFields = refuses;
    }

    /** Returns the status of a call of which every record is refused: 400, in older versions 202. */
    public int allRefused() {
        return allRefused;
    }

    public void allRefused(int status) {
        allRefused = status;
    }

    /**
     * Returns whether one record that was modified since the time of {@code If-Unmodified-Since} makes the whole call of many
     * records fail; otherwise it alone is refused. Zoho does not say which.
     */
    public boolean modifiedRefusesCall() {
        return modifiedRefusesCall;
    }

    public void modifiedRefusesCall(boolean refuses) {
        modifiedRefusesCall = refuses;
    }

    /** Returns Zoho's word for the edition. */
    public String edition() {
        return edition;
    }

    public void edition(String word) {
        edition = word;
    }

    /** Returns whether the organisation has switched on its privacy settings. */
    public boolean privacySettings() {
        return privacySettings;
    }

    public void privacySettings(boolean on) {
        privacySettings = on;
    }

    public OptOuts optOuts() {
        return optOuts;
    }

    /** Returns the memberships of campaigns. */
    public Memberships memberships() {
        return memberships;
    }

    /** Returns the record to which a lookup field points. */
    public Optional<Row> follow(Row row, String lookup) {
        var field = row.spec().field(lookup);
        if (field == null || field.target() == null || !(row.get(lookup) instanceof Ref ref)) {
            return Optional.empty();
        }
        return module(field.target()).flatMap(store -> store.find(ref.id()));
    }
}
