/** The modules and fields of the sandbox's CRM, and the types of their values. */
package io.consentbridge.sandbox.crm.schema;
