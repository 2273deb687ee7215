/** The CRM's records: those of the generator, with the changes made since, in the orders of id and of Modified_Time. */
package io.consentbridge.sandbox.crm.store;
