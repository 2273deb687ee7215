/**
 * A campaign on its way out: created, filled with recipients, reviewed, tested, approved, sent, followed.
 *
 * <p>Serves the route file {@code campaigns.camel.yaml}. The rules are in {@code mailing}.
 */
package io.consentbridge.sending;
