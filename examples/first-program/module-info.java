module example.first {
    requires org.ruvector.api;
    requires org.ruvector.storage;
}
