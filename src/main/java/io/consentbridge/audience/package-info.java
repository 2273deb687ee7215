/**
 * What is known of the lists in Campaigns: the lists themselves, their members as they were last read or delivered, who must not
 * be mailed and why, and the earlier addresses of people.
 *
 * <p>It serves no route file of its own: {@code outbox}, {@code decision} and {@code polling} read and write it. Whether somebody
 * may be mailed is decided in {@code consent}; a refusal is only remembered here.
 */
package io.consentbridge.audience;
