/**
 * The public page behind the link of a confirmation mail: a server of its own, which shows the wording and takes the answer.
 * A request that only reads never changes anything, because programs follow the links of mails.
 */
package io.consentbridge.confirmation.page;
