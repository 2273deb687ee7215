/**
 * The simulation of Zoho that ships with the product: Zoho accounts, Zoho CRM v8 and Zoho Campaigns v1.1 with people in
 * them, behind one loopback port. It is written from the API documents alone and uses no other package of the product; other
 * code uses nothing of it but {@link io.consentbridge.sandbox.Sandbox} and {@link io.consentbridge.sandbox.SandboxOptions}.
 */
package io.consentbridge.sandbox;
