/**
 * The product's knowledge of lists in Campaigns: the lists, their members by the last reading and deliveries, the people who
 * must not be mailed and why, and their former addresses.
 *
 * <p>It serves no route file of its own: {@code outbox}, {@code decision} and {@code polling} read and write it. Whether
 * somebody may be mailed is decided in {@code consent}; a refusal is only remembered here.
 */
package io.consentbridge.audience;
