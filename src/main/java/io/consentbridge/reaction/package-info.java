/**
 * What people do with a mail, and what the CRM is to know of it: the definition of a write-back, the ladder of member status, when
 * leaving is an opt-out, which clicks are those of link scanners.
 *
 * <p>Pure rules: no Camel, no SQL, no HTTP.
 */
package io.consentbridge.reaction;
