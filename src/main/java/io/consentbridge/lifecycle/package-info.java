/**
 * How a run begins and ends: admission and limits, binding to list, fields and topics, fan-out, activation of syncs, and what
 * remains to be done when a sync is deleted.
 *
 * <p>Serves the route file {@code run.camel.yaml}, and {@code schedules.camel.yaml}. Of the beans in {@code run.camel.yaml},
 * {@code selectionBinding} and {@code emptyConditions} are in {@code polling}. The beans {@code connectionSweep}, {@code
 * dailyReading} and {@code remainingRecords} of this package also serve {@code poll-crm.camel.yaml}.
 */
package io.consentbridge.lifecycle;
