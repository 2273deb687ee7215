/**
 * One running installation: {@code Assembly} builds its components package by package and {@code RouteBeans} what its routes
 * call, {@code Runtime} starts, reloads and stops it, {@code RunLauncher} carries out runs. This package also holds the loading
 * and checking of routes, previews, health and metrics.
 *
 * <p>The operations that people can request belong to {@code api}.
 */
package io.consentbridge.runtime;
