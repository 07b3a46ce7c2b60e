/** Values that every part of Ruvector speaks in, and {@link org.ruvector.api.Plugins}, which finds the parts. */
package org.ruvector.api;
