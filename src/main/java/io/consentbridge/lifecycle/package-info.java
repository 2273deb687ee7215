/**
 * How a run begins and ends: admission and limits, binding to list, fields and topics, fan-out, activation of syncs, and what
 * remains to be done when a sync is deleted.
 *
 * <p>Serves the route file {@code run.camel.yaml}, and {@code schedules.camel.yaml}.
 */
package io.consentbridge.lifecycle;
