/**
 * The way from a page of records to one transaction: what is known of each record's person, the verdict, and everything that
 * follows from it, stored at once. Saved previews (plans) and what a preview shows belong here too.
 *
 * <p>It serves the route file {@code route-by-consent.camel.yaml}, and the steps of {@code poll-crm.camel.yaml} that store a
 * page. The rules themselves are in {@code consent}.
 */
package io.consentbridge.decision;
