/** CRM Object Query Language (CRM notes, section 3): text to query, query to rows. */
package io.consentbridge.sandbox.crm.coql;
