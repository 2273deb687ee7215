/**
 * The model of a sync: what it selects, when it may run, and the outcomes that a run counts.
 *
 * <p>Pure rules: nothing here knows Camel, SQL or HTTP.
 */
package io.consentbridge.sync;
