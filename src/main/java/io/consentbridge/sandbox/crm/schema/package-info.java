/** Which modules and fields the sandbox's CRM has, and what their values are made of. */
package io.consentbridge.sandbox.crm.schema;
