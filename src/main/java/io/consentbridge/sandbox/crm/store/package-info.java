/** The CRM's records: what the generator gives, with the changes made since, in order of id and of Modified_Time. */
package io.consentbridge.sandbox.crm.store;
