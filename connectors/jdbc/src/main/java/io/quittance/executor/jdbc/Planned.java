package io.quittance.executor.jdbc;

/** A dataset's rows and what is to become of them. */
record Planned(Located located, Treatment treatment) {
    Table table() {
        return located.table();
    }
}
