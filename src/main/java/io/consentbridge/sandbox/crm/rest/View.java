package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.crm.coql.Condition;
import io.consentbridge.sandbox.crm.coql.Operator;
import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import java.util.ArrayList;
import java.util.List;

/** A custom view: a name and the condition on its records. */
record View(long id, String name, String systemName, boolean ofSystem, Condition condition) {

    private static final Condition ALL = new Condition.All();

    /** Returns the current views of a module; the first is its default, which cannot be deleted. */
    static List<View> of(ModuleStore store) {
        return of(store.spec()).stream()
                .filter(view -> !store.deletedViews().contains(view.name()))
                .toList();
    }

    private static List<View> of(ModuleSpec module) {
        List<View> views = new ArrayList<>();
        add(views, module, "All " + module.plural(), "ALLVIEWS", true, ALL);
        if (module.has("Email_Opt_Out")) {
            add(views, module, "Unsubscribed " + module.plural(), "UNSUBSCRIBED", true, is("Email_Opt_Out", "true"));
        }
        if (module.has("Lead_Status")) {
            Condition hot = new Condition.And(is("Rating", "Active"), greater("Annual_Revenue", "5000000"));
            add(views, module, "Hot leads", null, false, hot);
            add(views, module, "Hospitality leads", null, false, is("Industry", "Hospitality"));
        }
        if (module.has("Data_Processing_Basis")) {
            add(views, module, "With consent", null, false, is("Data_Processing_Basis", "Consent - Obtained"));
        }
        return views;
    }

    private static void add(
            List<View> views,
            ModuleSpec module,
            String name,
            String systemName,
            boolean ofSystem,
            Condition condition) {
        views.add(new View(module.viewId(views.size()), name, systemName, ofSystem, condition));
    }

    private static Condition is(String field, String value) {
        return new Condition.Test(field, Operator.EQUAL, List.of(value));
    }

    private static Condition greater(String field, String value) {
        return new Condition.Test(field, Operator.GREATER, List.of(value));
    }
}
