package org.ruvector.testkit;

/** stub. */
public interface PersistableContract extends IndexFixture {}
