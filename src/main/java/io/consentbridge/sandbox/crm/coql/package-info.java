/** CRM Object Query Language (docs/zoho-notes.md, "CRM: COQL"): text to query, query to rows. */
package io.consentbridge.sandbox.crm.coql;
