/** The calls of Zoho CRM v8 (docs/zoho-notes.md) over the records of the sandbox. */
package io.consentbridge.sandbox.crm.rest;
