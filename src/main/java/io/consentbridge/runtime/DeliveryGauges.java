package io.consentbridge.runtime;

import io.consentbridge.audience.HeldLists;
import io.consentbridge.config.Configuration;
import io.consentbridge.outbox.Waiting;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.quota.QuotaUse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The gauges of deliveries for Prometheus, from the database: what waits, what is left of quotas, what is parked or held.
 */
final class DeliveryGauges {

    private final Components.Deliveries outbox;
    private final HeldLists holds;
    private final QuotaGovernor quota;
    private final MultiGauge waiting;
    private final MultiGauge quotaLeft;
    private final Components.Updates updates;
    private final MultiGauge deadLetters;
    private final MultiGauge heldLists;

    DeliveryGauges(
            MeterRegistry registry,
            Components.Deliveries outbox,
            Components.Updates updates,
            HeldLists holds,
            QuotaGovernor quota) {
        this.outbox = outbox;
        this.updates = updates;
        this.holds = holds;
        this.quota = quota;
        waiting = MultiGauge.builder("consentbridge.deliveries.waiting")
                .description("Deliveries that are due or in flight")
                .register(registry);
        quotaLeft = MultiGauge.builder("consentbridge.quota.left")
                .description("Calls left in the narrowest window of a method; 0 while Zoho locks it")
                .register(registry);
        deadLetters = MultiGauge.builder("consentbridge.dead.letters")
                .description("Deliveries that cannot succeed without a person's help")
                .register(registry);
        heldLists = MultiGauge.builder("consentbridge.lists.held")
                .description("Held lists: they differ from their purpose, or refuse all subscriptions")
                .register(registry);
    }

    void refresh(Configuration configuration) {
        List<MultiGauge.Row<?>> waits = new ArrayList<>();
        List<MultiGauge.Row<?>> left = new ArrayList<>();
        List<MultiGauge.Row<?>> lists = new ArrayList<>();
        for (String connection : configuration.settings().connections().keySet()) {
            lists.add(MultiGauge.Row.of(
                    Tags.of("connection", connection),
                    holds.of(connection).stream()
                            .filter(held -> held.kind().isFault())
                            .count()));
            for (Waiting each : outbox.queries().waiting(connection)) {
                Tags tags = Tags.of(
                        "connection", connection, "action", each.action().word());
                waits.add(MultiGauge.Row.of(tags, each.total()));
            }
            waits.add(MultiGauge.Row.of(
                    Tags.of("connection", connection, "action", "update-record"),
                    updates.queries().pending(connection)));
            waits.add(MultiGauge.Row.of(
                    Tags.of("connection", connection, "action", "start-workflow"),
                    updates.startLetters().pending(connection)));
            for (String method : configuration.settings().quotas().byMethod().keySet()) {
                left(quota.usage(connection, method))
                        .ifPresent(calls -> left.add(
                                MultiGauge.Row.of(Tags.of("connection", connection, "method", method), calls)));
            }
        }
        waiting.register(waits, true);
        heldLists.register(lists, true);
        quotaLeft.register(left, true);
        deadLetters.register(
                List.of(MultiGauge.Row.of(Tags.empty(), outbox.deadLetters().count() + updates.deadLetters())), true);
    }

    private static Optional<Integer> left(QuotaUse use) {
        if (use.lockedUntil().isPresent()) {
            return Optional.of(0);
        }
        return use.windows().stream()
                .map(each -> Math.max(0, each.window().limit() - each.used()))
                .min(Integer::compare);
    }
}
