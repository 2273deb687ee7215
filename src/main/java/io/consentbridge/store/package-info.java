/**
 * The database: data source, migrations, transactions, and tables that several packages share.
 *
 * <p>The meaning of rows belongs to the package that writes them.
 */
package io.consentbridge.store;
