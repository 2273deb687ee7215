package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.crm.coql.Filter;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.crm.store.Row;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.Map;
import java.util.function.Predicate;

/**
 * {@code GET /{module}/actions/count}: with a view, an address, or neither (docs/zoho-notes.md, "CRM: single records
 * and counts").
 */
final class RecordCount {

    private final Crm crm;

    RecordCount(Crm crm) {
        this.crm = crm;
    }

    Reply read(ModuleStore store, Request request) {
        String cvid = request.param("cvid");
        View view = View.of(store).stream()
                .filter(v -> cvid == null || Long.toString(v.id()).equals(cvid))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("cvid"));
        String email = request.param("email");
        Predicate<Row> accepts = new Filter(crm, store.spec()).of(view.condition());
        if (store.spec().has("Converted__s")) {
            accepts = accepts.and(row -> !row.is("Converted__s"));
        }
        long count = 0;
        for (Row row : store.byId(0, true)) {
            if (accepts.test(row) && (email == null || email.equalsIgnoreCase(row.text("Email")))) {
                count++;
            }
        }
        return Reply.json(200, Map.of("count", count));
    }
}
