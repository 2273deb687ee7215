/**
 * One running installation: {@code Assembly} builds its components package by package, {@code Runtime} starts, reloads and stops it,
 * {@code RunLauncher} carries runs out. Also the routes as loaded and checked, previews, health and metrics.
 *
 * <p>What people can ask of it belongs to {@code api}.
 */
package io.consentbridge.runtime;
