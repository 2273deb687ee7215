/** The calls of Zoho CRM v8 (CRM notes, sections 2 to 8 and 10) over the records of the sandbox. */
package io.consentbridge.sandbox.crm.rest;
