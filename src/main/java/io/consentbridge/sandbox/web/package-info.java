/** HTTP for the sandbox: requests, replies, one server for all APIs. Independent of Zoho. */
package io.consentbridge.sandbox.web;
