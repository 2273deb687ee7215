package io.consentbridge.polling;

import io.consentbridge.crm.Condition;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.ReadRequest;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.sync.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step of the route {@code read-run} that looks for the likely cause when the brake holds people who are no longer
 * selected: a condition that no record meets now, such as one with a typing error. It costs one call for each condition, and
 * runs only when the brake is about to hold people.
 */
public final class EmptyConditions {

    private static final Logger LOG = LoggerFactory.getLogger(EmptyConditions.class);

    private final CrmReader reader;
    private final RemovalBrake removals;

    public EmptyConditions(CrmReader reader, RemovalBrake removals) {
        this.reader = reader;
        this.removals = removals;
    }

    /** Looks for the cause if the brake is about to hold such people. */
    public void look(Exchange exchange) {
        ActiveRun run = exchange.getVariable(ActiveRun.VARIABLE, ActiveRun.class);
        SelectionPlan plan = exchange.getVariable(SelectionPlan.VARIABLE, SelectionPlan.class);
        boolean conditions = plan != null && run.sync().selection().scope() instanceof Selection.Criteria;
        if (conditions && removals.mayHoldUnmatched(run)) {
            likelyCause(run, plan).ifPresent(cause -> removals.suspect(run.id(), cause));
        }
    }

    /** The likely cause in words; empty when some record meets each condition, or when that cannot be found out. */
    private Optional<String> likelyCause(ActiveRun run, SelectionPlan plan) {
        try {
            List<String> empty = new ArrayList<>();
            plan.records().alone().forEach((text, condition) -> {
                if (meetsNobody(run, condition)) {
                    empty.add("\"" + text + "\"");
                }
            });
            if (!empty.isEmpty()) {
                return Optional.of("likely cause: no record of " + run.sync().module() + " meets the condition "
                        + String.join(", nor ", empty));
            }
            Condition all = plan.records().ownCondition();
            return all != null && plan.records().alone().size() > 1 && meetsNobody(run, all)
                    ? Optional.of(
                            "likely cause: no record of " + run.sync().module() + " meets its conditions together")
                    : Optional.empty();
        } catch (RuntimeException unknown) {
            LOG.warn(
                    "{}: the condition that no record meets could not be found: {}",
                    run.sync().name(),
                    unknown.getMessage());
            return Optional.empty();
        }
    }

    private boolean meetsNobody(ActiveRun run, Condition condition) {
        return reader.byId(
                        new ReadRequest(run.connection(), run.id(), run.sync().module(), List.of(), condition, null),
                        null)
                .records()
                .isEmpty();
    }
}
