package org.ruvector.testkit;

/** stub. */
public interface MutableIndexContract extends IndexFixture {}
