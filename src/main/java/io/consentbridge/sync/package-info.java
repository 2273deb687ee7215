/**
 * What a sync is, when it may run, and what a run counted.
 *
 * <p>Pure rules: nothing here knows Camel, SQL or HTTP.
 */
package io.consentbridge.sync;
