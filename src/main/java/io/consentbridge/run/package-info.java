/**
 * What a run is: its states, its lease, the outcomes of its records, its counters and its history.
 *
 * <p>It serves no route file of its own. What a run does is in {@code polling} and {@code decision}; how it begins and ends is in
 * {@code lifecycle}.
 */
package io.consentbridge.run;
