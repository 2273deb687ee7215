/** HTTP as the sandbox needs it: requests, replies, one server for all APIs. Knows nothing of Zoho. */
package io.consentbridge.sandbox.web;
