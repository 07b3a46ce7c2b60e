/**
 * The {@code ruvector} command: one class per command, and what they share. {@link org.ruvector.cli.Main} starts it. Nothing is
 * measured, read or searched here: that is the business of the modules that the commands call.
 */
package org.ruvector.cli;
